package domain

import (
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // the platform's zone must load on machines without zone files
)

// Scope is how narrowly a setting holds. The narrowest one that is set wins.
type Scope string

// The scopes from the widest to the narrowest.
const (
	ScopePlatform     Scope = "platform"
	ScopeDepartment   Scope = "department"
	ScopeKind         Scope = "kind" // of anomaly
	ScopeCategory     Scope = "category"
	ScopeProduct      Scope = "product"
	ScopeStore        Scope = "store"
	ScopeStoreProduct Scope = "store_product" // key "S031/P1007"
)

// Scopes lists the scopes from the widest to the narrowest.
func Scopes() []Scope {
	return []Scope{ScopePlatform, ScopeDepartment, ScopeKind, ScopeCategory, ScopeProduct, ScopeStore, ScopeStoreProduct}
}

// SettingKind says how a setting's value is read.
type SettingKind string

// The kinds of values.
const (
	SetZone     SettingKind = "zone"     // an IANA name
	SetClock    SettingKind = "clock"    // "13:00"
	SetBool     SettingKind = "bool"     // "true" or "false"
	SetInt      SettingKind = "int"      // a whole number from 0
	SetMinutes  SettingKind = "minutes"  // a whole number of minutes from 1
	SetQuantity SettingKind = "quantity" // base units
	SetMoney    SettingKind = "money"    // yuan
	SetHundred  SettingKind = "ratio"    // a multiple, at most two decimals
	SetDept     SettingKind = "department"
)

// SettingDef is one setting that exists.
type SettingDef struct {
	Name    string
	Kind    SettingKind
	Default string // "" means none is set: the limit does not hold
	Scopes  []Scope
	Help    string // one English line for the command line
}

var (
	onlyPlatform = []Scope{ScopePlatform}
	perStore     = []Scope{ScopePlatform, ScopeStore}
	perKind      = []Scope{ScopePlatform, ScopeDepartment, ScopeKind}
	perCategory  = []Scope{ScopePlatform, ScopeCategory}
	perAll       = []Scope{ScopePlatform, ScopeCategory, ScopeProduct, ScopeStore, ScopeStoreProduct}
)

