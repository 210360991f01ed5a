package queue_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/queue"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/google/uuid"
	"github.com/muesli/termenv"
)

// now is the time of the drawings: 13:40 on the platform's day.
var now = time.Date(2026, 11, 23, 13, 40, 0, 0, time.FixedZone("CST", 8*3600))

// desk is what the queue reads and writes, in memory: rows by rank, filtered as the
// database does.
type desk struct {
	mu     sync.Mutex
	rows   []domain.QueueRow
	file   domain.CaseFile
	down   error // every call fails with it
	refuse map[domain.CaseID]error
	wrote  []string
	asked  []domain.QueueFilter
	closed domain.QueueRow // written before, in no list
	last   domain.CaseID
	ops    []uuid.UUID // of reversals and promises

	members map[domain.CaseID][]domain.QueueRow
}

func (d *desk) QueuePage(_ context.Context, f domain.QueueFilter, _ *domain.QueueKey, limit int) (domain.QueuePage, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = append(d.asked, f)
	if d.down != nil {
		return domain.QueuePage{}, d.down
	}
	p := domain.QueuePage{ReadAt: now}
	for _, r := range d.rows {
		if r.With != f.With {
			continue
		}
		p.Total++
		if lets(f, r) {
			p.Shown++
			if len(p.Rows) < limit {
				p.Rows = append(p.Rows, r)
			}
		} else if p.Urgent == nil && len(p.Rows) == 0 {
			p.Urgent = &r
		}
	}
	return p, nil
}

func lets(f domain.QueueFilter, r domain.QueueRow) bool {
	for _, w := range f.Words {
		if !strings.Contains(strings.ToLower(r.StoreNameEn+r.StoreName+string(r.OrderNo)+string(r.Kind)), w) {
			return false
		}
	}
	mine := r.Holder != nil && r.Holder.Login == "lin"
	switch f.Holding {
	case domain.Mine:
		return mine
	case domain.Free:
		return r.Holder == nil
	case domain.Others:
		return r.Holder != nil && !mine
	default:
	}
	return (len(f.Kinds) == 0 || slices.Contains(f.Kinds, r.Kind)) && f.States == domain.OpenOnly
}

func (d *desk) CaseFile(_ context.Context, id domain.CaseID) (domain.CaseFile, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, r := range d.rows {
		if r.Case == id {
			f := d.file
			f.Row = r
			return f, d.down
		}
	}
	if id == d.closed.Case {
		f := written()
		f.Row = d.closed
		return f, d.down
	}
	return domain.CaseFile{}, domain.Errorf(domain.NotFound, "read case", "none")
}

func (d *desk) act(what string, id domain.CaseID, do func(r *domain.QueueRow)) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.down != nil {
		return d.down
	}
	if err := d.refuse[id]; err != nil {
		return err
	}
	d.wrote = append(d.wrote, what)
	for i := range d.rows {
		if d.rows[i].RowID() == id {
			do(&d.rows[i])
			d.rows[i].Version++
		}
	}
	return nil
}

func (d *desk) Claim(_ context.Context, _ uuid.UUID, id domain.CaseID) (domain.Claimed, error) {
	err := d.act("claim", id, func(r *domain.QueueRow) {
		r.Holder = &domain.Holder{Login: "lin", Name: "林梅", NameEn: "Lin Mei", Since: now, Until: now.Add(20 * time.Minute), No: 1}
	})
	return domain.Claimed{Case: id, No: 1}, err
}

func (d *desk) ClaimNext(ctx context.Context, op uuid.UUID, with domain.Department) (domain.Claimed, error) {
	for _, r := range d.rows {
		if r.Holder == nil && r.With == with {
			return d.Claim(ctx, op, r.Case)
		}
	}
	return domain.Claimed{}, nil
}

func (d *desk) TakeOver(_ context.Context, _ uuid.UUID, id domain.CaseID, reason string) (domain.Claimed, error) {
	err := d.act("take over: "+reason, id, func(r *domain.QueueRow) { r.Holder = nil })
	return domain.Claimed{Case: id}, err
}

func (d *desk) CloseTask(_ context.Context, op uuid.UUID, id domain.TaskID, note string) error {
	d.mu.Lock()
	d.ops = append(d.ops, op)
	d.mu.Unlock()
	return d.act(fmt.Sprintf("close task %d: %s", id, note), -domain.CaseID(id), func(*domain.QueueRow) {})
}

func (d *desk) GiveBack(_ context.Context, _ uuid.UUID, id domain.CaseID, _ domain.ClaimNo) error {
	return d.act("give back", id, func(r *domain.QueueRow) { r.Holder = nil })
}

func (d *desk) Snooze(_ context.Context, _ uuid.UUID, id domain.CaseID, _ domain.ClaimNo, until time.Time, _ string) error {
	return d.act("snooze until "+until.Format("15:04"), id, func(r *domain.QueueRow) { r.State = domain.CaseSnoozed })
}

