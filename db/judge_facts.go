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
	quiet     quiet // read anew with every batch
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
		}
		if err := f.readSettings(ctx, s); err != nil {
			return err
		}
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
	for i := range items {
		o := &items[i].order
		if _, known := f.stores[o.Store]; !known && !seenStores[o.Store] {
			seenStores[o.Store] = true
			stores = append(stores, string(o.Store))
		}
		for k := range o.Lines {
			code := o.Lines[k].Product
			if p, known := f.products[code]; known && p.Stock == nil || seenProducts[code] {
				continue
			}
			seenProducts[code] = true
			products = append(products, string(code))
		}
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
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT code, category, weighed, step, step_version, case_size, price, status, stock, reserved
		FROM cleardesk.product WHERE code = ANY ($1)`, pq.StringArray(codes))
	for _, r := range rows {
		f.products[r.Code] = domain.Product{
			Code: r.Code, Category: r.Category, Weighed: r.Weighed, Step: r.Step, StepVersion: r.StepVersion, Case: r.Case,
			Price: r.Price, Status: r.Status, Stock: r.Stock, Reserved: r.Reserved,
		}
	}
	return fail(ctx, "read products", err)
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