// SettingDefs lists every setting there is, in the order they are shown.
func SettingDefs() []SettingDef {
	return []SettingDef{
		{"platform.zone", SetZone, "Asia/Shanghai", onlyPlatform, "the platform's time zone"},
		{"window.opens", SetClock, "13:00", onlyPlatform, "stores may order from"},
		{"window.closes", SetClock, "15:00", onlyPlatform, "stores may order until"},
		{"picking.at", SetClock, "15:30", onlyPlatform, "picking begins"},
		{"picking.until", SetClock, "18:00", perCategory, "goods are picked until; what is held then misses the van"},
		{"deliver.sign_by", SetClock, "18:30", onlyPlatform, "a day's deliveries are signed off by then, or the manager is told"},
		{"departure.at", SetClock, "05:00", onlyPlatform, "the vans leave"},
		{"departure.next_day", SetBool, "true", onlyPlatform, "the vans leave on the day after the order"},
		{"claim.lease", SetMinutes, "20", onlyPlatform, "a claim lapses after this long without work"},
		{"call.again", SetMinutes, "10", onlyPlatform, "call back after a call that was not answered"},
		{"call.attempts", SetInt, "3", onlyPlatform, "after so many attempts the case goes on"},
		{"call.before", SetMinutes, "10", onlyPlatform, "the case goes on so long before its moment"},
		{"call.then", SetDept, string(Expansion), onlyPlatform, "where it goes then"},
		{"detect.budget", SetInt, "100", onlyPlatform, "lines that may be flagged, of ten thousand"},
		{"detect.floor", SetMoney, "50.00", perAll, "no surge is flagged below this surplus"},
		{"detect.quiet_days", SetInt, "30", onlyPlatform, "days of quiet after a surge is confirmed or a false alarm; 0: none"},
		{"detect.quiet_ratio", SetHundred, "1.50", onlyPlatform, "quiet up to this multiple of what was confirmed"},
		{"gap.foresee", SetMinutes, "45", onlyPlatform, "a replenishment gap is foreseen so long before the window closes"},
		{"gap.share", SetInt, "75", onlyPlatform, "a product is regular when it was ordered so often, of a hundred chances"},
		{"gap.chances", SetInt, "4", onlyPlatform, "chances there must have been before anything is regular"},
		{"promise.schedule", SetMinutes, "60", perCategory, "a delivery is planned so long after picking begins"},
		{"promise.allocate", SetMinutes, "240", perCategory, "goods are allocated so long after picking begins"},
		{"promise.ship", SetMinutes, "60", perCategory, "goods have left so long after the vans leave"},
		{"promise.deliver", SetMinutes, "360", perCategory, "goods are delivered so long after the vans leave"},
		{"promise.foresee", SetMinutes, "30", onlyPlatform, "lateness is foreseen so long before a promise"},
		{"claim.days", SetInt, "7", perCategory, "days after receipt in which a store can claim"},
		{"answer.minutes", SetMinutes, "240", onlyPlatform, "a store that reports something is answered within"},
		{"cause.members", SetInt, "3", onlyPlatform, "so many anomalies with one cause become one row"},
		{"sign.release", SetMoney, "50000.00", onlyPlatform, "an order from this amount on is released or cancelled by two"},
		{"sign.adjust", SetMoney, "2000.00", onlyPlatform, "a credit, charge or supplement from this amount on takes two"},
		{"sign.with", SetDept, string(Manager), onlyPlatform, "where what takes a second person waits"},
		{"settle.rounding", SetMoney, "1.00", onlyPlatform, "a week's difference is accepted up to this much for each delivery"},
		{"handling.opens", SetClock, "09:00", onlyPlatform, "anomalies are handled from"},
		{"handling.closes", SetClock, "20:00", onlyPlatform, "anomalies are handled until"},
		{"escalate.past", SetMinutes, "240", perKind, "a case is past due after so many minutes of handling hours with a department"},
		{"escalate.near", SetMinutes, "30", perKind, "it is near due so many minutes before"},
		{"handover.within", SetMinutes, "30", onlyPlatform, "work handed over that nobody takes in so many minutes goes to the manager"},
		{"roster.handling", SetInt, "1", onlyPlatform, "least people of customer service on duty in the handling hours"},
		{"roster.window.customer_service", SetInt, "2", onlyPlatform, "least people on duty in the order window; so for each department"},
		{"roster.window.manager", SetInt, "1", onlyPlatform, "as above"},
		{"roster.window.expansion", SetInt, "0", onlyPlatform, "as above"},
		{"roster.window.procurement", SetInt, "1", onlyPlatform, "as above"},
		{"roster.window.logistics", SetInt, "0", onlyPlatform, "as above"},
		{"roster.window.training", SetInt, "0", onlyPlatform, "as above"},
		{"roster.window.finance", SetInt, "0", onlyPlatform, "as above"},
		{"roster.minutes", SetMinutes, "6", onlyPlatform, "minutes a case takes, as long as none was handled"},
		{"roster.hours", SetInt, "48", onlyPlatform, "hours a week above which a person's are marked"},
		{"roster.ahead", SetInt, "7", onlyPlatform, "days ahead in which a gap is the manager's work"},
		{"standard.tolerance", SetInt, "50", onlyPlatform, "the greatest weight tolerance of a product, of a thousand"},
		{"limit.quantity", SetQuantity, "", perAll, "greatest quantity of a line; more is held"},
		{"limit.multiple", SetHundred, "", perAll, "greatest multiple of what is usual; more is held"},
		{"limit.soft_multiple", SetHundred, "", perAll, "multiple of what is usual above which a line is only flagged"},
		{"limit.cod", SetMoney, "20000.00", perStore, "greatest amount of an order paid on delivery; more is held"},
	}
}

// FindSetting gives the definition of a setting.
func FindSetting(name string) (SettingDef, bool) {
	for _, d := range SettingDefs() {
		if d.Name == name {
			return d, true
		}
	}
	return SettingDef{}, false
}

// Allows tells whether the setting may be set at scope s.
func (d SettingDef) Allows(s Scope) bool {
	for _, have := range d.Scopes {
		if have == s {
			return true
		}
	}
	return false
}

// limits are the settings that may be taken away: the empty value means that there
// is none.
const limits = "limit."

// Check tells whether value can be a value of this setting. The empty value takes
// a limit away and is allowed for limits only. The error is Invalid.
func (d SettingDef) Check(value string) error {
	if value == "" && strings.HasPrefix(d.Name, limits) {
		return nil
	}
	if err := d.parse(value); err != nil {
		return &Error{Code: Invalid, Op: "settings", Field: d.Name, Msg: err.Error()}
	}
	return nil
}

func (d SettingDef) parse(value string) error {
	switch d.Kind {
	case SetZone:
		if value == "" || value == "Local" { // package time takes them for this machine's
			return Errorf(Invalid, "", "%q is not a time zone such as Asia/Shanghai", value)
		}
		_, err := time.LoadLocation(value)
		return err
	case SetClock:
		_, err := ParseClock(value)
		return err
	case SetBool:
		_, err := strconv.ParseBool(value)
		return err
	case SetInt:
		return wholeFrom(value, 0)
	case SetMinutes:
		return wholeFrom(value, 1)
	case SetQuantity:
		return positive(ParseQuantity(value))
	case SetMoney:
		return positive(ParseMoney(value))
	case SetHundred:
		return positive(parseDecimal(value, 2))
	default:
		if !Department(value).Valid() {
			return Errorf(Invalid, "", "%q is not a department", clip(value, 24))
		}
		return nil
	}
}

