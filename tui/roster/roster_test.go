package roster_test

import (
	"fmt"
	"strings"
	"testing"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"

	"github.com/google/go-cmp/cmp"
)

func TestTheRosterIsDrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.English, text.Chinese} {
		for _, s := range [][2]int{{80, 19}, {110, 27}, {200, 55}} {
			w := open(t, lang, drawn(), manager(), s[0], s[1])
			w.Press("down", "down", "down", "down", "right", "right", "right")
			golden(t, fmt.Sprintf("week-%s-%dx%d", lang, s[0], s[1]), w.Frame()+"\n"+w.foot())
			if s[0] == 80 {
				w.Press("tab")
				golden(t, fmt.Sprintf("now-%s-%dx%d", lang, s[0], s[1]), w.Frame())
				w.Press("tab")
				golden(t, fmt.Sprintf("hours-%s-%dx%d", lang, s[0], s[1]), w.Frame())
				w.Press("tab")
			}
			w.Press("ctrl+s")
			golden(t, fmt.Sprintf("publish-%s-%dx%d", lang, s[0], s[1]), w.Frame()+"\n"+w.foot())
		}
	}
}

// A cell is typed, kept as a draft, and published with two ctrl+s; nothing is before.
func TestACellIsEditedAndPublished(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), manager(), 110, 27)
	w.Press("enter")
	w.footSees(t, "Lin Mei 11-23 Mon", "= 09-15")
	w.Press("ctrl+u")
	w.Type("２２-06，")
	w.footSees(t, "22-06, 8 h")
	w.Press("enter")
	if n := len(w.store.drafts); n != 1 || len(w.store.drafts[0].Cells) != 3 || len(w.store.published) != 0 {
		t.Fatalf("drafts %d, published %d", n, len(w.store.published))
	}
	w.Sees("[22-06*]", "draft changes 3")
	w.Press("ctrl+s")
	w.Sees("Lin Mei: 09-15 > 22-06", "gaps then")
	w.Press("ctrl+s") // too early: the question was not read
	if len(w.store.published) != 0 {
		t.Fatal("published before the question was read")
	}
	w.confirm()
	if len(w.store.published) != 1 || len(w.store.published[0].Cells) != 3 || w.store.published[0].Base != 3 {
		t.Fatalf("published %+v", w.store.published)
	}
	w.Lacks("22-06*")
}

func TestMarkedCellsAreEditedTogetherAndBadTextIsRefused(t *testing.T) {
	t.Parallel()
	w := open(t, text.Chinese, drawn(), manager(), 80, 19)
	w.Press("space", "space", "enter")
	w.footSees(t, "2格")
	w.Type("25-26")
	w.footSees(t, "不是时间")
	w.Press("enter")
	if len(w.store.drafts) != 0 {
		t.Fatal("what cannot be read went into the draft")
	}
	w.Press("ctrl+u")
	w.Type("病假")
	w.Press("enter")
	if d := w.store.drafts; len(d) != 1 || len(d[0].Cells) != 4 || d[0].Cells[2].Absence != domain.AbsentSick || len(d[0].Cells[2].Shifts) != 1 {
		t.Fatalf("draft %+v", d)
	}
	w.Sees("病假*!")
	w.Press("[", "enter") // a week that is over
	if said := w.Said(); len(said) == 0 || said[len(said)-1] != text.For(text.Chinese).Roster.PastDay {
		t.Errorf("said %v", said)
	}
}

// Everybody reads, only a manager writes; swaps are the persons' own.
func TestOnlyAManagerWrites(t *testing.T) {
	t.Parallel()
	f := drawn()
	f.week.Swaps = []domain.RosterSwap{{ID: 1, By: "zhao", Of: "lin", GivesDay: day(25), TakesDay: day(24), Takes: f.week.Published[domain.RosterKey{Login: "lin", Day: day(24)}]}}
	w := open(t, text.English, f, people()[0], 110, 27)
	w.footSees(t, "Zhao Min asks")
	for _, key := range []string{"enter", "+", "ctrl+s", "ctrl+o"} {
		w.Press(key)
		if said := w.Said(); len(said) == 0 || said[len(said)-1] != "needs manager" {
			t.Errorf("%s says %v", key, said)
		}
	}
	w.Send(keys.Press{Action: "roster_swap"})
	w.footSees(t, "Swap my 11-23 Mon 09-15")
	w.Press("1", "2")
	w.Type("dentist")
	w.Press("ctrl+s")
	w.confirm()
	w.Send(keys.Press{Action: "roster_answer"})
	w.Press("1", "enter", "ctrl+s")
	w.confirm()
	if d := cmp.Diff([]string{"swap 11-23 wang 11-24 dentist", "agreed "}, w.store.did); d != "" {
		t.Error(d)
	}
	if len(w.store.drafts)+len(w.store.published) != 0 {
		t.Error("somebody who is no manager wrote the roster")
	}
}

