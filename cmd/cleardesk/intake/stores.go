package intake

import (
	"time"

	"cleardesk/domain"
)

// StoreRow is one store as the platform has it. A column that is not in Given was
// not told and means nothing; an empty text that was told empties it.
type StoreRow struct {
	Row       int // line of the file, from 1
	Given     []string
	Code      domain.StoreCode
	Name      string
	NameEn    string
	Manager   string
	ManagerEn string
	Phone     string
	Expansion string
	Route     string
	CODLimit  *domain.Money // above nought; nil: the platform's setting
	OpenedOn  *time.Time    // a day, midnight UTC
	Status    string        // the platform's word for it
}

const (
	storeCode = iota
	storeName
	storeNameEn
	storeManager
	storeManagerEn
	storePhone
	storeExpansion
	storeRoute
	storeCODLimit
	storeOpenedOn
	storeStatus
)

// Stores are files with one line a store (§4.2).
func Stores() Kind[StoreRow] {
	return Kind[StoreRow]{
		name: "stores", key: storeCode, nested: -1, parse: parseStore,
		columns: []Column{
			storeCode:      {"store", true},
			storeName:      {"name", false},
			storeNameEn:    {"name_en", false},
			storeManager:   {"manager", false},
			storeManagerEn: {"manager_en", false},
			storePhone:     {"phone", false},
			storeExpansion: {"expansion", false},
			storeRoute:     {"route", false},
			storeCODLimit:  {"cod_limit", false},
			storeOpenedOn:  {"opened_on", false},
			storeStatus:    {"status", false},
		},
	}
}

func parseStore(f *fields) StoreRow {
	s := StoreRow{
		Row:       f.line,
		Given:     f.given,
		Code:      domain.StoreCode(f.code(storeCode)),
		Name:      f.name(storeName),
		NameEn:    f.name(storeNameEn),
		Manager:   f.name(storeManager),
		ManagerEn: f.name(storeManagerEn),
		Phone:     f.name(storePhone),
		Expansion: f.name(storeExpansion),
		Route:     f.name(storeRoute),
		CODLimit:  f.money(storeCODLimit),
		Status:    f.code(storeStatus),
	}
	if s.CODLimit != nil && *s.CODLimit == 0 {
		f.fail(storeCODLimit, "a limit of nought would stop every order; leave it empty for the platform's limit")
	}
	if at := f.moment(storeOpenedOn); !at.IsZero() {
		y, m, d := at.In(f.zone).Date()
		day := time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
		s.OpenedOn = &day
	}
	return s
}
