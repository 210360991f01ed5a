package domain

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// RosterWord is what a word in a cell of the roster says.
type RosterWord struct {
	Rest    bool
	Absence AbsenceReason
	Role    Role
}

// RosterWords reads the words that hold in files and in every language: rest, the reasons
// of absences, the codes of roles.
func RosterWords(s string) (RosterWord, bool) {
	s = strings.ToLower(s)
	switch {
	case s == "rest":
		return RosterWord{Rest: true}, true
	case slices.Contains(AbsenceReasons(), AbsenceReason(s)) && s != string(AbsentTraining):
		return RosterWord{Absence: AbsenceReason(s)}, true
	case Role(s).Valid():
		return RosterWord{Role: Role(s)}, true
	}
	return RosterWord{}, false
}

// What is wrong with the text of a cell, as Detail "why" of an error tells it.
const (
	CellShift   = "shift"   // not a time such as 09-15
	CellWord    = "word"    // not a word known here
	CellRole    = "role"    // not a role of this person
	CellOverlap = "overlap" // its shifts overlap
	CellMixed   = "mixed"   // rest, or an absence, beside shifts
)

func badCell(why, what string) error {
	return &Error{
		Code: Invalid, Op: "roster", Msg: fmt.Sprintf("%q cannot stand in a day of the roster (%s)", clip(what, 24), why),
		Detail: map[string]string{"why": why, "text": clip(what, 24)},
	}
}

// ParseRosterCell reads a person's day as people type it: "09-15", "09:30-15", "09-12 16-20",
// "22-06" over midnight, a role after a shift it is for ("09-12 manager"), "rest", or a
// reason to be absent. word reads the words besides. The shift's role is the person's first
// where none is named. Invalid (Detail: why, text).
func ParseRosterCell(text string, who Staff, day time.Time, zone *time.Location, word func(string) (RosterWord, bool)) (RosterCell, error) {
	c := RosterCell{RosterKey: RosterKey{who.Login, day}}
	if len(who.Roles) == 0 {
		return c, badCell(CellRole, text)
	}
	rest, named := false, 0
	for _, part := range strings.FieldsFunc(plainCell(text), func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == ';' }) {
		if from, to, ok := parseSpan(part); ok {
			c.Shifts = append(c.Shifts, shiftOn(day, from, to, who.Roles[0], zone))
			continue
		}
		w, ok := RosterWords(part)
		if !ok {
			w, ok = word(part)
		}
		switch {
		case !ok && part[0] >= '0' && part[0] <= '9':
			return c, badCell(CellShift, part)
		case !ok:
			return c, badCell(CellWord, part)
		case w.Rest:
			rest = true
		case w.Absence != "":
			c.Absence = w.Absence
		case !who.Has(w.Role) || named == len(c.Shifts):
			return c, badCell(CellRole, part)
		default:
			named = len(c.Shifts)
			c.Shifts[named-1].Role = w.Role
		}
	}
	if len(c.Shifts) > 0 && (rest || c.Absence != "") || rest && c.Absence != "" {
		return c, badCell(CellMixed, text)
	}
	if len(c.Shifts) == 0 && !rest && c.Absence == "" {
		return c, badCell(CellShift, text)
	}
	return c, c.inTurn(text)
}

// inTurn sorts the shifts and refuses those that overlap.
func (c *RosterCell) inTurn(text string) error {
	slices.SortFunc(c.Shifts, func(a, b RosterShift) int { return a.Starts.Compare(b.Starts) })
	for i := 1; i < len(c.Shifts); i++ {
		if c.Shifts[i].Starts.Before(c.Shifts[i-1].Ends) {
			return badCell(CellOverlap, text)
		}
	}
	return nil
}

// plainCell brings what input methods write to plain signs.
func plainCell(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '\uff01' && r <= '\uff5e':
			r -= 0xfee0
		case r == '\u3000' || r == '\u3001':
			return ' '
		}
		switch r {
		case '\u2013', '\u2014', '\u2212', '~':
			return '-'
		}
		return r
	}, s)
}

// parseSpan reads "9-15" or "09:30-15:15", in minutes of the day.
func parseSpan(s string) (from, to int, ok bool) {
	a, b, both := strings.Cut(s, "-")
	if !both {
		return 0, 0, false
	}
	from, fine := parseMinute(a)
	to, ok = parseMinute(b)
	return from, to, ok && fine && from < 24*60 && from != to
}

