package main

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/domain/detect"

	"github.com/google/go-cmp/cmp"
)

// noServer is an opener for commands that need no database.
type noServer struct{ t *testing.T }

func (n noServer) Open(context.Context, string) (string, error) {
	n.t.Error("it asks for a database")
	return "", errors.New("there is none")
}

func runBacktest(t *testing.T, o opener, args ...string) ran {
	t.Helper()
	var out, errs bytes.Buffer
	code := start(t.Context(), newBacktestCmd(o), strings.NewReader(""), &out, &errs, args...)
	return ran{out.String(), errs.String(), code}
}

// realMap names the columns of a cut of real orders.
var realMap = []string{"--map", "order_no=order_id,placed_at=ts,quantity=qty,step=pack"}

func realFile(name string) string {
	return filepath.Join("..", "..", "domain", "detect", "testdata", name)
}

func unzipped(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	all, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return string(all)
}

func rowsOf(t *testing.T, text string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func fileText(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// scored runs a backtest over real orders' lines and gives the two files of scores.
func scored(t *testing.T, lines string, more ...string) (byLine, byOrder string) {
	t.Helper()
	dir := t.TempDir()
	l, o := filepath.Join(dir, "lines.csv"), filepath.Join(dir, "orders.csv")
	args := append([]string{"--orders", lines, "--scores", l, "--order-scores", o}, realMap...)
	if got := runBacktest(t, noServer{t}, append(args, more...)...); got.code != 0 || got.err != "" {
		t.Fatalf("exit %d: %s", got.code, got.err)
	}
	return fileText(t, l), fileText(t, o)
}

// engineScores scores the same lines by the engine itself.
func engineScores(t *testing.T, lines, products string) (byLine, byOrder string) {
	t.Helper()
	known := map[domain.ProductCode]domain.Product{}
	for _, r := range rowsOf(t, products)[1:] {
		p := domain.Product{Code: domain.ProductCode(r[0])}
		if n, _ := strconv.ParseInt(r[1], 10, 64); n > 0 {
			size := domain.Units(n)
			p.Case = &size
		}
		known[p.Code] = p
	}
	s := detect.Defaults()
	s.LearnHeld = true
	e := detect.New(s)
	var l, o strings.Builder
	l.WriteString("line_id,score,alert\n")
	o.WriteString("order_id,score,alert\n")
	var order domain.Order
	var ids []string
	judge := func() {
		v := e.Judge(detect.Input{Order: order, Products: known})
		alert := map[int]int{}
		for _, f := range v.Flags {
			alert[f.Line] = 1
		}
		for i, id := range ids {
			fmt.Fprintf(&l, "%s,%.6g,%d\n", id, v.LineScores[i], alert[i+1])
		}
		fmt.Fprintf(&o, "%s,%.6g,%d\n", order.No, v.OrderScore, alert[0])
	}
	for _, r := range rowsOf(t, lines)[1:] {
		if no := domain.OrderNo(r[1]); no != order.No {
			if order.No != "" {
				judge()
			}
			day, err := time.Parse(time.DateOnly, r[2][:10])
			if err != nil {
				t.Fatal(err)
			}
			order, ids = domain.Order{No: no, Store: domain.StoreCode(r[3]), PlacedAt: day, BusinessDay: day}, nil
		}
		q, err1 := domain.ParseQuantity(r[5])
		price, err2 := domain.ParseMoney(r[6])
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, r[0])
		order.Lines = append(order.Lines, domain.Line{
			No: len(ids), Product: domain.ProductCode(r[4]), Quantity: q, Price: price, Amount: domain.Amount(q, price),
		})
	}
	judge()
	return l.String(), o.String()
}

// The command's scores and flags on real orders are the engine's, to the last digit:
// the case sizes reach it and the steps do not.
func TestBacktestScoresAsTheEngineDoes(t *testing.T) {
	t.Parallel()
	lines, orders := scored(t, realFile("lines.csv.gz"), "--products", realFile("products.csv.gz"))
	wantLines, wantOrders := engineScores(t, unzipped(t, realFile("lines.csv.gz")), unzipped(t, realFile("products.csv.gz")))
	if d := cmp.Diff(strings.Split(wantLines, "\n"), strings.Split(lines, "\n")); d != "" {
		t.Errorf("lines: %.800s", d)
	}
	if d := cmp.Diff(strings.Split(wantOrders, "\n"), strings.Split(orders, "\n")); d != "" {
		t.Errorf("orders: %.800s", d)
	}
	if !strings.Contains(lines, ",1\n") || !strings.Contains(orders, ",1\n") {
		t.Error("nothing is flagged")
	}
}

// What comes later changes no score: a file cut off, and one whose second half is
// another, score the first half alike.
func TestBacktestKeepsToTheOnlineRule(t *testing.T) {
	t.Parallel()
	all := strings.SplitAfter(unzipped(t, realFile("lines.csv.gz")), "\n")
	half := len(all) / 2
	for orderOf(all[half]) == orderOf(all[half-1]) {
		half++
	}
	whole, wholeOrders := scored(t, tempFile(t, strings.Join(all, "")))
	cut, cutOrders := scored(t, tempFile(t, strings.Join(all[:half], "")))
	other := append([]string{}, all[:half]...)
	for _, l := range all[half:] {
		other = append(other, strings.Replace(l, ",p", ",q", 1))
	}
	changed, _ := scored(t, tempFile(t, strings.Join(other, "")))
	if !strings.HasPrefix(whole, cut) || !strings.HasPrefix(wholeOrders, cutOrders) {
		t.Error("scores depend on lines that come later")
	}
	if !strings.HasPrefix(changed, cut) || changed == whole {
		t.Error("scores depend on what later lines hold, or what they hold changes none of their own")
	}
}

func orderOf(line string) string {
	cells := strings.Split(line, ",")
	if len(cells) < 2 {
		return ""
	}
	return cells[1]
}

func tempFile(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// calmOrders are n daily orders of one store at 14:00 from 2026-01-01 on, with the
// quantities given for some days.
func calmOrders(n int, odd map[int]int) string {
	var b strings.Builder
	b.WriteString("line_id,order_no,store,placed_at,product,quantity,unit_price\n")
	for i := range n {
		q := 10 + i%3
		if o, ok := odd[i]; ok {
			q = o
		}
		at := time.Date(2026, 1, 1+i, 14, 0, 0, 0, time.UTC).Format("2006-01-02 15:04")
		fmt.Fprintf(&b, "L%d,O%d,S1,%s,P1,%d,20.00\n", i, i, at, q)
		fmt.Fprintf(&b, "M%d,O%d,S1,%s,P2,%d,5.00\n", i, i, at, 20)
	}
	return b.String()
}

// A cancellation counts from its time on and never before, and corrects nothing that is
// older than three days.
func TestCancellationsCountFromTheirTime(t *testing.T) {
	t.Parallel()
	orders := tempFile(t, calmOrders(30, map[int]int{20: 100}))
	plain, _ := plainScores(t, orders)
	cancel := func(at string) []string {
		path := tempFile(t, "ts,store,product,qty\n"+at+",S1,P1,90\n")
		got, _ := plainScores(t, orders, "--cancels", path, "--map", "placed_at=ts,quantity=qty")
		return got
	}
	// O20 is of 2026-01-21 14:00, O21 a day later.
	for at, from := range map[string]int{
		"2026-01-21 13:59": -1, // before the order it could be of
		"2026-01-21 16:00": 21, "2026-01-22 14:00": 21, "2026-01-22 14:01": 22, "2026-01-23 14:01": 23,
		"2026-01-24 14:01": -1, // a return
	} {
		if first := firstDiffering(plain, cancel(at)); first != from {
			t.Errorf("cancelled at %s: the first order scored otherwise is %d, want %d", at, first, from)
		}
	}
}

// plainScores gives the scores of files that need no map, a row a line.
func plainScores(t *testing.T, orders string, more ...string) (lines []string, said ran) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "scores.csv")
	said = runBacktest(t, noServer{t}, append([]string{"--orders", orders, "--scores", path}, more...)...)
	if said.code != 0 || said.err != "" {
		t.Fatalf("exit %d: %s", said.code, said.err)
	}
	return strings.Split(fileText(t, path), "\n"), said
}

