package intake

import (
	"time"

	"cleardesk/domain"
)

// RosterRow is a person's day of a roster.
type RosterRow struct {
	Row     int // line of the file, from 1
	Login   domain.Login
	Day     time.Time // midnight UTC
	Shifts  string    // as people type them: "09-12 16-20 manager", "rest"
	Absence string    // a reason, "" for none
}

const (
	rosterLogin = iota
	rosterDay
	rosterShifts
	rosterAbsence
)

// Roster is a file with one line for a person's day (§4.1.6).
func Roster() Kind[RosterRow] {
	return Kind[RosterRow]{
		name: "roster", key: rosterLogin, nested: -1, parse: parseRoster,
		columns: []Column{
			rosterLogin:   {"login", true},
			rosterDay:     {"day", true},
			rosterShifts:  {"shifts", true},
			rosterAbsence: {"absence", false},
		},
	}
}

func parseRoster(f *fields) RosterRow {
	r := RosterRow{Row: f.line, Login: domain.Login(f.code(rosterLogin)), Shifts: f.name(rosterShifts), Absence: f.name(rosterAbsence)}
	y, m, d := f.moment(rosterDay).In(f.zone).Date()
	r.Day = time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	return r
}