func (d *desk) HandOver(_ context.Context, _ uuid.UUID, id domain.CaseID, _ int64, to domain.Department, note string) (domain.Moved, error) {
	err := d.act("hand to "+string(to)+": "+note, id, func(r *domain.QueueRow) { r.With = to })
	return domain.Moved{Case: id, With: to}, err
}

func (d *desk) LastWritten(context.Context) (domain.CaseID, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.last, d.down
}

func (d *desk) Reverse(_ context.Context, op uuid.UUID, id domain.CaseID, _ int64, reason string) (domain.Reversed, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.ops = append(d.ops, op)
	if err := d.refuse[id]; err != nil {
		return domain.Reversed{}, err
	}
	d.wrote = append(d.wrote, "take back: "+reason)
	d.rows, d.last = append(d.rows, d.closed), 0
	return domain.Reversed{Case: id}, nil
}

func (d *desk) Members(_ context.Context, cause domain.CaseID) ([]domain.QueueRow, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.members[cause]), d.down
}

func (d *desk) Merge(_ context.Context, _ uuid.UUID, id domain.CaseID, no domain.ClaimNo, into domain.CaseID, note string) (domain.Moved, error) {
	err := d.act(fmt.Sprintf("merge %d (claim %d) into %d: %s", id, no, into, note), id, func(*domain.QueueRow) {})
	return domain.Moved{Case: id}, err
}

func (d *desk) PromiseStore(_ context.Context, op uuid.UUID, id domain.CaseID, due time.Time, what string) error {
	d.mu.Lock()
	d.ops = append(d.ops, op)
	d.mu.Unlock()
	return d.act(fmt.Sprintf("promise %d %s: %s", id, due.Format("01-02 15:04"), what), id, func(*domain.QueueRow) {})
}

func (d *desk) RecordFinding(_ context.Context, _ uuid.UUID, id domain.CaseID, f domain.Finding) (domain.Moved, error) {
	more := ""
	if f.Quantity != nil {
		more = " " + f.Quantity.String()
	}
	if f.Due != nil {
		more = " by " + f.Due.Format("01-02 15:04")
	}
	err := d.act(fmt.Sprintf("found %d line %d %s %s%s: %s", id, f.Line, f.What, f.Answer, more, f.Note), id, func(*domain.QueueRow) {})
	return domain.Moved{Case: id}, err
}

func (d *desk) written() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.wrote)
}

// change alters the rows as somebody else would.
func (d *desk) change(do func()) {
	d.mu.Lock()
	defer d.mu.Unlock()
	do()
}

// drawn are the rows of the drawing that an order alone can show.
func drawn() []domain.QueueRow {
	closes, pick := now.Add(80*time.Minute), now.Add(11*time.Minute)
	wang := &domain.Holder{Login: "wang", Name: "王磊", NameEn: "Wang Lei", Since: now.Add(-2 * time.Minute)}
	me := &domain.Holder{Login: "lin", Name: "林梅", NameEn: "Lin Mei", Since: now.Add(-time.Minute), No: 3}
	q := func(ordered, low, high int64) domain.Evidence {
		return domain.Evidence{
			Quantity: domain.Units(ordered), UsualLow: domain.Units(low), UsualHigh: domain.Units(high), Earlier: 12, Line: 2,
			Recent: []domain.Quantity{domain.Units(low), domain.Units(high), domain.Units(low)},
		}
	}
	row := func(id domain.CaseID, kind domain.Kind, store domain.StoreCode, zh, en string, e domain.Evidence, risk domain.Money) domain.QueueRow {
		return domain.QueueRow{
			Case: id, Version: 1, With: domain.CustomerService, State: domain.CaseOpen, Kind: kind, Store: store, StoreName: zh,
			StoreNameEn: en, Why: e, AtRisk: risk * domain.Yuan, Rank: float64(id), Next: domain.WindowClose, NextAt: &closes,
			OrderNo: domain.OrderNo("1123-04" + string(rune('0'+id/10)) + string(rune('0'+id%10))), OrderID: domain.OrderID(id), OpenedAt: now,
		}
	}
	amount := domain.Evidence{
		Amount: 38400 * domain.Yuan, MedianAmount: 4220 * domain.Yuan, LowAmount: 3100 * domain.Yuan, HighAmount: 5200 * domain.Yuan,
		Limit: 20000 * domain.Yuan, Line: 1,
	}
	all := []domain.QueueRow{
		row(1, domain.AmountSurge, "S014", "朝阳路店", "Chaoyang", amount, 33200),
		row(2, domain.QuantitySurge, "S031", "望京店", "Wangjing", q(480, 24, 60), 5040),
		row(3, domain.QuantitySurge, "S022", "劲松店", "Jinsong", q(90, 6, 12), 4680),
		row(4, domain.QuantitySurge, "S025", "方庄店", "Fangzhuang", q(200, 15, 30), 1156),
		row(5, domain.StepMismatch, "S031", "望京店", "Wangjing", domain.Evidence{
			Quantity: 7250, Step: 500, Below: 7000, Above: 7500, Line: 1,
		}, 45),
	}
	all[0].More = 1
	all[1].ProductName, all[1].ProductNameEn, all[1].Unit, all[1].UnitEn = "鲜牛奶", "Milk", "袋", "bag"
	all[1].Holder = me
	all[2].ProductName, all[2].ProductNameEn, all[2].Unit, all[2].UnitEn = "鸡蛋", "Eggs", "箱", "cs"
	all[3].ProductName, all[3].ProductNameEn, all[3].Unit, all[3].UnitEn = "苹果", "Apples", "kg", "kg"
	all[3].Holder = wang
	all[4].ProductName, all[4].ProductNameEn, all[4].Unit, all[4].UnitEn = "葡萄", "Grapes", "kg", "kg"
	all[4].Busy, all[4].Next, all[4].NextAt = []domain.Holder{*me}, domain.Picking, &pick
	return all
}

