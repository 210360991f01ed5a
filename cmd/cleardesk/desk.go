package main

import (
	"context"
	"os"
	"sync"
	"time"

	"cleardesk/db"
	"cleardesk/domain"
	"cleardesk/migrations"
	"cleardesk/tui"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	"golang.org/x/term"
)

// beatEvery is how often a desk says that its person is there.
const beatEvery = 20 * time.Second

// desk opens the desk on the server in use.
func (a *app) desk(ctx context.Context) error {
	if !isTerminal(a.stdout) || !isTerminal(a.stdin) {
		return errNoTerminal()
	}
	dsn, err := a.Open(ctx, asDesk)
	if err != nil {
		return err
	}
	store, err := db.Open(dsn, db.Options{App: "cleardesk/desk", KindWords: kindWords()})
	if err != nil {
		return err
	}
	defer store.Close()
	me, err := check(ctx, store)
	if err != nil {
		return err
	}
	settings, err := store.Settings(ctx)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	var work sync.WaitGroup
	defer func() { stop(); work.Wait() }()
	if a.server != nil {
		if err := a.startJudge(ctx, &work); err != nil {
			return err
		}
	}
	return a.runDesk(ctx, &work, newSeat(store, me, settings.Calendar().Zone, a.journalDir(dsn, me.Login)))
}

func errNoTerminal() error {
	return domain.Errorf(domain.Invalid, "open desk", "this is no terminal; cleardesk list prints the queue as text")
}

func isTerminal(f any) bool {
	file, ok := f.(*os.File)
	return ok && term.IsTerminal(int(file.Fd()))
}

// check refuses logins that could pass the guards, schemas that do not fit, and
// those who are not on the staff.
func check(ctx context.Context, store *db.Store) (domain.Staff, error) {
	w, err := store.Welcome(ctx)
	if err != nil {
		return domain.Staff{}, err
	}
	want, err := migrations.Latest()
	switch {
	case err != nil:
		return domain.Staff{}, err
	case w.Privileged:
		return domain.Staff{}, domain.Errorf(domain.Forbidden, "open desk",
			"this login could pass the database's guards; work as a member of the staff: --as LOGIN, and cleardesk staff list tells who there is")
	case w.Schema < want:
		return domain.Staff{}, domain.Errorf(domain.Unavailable, "open desk",
			"the database's schema is %d, this desk wants %d: run cleardesk migrate up", w.Schema, want)
	case w.Schema > want+1:
		return domain.Staff{}, domain.Errorf(domain.Unavailable, "open desk",
			"the database's schema is %d, this desk knows %d: install a newer cleardesk", w.Schema, want)
	case !w.Me.Active:
		return domain.Staff{}, domain.Errorf(domain.Forbidden, "open desk", "%s is off the staff", w.Me.Login)
	}
	return w.Me, nil
}

// startJudge runs a judge beside the desk of a private server; of several desks one
// judges and the others stand by.
func (a *app) startJudge(ctx context.Context, work *sync.WaitGroup) error {
	dsn, err := a.Open(ctx, asIntake)
	if err != nil {
		return err
	}
	store, err := db.Open(dsn, db.Options{App: "cleardesk/judge", Statement: time.Minute})
	if err != nil {
		return err
	}
	judge := db.NewJudge(store, db.JudgeOptions{
		KindWords: kindWords(),
		Trouble:   func(err error) { a.log().Warn("Judge waits", "err", err) },
	})
	work.Go(func() {
		defer store.Close()
		if err := judge.Run(ctx, true); err != nil {
			a.log().Error("Judge ended", "err", err)
		}
	})
	return nil
}

// kindWords are the kinds' names in both languages, for the filter to find.
func kindWords() map[domain.Kind]string {
	zh, en := text.For(text.Chinese), text.For(text.English)
	words := map[domain.Kind]string{}
	for _, k := range domain.Kinds() {
		words[k] = zh.KindLong(k) + " " + zh.Kind(k) + " " + en.KindLong(k) + " " + en.Kind(k)
	}
	return words
}

// runDesk shows the desk until the person leaves.
func (a *app) runDesk(ctx context.Context, work *sync.WaitGroup, s *seat) error {
	hints := make(chan db.Hint, 64)
	news := make(chan tui.Hint, 64)
	work.Go(func() { s.store.Listen(ctx, hints, db.TopicQueue, db.TopicCatalogue, db.TopicDecisions) })
	work.Go(func() { pass(ctx, hints, news) })
	work.Go(func() { s.beat(ctx, a.log()) })
	return tui.Run(ctx, tui.Options{
		Views: a.views(s), Me: s.me, Zone: s.zone, Lang: text.Detect(a.flags.lang, a.getenv),
		Theme: theme.FromEnv("", a.getenv), Glyphs: cell.GlyphsFromEnv(a.getenv), Log: a.log(), Clock: s.now,
		Status: s.status, Hints: news, Held: s.held, GiveBack: s.giveBack, SetAway: s.setAway,
	})
}

// pass turns the database's hints into the desk's.
func pass(ctx context.Context, from <-chan db.Hint, to chan<- tui.Hint) {
	for {
		select {
		case <-ctx.Done():
			return
		case h := <-from:
			out := tui.Hint{Topic: string(h.Topic), All: h.All}
			switch h.Line {
			case db.LineUp:
				out.State, out.IsState = ui.Live, true
			case db.LineDown:
				out.State, out.IsState = ui.Reconnecting, true
			case db.LineSame:
			}
			select {
			case to <- out:
			case <-ctx.Done():
				return
			}
		}
	}
}