func parseMinute(s string) (int, bool) {
	hour, minute, has := strings.Cut(s, ":")
	if !has && len(s) == 4 {
		hour, minute, has = s[:2], s[2:], true
	}
	h, ok := twoDigits(hour, 24)
	if !has || !ok {
		return h * 60, ok
	}
	m, ok := twoDigits(minute, 59)
	return h*60 + m, ok && len(minute) == 2 && h*60+m <= 24*60
}

func twoDigits(s string, most int) (int, bool) {
	if len(s) == 0 || len(s) > 2 {
		return 0, false
	}
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' {
			return 0, false
		}
		n = n*10 + int(r-'0')
	}
	return n, n <= most
}

// shiftOn makes a shift of wall-clock minutes of a day; one that ends before it begins
// ends on the next day.
func shiftOn(day time.Time, from, to int, role Role, zone *time.Location) RosterShift {
	at := func(day time.Time, minute int) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day(), minute/60, minute%60, 0, 0, zone)
	}
	s := RosterShift{Starts: at(day, from), Ends: at(day, to), Role: role}
	if to <= from {
		s.Ends = at(day.AddDate(0, 0, 1), to)
	}
	return s
}

// Span writes a shift as it is typed: "09-15", "09:30-15", "22-06".
func (s RosterShift) Span(zone *time.Location) string {
	from, to := minuteText(s.Starts.In(zone)), minuteText(s.Ends.In(zone))
	if to == "00" {
		to = "24"
	}
	return from + "-" + to
}

func minuteText(t time.Time) string {
	if t.Minute() == 0 {
		return t.Format("15")
	}
	return t.Format("15:04")
}

// CellText writes shifts as they are typed, with a role where it is not the person's first.
func CellText(shifts []RosterShift, first Role, zone *time.Location, role func(Role) string) string {
	parts := make([]string, 0, len(shifts))
	for _, s := range shifts {
		part := s.Span(zone)
		if s.Role != first {
			part += " " + role(s.Role)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, " ")
}

// RoleCode is a role as files write it.
func RoleCode(r Role) string { return string(r) }

// CopyWeek gives the cells that bring a week in step with the days of another: the same
// wall-clock times on the same weekdays, for the people still on the staff. What stood in
// for somebody is not copied.
func (w *RosterWeek) CopyWeek(from *RosterWeek) []RosterCell {
	var out []RosterCell
	for _, p := range w.People {
		if !p.Active {
			continue
		}
		for i := range 7 {
			var own []RosterShift
			for _, s := range from.Published[RosterKey{p.Login, from.Day(i)}] {
				if s.StandsFor == "" && p.Has(s.Role) {
					a, b := s.Starts.In(w.Rules.Zone), s.Ends.In(w.Rules.Zone)
					own = append(own, shiftOn(w.Day(i), a.Hour()*60+a.Minute(), b.Hour()*60+b.Minute(), s.Role, w.Rules.Zone))
				}
			}
			out = append(out, RosterCell{RosterKey: RosterKey{p.Login, w.Day(i)}, Shifts: own})
		}
	}
	return out
}

// Pattern gives the week, draft and all, as a template; ApplyTemplate gives the cells of
// one for this week. Days of people who left, or in roles they lost, are passed over.
func (w *RosterWeek) Pattern() []TemplateCell {
	var out []TemplateCell
	for _, p := range w.People {
		for i := range 7 {
			if shifts := w.Cell(RosterKey{p.Login, w.Day(i)}).Shifts; p.Active && len(shifts) > 0 {
				out = append(out, TemplateCell{Login: p.Login, Weekday: i, Shifts: CellText(shifts, p.Roles[0], w.Rules.Zone, RoleCode)})
			}
		}
	}
	return out
}

// ApplyTemplate gives the cells that bring this week in step with a template.
func (w *RosterWeek) ApplyTemplate(t RosterTemplate) []RosterCell {
	texts := map[RosterKey]string{}
	for _, c := range t.Cells {
		if c.Weekday >= 0 && c.Weekday < 7 {
			texts[RosterKey{c.Login, w.Day(c.Weekday)}] = c.Shifts
		}
	}
	none := func(string) (RosterWord, bool) { return RosterWord{}, false }
	var out []RosterCell
	for _, p := range w.People {
		for i := range 7 {
			k := RosterKey{p.Login, w.Day(i)}
			if !p.Active {
				continue
			}
			c := RosterCell{RosterKey: k}
			if s, ok := texts[k]; ok {
				var err error
				if c, err = ParseRosterCell(s, p, k.Day, w.Rules.Zone, none); err != nil {
					continue
				}
			}
			out = append(out, c)
		}
	}
	return out
}
