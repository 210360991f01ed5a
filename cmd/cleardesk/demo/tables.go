package demo

import (
	"embed"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
)

//go:embed data/*.tsv
var tables embed.FS

// category is what the goods of one kind have in common.
type category struct {
	line      float64 // yuan a store of middling size spends on a line
	weekend   float64 // demand before the weekend, as a multiple
	cover     float64 // days of demand in stock
	tolerance int     // thousandths of the ordered weight
	slack     domain.Quantity
}

// scene is an order that is wrong whatever the seed, so that a first look at the
// demo always finds the same four cases.
type scene struct {
	store        int
	product      int
	usual        float64
	meant, typed domain.Quantity
}

// row is one line of a table, read by the name of the column. The tables are part
// of the program and a test reads them all, so a cell that cannot be read is a
// defect and panics.
type row struct {
	table string
	at    map[string]int
	cells []string
}

func readTable(name string, each func(row)) {
	text, err := tables.ReadFile("data/" + name + ".tsv")
	if err != nil {
		panic("demo: " + err.Error())
	}
	lines := strings.Split(strings.TrimRight(string(text), "\n"), "\n")
	at := map[string]int{}
	for i, column := range strings.Split(lines[0], "\t") {
		at[column] = i
	}
	for _, line := range lines[1:] {
		each(row{table: name, at: at, cells: strings.Split(line, "\t")})
	}
}

func (r row) text(column string) string {
	i, ok := r.at[column]
	if !ok || i >= len(r.cells) {
		panic("demo: table " + r.table + " has no " + column + " in " + strings.Join(r.cells, ", "))
	}
	return r.cells[i]
}

func must[T any](v T, err error) T {
	if err != nil {
		panic("demo: " + err.Error())
	}
	return v
}

func (r row) float(column string) float64 {
	return must(strconv.ParseFloat(r.text(column), 64))
}

func (r row) quantity(column string) domain.Quantity {
	return must(domain.ParseQuantity(r.text(column)))
}

// known gives nil for an empty cell.
func (r row) known(column string) *domain.Quantity {
	if r.text(column) == "" {
		return nil
	}
	q := r.quantity(column)
	return &q
}

func readCategories() map[string]category {
	all := map[string]category{}
	readTable("categories", func(r row) {
		all[r.text("category")] = category{
			line: r.float("line_yuan"), weekend: r.float("weekend"), cover: r.float("cover_days"),
			tolerance: int(r.float("tolerance_permille")), slack: r.quantity("tolerance_abs"),
		}
	})
	return all
}

func readSuppliers() []Supplier {
	var all []Supplier
	readTable("suppliers", func(r row) {
		all = append(all, Supplier{
			Code: domain.SupplierCode(r.text("code")), Name: r.text("name"), NameEn: r.text("name_en"),
		})
	})
	return all
}

func readStaff() []domain.Staff {
	var all []domain.Staff
	readTable("staff", func(r row) {
		s := domain.Staff{
			Login: domain.Login(r.text("login")), Name: r.text("name"), NameEn: r.text("name_en"), Active: true,
		}
		for _, role := range strings.Split(r.text("roles"), ",") {
			s.Roles = append(s.Roles, domain.Role(role))
		}
		all = append(all, s)
	})
	return all
}

func readStores() []domain.Store {
	var all []domain.Store
	readTable("stores", func(r row) {
		s := domain.Store{
			Code: domain.StoreCode(r.text("code")), Name: r.text("name"), NameEn: r.text("name_en"),
			Manager: r.text("manager"), ManagerEn: r.text("manager_en"), Phone: r.text("phone"),
			Expansion: r.text("expansion"), Route: r.text("route"),
			OpenedOn: must(time.Parse(time.DateOnly, r.text("opened_on"))),
		}
		if r.text("cod_limit") != "" {
			limit := must(domain.ParseMoney(r.text("cod_limit")))
			s.CODLimit = &limit
		}
		all = append(all, s)
	})
	return all
}

func readProducts(categories map[string]category) []domain.Product {
	var all []domain.Product
	for _, name := range []string{"fresh", "chilled", "dry"} {
		readTable(name, func(r row) {
			c := categories[r.text("category")]
			all = append(all, domain.Product{
				Code: domain.ProductCode(r.text("code")), Name: r.text("name"), NameEn: r.text("name_en"),
				Unit: r.text("unit"), UnitEn: r.text("unit_en"), Weighed: r.text("unit_en") == "kg",
				Category: r.text("category"), Step: r.known("step"), StepVersion: 1, Case: r.known("case"),
				Price: must(domain.ParseMoney(r.text("price"))), Supplier: domain.SupplierCode(r.text("supplier")),
				Status: domain.ProductNormal, ToleranceRate: c.tolerance, ToleranceAbs: c.slack,
			})
		})
	}
	return all
}

func (p *Platform) readScenes() []scene {
	var all []scene
	readTable("scenes", func(r row) {
		all = append(all, scene{
			store: p.storeAt(domain.StoreCode(r.text("store"))), product: p.productAt(domain.ProductCode(r.text("product"))),
			usual: r.float("usual"), meant: r.quantity("meant"), typed: r.quantity("typed"),
		})
	})
	return all
}

func (p *Platform) storeAt(code domain.StoreCode) int {
	for i := range p.Stores {
		if p.Stores[i].Code == code {
			return i
		}
	}
	panic("demo: no store " + string(code))
}

func (p *Platform) productAt(code domain.ProductCode) int {
	for i := range p.Products {
		if p.Products[i].Code == code {
			return i
		}
	}
	panic("demo: no product " + string(code))
}
