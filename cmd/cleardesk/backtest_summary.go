package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
)

// fact is one row of the summary: what it is, for scripts and for people, and its
// value in each column.
type fact struct {
	name   string
	words  string
	values []string
	empty  bool // of a group in which nothing was decided
}

// tell prints the summary.
func (bt *backtest) tell(src pastSource, columns []*column, took time.Duration) error {
	facts := factsOf(src, columns)
	switch bt.format {
	case "json":
		return bt.tellJSON(facts, columns)
	case "csv":
		return bt.tellCSV(facts, columns)
	}
	all := &columns[0].tally
	first, last := all.span()
	_, err := fmt.Fprintf(bt.stdout, "%s: %s orders, %s lines, %s to %s, in %.1f s\n", src.name(), grouped(all.orders), grouped(all.lines),
		day(first), day(last), took.Seconds())
	if err != nil {
		return &domain.Error{Code: domain.Internal, Op: "write", Err: err}
	}
	rows := [][]string{{""}}
	for _, c := range columns {
		rows[0] = append(rows[0], c.name)
	}
	for _, f := range facts {
		if !f.empty {
			rows = append(rows, append([]string{f.words}, f.values...))
		}
	}
	return writeColumns(bt.stdout, alignRight(rows))
}

// alignRight pads the numbers of each column to the widest.
func alignRight(rows [][]string) [][]string {
	for c := 1; c < len(rows[0]); c++ {
		width := 0
		for _, r := range rows {
			width = max(width, len(r[c]))
		}
		for _, r := range rows {
			r[c] = fmt.Sprintf("%*s", width, r[c])
		}
	}
	return rows
}

func factsOf(src pastSource, columns []*column) []fact {
	var out []fact
	add := func(name, words string, value func(c *column) string) {
		f := fact{name: name, words: words}
		for _, c := range columns {
			f.values = append(f.values, value(c))
		}
		out = append(out, f)
	}
	count := func(name, words string, n func(t *tally) int64) {
		add(name, words, func(c *column) string { return strconv.FormatInt(n(&c.tally), 10) })
	}
	money := func(name, words string, m func(t *tally) domain.Money) {
		add(name, words, func(c *column) string { return m(&c.tally).String() })
	}
	a := func(name, words string, n func(t *tally) int64) {
		add(name, words, func(c *column) string { return perDay(n(&c.tally), len(c.tally.days)) })
	}
	count("orders", "orders", func(t *tally) int64 { return t.orders })
	count("lines", "lines", func(t *tally) int64 { return t.lines })
	count("days", "days with orders", func(t *tally) int64 { return int64(len(t.days)) })
	count("quantity_surge", "lines flagged (quantity_surge)", func(t *tally) int64 { return t.flaggedLines })
	add("quantity_surge_percent", "  of all lines, %", func(c *column) string { return percentOf(c.tally.flaggedLines, c.tally.lines) })
	count("amount_surge", "orders flagged (amount_surge)", func(t *tally) int64 { return t.flaggedOrders })
	add("amount_surge_percent", "  of all orders, %", func(c *column) string { return percentOf(c.tally.flaggedOrders, c.tally.orders) })
	count("hard", "flags of hard limits among them", func(t *tally) int64 { return t.hard })
	a("alerts_a_day", "alerts a day", func(t *tally) int64 { return t.flaggedLines + t.flaggedOrders })
	count("cases", "cases (orders with a flag)", func(t *tally) int64 { return t.cases })
	a("cases_a_day", "cases a day, which is a shift", func(t *tally) int64 { return t.cases })
	count("cases_busiest_day", "cases on the busiest day", (*tally).busiest)
	add("cases_an_hour", "cases an hour of the order window", func(c *column) string { return c.perWindowHour() })
	money("at_risk", "money at risk flagged", func(t *tally) domain.Money { return t.atRisk })
	for i, g := range src.decided() {
		began := len(out)
		flagged, passed := "caught", "missed"
		if !g.errors {
			flagged, passed = "flagged", "spared"
		}
		part := func(of func(o *outcomes) *countedMoney, word string) {
			count(g.name+"_"+word, g.words+": "+word, func(t *tally) int64 { return of(&t.groups[i]).n })
			money(g.name+"_"+word+"_money", "  money", func(t *tally) domain.Money { return of(&t.groups[i]).money })
		}
		part(func(o *outcomes) *countedMoney { return &o.flagged }, flagged)
		part(func(o *outcomes) *countedMoney { return &o.passed }, passed)
		all := columns[0].tally.groups[i]
		for k := range out[began:] {
			out[began+k].empty = all.flagged.n+all.passed.n == 0
		}
	}
	count("off_step", "lines off their step, apart", func(t *tally) int64 { return t.offStep })
	return out
}

// perWindowHour tells how many cases an hour of ordering brings.
func (c *column) perWindowHour() string {
	cal := c.rules.Calendar()
	hours := time.Duration(cal.Closes - cal.Opens).Hours()
	if hours <= 0 || len(c.tally.days) == 0 {
		return "0.0"
	}
	return strconv.FormatFloat(float64(c.tally.cases)/float64(len(c.tally.days))/hours, 'f', 1, 64)
}

func perDay(n int64, days int) string {
	if days == 0 {
		return "0.0"
	}
	return strconv.FormatFloat(float64(n)/float64(days), 'f', 1, 64)
}

func percentOf(n, of int64) string {
	if of == 0 {
		return "0.00"
	}
	return strconv.FormatFloat(100*float64(n)/float64(of), 'f', 2, 64)
}

func day(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return t.Format(time.DateOnly)
}

func (bt *backtest) tellCSV(facts []fact, columns []*column) error {
	out := csv.NewWriter(bt.stdout)
	head := []string{"what"}
	for _, c := range columns {
		head = append(head, c.name)
	}
	_ = out.Write(head) // an error stays, and is met below
	for _, f := range facts {
		_ = out.Write(append([]string{f.name}, f.values...))
	}
	out.Flush()
	if err := out.Error(); err != nil {
		return &domain.Error{Code: domain.Internal, Op: "write", Err: err}
	}
	return nil
}

// tellJSON writes an object a column. Money is text, in yuan, as everywhere.
func (bt *backtest) tellJSON(facts []fact, columns []*column) error {
	out := map[string]map[string]any{}
	for i, c := range columns {
		first, last := c.tally.span()
		values := map[string]any{"first_day": day(first), "last_day": day(last)}
		for _, f := range facts {
			values[f.name] = json.Number(f.values[i])
			if strings.HasSuffix(f.name, "_money") || f.name == "at_risk" {
				values[f.name] = f.values[i]
			}
		}
		out[c.name] = values
	}
	return writeJSON(bt.stdout, out)
}
