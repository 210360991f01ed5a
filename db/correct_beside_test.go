package db_test

import (
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// catalogue imports one row of the platform's catalogue.
func (w correctWorld) catalogue(values map[string]any) db.AppliedRows {
	w.Helper()
	in, err := db.OpenIntake(w.base.DSN(w.base.Login(w, "pipe"+w.text(`SELECT count(*) FROM cleardesk.import`), "intake")))
	if err != nil {
		w.Fatal(err)
	}
	w.Cleanup(func() { _ = in.Close() })
	id := uuid.New()
	if _, err := in.Start(w.Context(), id, db.ImportProducts, "catalogue.csv", db.ImportOptions{}); err != nil {
		w.Fatal(err)
	}
	if err := in.StageRows(w.Context(), id, 1, []db.StagedRow{{Row: 2, Values: values}}); err != nil {
		w.Fatal(err)
	}
	a, err := in.ApplyRows(w.Context(), id, 1, 1)
	if err != nil {
		w.Fatal(err)
	}
	return a
}

// A later catalogue that still has the old value is a clash and names it, once; ours
// stands until the platform comes round to it.
func TestALaterCatalogueDoesNotUndoACorrection(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	row := map[string]any{"code": "N1", "name": "五花肉", "step": 5_000, "status": "paused", "price": 2_790}
	w.catalogue(row)
	s := step(500)
	s.Product = "N1"
	w.correct(s)
	l := listing(domain.ProductNormal) // what nobody has said is normal too
	l.Product = "N1"
	w.correct(l)
	f, err := w.stores["zhao"].CorrectionFile(t.Context(), "N1", 0)
	if err != nil || f.Imported == nil || *f.Imported != 5_000 || len(f.Corrections) != 2 || f.Corrections[1].New != "500" {
		t.Fatalf("%+v %v", f, err)
	}
	row["price"] = 2_690
	got := w.catalogue(row)
	want := []db.Clash{{Code: "N1", Field: "status", Here: "normal", File: "paused"}, {Code: "N1", Field: "step", Here: "500", File: "5000"}}
	if d := cmp.Diff(want, got.Clashes); d != "" || got.Changed != 1 {
		t.Errorf("%+v %s", got, d)
	}
	w.want("500 normal 2690 2", `SELECT concat_ws(' ', step, status, price, step_version) FROM cleardesk.product WHERE code = 'N1'`)
	if got = w.catalogue(row); got.Clashed != 0 || got.Same != 1 {
		t.Errorf("the same file clashes twice: %+v", got)
	}
	if f, err = w.stores["zhao"].CorrectionFile(t.Context(), "N1", 0); err != nil || *f.Imported != 5_000 {
		t.Errorf("%+v %v", f.Imported, err)
	}
	row["step"] = 1_000
	if got = w.catalogue(row); got.Clashed != 1 {
		t.Errorf("another value over a correction: %+v", got)
	}
	row["step"] = 500
	if got = w.catalogue(row); got.Clashed != 0 || got.Same != 1 {
		t.Errorf("the platform has come round: %+v", got)
	}
	row["step"] = 250
	if got = w.catalogue(row); got.Clashed != 0 || got.Changed != 1 {
		t.Errorf("and goes on: %+v", got)
	}
	w.want("250 3", `SELECT concat_ws(' ', step, step_version) FROM cleardesk.product WHERE code = 'N1'`)
}

// What was told before a count does not undo it; another stock told later counts.
func TestALaterStockCounts(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	row := map[string]any{"code": "N1", "name": "五花肉", "stock": 500_000}
	w.catalogue(row)
	w.correct(count("N1", 480_000, time.Now()))
	if got := w.catalogue(row); got.Clashed != 0 {
		t.Errorf("%+v", got)
	}
	w.want("480000", `SELECT stock FROM cleardesk.product WHERE code = 'N1'`)
	row["stock"] = 460_000
	if got := w.catalogue(row); got.Clashed != 0 || got.Changed != 1 {
		t.Errorf("%+v", got)
	}
	w.want("460000 0", `SELECT concat_ws(' ', stock, gone) FROM cleardesk.product WHERE code = 'N1'`)
	// The same where nobody had said how much there is.
	w.correct(count("P3", 7_000, time.Now()))
	w.want("7000 -7000", `SELECT concat_ws(' ', stock, gone) FROM cleardesk.product WHERE code = 'P3'`)
	if got := w.catalogue(map[string]any{"code": "P3", "name": "水", "stock": 9_000}); got.Clashed != 0 {
		t.Errorf("%+v", got)
	}
	w.want("9000 0", `SELECT concat_ws(' ', stock, gone) FROM cleardesk.product WHERE code = 'P3'`)
}

// Two corrections at once: one is written, the other hears who was faster.
func TestTwoCorrectionsAtOnce(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	w.person("qian", "procurement")
	w.odd("S1", deskLine{"P4", 7, mismatch})
	errs := make(chan error, 2)
	for who, q := range map[string]domain.Quantity{"zhao": 1_000, "qian": 3_500} {
		go func() {
			c := step(q)
			c.Seen = 1
			_, err := w.stores[who].Correct(t.Context(), uuid.New(), c)
			errs <- err
		}()
	}
	first, second := <-errs, <-errs
	if first != nil {
		first, second = second, first
	}
	if first != nil || domain.CodeOf(second) != domain.Conflict {
		t.Errorf("%v, %v", first, second)
	}
	w.want("1 2 1", `SELECT concat_ws(' ', (SELECT count(*) FROM cleardesk.correction), step_version, (SELECT count(*) FROM cleardesk.resolution_record))
		FROM cleardesk.product WHERE code = 'P4'`)
}

// One action opens an exchange for each order that brought the product, each on its own.
func TestAProductIsExchangedEverywhere(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	ids := []int64{w.fine("S1", "P4", 3_000), w.fine("S1", "P4", 4_000), w.fine("S2", "P4", 5_000), w.fine("S3", "P4", 6_000), w.fine("S4", "P1", 6_000), w.fine("S5", "P4", 1_000)}
	w.exec(`UPDATE cleardesk.orders SET state = CASE id WHEN $1 THEN 'received' WHEN $2 THEN 'settled' WHEN $3 THEN 'shipped' ELSE 'delivered' END`, ids[0], ids[1], ids[3])
	w.exec(`UPDATE cleardesk.orders SET history = true WHERE id = $1`, ids[5])
	day, err := time.Parse(time.DateOnly, w.text(`SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date::text`))
	if err != nil {
		t.Fatal(err)
	}
	x := domain.ProductExchange{Product: "P4", From: day.AddDate(0, 0, -2), To: day, Why: domain.ToldQuality, Text: "批次有异味"}
	out, err := w.stores["zhao"].ExchangeProduct(t.Context(), uuid.New(), x)
	if err != nil || out != (domain.ExchangeOpened{Events: 3, Stores: 2}) {
		t.Fatalf("%+v %v", out, err)
	}
	w.want("3 3 exchange P4 "+x.From.Format(time.DateOnly)+" quality 批次有异味", `SELECT concat_ws(' ', count(*), (SELECT count(*) FROM cleardesk.waiting WHERE what = 'event'),
		min(detail ->> 'cause'), min(detail ->> 'why'), min(detail ->> 'text')) FROM cleardesk.event WHERE what = 'exchange' AND by_login = $1`, string(w.login("zhao")))
	w.want("1 P4 3000", `SELECT concat_ws(' ', l ->> 'line', l ->> 'product', l ->> 'quantity') FROM cleardesk.event, jsonb_array_elements(detail -> 'lines') l WHERE order_id = $1`, ids[0])
	// Nothing twice; what has come since is added.
	_, err = w.stores["lin"].ExchangeProduct(t.Context(), uuid.New(), x)
	wantCode(t, err, domain.NotFound)
	w.exec(`UPDATE cleardesk.orders SET state = 'delivered' WHERE id = $1`, ids[3])
	if out, err = w.stores["max"].ExchangeProduct(t.Context(), uuid.New(), x); err != nil || out != (domain.ExchangeOpened{Events: 1, Stores: 1}) {
		t.Errorf("%+v %v", out, err)
	}
	_, err = w.stores["wu"].ExchangeProduct(t.Context(), uuid.New(), x)
	wantCode(t, err, domain.Forbidden)
	x.From = day.AddDate(0, 0, -33)
	_, err = w.stores["lin"].ExchangeProduct(t.Context(), uuid.New(), x)
	wantCode(t, err, domain.Invalid)
}

// What the file of a correction holds beside what it may cure.
func TestTheFileOfACorrection(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	c := w.odd("S1", deskLine{"P4", 7, mismatch}, deskLine{"P2", 3, surge})
	w.fine("S2", "P4", 3_000)
	w.fine("S3", "P4", 3_000)
	w.exec(`UPDATE cleardesk.cases SET why = '{"product": "P4"}', lies_with = 'procurement' WHERE id = $1`, int64(c.id))
	w.exec(`INSERT INTO cleardesk.supplier (code, name) VALUES ('V1', '顺源'); UPDATE cleardesk.product SET supplier = 'V1' WHERE code = 'P4'`)
	w.exec(`INSERT INTO cleardesk.event (what, key, store, at, detail) VALUES ('attempt', 'a', 'S4', now(), '{"lines": [{"product": "P4", "quantity": 700}]}'),
		('attempt', 'b', 'S4', now(), '{"lines": [{"product": "P1"}]}')`)
	f, err := w.stores["zhao"].CorrectionFile(t.Context(), "", c.id)
	if err != nil {
		t.Fatal(err)
	}
	if f.Product.Code != "P4" || f.Supplier != "顺源" || len(f.Open) != 1 || len(f.Accepted) != 2 || len(f.Attempts) != 1 || len(f.Waiting) != 0 {
		t.Fatalf("%+v", f)
	}
	o := f.Open[0]
	if o.Row.Case != c.id || o.Row.StoreName != "店1" || o.Quantity != 7_000 || o.Line != 1 || len(o.Others) != 1 || o.Others[0].Kind != surge {
		t.Errorf("%+v", o)
	}
	if d := cmp.Diff([]domain.OrderedTimes{{Quantity: 3_000, Lines: 2}, {Quantity: 7_000, Lines: 1}}, f.Ordered); d != "" {
		t.Error(d)
	}
	if f.Accepted[0].StoreName != "店2" || f.Accepted[0].Quantity != 3_000 {
		t.Errorf("%+v", f.Accepted)
	}
	_, err = w.stores["zhao"].CorrectionFile(t.Context(), "P99", 0)
	wantCode(t, err, domain.NotFound)
}
