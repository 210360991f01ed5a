package casefile_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"cleardesk/domain"
	"cleardesk/tui/casefile"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"
)

func ptr[T any](v T) *T { return &v }

var zone = time.FixedZone("CST", 8*3600)

func at(clock string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", "2026-11-23 "+clock, zone)
	if err != nil {
		panic(err)
	}
	return t
}

// milkFile is the case of the drawing.
func milkFile() domain.CaseFile {
	names := []string{"鸡蛋30枚", "鲜牛奶250ml", "苹果", "豆腐400g", "挂面500g", "大米5kg", "酱油500ml"}
	english := []string{"Eggs 30", "Fresh milk 250 ml", "Apples", "Tofu 400 g", "Noodles 500 g", "Rice 5 kg", "Soy sauce 500 ml"}
	codes := []domain.ProductCode{"P1100", "P1007", "P5003", "P2044", "P2031", "P3001", "P3107"}
	units := [][2]string{{"板", "tray"}, {"袋", "bag"}, {"kg", "kg"}, {"盒", "box"}, {"袋", "bag"}, {"袋", "bag"}, {"瓶", "bottle"}}
	prices := []domain.Money{2400, 1200, 680, 500, 420, 3900, 500}
	counts := []int64{20, 480, 100, 100, 100, 20, 100}
	f := domain.CaseFile{Products: map[domain.ProductCode]domain.Product{}}
	f.Order = domain.Order{ID: 398, No: "1123-0398", Store: "S031", PlacedAt: at("13:31"), State: domain.Accepted}
	for i, code := range codes {
		p := domain.Product{
			Code: code, Name: names[i], NameEn: english[i], Unit: units[i][0], UnitEn: units[i][1], Weighed: units[i][0] == "kg",
			Price: prices[i], Stock: ptr(domain.Units(1240)), Status: domain.ProductNormal,
		}
		if code == "P1007" {
			p.Step, p.Case = ptr(domain.Units(12)), ptr(domain.Units(12))
		}
		f.Products[code] = p
		q := domain.Units(counts[i])
		f.Order.Lines = append(f.Order.Lines, domain.Line{
			No: i + 1, Product: code, Quantity: q, Original: q, Price: prices[i], Amount: domain.Amount(q, prices[i]),
		})
	}
	f.Order.Total = domain.TotalOf(f.Order.Lines)
	recent := []int64{24, 36, 36, 48, 60, 36, 24, 36, 48, 36, 60, 36}
	ev := domain.Evidence{
		Product: "P1007", Line: 2, Quantity: domain.Units(480), Median: domain.Units(36), UsualLow: domain.Units(24),
		UsualHigh: domain.Units(60), P999: domain.Units(96), RestNormal: true, Multiple: "x10", Likely: domain.Units(48), Rule: "surge",
	}
	for _, n := range recent {
		ev.Recent = append(ev.Recent, domain.Units(n))
	}
	f.Anomalies = []domain.Anomaly{{ID: 11, Case: 7, Kind: domain.QuantitySurge, Order: 398, Line: 2, Evidence: ev, AtRisk: 504_000, Blocks: true}}
	f.Holds = []domain.Hold{{ID: 21, Line: 2, Anomaly: 11, Kind: domain.QuantitySurge, PlacedAt: at("13:31")}}
	f.Moments = []domain.Moment{
		{What: domain.WindowClose, At: at("15:00")}, {What: domain.Picking, At: at("15:30")}, {What: domain.Departure, At: at("23:00")},
	}
	f.Quiet = domain.QuietTerms{Days: 30, Ratio100: 125}
	f.Row = domain.QueueRow{
		Case: 7, Version: 3, With: domain.CustomerService, State: domain.CaseOpen, Kind: domain.QuantitySurge, Why: ev, AtRisk: 504_000,
		Next: domain.WindowClose, NextAt: ptr(at("15:00")), Store: "S031", StoreName: "望京店", StoreNameEn: "Wangjing",
		OrderID: 398, OrderNo: "1123-0398",
	}
	f.Store = domain.Store{
		Code: "S031", Name: "望京店", NameEn: "Wangjing", Manager: "陈静", ManagerEn: "Chen Jing", Phone: "139 0000 0000",
	}
	f.SameStore = []domain.QueueRow{{
		Case: 8, Kind: domain.OrderChange, State: domain.CaseOpen, NextAt: ptr(at("13:46").Add(59 * time.Second)), AtRisk: 396_000,
		Store: "S031", OrderID: 391, OrderNo: "1122-0391", With: domain.CustomerService,
	}}
	f.Memory = domain.StoreMemory{WrongOrders: 2, TrueSurges: 1, Cases: 3, UsualLow: 360_000, UsualHigh: 490_000, UsualMedian: 412_000, Orders: 26}
	for i, no := range []domain.OrderNo{"1122-0391", "1121-0388", "1120-0366"} {
		f.Recent = append(f.Recent, domain.OrderBrief{
			ID: domain.OrderID(300 - i), No: no, PlacedAt: at("14:20").AddDate(0, 0, -1-i), Total: 415_720, Lines: 9, State: domain.Received,
		})
	}
	return f
}

