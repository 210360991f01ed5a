package db

import (
	"context"
	"sort"
	"time"

	"cleardesk/domain"
	"cleardesk/domain/detect"

	"github.com/lib/pq"
)

// facts are what orders are judged by beside the baselines. They hold for one number
// of the catalogue; what is reserved is read anew with every batch.
type facts struct {
	catalogue int64 // -1: nothing is known
	products  map[domain.ProductCode]domain.Product
	stores    map[domain.StoreCode]domain.Store
	settings  []domain.Setting // in the order in which they begin to hold
	rules     rules
	steps     map[domain.ProductCode][]stepWas
	quiet     quiet // this and what follows is read anew with every batch
	told      toldFacts
	window    window
	same      map[domain.OrderID][]detect.SameDay
}

// rules are what the settings say for a stretch of time.
type rules struct {
	from, until time.Time // until is zero for the last stretch
	settings    domain.Settings
	calendar    domain.Calendar
	tuned       detect.Settings
	limited     bool // lines have limits
}

func newFacts() *facts { return &facts{catalogue: -1} }

// refresh brings the facts to the catalogue's number and to what the items name.
func (f *facts) refresh(ctx context.Context, s *Store, items []item) error {
	if f.catalogue != items[0].catalogue {
		*f = facts{
			catalogue: items[0].catalogue,
			products:  map[domain.ProductCode]domain.Product{}, stores: map[domain.StoreCode]domain.Store{},
			steps: map[domain.ProductCode][]stepWas{},
		}
		if err := f.readSettings(ctx, s); err != nil {
			return err
		}
	}
	if err := f.readTold(ctx, s, items); err != nil {
		return err
	}
	if err := f.readWindow(ctx, s, items); err != nil {
		return err
	}
	if err := f.readQuiet(ctx, s, items); err != nil {
		return err
	}
	products, stores := f.wanted(items)
	if err := f.readStores(ctx, s, stores); err != nil {
		return err
	}
	return f.readProducts(ctx, s, products)
}

// wanted lists the stores nobody knows yet and the products that are new or whose
// reserved stock may have moved.
func (f *facts) wanted(items []item) (products, stores []string) {
	seenProducts, seenStores := map[domain.ProductCode]bool{}, map[domain.StoreCode]bool{}
	want := func(code domain.ProductCode) {
		if p, known := f.products[code]; known && p.Stock == nil || code == "" || seenProducts[code] {
			return
		}
		seenProducts[code] = true
		products = append(products, string(code))
	}
	for i := range items {
		o := &items[i].order
		if o.Store == "" {
			continue
		}
		if _, known := f.stores[o.Store]; !known && !seenStores[o.Store] {
			seenStores[o.Store] = true
			stores = append(stores, string(o.Store))
		}
		for k := range o.Lines {
			want(o.Lines[k].Product)
		}
		for _, l := range f.told.events[items[i].event].Lines {
			want(l.Product)
		}
	}
	for _, code := range f.window.products() {
		want(code)
	}
	return products, stores
}

func (f *facts) readStores(ctx context.Context, s *Store, codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	var rows []struct {
		Code     domain.StoreCode
		CODLimit *domain.Money `db:"cod_limit"`
	}
	err := s.db.SelectContext(ctx, &rows, `SELECT code, cod_limit FROM cleardesk.store WHERE code = ANY ($1)`, pq.StringArray(codes))
	for _, r := range rows {
		f.stores[r.Code] = domain.Store{Code: r.Code, CODLimit: r.CODLimit}
	}
	return fail(ctx, "read stores", err)
}

func (f *facts) readProducts(ctx context.Context, s *Store, codes []string) error {
	if len(codes) == 0 {
		return nil
	}
	var rows []struct {
		Code        domain.ProductCode
		Category    string
		Weighed     bool
		Step        *domain.Quantity
		StepVersion int64            `db:"step_version"`
		Case        *domain.Quantity `db:"case_size"`
		Price       domain.Money
		Status      domain.ProductStatus
		Stock       *domain.Quantity
		Reserved    domain.Quantity
		Rate        int             `db:"tolerance_permille"`
		Tolerance   domain.Quantity `db:"tolerance_abs"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT code, category, weighed, step, step_version, case_size, price, status, stock, reserved, tolerance_permille, tolerance_abs
		FROM cleardesk.product WHERE code = ANY ($1)`, pq.StringArray(codes))
	for _, r := range rows {
		f.products[r.Code] = domain.Product{
			Code: r.Code, Category: r.Category, Weighed: r.Weighed, Step: r.Step, StepVersion: r.StepVersion, Case: r.Case,
			Price: r.Price, Status: r.Status, Stock: r.Stock, Reserved: r.Reserved, ToleranceRate: r.Rate, ToleranceAbs: r.Tolerance,
		}
	}
	if err != nil {
		return fail(ctx, "read products", err)
	}
	return f.readSteps(ctx, s, codes)
}

// stepWas is a step that held until it was corrected.
type stepWas struct {
	step  domain.Quantity
	until time.Time
}

// stepsKept is for how long after a correction orders come in that were placed before it.
const stepsKept = 7 * 24 * time.Hour