// firstDiffering gives the number of the first order with another score, -1: none.
func firstDiffering(a, b []string) int {
	for i := range a {
		if a[i] != b[i] {
			n, _ := strconv.Atoi(strings.Split(a[i][1:], ",")[0])
			return n
		}
	}
	return -1
}

// facts reads a summary written as CSV: by name, today's value and the tried one's.
func factsIn(t *testing.T, text string) map[string][]string {
	t.Helper()
	out := map[string][]string{}
	for _, r := range rowsOf(t, text)[1:] {
		out[r[0]] = r[1:]
	}
	return out
}

// What is cancelled is what was caught or missed, in money too.
func TestCancellationsTellWhatWasCaught(t *testing.T) {
	t.Parallel()
	orders := tempFile(t, calmOrders(60, map[int]int{40: 200, 50: 14}))
	cancels := tempFile(t, "placed_at,store,product,quantity\n2026-02-10 15:00,S1,P1,190\n2026-02-20 15:00,S1,P1,14\n2026-02-21 15:00,S1,P1,1\n")
	got := runBacktest(t, noServer{t}, "--orders", orders, "--cancels", cancels, "--format", "csv", "--set", "detect.budget=0")
	facts := factsIn(t, got.out)
	for name, want := range map[string]string{
		"cut_caught": "1 0", "cut_caught_money": "3800.00 0.00", "cut_missed": "0 1", "cut_missed_money": "0.00 3800.00",
		"cancelled_caught": "0 0", "cancelled_missed": "1 1", "cancelled_missed_money": "280.00 280.00",
		"quantity_surge": "1 0", "orders": "60 60", "lines": "120 120", "days": "60 60",
	} {
		if have := strings.Join(facts[name], " "); have != want {
			t.Errorf("%s is %s, want %s\n%s", name, have, want, got.err)
		}
	}
}