// desk is a database of one case for tests.
type desk struct {
	mu       sync.Mutex
	file     domain.CaseFile
	settings domain.Settings
	claims   int
	during   func() // what happens while a claim is under way
	drafts   []domain.Answers
	act      uuid.UUID
	calls    map[uuid.UUID]domain.CallReport
	resolved map[uuid.UUID]domain.Handled
	tries    int
	moved    []domain.Department
	notes    []string
	verified []bool
	given    int
	extended int
	next     domain.CaseID
	other    domain.Answers // draft of the other case

	reversals []uuid.UUID
	proposed  []domain.Handled
	signed    []signature
	found     []domain.Finding

	reverseErr                              error
	claimErr, draftErr, resolveErr, callErr error
	readErr                                 error
}

func newDesk() *desk {
	return &desk{file: milkFile(), settings: domain.Settings{}, calls: map[uuid.UUID]domain.CallReport{}, resolved: map[uuid.UUID]domain.Handled{}}
}

func lin() domain.Staff {
	return domain.Staff{Login: "lin", Name: "林梅", NameEn: "Lin Mei", Roles: []domain.Role{domain.RoleAgent}, Active: true}
}

func (d *desk) CaseFile(_ context.Context, id domain.CaseID) (domain.CaseFile, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if id == 8 {
		return domain.CaseFile{Row: d.file.SameStore[0]}, d.readErr
	}
	return d.file, d.readErr
}

func (d *desk) Settings(context.Context) (domain.Settings, error) { return d.settings, nil }

func (d *desk) Claim(_ context.Context, _ uuid.UUID, id domain.CaseID) (domain.Claimed, error) {
	if during := d.during; during != nil {
		d.during = nil
		during()
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.claimErr != nil {
		return domain.Claimed{}, d.claimErr
	}
	d.claims++
	if id == 7 {
		d.file.Row.Holder = &domain.Holder{Login: "lin", Name: "林梅", NameEn: "Lin Mei", Since: at("13:40"), No: 5}
	}
	return domain.Claimed{Case: id, No: 5, Version: d.file.Row.Version, Since: at("13:40"), Store: "S031"}, nil
}

func (d *desk) ClaimNext(context.Context, uuid.UUID, domain.Department) (domain.Claimed, error) {
	return domain.Claimed{Case: d.next}, nil
}

func (d *desk) GiveBack(context.Context, uuid.UUID, domain.CaseID, domain.ClaimNo) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.given++
	d.file.Row.Holder = nil
	return nil
}

func (d *desk) ExtendClaim(context.Context, domain.CaseID, domain.ClaimNo) (time.Time, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.extended++
	return time.Time{}, nil
}

