package main

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"cleardesk/cmd/cleardesk/intake"
	"cleardesk/db"
	"cleardesk/domain"
)

// Every kind of event has its import, its columns and an example in the help.
func TestEveryKindOfEventCanBeImported(t *testing.T) {
	t.Parallel()
	help := newImportCmd(nil)
	covered := map[domain.EventKind]bool{}
	for _, kind := range importKinds() {
		if !strings.Contains(help.Example, "cleardesk import "+kind+" ") {
			t.Errorf("%s has no example", kind)
		}
		what := eventKind(db.ImportKind(kind))
		if what == "" {
			continue
		}
		covered[what] = true
		for _, column := range intake.Events(what, false).Columns() {
			if line := lineOf(help.Long, "  "+kind+" "); !strings.Contains(line, " "+column) {
				t.Errorf("%s: the help has no column %s: %s", kind, column, line)
			}
		}
	}
	for _, what := range domain.EventKinds() {
		if !covered[what] {
			t.Errorf("%s cannot be imported", what)
		}
	}
}

func lineOf(text, prefix string) string {
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, prefix) {
			return line
		}
	}
	return ""
}

// A receipt whose rows stand far apart is one receipt, and a row of it that cannot be
// read refuses all of it.
func TestEventsStandApartInALargeFile(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	const orders = 700 // more rows than one chunk
	var lines, slips strings.Builder
	lines.WriteString(header)
	slips.WriteString("id,order_no,at,line_no,quantity\n")
	for round := range 2 {
		for i := range orders {
			if round == 0 {
				fmt.Fprintf(&lines, "A%d,S1,2026-05-01 13:30,P1,2,3.50\nA%d,S1,2026-05-01 13:30,P2,3,3.50\n", i, i)
			}
			quantity := "1"
			if round == 1 && i == 7 {
				quantity = "many"
			}
			fmt.Fprintf(&slips, "R%d,A%d,2026-05-02 07:00,%d,%s\n", i, i, round+1, quantity)
		}
	}
	if got := g.run("", "orders", g.file("o.csv", lines.String())); got.code != 0 {
		t.Fatal(got)
	}
	path := g.file("r.csv", slips.String())
	got := g.run("", "receipts", path)
	for _, want := range []string{"1,398 rows of 699 receipts", "rejected  2 rows of 1 receipts, see " + path + ".rejected.csv"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("%q is not in\n%s%s", want, got.out, got.err)
		}
	}
	g.want("699 2", `SELECT count(*) || ' ' || max(jsonb_array_length(detail -> 'lines')) FROM cleardesk.event`)
	rejects, err := os.ReadFile(path + ".rejected.csv")
	if err != nil || strings.Count(string(rejects), "\n") != 3 || !strings.Contains(string(rejects), "9,row 709 of this event cannot be taken,R7,A7,") {
		t.Errorf("%v\n%s", err, rejects)
	}
	// Mended, the list goes in as it is; and once more, nothing is new.
	mended := g.file("mended.csv", strings.ReplaceAll(string(rejects), "many", "1"))
	if got := g.run("", "receipts", mended); got.code != 0 || !strings.Contains(got.out, "in        2 rows of 1 receipts") {
		t.Errorf("%+v", got)
	}
	if got := g.run("", "receipts", mended); got.code != 0 || !strings.Contains(got.out, "same      2 rows of 1 receipts: nothing is new") {
		t.Errorf("%+v", got)
	}
}

// The second of two events with one id is judged against the first, never added to it.
func TestWholeEventsOfOneIDAreNotMixed(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	if got := g.run("", "orders", g.file("o.csv", header+"A,S1,2026-05-01 13:30,P1,12,3.50\n")); got.code != 0 {
		t.Fatal(got)
	}
	event := func(quantity string) string {
		return `{"id":"R","order_no":"A","at":"2026-05-02 07:00","lines":[{"product":"P1","quantity":"` + quantity + `","why":"expiry"}]}` + "\n"
	}
	got := g.run(event("1")+event("2")+event("1"), "returns", "-")
	want := `{"key":"R","verdict":"taken"}` + "\n" +
		`{"key":"R","verdict":"rejected","reason":"this number is in already with other content"}` + "\n" + `{"key":"R","verdict":"same"}` + "\n"
	if got.out != want || got.code != 3 {
		t.Errorf("exit %d\n%s%s", got.code, got.out, got.err)
	}
	g.want("1000", `SELECT detail -> 'lines' -> 0 ->> 'quantity' FROM cleardesk.event`)
}
