package db_test

import (
	"errors"
	"slices"
	"testing"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
	"github.com/lib/pq"
)

// imported brings products in as the platform's program does; each map is a row.
func (w *deskWorld) imported(rows ...map[string]any) db.AppliedRows {
	w.Helper()
	if w.in == nil {
		in, err := db.OpenIntake(w.base.DSN(w.base.Login(w, "feed", "intake")))
		if err != nil {
			w.Fatal(err)
		}
		w.in = in
		w.Cleanup(func() { _ = in.Close() })
	}
	id := uuid.New()
	if _, err := w.in.Start(w.Context(), id, db.ImportProducts, "f", db.ImportOptions{}); err != nil {
		w.Fatal(err)
	}
	var staged []db.StagedRow
	for i, r := range rows {
		staged = append(staged, db.StagedRow{Row: int64(i + 2), Values: r})
	}
	if err := w.in.StageRows(w.Context(), id, 1, staged); err != nil {
		w.Fatal(err)
	}
	got, err := w.in.ApplyRows(w.Context(), id, 1, int64(len(rows)))
	if err != nil {
		w.Fatal(err)
	}
	return got
}

func (w *deskWorld) catalogue() domain.Catalogue {
	w.Helper()
	c, err := w.stores["zhao"].Catalogue(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	return c
}

func (w *deskWorld) productFile(code domain.ProductCode) domain.ProductFile {
	w.Helper()
	f, err := w.stores["zhao"].ProductFile(w.Context(), code)
	if err != nil {
		w.Fatal(err)
	}
	return f
}

// edit changes a product as somebody who has read it.
func (w *deskWorld) edit(who string, code domain.ProductCode, change func(p *domain.Product)) error {
	w.Helper()
	f := w.productFile(code)
	e := domain.ProductEdit{Was: f.Product, Version: f.Version, Now: f.Product, Reason: domain.WrongEntry}
	change(&e.Now)
	return w.stores[who].EditProduct(w.Context(), uuid.New(), e, "zz")
}

// complete is a product without a fault.
func complete(code string) map[string]any {
	return map[string]any{
		"code": code, "name": "酸奶" + code, "name_en": "Yoghurt " + code, "unit": "盒", "unit_en": "box", "category": "dairy", "step": 6000,
		"case_size": 12000, "price": 980, "supplier": "V1", "status": "normal", "stock": 100_000,
	}
}

func with(row map[string]any, more map[string]any) map[string]any {
	for k, v := range more {
		row[k] = v
	}
	return row
}

func rulesOf(s domain.Standing) (out []domain.StandardRule) {
	for _, f := range s.Faults {
		out = append(out, f.Rule)
	}
	return out
}

// What is missing comes worst first: grave faults of what is ordered, then by the orders at
// stake.
func TestTheStandardListsTheWorstFirst(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.exec(`UPDATE cleardesk.product SET status = 'delisted'`)
	w.imported(complete("N1"), with(complete("N2"), map[string]any{"name_en": ""}), with(complete("N3"), map[string]any{"step": 5000}),
		with(complete("N4"), map[string]any{"step": 5000}), with(complete("N5"), map[string]any{"name_en": "", "status": "delisted"}))
	for range 3 {
		w.put("S1", "", deskLine{"N2", 6, ""})
	}
	c := w.put("S2", domain.AmountSurge, deskLine{"N4", 10, ""})
	w.exec(`UPDATE cleardesk.anomaly SET product = 'N4'`)
	w.exec(`INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, history, judged, content)
		VALUES ('OLD', 'S1', now() - interval '29 days', (now() AT TIME ZONE 'Asia/Shanghai')::date - 28, 'settled', 1, 1, true, true, '')`)
	w.exec(`INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount)
		SELECT id, 1, 'N3', 5000, 5000, 980, 4900 FROM cleardesk.orders WHERE order_no = 'OLD'`)
	got := w.catalogue()
	if got.Products != 4 {
		t.Errorf("%d products can be ordered", got.Products)
	}
	type row struct {
		Code  domain.ProductCode
		Rules []domain.StandardRule
		Stake domain.Stake
	}
	var rows []row
	for _, s := range got.Standings {
		rows = append(rows, row{s.Product.Code, rulesOf(s), s.Stake})
	}
	want := []row{
		{"N4", []domain.StandardRule{domain.StepCase}, domain.Stake{Orders: 1, Money: 9_800, Cases: 1}},
		{"N2", []domain.StandardRule{domain.NoNameEn}, domain.Stake{Orders: 3, Money: 3 * 5_880}},
		{"N3", []domain.StandardRule{domain.StepCase}, domain.Stake{}}, // grave, and nobody orders it
	}
	if d := cmp.Diff(want, rows); d != "" {
		t.Error(d)
	}
	w.exec(`UPDATE cleardesk.orders SET state = 'cancelled' WHERE id = $1`, c.order)
	if s := w.catalogue().Standings[0]; s.Stake.Orders != 0 {
		t.Errorf("a cancelled order is at stake: %+v", s.Stake)
	}
}

// An edit is written field by field with who and why, told to the platform, and waits
// until a catalogue says the same.
func TestAProductIsEditedWithItsHistory(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	row := with(complete("N1"), map[string]any{"name_en": "", "case_size": 10_000})
	w.imported(row)
	wantCode(t, w.edit("lin", "N1", func(p *domain.Product) { p.NameEn = "Yoghurt" }), domain.Forbidden)
	before := w.productFile("N1")
	if err := w.edit("zhao", "N1", func(p *domain.Product) { p.NameEn, p.Case = "Yoghurt", nil }); err != nil {
		t.Fatal(err)
	}
	f := w.productFile("N1")
	if len(f.Faults) != 0 || f.Version != before.Version+1 || f.Product.Case != nil || f.Product.NameEn != "Yoghurt" {
		t.Errorf("after the edit: %+v", f)
	}
	if len(f.Changes) != 2 || f.Changes[0].Old != "10000" || f.Changes[0].New != "" || f.Changes[1].New != "Yoghurt" || f.Changes[1].By != w.login("zhao") ||
		f.Changes[1].What != domain.ChangeEdited || f.Changes[1].Reason != domain.WrongEntry {
		t.Errorf("history %+v", f.Changes)
	}
	w.want(`product_edited {"fields": {"name_en": {"new": "Yoghurt", "old": ""}, "case_size": {"new": null, "old": 10000}}, "product": "N1"}`,
		`SELECT what || ' ' || detail FROM cleardesk.decision`)
	if !slices.Equal(f.Waiting, []domain.ProductField{domain.FieldCase, domain.FieldNameEn}) {
		t.Errorf("waits for the platform: %v", f.Waiting)
	}
	w.imported(with(row, map[string]any{"name_en": "Yoghurt"}))
	if got := w.productFile("N1").Waiting; !slices.Equal(got, []domain.ProductField{domain.FieldCase}) {
		t.Errorf("after the platform said so it waits for %v", got)
	}
	// Somebody else was faster: it says who.
	late := domain.ProductEdit{Was: before.Product, Version: before.Version, Now: before.Product, Reason: domain.WrongEntry}
	late.Now.Category = "drinks"
	err := w.stores["zhao"].EditProduct(t.Context(), uuid.New(), late, "")
	wantCode(t, err, domain.Conflict)
	w.want("dairy", `SELECT category FROM cleardesk.product WHERE code = 'N1'`)
}

// The database refuses what the program never sends.
func TestWhatIsNotInformationIsNotEdited(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	zhao := w.base.Open(t, string(w.login("zhao")))
	for fields, state := range map[string]string{
		`{"price": 1}`: "CD403", `{"step": 6000}`: "CD400", `{"stock": 1}`: "CD400", `{"status": "delisted"}`: "CD400", `{"code": "X"}`: "CD400",
		`{"imported": {}}`: "CD400", `{}`: "CD400", `[]`: "CD400", `{"name": " "}`: "CD400", `{"unit": ""}`: "CD400", `{"supplier": "V9"}`: "CD404",
		`{"tolerance_permille": 1001}`: "CD400", `{"case_size": 0}`: "CD400", `{"min_order": -1}`: "CD400", `{"weighed": null}`: "CD400",
		`{"name": "牛奶"}`: "CD400",
	} {
		_, err := zhao.ExecContext(t.Context(), `SELECT cleardesk.edit_product(gen_random_uuid(), 'P1', 1, $1, 'entry', '')`, fields)
		if got := sqlState(err); got != state {
			t.Errorf("%s: %s %v, want %s", fields, got, err, state)
		}
	}
	for _, why := range []string{"other", "", "whim"} {
		_, err := zhao.ExecContext(t.Context(), `SELECT cleardesk.edit_product(gen_random_uuid(), 'P1', 1, '{"name_en": "Milk"}', $1, ' ')`, why)
		if got := sqlState(err); got != "CD400" {
			t.Errorf("reason %q: %v", why, err)
		}
	}
	w.want("0", `SELECT count(*) FROM cleardesk.product_edit`)
}

// A catalogue that still carries another value than was set here changes nothing and
// becomes procurement's task, one for each value; both saying the same ends it.
func TestAClashWithACatalogueIsATask(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	row := complete("N1")
	w.imported(row)
	c := correctWorld{w}
	n := domain.Quantity(3_000)
	c.correct(domain.Correction{What: domain.CorrectStep, Product: "N1", Step: &n, Reason: domain.WrongImport})
	file, err := w.stores["zhao"].CorrectionFile(t.Context(), "N1", 0)
	if err != nil || !slices.Equal(file.Unconfirmed, []domain.CorrectionKind{domain.CorrectStep}) {
		t.Errorf("the correction waits for the platform: %v %v", file.Unconfirmed, err)
	}
	if err := w.edit("zhao", "N1", func(p *domain.Product) { p.Category = "yoghurt" }); err != nil {
		t.Fatal(err)
	}
	if got := w.imported(with(row, map[string]any{"category": "milk"})); got.Clashed != 2 {
		t.Fatalf("clashes %+v", got)
	}
	w.want("3000 yoghurt", `SELECT step || ' ' || category FROM cleardesk.product WHERE code = 'N1'`)
	got := w.catalogue().Clashes
	if len(got) != 2 || w.text(`SELECT count(*) FROM cleardesk.task WHERE lies_with = 'procurement' AND what = 'import_clash'`) != "2" {
		t.Fatalf("clashes %+v", got)
	}
	slices.SortFunc(got, func(a, b domain.Clash) int { return len(a.Field) - len(b.Field) })
	if s := got[0]; s.Field != domain.FieldStep || s.File != "6000" || string(s.Here) != "3000" || s.Last == nil || s.Last.What != domain.ChangeCorrected {
		t.Errorf("the step's clash %+v", s)
	}
	w.imported(row) // the same again: the tasks are the same
	w.want("2", `SELECT count(*) FROM cleardesk.task`)
	wantCode(t, w.stores["lin"].SettleClash(t.Context(), uuid.New(), got[1], domain.KeepOurs, ""), domain.Forbidden)
	w.imported(with(row, map[string]any{"category": "yoghurt", "step": 3_000}))
	w.want("2 0", `SELECT concat_ws(' ', count(*) FILTER (WHERE closed_at IS NOT NULL), count(*) FILTER (WHERE closed_at IS NULL)) FROM cleardesk.task`)
	if f := w.productFile("N1"); len(f.Waiting)+len(f.Clashes) != 0 {
		t.Errorf("waits for %v, clashes %v", f.Waiting, f.Clashes)
	}
	wantCode(t, w.stores["zhao"].SettleClash(t.Context(), uuid.New(), got[1], domain.KeepOurs, ""), domain.Conflict)
}

// Keeping ours tells the platform again; taking theirs of a step is a correction with all
// that follows from it.
func TestAClashIsSettledEitherWay(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	zhao := w.stores["zhao"]
	row := complete("N1")
	w.imported(row)
	c := correctWorld{w}
	n := domain.Quantity(4_000)
	c.correct(domain.Correction{What: domain.CorrectStep, Product: "N1", Step: &n, Reason: domain.WrongEntry})
	odd := c.odd("S1", deskLine{"N1", 18, domain.StepMismatch})
	if err := w.edit("zhao", "N1", func(p *domain.Product) { p.Unit, p.Category = "杯", "yoghurt" }); err != nil {
		t.Fatal(err)
	}
	w.imported(with(row, map[string]any{"unit": "只", "category": "milk"}))
	decided := w.text(`SELECT n FROM cleardesk.decision_counter`)
	for _, clash := range w.catalogue().Clashes {
		side := domain.TakeTheirs
		if clash.Field == domain.FieldUnit {
			side = domain.KeepOurs
			stale := clash
			stale.Here = []byte(`"瓶"`)
			wantCode(t, zhao.SettleClash(t.Context(), uuid.New(), stale, side, ""), domain.Conflict)
		}
		if err := zhao.SettleClash(t.Context(), uuid.New(), clash, side, "按平台"); err != nil {
			t.Fatalf("%s: %v", clash.Field, err)
		}
	}
	w.want("杯 milk 6000", `SELECT concat_ws(' ', unit, category, step) FROM cleardesk.product WHERE code = 'N1'`)
	w.want("closed step_corrected", `SELECT c.state || ' ' || a.outcome FROM cleardesk.cases c JOIN cleardesk.anomaly a ON a.case_id = c.id WHERE c.id = $1`, int64(odd.id))
	w.want("category taken yoghurt > milk, unit kept 只 > 杯",
		`SELECT string_agg(field || ' ' || what || ' ' || old_value || ' > ' || new_value, ', ' ORDER BY field) FROM cleardesk.product_edit WHERE what <> 'edited'`)
	w.want("product_edited true", `SELECT what || ' ' || (detail ->> 'again') FROM cleardesk.decision WHERE n > $1 AND detail ? 'again'`, decided)
	w.want("0", `SELECT count(*) FROM cleardesk.task WHERE closed_at IS NULL`)
	if f := w.productFile("N1"); !slices.Equal(f.Waiting, []domain.ProductField{domain.FieldUnit}) {
		t.Errorf("waits for %v: what was taken is what the platform has", f.Waiting)
	}
	w.imported(with(row, map[string]any{"price": 990}))
	w.want("0", `SELECT count(*) FROM cleardesk.task WHERE closed_at IS NULL`)
}

// Quantities that wait for procurement are listed with what there is to know, until it
// has given its word (§4.1).
func TestQuantitiesToVerifyAreListed(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S3", "", deskLine{"P4", 40, surge}, deskLine{"P2", 3, ""}, deskLine{"P1", 24, surge})
	w.exec(`UPDATE cleardesk.anomaly SET evidence = '{"rule": "r", "rule_version": 1, "product": "P4", "usual_low": 2000, "usual_high": 6000, "median": 4000}' WHERE line_no = 1`)
	if got := w.catalogue().Verify; len(got) != 0 {
		t.Fatalf("what lies with customer service is listed: %+v", got)
	}
	w.with(c, domain.Procurement)
	got := w.catalogue().Verify
	if len(got) != 1 || got[0].Row.Case != c.id || got[0].Row.Store != "S3" || len(got[0].Lines) != 1 {
		t.Fatalf("listed %+v", got)
	}
	l := got[0].Lines[0]
	if l.Line != 1 || l.Quantity != domain.Units(40) || l.Median != domain.Units(4) || !l.AboveLimit() || l.AboveStock() {
		t.Errorf("line %+v", l)
	}
	w.exec(`UPDATE cleardesk.product SET stock = reserved + 39999 WHERE code = 'P4'`)
	if l := w.catalogue().Verify[0].Lines[0]; !l.AboveStock() {
		t.Errorf("more than there is: %+v", l)
	}
	if _, err := w.stores["zhao"].VerifyQuantity(t.Context(), uuid.New(), c.id, []int{1}, true, ""); err != nil {
		t.Fatal(err)
	}
	if got := w.catalogue().Verify; len(got) != 0 {
		t.Errorf("what was verified is listed: %+v", got)
	}
}

// sqlState is the state of an error of the server.
func sqlState(err error) string {
	if p, ok := errors.AsType[*pq.Error](err); ok {
		return string(p.Code)
	}
	return ""
}