func TestTheMenuOfTheManager(t *testing.T) {
	t.Parallel()
	w := open(t, text.English, drawn(), manager(), 110, 27)
	menu := func(action keys.Action, press ...string) {
		t.Helper()
		w.Send(keys.Press{Action: action})
		w.Press(press...)
		w.confirm()
	}
	menu("roster_absence", "1", "ctrl+u", "3", "enter", "2", "enter", "ctrl+s") // three days, the first colleague
	menu(keys.Assign, "1", "enter", "ctrl+s")
	menu("roster_keep", "U", "enter", "ctrl+s")
	menu(keys.HandOver, "1", "g", "o", "enter", "ctrl+s")
	w.Press("down", "down", "down", "down", "right", "right", "right")
	menu("roster_end_absence")
	if d := cmp.Diff([]string{"absence lin 11-23 11-25 sick  wang", "take lin 11-23 wang ", "template U 09-15", "hand lin wang go", "end 1"}, w.store.did); d != "" {
		t.Error(d)
	}
	w.Press("]")
	w.Sees("not published", "11-30 Mon")
	w.Send(keys.Press{Action: "roster_copy"})
	w.confirm()
	if n := len(w.store.drafts); n != 1 {
		t.Fatalf("%d drafts", n)
	}
	w.Send(keys.Press{Action: "roster_discard"})
	w.confirm()
	if last := w.store.drafts[len(w.store.drafts)-1]; len(last.Cells) != 0 {
		t.Errorf("the draft is left: %v", last)
	}
}

// A refusal is told, and the key of a write that may have been done is kept.
func TestAConflictIsTold(t *testing.T) {
	t.Parallel()
	f := drawn()
	f.err = &domain.Error{Code: domain.Timeout}
	w := open(t, text.English, f, manager(), 110, 27)
	w.Press("ctrl+s")
	w.confirm()
	w.Press("ctrl+s")
	w.confirm()
	if n := len(f.ops); n != 2 || f.ops[0] != f.ops[1] {
		t.Errorf("keys %v", f.ops)
	}
	f.err = &domain.Error{Code: domain.Conflict, Detail: map[string]string{"name": "郑爽", "name_en": "Zheng Shuang"}}
	w.Press("ctrl+s")
	w.confirm()
	if said := w.Said(); !strings.Contains(said[len(said)-1], "Zheng Shuang") {
		t.Errorf("said %v", said)
	}
	w.Sees("draft changes 2")
}

func TestHistoryAndHostileText(t *testing.T) {
	t.Parallel()
	for _, bad := range tuitest.Hostile() {
		f := drawn()
		f.week.People[0].Name, f.week.People[0].NameEn = bad, bad
		f.week.Absences[0].Note = bad
		f.week.Templates = []domain.RosterTemplate{{Name: bad}}
		f.history = domain.RosterHistory{
			Week: day(23),
			Versions: []domain.RosterVersion{{No: 1, Why: domain.RosterPublished, Note: bad, ByName: bad, ByNameEn: bad, At: at(20, 9, 0), Changes: []domain.RosterChange{
				{RosterKey: domain.RosterKey{Login: "lin", Day: day(23)}, Is: f.week.Published[domain.RosterKey{Login: "lin", Day: day(23)}]},
			}}},
			Absences: f.week.Absences, Swaps: []domain.RosterSwap{{By: "lin", Of: "he", GivesDay: day(23), TakesDay: day(24), Note: bad, Answered: at(22, 9, 0)}},
		}
		w := open(t, text.English, f, manager(), 80, 19)
		w.Frame()
		w.Send(keys.Press{Action: keys.History})
		w.Sees("History of week 11-23", "version 1, published")
		w.Press("down", "esc")
		w.Send(keys.Press{Action: "roster_template"})
		w.Frame()
	}
}
