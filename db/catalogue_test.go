package db

import (
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// rows imports rows of a catalogue as one chunk of an import of their own.
func (g *gate) rows(kind ImportKind, o ImportOptions, values ...map[string]any) AppliedRows {
	g.t.Helper()
	id := g.start(kind, o)
	staged := make([]StagedRow, len(values))
	for i, v := range values {
		staged[i] = StagedRow{Row: int64(i + 2), Values: v}
	}
	if err := g.in.StageRows(g.t.Context(), id, 1, staged); err != nil {
		g.t.Fatal(err)
	}
	a, err := g.in.ApplyRows(g.t.Context(), id, 1, int64(len(staged)))
	if err != nil {
		g.t.Fatal(err)
	}
	if again, err := g.in.ApplyRows(g.t.Context(), id, 1, int64(len(staged))); err != nil || !cmp.Equal(again, a) {
		g.t.Errorf("applied once more: %v %s", err, cmp.Diff(a, again))
	}
	return a
}

func product(code string, values map[string]any) map[string]any {
	values["code"] = code
	return values
}

func TestNewProductsAndTheirSuppliers(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	got := g.rows(ImportProducts, ImportOptions{},
		product("N1", map[string]any{"name": "鸡蛋", "unit": "盒", "step": 12_000, "price": 1_250, "supplier": "V1", "supplier_name": "东风蛋业", "stock": 0}),
		product("N2", map[string]any{"name": "菠菜", "weighed": true, "supplier": "V1", "status": "paused"}))
	if want := (AppliedRows{New: 2, Clashes: []Clash{}}); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	g.want("鸡蛋 盒 12000 1250 V1 normal 0 0 1 1", `SELECT concat_ws(' ', name, unit, step, price, supplier, status, stock, reserved, version, step_version)
		FROM cleardesk.product WHERE code = 'N1'`)
	g.want("菠菜 t paused", `SELECT concat_ws(' ', name, weighed, step, stock, status) FROM cleardesk.product WHERE code = 'N2'`)
	g.want("V1 东风蛋业", `SELECT string_agg(code || ' ' || name, ', ') FROM cleardesk.supplier`)
}

func TestSameCatalogueAgainChangesNothing(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	one := product("N1", map[string]any{"name": "鸡蛋", "step": 12_000, "price": 1_250, "supplier": "V1"})
	g.rows(ImportProducts, ImportOptions{}, one)
	g.exec(`UPDATE cleardesk.product SET price = 1300, version = version + 1 WHERE code = 'N1'`) // corrected here
	var moved int64
	if err := g.admin.GetContext(t.Context(), &moved, `SELECT catalogue FROM cleardesk.judge`); err != nil {
		t.Fatal(err)
	}
	got := g.rows(ImportProducts, ImportOptions{}, one)
	if want := (AppliedRows{Same: 1, Clashes: []Clash{}}); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	g.want("1300 2", `SELECT concat_ws(' ', price, version) FROM cleardesk.product WHERE code = 'N1'`)
	if err := g.admin.GetContext(t.Context(), &moved, `SELECT catalogue - $1 FROM cleardesk.judge`, moved); err != nil || moved != 0 {
		t.Errorf("the judge was told of %d changes, %v", moved, err)
	}
}

func TestOnlyWhatChangedSinceTheLastImportIsApplied(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.rows(ImportProducts, ImportOptions{}, product("N1", map[string]any{"name": "鸡蛋", "step": 12_000, "price": 1_250, "category": "a"}))
	g.exec(`UPDATE cleardesk.product SET category = 'b' WHERE code = 'N1'`)
	got := g.rows(ImportProducts, ImportOptions{}, product("N1", map[string]any{"name": "鸡蛋", "step": 6_000, "price": 1_250, "category": "a"}))
	if want := (AppliedRows{Changed: 1, Clashes: []Clash{}}); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	g.want("6000 2 b 2", `SELECT concat_ws(' ', step, step_version, category, version) FROM cleardesk.product WHERE code = 'N1'`)
	g.want("true", `SELECT catalogue > 0 FROM cleardesk.judge`)
	// A column that is not in the file means nothing, one that is there and empty empties.
	g.rows(ImportProducts, ImportOptions{}, product("N1", map[string]any{"step": nil}))
	g.want("鸡蛋 b 3", `SELECT concat_ws(' ', name, step, category, step_version) FROM cleardesk.product WHERE code = 'N1'`)
}

func TestCorrectionStandsAgainstAnImport(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.rows(ImportProducts, ImportOptions{}, product("N1", map[string]any{"name": "鸡蛋", "step": 12_000, "price": 1_250}))
	g.exec(`UPDATE cleardesk.product SET step = 10000, step_version = 2 WHERE code = 'N1'`)
	next := product("N1", map[string]any{"name": "鲜鸡蛋", "step": 6_000, "price": 1_250})
	got := g.rows(ImportProducts, ImportOptions{}, next)
	want := AppliedRows{Changed: 1, Clashed: 1, Clashes: []Clash{{Code: "N1", Field: "step", Here: "10000", File: "6000"}}}
	if !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	g.want("鲜鸡蛋 10000 2", `SELECT concat_ws(' ', name, step, step_version) FROM cleardesk.product WHERE code = 'N1'`)
	if got := g.rows(ImportProducts, ImportOptions{}, next); got.Same != 1 || got.Clashed != 0 {
		t.Errorf("the same file clashes twice: %+v", got)
	}
	// The platform comes round to what was corrected here.
	next["step"] = 10_000
	if got := g.rows(ImportProducts, ImportOptions{}, next); got.Same != 1 || got.Clashed != 0 {
		t.Errorf("agreement clashes: %+v", got)
	}
	// A product made on the way and then corrected keeps its correction too.
	g.exec(`UPDATE cleardesk.product SET step = 5000 WHERE code = 'P1'`)
	if got := g.rows(ImportProducts, ImportOptions{}, product("P1", map[string]any{"step": 1000, "price": 5})); got.Clashed != 1 || got.Changed != 1 {
		t.Errorf("%+v", got)
	}
	g.want("5000 5", `SELECT concat_ws(' ', step, price) FROM cleardesk.product WHERE code = 'P1'`)
}

func TestStoresComeIn(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.exec(`UPDATE cleardesk.store SET name = code WHERE code = 'S1'`) // as it is made on the way
	row := map[string]any{"code": "S1", "name": "梧桐路店", "initials": "wtld", "phone": "13800001234", "cod_limit": 2_000_000, "opened_on": "2024-02-29"}
	got := g.rows(ImportStores, ImportOptions{}, row, map[string]any{"code": "S5", "name": "五店"}, map[string]any{"code": "S5", "name": "伍店"})
	if want := (AppliedRows{New: 1, Changed: 1, Rejected: 1, Clashes: []Clash{}}); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	g.want("梧桐路店 wtld 13800001234 2000000 2024-02-29", `SELECT concat_ws(' ', name, initials, phone, cod_limit, opened_on)
		FROM cleardesk.store WHERE code = 'S1'`)
	g.want("五店", `SELECT name FROM cleardesk.store WHERE code = 'S5'`)
	g.exec(`UPDATE cleardesk.store SET phone = '139' WHERE code = 'S5'`)
	got = g.rows(ImportStores, ImportOptions{}, row, map[string]any{"code": "S5", "phone": "137"})
	if got.Clashed != 1 {
		t.Errorf("%+v", got)
	}
	g.want("139", `SELECT phone FROM cleardesk.store WHERE code = 'S5'`)
}

func TestDryRunOfACatalogue(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	got := g.rows(ImportProducts, ImportOptions{DryRun: true}, product("N1", map[string]any{"supplier": "V1"}), product("P1", map[string]any{"price": 7}))
	if want := (AppliedRows{New: 1, Changed: 1, Clashes: []Clash{}}); !cmp.Equal(got, want) {
		t.Error(cmp.Diff(want, got))
	}
	g.want("2 0 0", `SELECT concat_ws(' ', count(*), sum(price), (SELECT count(*) FROM cleardesk.supplier)) FROM cleardesk.product`)
}

func TestLostRowsOfACatalogueAreSentAgain(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	id := g.start(ImportProducts, ImportOptions{})
	if a, err := g.in.ApplyRows(t.Context(), id, 1, 1); err != nil || !a.Lost {
		t.Errorf("%+v, %v", a, err)
	}
	if _, err := g.in.Apply(t.Context(), id, 1, 0); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("products were applied as orders: %v", err)
	}
}