// Only what is counted begins with --since: earlier orders teach.
func TestSinceCountsLessAndTeachesTheSame(t *testing.T) {
	t.Parallel()
	orders := tempFile(t, calmOrders(40, map[int]int{35: 150}))
	all, _ := plainScores(t, orders)
	late, said := plainScores(t, orders, "--since", "2026-02-01", "--format", "csv")
	if d := cmp.Diff(all, late); d != "" {
		t.Error(d)
	}
	facts := factsIn(t, said.out)
	if d := cmp.Diff([]string{"9"}, facts["orders"]); d != "" || facts["quantity_surge"][0] != "1" {
		t.Errorf("%v", facts)
	}
}

func TestSummaryInEveryFormat(t *testing.T) {
	t.Parallel()
	orders := tempFile(t, calmOrders(40, map[int]int{35: 150}))
	table := runBacktest(t, noServer{t}, "--orders", orders, "--set", "threshold=5%").out
	for _, want := range []string{"file.csv: 40 orders, 80 lines, 2026-01-01 to 2026-02-09, in ", "today  ", "  tried\n", "cases a day, which is a shift"} {
		if !strings.Contains(table, want) {
			t.Errorf("%q is not in\n%s", want, table)
		}
	}
	json := runBacktest(t, noServer{t}, "--orders", orders, "--format", "json").out
	for _, want := range []string{`"today": {`, `"quantity_surge": 1,`, `"first_day": "2026-01-01"`, `"at_risk": "`} {
		if !strings.Contains(json, want) {
			t.Errorf("%q is not in\n%s", want, json)
		}
	}
}