// file is what the preview shows of a row.
func file() domain.CaseFile {
	f := domain.CaseFile{
		Store: domain.Store{Code: "S014", Name: "朝阳路店", Manager: "刘洋", ManagerEn: "Liu Yang", Phone: "138 0000 0000"},
		Order: domain.Order{Total: 38400 * domain.Yuan, State: domain.Placed, Lines: []domain.Line{
			{No: 1, Product: "P1", Quantity: domain.Units(1000), Amount: 37000 * domain.Yuan},
			{No: 2, Product: "P2", Quantity: domain.Units(20), Amount: 1400 * domain.Yuan},
		}},
		Products: map[domain.ProductCode]domain.Product{
			"P1": {Code: "P1", Name: "矿泉水", NameEn: "Water", Unit: "箱", UnitEn: "cs"},
			"P2": {Code: "P2", Name: "挂面", NameEn: "Noodles", Unit: "袋", UnitEn: "bag"},
		},
		Holds:   []domain.Hold{{ID: 1}},
		Moments: []domain.Moment{{What: domain.WindowClose, At: now.Add(80 * time.Minute)}, {What: domain.Picking, At: now.Add(110 * time.Minute)}},
		Memory:  domain.StoreMemory{Cases: 3, WrongOrders: 1, TrueSurges: 2, UsualMedian: 4220 * domain.Yuan, Orders: 26},
	}
	for i := range 26 {
		f.Memory.LastAmounts = append(f.Memory.LastAmounts, domain.Money(3000+200*(i%7))*domain.Yuan)
	}
	f.Anomalies = []domain.Anomaly{
		{Kind: domain.AmountSurge, Evidence: domain.Evidence{Amount: 38400 * domain.Yuan, Limit: 20000 * domain.Yuan}},
		{Kind: domain.QuantitySurge, Line: 1, Evidence: domain.Evidence{
			Product: "P1", Line: 1, Quantity: domain.Units(1000), UsualLow: domain.Units(60), UsualHigh: domain.Units(100), RestNormal: true,
			WithoutOdd: 5100 * domain.Yuan, Multiple: "x10", Likely: domain.Units(100),
		}},
	}
	return f
}

type world struct {
	*tuitest.Driver
	desk *desk
	env  *ui.Desk
	view *queue.View
}

func newWorld(tb testing.TB, lang text.Lang, w, h int) *world {
	tb.Helper()
	return newWorldAs(tb, lang, domain.RoleAgent, w, h)
}

func newWorldAs(tb testing.TB, lang text.Lang, role domain.Role, w, h int) *world {
	tb.Helper()
	clock := tuitest.NewClock(now)
	d := &desk{rows: drawn(), file: file(), refuse: map[domain.CaseID]error{}}
	env := ui.NewDesk(tb.Context(), ui.Desk{
		Text: text.For(lang), Theme: theme.New(theme.Plain, termenv.Ascii), Glyphs: cell.Unicode(), Clock: clock.Now, Zone: now.Location(),
		Me:   domain.Staff{Login: "lin", Name: "林梅", NameEn: "Lin Mei", Roles: []domain.Role{role}, Active: true},
		Conn: ui.Conn{State: ui.Live}, Log: slog.New(slog.DiscardHandler), Timer: clock.Timer,
		Status: ui.Status{JudgedTo: now.Add(-2 * time.Second), UpdatedAt: now},
	})
	v := queue.New(ui.NewEnv(env, "queue"), d)
	return &world{Driver: tuitest.View(tb, clock, v, w, h), desk: d, env: env, view: v}
}

// rest lets the preview's file come.
func (w *world) rest() { w.Advance(time.Second) }
