package db

import (
	"fmt"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// tell imports rows of events as one chunk of an import of their own.
func (g *gate) tell(kind ImportKind, o ImportOptions, rows ...StagedEvent) ([]Refusal, Applied) {
	g.t.Helper()
	id := g.start(kind, o)
	if err := g.in.StageEvents(g.t.Context(), id, 1, rows); err != nil {
		g.t.Fatal(err)
	}
	a, err := g.in.ApplyEvents(g.t.Context(), id, 1, int64(len(rows)))
	if err != nil {
		g.t.Fatal(err)
	}
	var keys []string
	for _, r := range rows {
		keys = append(keys, r.Event.Key)
	}
	refused, err := g.in.Refused(g.t.Context(), id, keys)
	if err != nil {
		g.t.Fatal(err)
	}
	return refused, a
}

func told(row int64, e domain.Event) StagedEvent {
	if e.At.IsZero() {
		e.At = placed.Add(time.Duration(row) * time.Minute)
	}
	if e.Key == "" {
		e.Key = fmt.Sprint("K", row)
	}
	return StagedEvent{Row: row, Event: e}
}

func amount(n int64) *domain.Quantity { q := domain.Quantity(n); return &q }

// newEventGate has two accepted orders: A of S1 with P1 on two lines and P2, B of S2.
func newEventGate(t *testing.T) *gate {
	t.Helper()
	g := newGate(t)
	g.exec(`UPDATE cleardesk.product SET stock = 100000`)
	g.take(ImportOptions{}, line(1, "A", "P1", 1000, 100), line(2, "A", "P1", 2000, 100), line(3, "A", "P2", 3000, 100),
		with(line(4, "B", "P1", 4000, 100), func(l *StagedLine) { l.Store = "S2" }))
	g.exec(`UPDATE cleardesk.orders SET state = 'accepted', accepted_at = now(); UPDATE cleardesk.order_line SET reserved = true;
		UPDATE cleardesk.product SET reserved = CASE code WHEN 'P1' THEN 7000 ELSE 3000 END; DELETE FROM cleardesk.waiting`)
	return g
}

func TestRowsOfOneKeyAreOneEvent(t *testing.T) {
	t.Parallel()
	g := newEventGate(t)
	at := placed.Add(time.Hour)
	slip := func(row int64, product domain.ProductCode, line int, weight int64) StagedEvent {
		return told(row, domain.Event{
			Key: "R", OrderNo: "A", At: at, Slip: "GB-1", Lines: []domain.EventLine{{Line: line, Product: product, Weight: amount(weight)}},
		})
	}
	rows := []StagedEvent{slip(1, "P2", 0, 2800), slip(2, "P1", 2, 2000), slip(3, "", 1, 1000), slip(3, "", 1, 1000)}
	_, got := g.tell(ImportReceipts, ImportOptions{}, rows...)
	if want := (Applied{Taken: 1, Lines: 4}); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	g.want(`receipt S1 A [{"line": 3, "weight": 2800, "product": "P2"}, {"line": 2, "weight": 2000, "product": "P1"}, {"line": 1, "weight": 1000, "product": "P1"}] GB-1`,
		`SELECT concat_ws(' ', e.what, e.store, o.order_no, e.detail -> 'lines', e.detail ->> 'slip') FROM cleardesk.event e
		 JOIN cleardesk.orders o ON o.id = e.order_id`)
	g.want("1", `SELECT count(*) FROM cleardesk.waiting w JOIN cleardesk.event e ON e.id = w.event_id AND e.order_id = w.order_id`)
	// The same in another arrangement is the same; a gram more is not.
	again := []StagedEvent{rows[2], rows[0], rows[1]}
	for i := range again {
		again[i].Row = int64(i + 1)
	}
	_, got = g.tell(ImportReceipts, ImportOptions{Verdicts: true}, again...)
	if want := (Applied{Same: 1, SameLines: 3, SameOrders: []string{"R"}}); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	rows[0].Event.Lines[0].Weight = amount(2801)
	refused, got := g.tell(ImportReceipts, ImportOptions{}, rows...)
	if len(refused) != 1 || refused[0].Reason() != "this number is in already with other content" || got.Rejected != 1 || got.RejectedLines != 4 {
		t.Errorf("%+v, %+v", refused, got)
	}
	g.want("1", `SELECT count(*) FROM cleardesk.event`)
}

func TestEveryReasonToRefuseAnEvent(t *testing.T) {
	t.Parallel()
	g := newEventGate(t)
	ret := func(no domain.OrderNo, lines ...domain.EventLine) domain.Event {
		return domain.Event{OrderNo: no, Lines: lines}
	}
	one := amount(1000)
	for name, c := range map[string]struct {
		kind   ImportKind
		rows   []StagedEvent
		reason string
	}{
		"unknown order":   {ImportReturns, []StagedEvent{told(1, ret("X", domain.EventLine{Product: "P2", Quantity: one}))}, "order X is not known"},
		"unknown store":   {ImportAttempts, []StagedEvent{told(1, domain.Event{Store: "S9", Lines: []domain.EventLine{{Product: "P1"}}})}, "store S9 is not known"},
		"unknown product": {ImportAttempts, []StagedEvent{told(1, domain.Event{Store: "S1", Lines: []domain.EventLine{{Product: "P9"}}})}, "product P9 is not known"},
		"other store":     {ImportReturns, []StagedEvent{told(1, domain.Event{OrderNo: "A", Store: "S2", Lines: []domain.EventLine{{Product: "P2", Quantity: one}}})}, "this number is an order of store S1"},
		"which line":      {ImportReturns, []StagedEvent{told(1, ret("A", domain.EventLine{Product: "P1", Quantity: one}))}, "its order has P1 on more than one line: give line_no"},
		"unknown line":    {ImportReturns, []StagedEvent{told(1, ret("A", domain.EventLine{Line: 7, Quantity: one}))}, "its order has no line 7 of that product"},
		"no line":         {ImportReturns, []StagedEvent{told(1, ret("A", domain.EventLine{Quantity: one}))}, "it names neither a line nor a product"},
		"mixed": {ImportReturns, []StagedEvent{
			told(1, domain.Event{Key: "K1", OrderNo: "A", At: placed, Lines: []domain.EventLine{{Line: 1, Quantity: one}}}),
			told(2, domain.Event{Key: "K1", OrderNo: "A", At: placed, Text: "x", Lines: []domain.EventLine{{Line: 2, Quantity: one}}}),
		}, "its rows tell different things of one event"},
		"bad line": {ImportReturns, []StagedEvent{told(1, ret("A", domain.EventLine{Line: 1, Quantity: one})), {Row: 2, Bad: true, Event: domain.Event{Key: "K1"}}}, "row 2 of this event cannot be taken"},
	} {
		refused, got := g.tell(c.kind, ImportOptions{}, append(c.rows, told(99, domain.Event{Key: "ok " + name, Store: "S1", OrderNo: orderOf(c.kind), Lines: []domain.EventLine{{Product: "P2", Quantity: one}}}))...)
		if got.Taken != 1 || got.Rejected != 1 || got.RejectedLines != int64(len(c.rows)) || len(refused) != 1 || refused[0].Reason() != c.reason {
			t.Errorf("%s: %+v, %+v", name, got, refused)
		}
	}
	g.want("9", `SELECT count(*) FROM cleardesk.event`)
}

func orderOf(k ImportKind) domain.OrderNo {
	if k == ImportAttempts {
		return ""
	}
	return "A"
}

func TestEveryKindOfEventComesIn(t *testing.T) {
	t.Parallel()
	g := newEventGate(t)
	due, cash := placed.Add(20*time.Hour), domain.Money(9000)
	lines := []domain.EventLine{{Product: "P2", Quantity: amount(1000)}}
	for kind, e := range map[ImportKind]domain.Event{
		ImportAttempts:    {Store: "S1", Why: domain.ToldStep, Lines: []domain.EventLine{{Product: "P1", Quantity: amount(4000), StepSeen: amount(5000)}}},
		ImportChanges:     {OrderNo: "A", Why: domain.ToldTooMany, Lines: lines},
		ImportStages:      {OrderNo: "A", Stage: domain.StagePlanned, Due: &due, Route: "3"},
		ImportReceipts:    {OrderNo: "A", Lines: lines},
		ImportExchanges:   {OrderNo: "A", Why: domain.ToldDamaged, Cause: "batch 1120", Lines: lines},
		ImportReturns:     {OrderNo: "A", Why: domain.ToldExpiry, Lines: lines},
		ImportWrongOrders: {OrderNo: "A", Why: domain.ToldTwice},
		ImportCollections: {OrderNo: "A", Amount: &cash},
	} {
		if refused, got := g.tell(kind, ImportOptions{DryRun: true}, told(1, e)); got.Taken != 1 {
			t.Errorf("dry run of %s: %+v %v", kind, got, refused)
		}
		g.want("0", `SELECT count(*) FROM cleardesk.event WHERE what = $1`, string(kind[:len(kind)-1]))
		if refused, got := g.tell(kind, ImportOptions{}, told(1, e)); got.Taken != 1 {
			t.Errorf("%s: %+v %v", kind, got, refused)
		}
		if _, got := g.tell(kind, ImportOptions{}, told(1, e)); got.Same != 1 {
			t.Errorf("%s again: %+v", kind, got)
		}
	}
	g.want("attempt change collection exchange receipt return stage wrong_order", `SELECT string_agg(what, ' ' ORDER BY what) FROM cleardesk.event`)
	g.want("attempt change exchange receipt return wrong_order", `SELECT string_agg(e.what, ' ' ORDER BY e.what) FROM cleardesk.waiting w JOIN cleardesk.event e ON e.id = w.event_id`)
	g.want("3 2026-05-02 01:30", `SELECT route || ' ' || to_char(due AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') FROM cleardesk.delivery_plan`)
}

// Of two lines of a product only the one that stands is meant.
func TestACancelledLineIsNotMeant(t *testing.T) {
	t.Parallel()
	g := newEventGate(t)
	g.exec(`UPDATE cleardesk.order_line SET cancelled = true WHERE line_no = 1`)
	refused, got := g.tell(ImportReturns, ImportOptions{}, told(1, domain.Event{OrderNo: "A", Lines: []domain.EventLine{{Product: "P1", Quantity: amount(1000)}}}))
	if got.Taken != 1 {
		t.Errorf("%+v", refused)
	}
	g.want("2", `SELECT detail -> 'lines' -> 0 ->> 'line' FROM cleardesk.event`)
}

// Stages of a file in whatever order bring their orders on; told by the platform, a
// conflict has no author.
func TestStagesOfAFile(t *testing.T) {
	t.Parallel()
	g := newEventGate(t)
	g.exec(`UPDATE cleardesk.orders SET state = 'placed' WHERE order_no = 'B'`)
	g.exec(`INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search)
		SELECT 'S2', id, 'customer_service', 'amount_surge', '{}', 0, '[]', 1, '' FROM cleardesk.orders WHERE order_no = 'B'`)
	stage := func(row int64, no domain.OrderNo, s domain.Stage) StagedEvent {
		return told(row, domain.Event{OrderNo: no, Stage: s, At: placed.Add(time.Duration(10-row) * time.Hour)})
	}
	_, got := g.tell(ImportStages, ImportOptions{}, stage(1, "A", domain.StageDelivered), stage(2, "A", domain.StageShipped), stage(3, "B", domain.StageAllocated))
	if got.Taken != 3 {
		t.Errorf("%+v", got)
	}
	g.want("A delivered, B placed", `SELECT string_agg(order_no || ' ' || state, ', ' ORDER BY order_no) FROM cleardesk.orders`)
	g.want("P1 97000 4000 3000, P2 97000 0 3000", `SELECT string_agg(concat_ws(' ', code, stock, reserved, gone), ', ' ORDER BY code) FROM cleardesk.product`)
	g.want("conflict allocated t", `SELECT concat_ws(' ', what, text, by_login IS NULL) FROM cleardesk.case_note`)
}

// What the stage lost is told, and a chunk is applied once.
func TestEventsThatTheStageLost(t *testing.T) {
	t.Parallel()
	g := newEventGate(t)
	id := g.start(ImportWrongOrders, ImportOptions{})
	if a, err := g.in.ApplyEvents(t.Context(), id, 1, 1); err != nil || !a.Lost {
		t.Errorf("%+v, %v", a, err)
	}
	row := told(1, domain.Event{OrderNo: "A", Why: domain.ToldTwice})
	for range 2 {
		if err := g.in.StageEvents(t.Context(), id, 1, []StagedEvent{row}); err != nil {
			t.Fatal(err)
		}
		a, err := g.in.ApplyEvents(t.Context(), id, 1, 1)
		if err != nil || a.Taken != 1 {
			t.Errorf("%+v, %v", a, err)
		}
	}
	g.want("1", `SELECT count(*) FROM cleardesk.event`)
	if whole, err := g.in.GatherEvents(t.Context(), id, 9); err != nil || !whole.Lost {
		t.Errorf("%+v, %v", whole, err)
	}
}

func TestGatherBringsEventsTogether(t *testing.T) {
	t.Parallel()
	g := newEventGate(t)
	id := g.start(ImportReturns, ImportOptions{})
	at := placed.Add(time.Hour)
	row := func(n int64, key string, line int) StagedEvent {
		return told(n, domain.Event{Key: key, OrderNo: "A", At: at, Lines: []domain.EventLine{{Line: line, Quantity: amount(1000)}}})
	}
	for chunk, rows := range [][]StagedEvent{{row(1, "K", 1), row(2, "L", 2)}, {row(3, "K", 3)}} {
		if err := g.in.StageEvents(t.Context(), id, chunk+1, rows); err != nil {
			t.Fatal(err)
		}
	}
	whole, err := g.in.GatherEvents(t.Context(), id, 3)
	if d := cmp.Diff([]StagedChunk{{Chunk: 1, Lines: 3}}, whole.Chunks); d != "" || err != nil {
		t.Fatal(d, err)
	}
	if a, err := g.in.ApplyEvents(t.Context(), id, 1, 3); err != nil || a.Taken != 2 || a.Lines != 3 {
		t.Errorf("%+v, %v", a, err)
	}
	g.want("K 2, L 1", `SELECT string_agg(key || ' ' || jsonb_array_length(detail -> 'lines'), ', ' ORDER BY key) FROM cleardesk.event`)
}

// What left here since the stock was told is no correction: another stock in the file is
// newer. What procurement counted stands.
func TestImportedStockAndWhatLeft(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	tell := func(stock any) AppliedRows {
		t.Helper()
		id := g.start(ImportProducts, ImportOptions{})
		if err := g.in.StageRows(t.Context(), id, 1, []StagedRow{{Row: 2, Values: product("P1", map[string]any{"stock": stock})}}); err != nil {
			t.Fatal(err)
		}
		a, err := g.in.ApplyRows(t.Context(), id, 1, 1)
		if err != nil {
			t.Fatal(err)
		}
		return a
	}
	stands := `SELECT concat_ws(' ', stock, gone, stock_at IS NOT NULL) FROM cleardesk.product WHERE code = 'P1'`
	tell(100_000)
	g.want("100000 0 t", stands)
	g.exec(`UPDATE cleardesk.product SET stock = 90000, gone = 10000, stock_at = NULL WHERE code = 'P1'`)
	tell(100_000) // as before: nothing new is told
	g.want("90000 10000 f", stands)
	if a := tell(95_000); a.Clashed != 0 || a.Changed != 1 {
		t.Errorf("%+v", a)
	}
	g.want("95000 0 t", stands)
	g.exec(`UPDATE cleardesk.product SET stock = 80000, gone = 10000 WHERE code = 'P1'`) // and 5,000 were not there when counted
	if a := tell(70_000); a.Clashed != 1 || len(a.Clashes) != 1 || a.Clashes[0].Field != "stock" {
		t.Errorf("%+v", a)
	}
	g.want("80000 10000 t", stands)
	g.want("100000 100000, 5000 95000", `SELECT string_agg(delta || ' ' || stock, ', ' ORDER BY id) FROM cleardesk.stock_move WHERE why = 'told'`)
	tell(nil)
	g.want("80000 10000 t", stands) // it clashes too
}

// Orders of one content have one hash, however their lines stand.
func TestLinesHash(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.take(ImportOptions{}, line(1, "A", "P1", 1000, 100), line(2, "A", "P2", 2000, 100))
	g.take(ImportOptions{}, line(1, "B", "P2", 2000, 100), line(2, "B", "P1", 1000, 300))
	g.take(ImportOptions{}, line(1, "C", "P2", 1000, 100), line(2, "C", "P1", 2000, 100))
	g.take(ImportOptions{}, line(1, "D", "P1", 1000, 100), line(2, "D", "P2", 2000, 100), line(3, "D", "P2", 2000, 100))
	g.take(ImportOptions{}, line(1, "E", "P1", 1000, 100), line(2, "E", "P1", 1000, 100))
	g.take(ImportOptions{}, line(1, "F", "P2", 2000, 100), line(2, "F", "P2", 2000, 100))
	g.want("A=B, C, D, E, F", `SELECT string_agg(x.all_of, ', ' ORDER BY x.all_of) FROM (SELECT string_agg(order_no, '=' ORDER BY order_no) AS all_of
		FROM cleardesk.orders WHERE lines_hash IS NOT NULL GROUP BY lines_hash) x`)
}
