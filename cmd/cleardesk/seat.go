package main

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"cleardesk/db"
	"cleardesk/domain"
	"cleardesk/tui"
	"cleardesk/tui/casefile"
	"cleardesk/tui/text"
	"cleardesk/tui/ui"

	"github.com/google/uuid"
)

// seat is one person at one desk: what the screens ask of the database, with the
// presence that tells colleagues.
type seat struct {
	*db.Store
	store  *db.Store
	me     domain.Staff
	zone   *time.Location
	id     uuid.UUID
	drafts casefile.Journal

	mu    sync.Mutex
	there domain.Presence
	ahead time.Duration // of the server's clock before this machine's
	moved chan struct{}
}

func newSeat(store *db.Store, me domain.Staff, zone *time.Location, journal string) *seat {
	return &seat{
		Store: store, store: store, me: me, zone: zone, id: uuid.New(), drafts: casefile.NewDir(journal), moved: make(chan struct{}, 1),
	}
}

// now is the server's clock: what is left to a moment is counted by it, and so are
// claims.
func (s *seat) now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Now().Add(s.ahead)
}

func (s *seat) setClock(server time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ahead = time.Until(server)
}

// Present tells colleagues what the person is at.
func (s *seat) Present(p domain.Presence) {
	s.mu.Lock()
	same := s.there == p
	s.there = p
	s.mu.Unlock()
	if same {
		return
	}
	select {
	case s.moved <- struct{}{}:
	default:
	}
}

// beat says that the person is there, from time to time and when they turn to
// something else.
func (s *seat) beat(ctx context.Context, log *slog.Logger) {
	every := time.NewTicker(beatEvery)
	defer every.Stop()
	for {
		s.mu.Lock()
		p := s.there
		s.mu.Unlock()
		call, cancel := context.WithTimeout(ctx, beatEvery)
		server, err := s.store.Beat(call, s.id, p)
		cancel()
		switch {
		case err == nil:
			s.setClock(server)
		case ctx.Err() == nil:
			log.Info("No heartbeat", "err", err)
		}
		select {
		case <-ctx.Done():
			s.leave(log)
			return
		case <-every.C:
		case <-s.moved:
		}
	}
}

// leave takes the person's presence away. The context has ended by then.
func (s *seat) leave(log *slog.Logger) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second) //nolint:forbidigo // the program's context has ended
	defer cancel()
	if err := s.store.Leave(ctx, s.id); err != nil {
		log.Info("Presence left behind", "err", err)
	}
}

// lateJudging is how long an order may wait before the status line says that the
// judging stands.
const lateJudging = 5 * time.Second

// status reads the status line.
func (s *seat) status(ctx context.Context) (ui.Status, error) {
	st, err := s.store.Status(ctx)
	if err != nil {
		return ui.Status{}, err
	}
	s.setClock(st.Now)
	settings, err := s.store.Settings(ctx)
	if err != nil {
		return ui.Status{}, err
	}
	out := ui.Status{
		Next: nextMoment(settings.Calendar(), st.Now), HeldCount: st.Held, HeldMoney: st.HeldAmount, OnDuty: st.OnDuty,
		JudgedTo: st.Now, Counts: map[ui.ViewID]int{}, UpdatedAt: st.Now,
	}
	if st.Away != nil {
		out.Away = *st.Away
	}
	if st.ShiftEnds != nil {
		out.ShiftEnds = *st.ShiftEnds
	}
	for _, d := range s.departments() {
		out.Counts[ui.Queue] += st.Open[d]
		out.Counts[ui.Returns] += st.Returns[d]
	}
	if s.me.Has(domain.RoleManager) {
		out.Counts[ui.Counts] += st.ToVerify
	}
	if s.me.Has(domain.RoleProcurement) {
		out.Counts[ui.Counts] += st.ToCorrect
		if out.Counts[ui.Catalogue], err = s.store.CatalogueWaits(ctx); err != nil {
			return ui.Status{}, err
		}
	}
	if s.me.Has(domain.RoleLogistics) || s.me.Has(domain.RoleManager) {
		if out.Counts[ui.Deliveries], err = s.store.DeliveriesOpen(ctx, settings.Calendar().BusinessDay(st.Now)); err != nil {
			return ui.Status{}, err
		}
	}
	if out.Counts[ui.Roster], err = s.store.RosterOpen(ctx, s.me.Has(domain.RoleManager)); err != nil {
		return ui.Status{}, err
	}
	if st.Oldest != nil {
		out.JudgedTo = *st.Oldest
		if age := st.Now.Sub(*st.Oldest); age > lateJudging {
			out.Unjudged, out.Oldest = st.Unjudged, age
		}
	}
	return out, nil
}

// departments are those the person works in.
func (s *seat) departments() []domain.Department {
	var out []domain.Department
	seen := map[domain.Department]bool{}
	for _, r := range s.me.Roles {
		if d := r.Department(); !seen[d] {
			seen[d] = true
			out = append(out, d)
		}
	}
	return out
}

// nextMoment is the next of the day's moments.
func nextMoment(c domain.Calendar, now time.Time) ui.NextMoment {
	if opens := c.Opens.On(now, c.Zone); now.Before(opens) {
		return ui.NextMoment{What: ui.WindowOpens, At: opens}
	}
	if m := domain.NextMoment(c.Moments(now), now); m != nil && m.What != domain.Departure {
		return ui.NextMoment{What: m.What, At: m.At}
	}
	return ui.NextMoment{}
}

// held lists what the person holds, for leaving.
func (s *seat) held(ctx context.Context) ([]tui.HeldCase, error) {
	zh, en := text.For(text.Chinese), text.For(text.English)
	var out []tui.HeldCase
	for _, d := range domain.Departments() {
		page, err := s.store.QueuePage(ctx, domain.QueueFilter{With: d, Holding: domain.Mine, States: domain.ClosedToo}, nil, 50)
		if err != nil {
			return nil, err
		}
		for _, r := range page.Rows {
			if r.State == domain.CaseClosed {
				continue
			}
			out = append(out, tui.HeldCase{
				ID:     r.Case,
				Text:   string(r.OrderNo) + " " + zh.Pick(r.StoreName, r.StoreNameEn) + " " + zh.Kind(r.Kind),
				TextEn: string(r.OrderNo) + " " + en.Pick(r.StoreName, r.StoreNameEn) + " " + en.Kind(r.Kind),
			})
		}
	}
	return out, nil
}

// setAway tells that the person goes away from the desk, or is back.
func (s *seat) setAway(ctx context.Context, away bool) error {
	return s.store.SetAway(ctx, uuid.New(), away)
}

// giveBack hands cases back when the person leaves.
func (s *seat) giveBack(ctx context.Context, ids []domain.CaseID) error {
	for _, id := range ids {
		f, err := s.store.CaseFile(ctx, id)
		if err != nil {
			return err
		}
		if f.Row.Holder == nil || f.Row.Holder.Login != s.me.Login {
			continue
		}
		if err := s.store.GiveBack(ctx, uuid.New(), id, f.Row.Holder.No); err != nil {
			return err
		}
	}
	return nil
}
