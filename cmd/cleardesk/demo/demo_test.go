package demo

import (
	"crypto/sha256"
	"encoding/json"
	"regexp"
	"testing"
	"time"
	"unicode"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// morning is a Monday, at twenty to six in the morning in London.
func morning() time.Time { return time.Date(2026, 11, 23, 5, 40, 0, 0, time.UTC) }

func platform(seed uint64) *Platform { return New(seed, morning(), Zone(morning())) }

// hash is of everything that leaves a platform, the first hour of its feed included.
func hash(t *testing.T, p *Platform) [32]byte {
	t.Helper()
	cal := Calendar(morning())
	backlog := p.Backlog(morning(), cal)
	all := []any{p.Stores, p.Products, p.Suppliers, p.Staff, p.Promotions, p.History, p.Odd, backlog}
	for _, a := range take(p.Feed(morning(), cal, 1, backlog[len(backlog)-1].Order.No), 200) {
		all = append(all, a)
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return sha256.Sum256(text)
}

func take(f *Feed, n int) []Arrival {
	var all []Arrival
	for len(all) < n {
		a, ok := f.Next()
		if !ok {
			break
		}
		all = append(all, a)
	}
	return all
}

func TestSeedDecidesEverything(t *testing.T) {
	t.Parallel()
	first := hash(t, platform(7))
	if again := hash(t, platform(7)); again != first {
		t.Error("the same seed made another platform")
	}
	if other := hash(t, platform(8)); other == first {
		t.Error("another seed made the same platform")
	}
}

// The demo opened again next day must not rewrite the days that are in the database.
func TestADayIsTheSameFromEveryDay(t *testing.T) {
	t.Parallel()
	zone := Zone(morning())
	today, later := New(3, morning(), zone), New(3, morning().AddDate(0, 0, 20), zone)
	byNo := map[domain.OrderNo]domain.Order{}
	for _, o := range later.History {
		byNo[o.No] = o
	}
	compared := 0
	for _, o := range today.History {
		same, ok := byNo[o.No]
		if !ok || same.BusinessDay.Before(morning().AddDate(0, 0, -60)) {
			continue
		}
		same.State, o.State = "", "" // it has come further by then
		if diff := cmp.Diff(o, same); diff != "" {
			t.Fatalf("order %s differs: %s", o.No, diff)
		}
		compared++
	}
	if compared < 2000 {
		t.Errorf("compared only %d orders", compared)
	}
}

func TestThereIsEnoughOfEverything(t *testing.T) {
	t.Parallel()
	p := platform(1)
	lines, days := 0, map[time.Time]int{}
	for _, o := range p.History {
		lines += len(o.Lines)
		days[o.BusinessDay]++
	}
	fractional, none, out := 0, 0, 0
	for _, product := range p.Products {
		switch {
		case product.Step == nil:
			none++
		case *product.Step <= 0:
			t.Errorf("%s has step %s", product.Code, product.Step)
		case *product.Step%domain.Unit != 0:
			fractional++
		}
		if *product.Stock == 0 {
			out++
		}
		if *product.Stock < 0 || *product.VerifyAbove <= 0 || product.Price <= 0 {
			t.Errorf("%s: stock %s, verify above %s, price %s", product.Code, product.Stock, product.VerifyAbove, product.Price)
		}
	}
	roles := map[domain.Role]int{}
	several := 0
	for _, s := range p.Staff {
		for _, r := range s.Roles {
			if !r.Valid() {
				t.Errorf("%s has the role %q", s.Login, r)
			}
			roles[r]++
		}
		if len(s.Roles) > 1 {
			several++
		}
	}
	between(t, "stores", len(p.Stores), 60, 200)
	between(t, "products", len(p.Products), 400, 600)
	between(t, "suppliers", len(p.Suppliers), 20, 40)
	between(t, "people", len(p.Staff), 12, 20)
	between(t, "roles", len(roles), len(domain.StaffRoles()), len(domain.StaffRoles()))
	between(t, "people with several roles", several, 1, 2)
	between(t, "products with a fractional step", fractional, 60, 200)
	between(t, "products without a step", none, 2, 10)
	between(t, "products sold out", out, 2, 2)
	between(t, "days", len(days), HistoryDays, HistoryDays)
	between(t, "lines", lines, 35000, 44000)
}

func between(t *testing.T, what string, n, low, high int) {
	t.Helper()
	if n < low || n > high {
		t.Errorf("%d %s, want %d to %d", n, what, low, high)
	}
}

func TestNamesAreInBothLanguages(t *testing.T) {
	t.Parallel()
	p := platform(1)
	pairs := [][2]string{}
	for _, s := range p.Stores {
		pairs = append(pairs, [2]string{s.Name, s.NameEn}, [2]string{s.Manager, s.ManagerEn})
	}
	for _, s := range p.Suppliers {
		pairs = append(pairs, [2]string{s.Name, s.NameEn})
	}
	for _, s := range p.Staff {
		pairs = append(pairs, [2]string{s.Name, s.NameEn})
	}
	for _, s := range p.Products {
		pairs = append(pairs, [2]string{s.Name, s.NameEn})
		if s.Unit == "" || !ascii(s.UnitEn) || s.Weighed != (s.Unit == "kg") {
			t.Errorf("%s has the units %q and %q", s.Code, s.Unit, s.UnitEn)
		}
	}
	for _, pair := range pairs {
		if !han(pair[0]) || !ascii(pair[1]) {
			t.Errorf("%q is %q in English", pair[0], pair[1])
		}
	}
}

func han(s string) bool {
	for _, r := range s {
		if unicode.Is(unicode.Han, r) {
			return true
		}
	}
	return false
}

func ascii(s string) bool {
	for _, r := range s {
		if r > unicode.MaxASCII || r < ' ' {
			return false
		}
	}
	return s != ""
}

func TestCodesAreUnique(t *testing.T) {
	t.Parallel()
	p := platform(1)
	seen := map[string]bool{}
	once := func(kind, code string) {
		if seen[kind+code] {
			t.Errorf("%s %q twice", kind, code)
		}
		seen[kind+code] = true
	}
	login := regexp.MustCompile(`^[a-z]{2,8}$`)
	phone := regexp.MustCompile(`^1[3-9][0-9] 0000 [0-9]{4}$`)
	for _, s := range p.Staff {
		once("login", string(s.Login))
		if !login.MatchString(string(s.Login)) {
			t.Errorf("login %q", s.Login)
		}
	}
	for _, s := range p.Stores {
		once("store", string(s.Code))
		once("store", s.Name)
		once("store", s.NameEn)
		if !phone.MatchString(s.Phone) {
			t.Errorf("%s has the number %q", s.Code, s.Phone)
			continue
		}
		once("tail", s.Phone[9:])
	}
	suppliers := map[domain.SupplierCode]bool{}
	for _, s := range p.Suppliers {
		once("supplier", string(s.Code))
		suppliers[s.Code] = true
	}
	for _, s := range p.Products {
		once("product", string(s.Code))
		once("product", s.Name)
		once("product", s.NameEn)
		if !suppliers[s.Supplier] {
			t.Errorf("%s comes from %q", s.Code, s.Supplier)
		}
	}
	for _, o := range p.History {
		once("order", string(o.No))
	}
	for _, a := range p.Backlog(morning(), Calendar(morning())) {
		once("order", string(a.Order.No))
	}
}
