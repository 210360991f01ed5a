package main

import (
	"io"
	"maps"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// Each setting changes what it should in the column beside today's, and nothing there.
func TestSetTriesSettingsBesideTodays(t *testing.T) {
	t.Parallel()
	run := func(set ...string) map[string][]string {
		args := append([]string{"--orders", realFile("lines.csv.gz"), "--products", realFile("products.csv.gz"), "--format", "csv"}, realMap...)
		for _, s := range set {
			args = append(args, "--set", s)
		}
		got := runBacktest(t, noServer{t}, args...)
		if got.code != 0 {
			t.Fatal(got.err)
		}
		return factsIn(t, got.out)
	}
	number := func(f map[string][]string, name string, col int) float64 {
		n, err := strconv.ParseFloat(f[name][col], 64)
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	alone := run()
	today := number(alone, "quantity_surge", 0)
	if len(alone["orders"]) != 1 || today == 0 {
		t.Fatalf("alone: %v", alone)
	}
	for set, want := range map[string]func(surge, amount, hard float64) bool{
		"threshold=2%": func(s, a, _ float64) bool {
			return s > 1.5*today && s < 2.5*today && a == number(alone, "amount_surge", 0)
		},
		"detect.budget=200":             func(s, a, _ float64) bool { return s > 1.5*today && a > number(alone, "amount_surge", 0) },
		"threshold=3":                   func(s, _, _ float64) bool { return s > 0 && s < today },
		"threshold=-3":                  func(s, _, _ float64) bool { return s > today },
		"detect.floor=1000":             func(s, _, _ float64) bool { return s < today/2 },
		"limit.quantity=1000":           func(s, _, h float64) bool { return h > 0 && s >= h },
		"limit.quantity@store:nobody=1": func(s, _, h float64) bool { return s == today && h == 0 },
		"limit.cod=2000":                func(_, a, h float64) bool { return h > 0 && a >= h },
	} {
		f := run(set)
		if d := number(f, "quantity_surge", 0); d != today {
			t.Errorf("%s changes today's column: %v, not %v", set, d, today)
		}
		if !want(number(f, "quantity_surge", 1), number(f, "amount_surge", 1), number(f, "hard", 1)) {
			t.Errorf("%s: %v %v %v, today %v %v", set, f["quantity_surge"], f["amount_surge"], f["hard"], today, alone["amount_surge"])
		}
	}
}

// A fixed threshold flags just those that reach it of the lines that can be flagged.
func TestFixedThresholdIsAScore(t *testing.T) {
	t.Parallel()
	flagged := func(threshold string) map[string]float64 {
		lines, _ := scored(t, realFile("lines.csv.gz"), "--set", "threshold="+threshold)
		out := map[string]float64{}
		for _, r := range rowsOf(t, lines)[1:] {
			score, err := strconv.ParseFloat(r[1], 64)
			if err != nil {
				t.Fatal(err)
			}
			if r[2] == "1" {
				out[r[0]] = score
			}
		}
		return out
	}
	want := flagged("-3")
	maps.DeleteFunc(want, func(_ string, score float64) bool { return score < -1.5 })
	if d := cmp.Diff(want, flagged("-1.5")); d != "" || len(want) < 100 {
		t.Errorf("%d lines: %s", len(want), d)
	}
}

func TestStepsAreCountedApart(t *testing.T) {
	t.Parallel()
	orders := tempFile(t, calmOrders(40, nil))
	products := tempFile(t, "product,pack\nP1,12\nP2,0\n")
	got := runBacktest(t, noServer{t}, "--orders", orders, "--products", products, "--map", "step=pack", "--format", "csv")
	facts := factsIn(t, got.out)
	if got.code != 0 || facts["off_step"][0] != "27" || facts["cases"][0] != "0" {
		t.Errorf("exit %d %s %v", got.code, got.err, facts)
	}
}

// A file that tells steps and no cases tells both, and the steps are kept from the
// detectors.
func TestStepsAreTakenForCases(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]domain.Quantity{
		"product,pack\nP1,12\n": domain.Units(12), "product,case\nP1,12\n": domain.Units(12), "product,pack,case\nP1,5,12\n": domain.Units(12),
	} {
		f, err := openFiles(t.Context(), &backtest{
			orders: tempFile(t, calmOrders(1, nil)), products: tempFile(t, text), mapping: map[string]string{"step": "pack"}, stderr: io.Discard,
		})
		if err != nil {
			t.Fatal(err)
		}
		defer f.close()
		if p := f.products()["P1"]; p.Case == nil || *p.Case != want || p.Step != nil {
			t.Errorf("%q: %+v", text, p)
		}
	}
}

func TestBacktestRefusesInOneLine(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	good := tempFile(t, calmOrders(3, nil))
	scattered := tempFile(t, calmOrders(3, nil)+"X,O0,S1,2026-01-09 14:00,P1,1,1.00\n")
	scores := filepath.Join(dir, "scores.csv")
	for name, c := range map[string]struct {
		args []string
		want string
	}{
		"no such file":      {[]string{"--orders", filepath.Join(dir, "none.csv")}, "no such file"},
		"a folder":          {[]string{"--orders", dir}, "folder"},
		"no column":         {[]string{"--orders", tempFile(t, "a,b\n1,2\n")}, "no column order_no"},
		"unknown column":    {[]string{"--orders", good, "--map", "qty=x"}, "have a column qty"},
		"unknown setting":   {[]string{"--orders", good, "--set", "nonsense=1"}, "no setting nonsense"},
		"no value":          {[]string{"--orders", good, "--set", "threshold"}, "NAME=VALUE"},
		"bad value":         {[]string{"--orders", good, "--set", "detect.budget=many"}, "many"},
		"bad scope":         {[]string{"--orders", good, "--set", "detect.budget@store:S1=5"}, "cannot be set for a store"},
		"bad threshold":     {[]string{"--orders", good, "--set", "threshold=-9"}, "threshold takes a share"},
		"bad share":         {[]string{"--orders", good, "--set", "threshold=101%"}, "threshold takes a share"},
		"not a number":      {[]string{"--orders", good, "--set", "threshold=NaN"}, "threshold takes a share"},
		"bad day":           {[]string{"--orders", good, "--since", "yesterday"}, "--since takes a day"},
		"bad format":        {[]string{"--orders", good, "--format", "xml"}, "--format takes"},
		"products alone":    {[]string{"--products", good}, "go with --orders"},
		"products piped":    {[]string{"--orders", good, "--products", "-"}, "standard input"},
		"scattered":         {[]string{"--orders", scattered, "--scores", scores}, "order O0 comes again on line 8"},
		"cannot be written": {[]string{"--orders", good, "--scores", filepath.Join(dir, "none", "s.csv")}, "no such file"},
		"same file twice":   {[]string{"--orders", good, "--scores", scores, "--order-scores", scores}, "same file"},
	} {
		got := runBacktest(t, noServer{t}, c.args...)
		if got.code == 0 || strings.Count(got.err, "\n") != 1 || !strings.Contains(got.err, c.want) {
			t.Errorf("%s: exit %d, %q, want %q", name, got.code, got.err, c.want)
		}
	}
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil || len(left) != 0 {
		t.Errorf("it leaves %v behind, %v", left, err)
	}
}

// Lines that cannot be read are left out and told of; names that could break the file
// or a spreadsheet are written so that they cannot.
func TestBacktestLeavesBadLinesOut(t *testing.T) {
	t.Parallel()
	orders := tempFile(t, "line_id,order_no,store,placed_at,product,quantity,unit_price\n"+
		"=1+1,O1,S1,2026-01-01,P1,5,2\n\"a,\"\"b\",O1,S1,2026-01-01,P2,5,2\n3,O1,S1,2026-01-01,P3,many,2\n\n4,O2,S1,2026-01-02,P1,1.5,2\n")
	scores := filepath.Join(t.TempDir(), "s.csv")
	got := runBacktest(t, noServer{t}, "--orders", orders, "--scores", scores)
	if got.code != 3 || !strings.Contains(got.err, "1 lines cannot be read and were left out, the first: file.csv line 4: quantity: ") {
		t.Errorf("exit %d, %s", got.code, got.err)
	}
	var ids []string
	for _, r := range rowsOf(t, fileText(t, scores)) {
		ids = append(ids, r[0])
	}
	if d := cmp.Diff([]string{"line_id", "'=1+1", `a,"b`, "4"}, ids); d != "" {
		t.Error(d)
	}
}

// A file without names for its lines has them numbered.
func TestLinesWithoutNamesAreNumbered(t *testing.T) {
	t.Parallel()
	orders := tempFile(t, "order_no,store,placed_at,product,quantity,unit_price\nO1,S1,2026-01-01,P1,5,2\nO2,S1,2026-01-02,P1,5,2\n")
	lines, _ := plainScores(t, orders)
	if !strings.HasPrefix(lines[1], "1,") || !strings.HasPrefix(lines[2], "2,") {
		t.Errorf("%v", lines)
	}
}
