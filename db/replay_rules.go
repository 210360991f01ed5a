package db

import (
	"cleardesk/domain"
	"cleardesk/domain/detect"
)

// Rules are what one set of settings makes of orders: limits for the lines, and how
// the statistics are tuned. They are the judge's own, for trying settings on the past.
type Rules struct {
	rules
	cod      *domain.Money // limit on delivery where a store has none of its own
	perStore bool          // some store has one among the settings
}

// RulesOf reads settings as the judge does.
func RulesOf(s domain.Settings) *Rules {
	r := &Rules{rules: rules{settings: s, calendar: s.Calendar(), tuned: tuned(s), limited: limited(s)}}
	r.cod = r.storeFor(domain.Store{}, "").CODLimit
	r.perStore = len(s[limitCOD][domain.ScopeStore]) > 0
	return r
}

// Statistics gives the parameters of the statistics.
func (r *Rules) Statistics() detect.Settings { return r.tuned }

// Calendar gives the platform's day.
func (r *Rules) Calendar() domain.Calendar { return r.calendar }

// Input gives an order with what it is judged against; store holds what the platform
// told of its limit on delivery.
func (r *Rules) Input(
	o domain.Order, products map[domain.ProductCode]domain.Product, store domain.Store, quiet map[int]domain.Exemption,
) detect.Input {
	switch {
	case r.perStore:
		store = r.storeFor(store, o.Store)
	case store.CODLimit == nil:
		store.CODLimit = r.cod
	}
	store.Code = o.Store
	return detect.Input{
		Order: o, Products: products, Store: store,
		Calendar: r.calendar, Limits: r.limits(&o, products), Quiet: quiet,
	}
}

// limited tells whether any line has a limit.
func limited(s domain.Settings) bool {
	for _, name := range []string{limitQuantity, limitMultiple, limitSoftMultiple} {
		if len(s[name]) > 0 {
			return true
		}
	}
	return false
}