// readSteps reads which steps of products were corrected of late, oldest first.
func (f *facts) readSteps(ctx context.Context, s *Store, codes []string) error {
	var rows []struct {
		Product domain.ProductCode
		Step    domain.Quantity
		At      time.Time
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT product, old_value::bigint AS step, at FROM cleardesk.correction
		WHERE product = ANY ($1) AND what = 'step' AND old_value <> '' AND at > now() - $2 * interval '1 second' ORDER BY id`,
		pq.StringArray(codes), stepsKept.Seconds())
	for _, code := range codes {
		delete(f.steps, domain.ProductCode(code))
	}
	for _, r := range rows {
		f.steps[r.Product] = append(f.steps[r.Product], stepWas{r.Step, r.At})
	}
	return fail(ctx, "read corrections", err)
}

// stepsThen gives the steps that products of an order had when it was placed, where they
// have others now.
func (f *facts) stepsThen(o *domain.Order) map[domain.ProductCode]domain.Quantity {
	var out map[domain.ProductCode]domain.Quantity
	if len(f.steps) == 0 {
		return nil
	}
	for i := range o.Lines {
		for _, was := range f.steps[o.Lines[i].Product] {
			if o.PlacedAt.Before(was.until) {
				if out == nil {
					out = map[domain.ProductCode]domain.Quantity{}
				}
				out[o.Lines[i].Product] = was.step
				break
			}
		}
	}
	return out
}

// readSettings reads every value there was and will be. Settings hold for what comes
// in from their beginning on, so that a late judge judges as a punctual one.
func (f *facts) readSettings(ctx context.Context, s *Store) error {
	var rows []struct {
		Name  string
		Scope domain.Scope
		Key   string
		From  time.Time `db:"valid_from"`
		Value string
	}
	err := s.db.SelectContext(ctx, &rows,
		`SELECT name, scope, key, valid_from, value FROM cleardesk.setting ORDER BY valid_from, id`)
	for _, r := range rows {
		f.settings = append(f.settings, domain.Setting{Name: r.Name, Scope: r.Scope, Key: r.Key, From: r.From, Value: r.Value})
	}
	return fail(ctx, "read settings", err)
}

// at gives the rules that hold at t.
func (f *facts) at(t time.Time) *rules {
	r := &f.rules
	if r.settings != nil && !t.Before(r.from) && (r.until.IsZero() || t.Before(r.until)) {
		return r
	}
	begun := sort.Search(len(f.settings), func(i int) bool { return f.settings[i].From.After(t) })
	*r = rules{settings: domain.Settings{}}
	for _, v := range f.settings[:begun] {
		r.settings.Put(v)
		r.from = v.From
	}
	if begun < len(f.settings) {
		r.until = f.settings[begun].From
	}
	r.calendar = r.settings.Calendar()
	r.tuned = tuned(r.settings)
	for _, name := range []string{limitQuantity, limitMultiple, limitSoftMultiple} {
		r.limited = r.limited || len(r.settings[name]) > 0
	}
	for scope := range r.settings[detectFloor] {
		r.limited = r.limited || scope != domain.ScopePlatform
	}
	return r
}

// Names of the settings that bound lines and orders.
const (
	limitQuantity     = "limit.quantity"
	limitMultiple     = "limit.multiple"
	limitSoftMultiple = "limit.soft_multiple"
	limitCOD          = "limit.cod"
	detectFloor       = "detect.floor"
)

// tuned gives the statistics' settings: the budget is in lines of ten thousand there
// and of a million here.
func tuned(s domain.Settings) detect.Settings {
	out := detect.Defaults()
	out.LineBudget = s.Int("detect.budget") * 100
	out.OrderBudget = out.LineBudget
	if floor, set := s.Money(detectFloor, domain.Where{}); set {
		out.LineFloor = floor
	}
	return out
}

// limits gives the limits for the lines of an order.
func (r *rules) limits(o *domain.Order, products map[domain.ProductCode]domain.Product) detect.Limits {
	var out detect.Limits
	if !r.limited {
		return out
	}
	out.Lines = make(map[int]detect.LineLimits, len(o.Lines))
	for i := range o.Lines {
		l := &o.Lines[i]
		w := domain.Where{Store: o.Store, Product: l.Product, Category: products[l.Product].Category}
		var own detect.LineLimits
		own.HardQuantity, _ = r.settings.Quantity(limitQuantity, w)
		own.HardMultiple, _ = r.settings.Hundredths(limitMultiple, w)
		own.SoftMultiple, _ = r.settings.Hundredths(limitSoftMultiple, w)
		own.Floor, _ = r.settings.Money(detectFloor, w)
		out.Lines[l.No] = own
	}
	return out
}

// storeFor gives the store with the limit on its cash on delivery: one set for this
// store, else the one the platform's own data has, else the platform's setting.
func (r *rules) storeFor(s domain.Store, code domain.StoreCode) domain.Store {
	s.Code = code
	_, own := r.settings[limitCOD][domain.ScopeStore][string(code)]
	if !own && s.CODLimit != nil {
		return s
	}
	s.CODLimit = nil
	if limit, set := r.settings.Money(limitCOD, domain.Where{Store: code}); set {
		s.CODLimit = &limit
	}
	return s
}