func (d *desk) SaveDraft(_ context.Context, id domain.CaseID, _ domain.ClaimNo, a domain.Answers, act uuid.UUID) (time.Time, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.draftErr != nil:
		return time.Time{}, d.draftErr
	case id == 8:
		d.other = a
	default:
		d.drafts, d.act = append(d.drafts, a), act
	}
	return time.Time{}, nil
}

func (d *desk) RecordCall(_ context.Context, op uuid.UUID, r domain.CallReport) (domain.Called, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.callErr == nil {
		d.calls[op] = r
	}
	return domain.Called{}, d.callErr
}

func (d *desk) HandOver(_ context.Context, _ uuid.UUID, _ domain.CaseID, _ int64, to domain.Department, note string) (domain.Moved, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.moved, d.notes = append(d.moved, to), append(d.notes, note)
	return domain.Moved{}, nil
}

func (d *desk) Reverse(_ context.Context, op uuid.UUID, _ domain.CaseID, _ int64, reason string) (domain.Reversed, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.reversals = append(d.reversals, op)
	if d.reverseErr != nil {
		return domain.Reversed{}, d.reverseErr
	}
	d.notes = append(d.notes, reason)
	d.file = milkFile()
	d.file.Row.Holder = &domain.Holder{Login: "lin", Name: "林梅", NameEn: "Lin Mei", Since: at("13:40"), No: 6}
	return domain.Reversed{Case: 7}, nil
}

func (d *desk) VerifyQuantity(_ context.Context, _ uuid.UUID, _ domain.CaseID, lines []int, ok bool, note string) (domain.Moved, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.verified, d.notes = append(d.verified, ok && len(lines) == 1), append(d.notes, note)
	return domain.Moved{}, nil
}

func (d *desk) Resolve(_ context.Context, op uuid.UUID, h domain.Handled) (domain.Resolved, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.tries++
	if d.resolveErr != nil {
		return domain.Resolved{}, d.resolveErr
	}
	d.resolved[op] = h
	return domain.Resolved{Case: h.Case, State: domain.CaseClosed, Rechecked: true, Order: domain.ResolvedOrder{State: domain.Accepted}}, nil
}

func (d *desk) Propose(_ context.Context, op uuid.UUID, h domain.Handled) (domain.Moved, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.proposed = append(d.proposed, h)
	d.act = op
	return domain.Moved{}, d.resolveErr
}

func (d *desk) Sign(_ context.Context, _ uuid.UUID, proposal, version int64, yes bool, note string) (domain.Resolved, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.signed = append(d.signed, signature{proposal, version, yes, note})
	return domain.Resolved{}, nil
}

func (d *desk) RecordFinding(_ context.Context, _ uuid.UUID, _ domain.CaseID, f domain.Finding) (domain.Moved, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.found = append(d.found, f)
	return domain.Moved{}, nil
}

// signature is what a second person answered.
type signature struct {
	proposal, version int64
	yes               bool
	note              string
}

// memory is a journal that forgets with the test.
type memory struct {
	mu   sync.Mutex
	data map[string][]byte
}

func newMemory() *memory { return &memory{data: map[string][]byte{}} }

func (m *memory) Save(key string, data []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data[key] = data
	return nil
}

func (m *memory) Load(key string) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	d, ok := m.data[key]
	return d, ok
}

func (m *memory) Remove(key string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.data, key)
}

// scene is a form under test.
type scene struct {
	*tuitest.Driver
	desk    *desk
	journal *memory
	view    *casefile.View
	env     *ui.Env
	clock   *tuitest.Clock
}

func open(tb testing.TB, d *desk, j *memory, lang text.Lang, me domain.Staff, w, h int) *scene {
	tb.Helper()
	clock := tuitest.NewClock(at("13:40"))
	shared := ui.NewDesk(tb.Context(), ui.Desk{Text: text.For(lang), Clock: clock.Now, Timer: clock.Timer, Zone: zone, Me: me})
	env := ui.NewEnv(shared, "case")
	v := casefile.New(env, d, j, 7)
	return &scene{Driver: tuitest.View(tb, clock, v, w, h), desk: d, journal: j, view: v, env: env, clock: clock}
}