func wholeFrom(s string, least int) error {
	n, err := strconv.Atoi(s)
	if err != nil || n < least || n > 1_000_000 {
		return Errorf(Invalid, "", "%q is not a whole number from %d", clip(s, 24), least)
	}
	return nil
}

func positive[N ~int64](n N, err error) error {
	if err == nil && n <= 0 {
		return Errorf(Invalid, "", "it must be more than nought")
	}
	return err
}

// Setting is one value that holds for a scope from a moment on. Changes are
// appended; of several for the same name and scope the latest that has begun holds.
type Setting struct {
	Name  string
	Scope Scope
	Key   string // "" for the platform
	From  time.Time
	Value string
}

// Settings are the values that hold at one moment, one for each name and scope.
type Settings map[string]map[Scope]map[string]string

// Put adds a value.
func (s Settings) Put(v Setting) {
	if s[v.Name] == nil {
		s[v.Name] = map[Scope]map[string]string{}
	}
	if s[v.Name][v.Scope] == nil {
		s[v.Name][v.Scope] = map[string]string{}
	}
	s[v.Name][v.Scope][v.Key] = v.Value
}

// Where says for what a value is wanted; empty fields are not asked.
type Where struct {
	Store    StoreCode
	Product  ProductCode
	Category string
	Kind     Kind
	With     Department
}

func (w Where) key(s Scope) (string, bool) {
	switch s {
	case ScopeStoreProduct:
		return string(w.Store) + "/" + string(w.Product), w.Store != "" && w.Product != ""
	case ScopeStore:
		return string(w.Store), w.Store != ""
	case ScopeProduct:
		return string(w.Product), w.Product != ""
	case ScopeCategory:
		return w.Category, w.Category != ""
	case ScopeKind:
		return string(w.Kind), w.Kind != ""
	case ScopeDepartment:
		return string(w.With), w.With != ""
	default:
		return "", true
	}
}

// Get gives the value that holds at w, the narrowest scope first, and the default
// where none is set.
func (s Settings) Get(name string, w Where) string {
	scopes := Scopes()
	for i := len(scopes) - 1; i >= 0; i-- {
		key, asked := w.key(scopes[i])
		if !asked {
			continue
		}
		if v, ok := s[name][scopes[i]][key]; ok {
			return v
		}
	}
	d, _ := FindSetting(name)
	return d.Default
}

// Minutes gives a setting of that kind for the whole platform.
func (s Settings) Minutes(name string) time.Duration {
	return time.Duration(s.Int(name)) * time.Minute
}

// Int gives a whole number for the whole platform.
func (s Settings) Int(name string) int {
	n, _ := strconv.Atoi(s.Get(name, Where{}))
	return n
}

// IntAt gives a whole number, or a number of minutes, at w, and whether one is set.
func (s Settings) IntAt(name string, w Where) (int, bool) {
	n, err := strconv.Atoi(s.Get(name, w))
	return n, err == nil
}

// IsOwn tells whether a category has a value of its own of a setting.
func (s Settings) IsOwn(name, category string) bool {
	_, own := s[name][ScopeCategory][category]
	return own
}

// Money gives an amount at w, and whether one is set.
func (s Settings) Money(name string, w Where) (Money, bool) {
	m, err := ParseMoney(s.Get(name, w))
	return m, err == nil
}

// Quantity gives a quantity at w, and whether one is set.
func (s Settings) Quantity(name string, w Where) (Quantity, bool) {
	q, err := ParseQuantity(s.Get(name, w))
	return q, err == nil
}

// Hundredths gives a multiple at w in hundredths, and whether one is set.
func (s Settings) Hundredths(name string, w Where) (int64, bool) {
	n, err := parseDecimal(s.Get(name, w), 2)
	return n, err == nil
}

// Calendar gives the platform's day. Values are checked when they are set, so a
// value that cannot be read is a defect and is answered by the default.
func (s Settings) Calendar() Calendar {
	zone, err := time.LoadLocation(s.Get("platform.zone", Where{}))
	if err != nil {
		zone = time.UTC
	}
	clock := func(name string) Clock {
		c, err := ParseClock(s.Get(name, Where{}))
		if err != nil {
			d, _ := FindSetting(name)
			c, _ = ParseClock(d.Default)
		}
		return c
	}
	next, _ := strconv.ParseBool(s.Get("departure.next_day", Where{}))
	return Calendar{
		Zone: zone, Opens: clock("window.opens"), Closes: clock("window.closes"),
		Picking: clock("picking.at"), Departure: clock("departure.at"), NextDay: next,
	}
}
