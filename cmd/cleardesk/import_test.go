package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"cleardesk/db/dbtest"

	"github.com/jmoiron/sqlx"
	"github.com/spf13/cobra"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// gate is a platform with a database of its own, a folder, and the commands.
type gate struct {
	t     *testing.T
	admin *sqlx.DB
	dsn   string
	dir   string
}

// Open makes a gate an opener.
func (g *gate) Open(context.Context, string) (string, error) { return g.dsn, nil }

func newGate(t *testing.T) *gate {
	t.Helper()
	d := dbtest.New(t)
	g := &gate{t: t, admin: d.Admin(t), dsn: d.DSN(d.Login(t, "gate", "intake")), dir: t.TempDir()}
	g.exec(`INSERT INTO cleardesk.store (code, name) VALUES ('S1', '一店')`)
	g.exec(`INSERT INTO cleardesk.product (code, name) VALUES ('P1', '大米'), ('P2', '面粉')`)
	return g
}

func (g *gate) exec(query string) {
	g.t.Helper()
	if _, err := g.admin.ExecContext(g.t.Context(), query); err != nil {
		g.t.Fatalf("%s: %v", query, err)
	}
}

func (g *gate) want(want, query string) {
	g.t.Helper()
	var got string
	if err := g.admin.GetContext(g.t.Context(), &got, "SELECT coalesce(("+query+")::text, 'null')"); err != nil {
		g.t.Fatalf("%s: %v", query, err)
	}
	if got != want {
		g.t.Errorf("%s\n got %s\nwant %s", query, got, want)
	}
}

func (g *gate) file(name, content string) string {
	g.t.Helper()
	path := filepath.Join(g.dir, name)
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		g.t.Fatal(err)
	}
	return path
}

// ran is what a command printed and its exit code.
type ran struct {
	out, err string
	code     int
}

func start(ctx context.Context, cmd *cobra.Command, stdin io.Reader, out, errs io.Writer, args ...string) int {
	cmd.SetArgs(args)
	cmd.SetIn(stdin)
	cmd.SetOut(out)
	cmd.SetErr(errs)
	cmd.SilenceUsage, cmd.SilenceErrors = true, true
	err := cmd.ExecuteContext(ctx)
	if e, ok := errors.AsType[exitError](err); ok {
		return e.code
	}
	if err != nil {
		_, _ = fmt.Fprintln(errs, oneLine(err))
		return 2
	}
	return 0
}

func (g *gate) run(stdin string, args ...string) ran {
	g.t.Helper()
	var out, errs bytes.Buffer
	code := start(g.t.Context(), newImportCmd(g), strings.NewReader(stdin), &out, &errs, args...)
	return ran{out.String(), errs.String(), code}
}

const header = "order_no,store,placed_at,product,quantity,unit_price\n"

func TestImportRejectsWholeOrdersAndTakesTheRest(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	path := g.file("o.csv", header+
		"A,S1,2026-05-01 13:30,P1,12,3.50\nA,S1,2026-05-01 13:30,P2,1.5,2\n"+
		"B,S1,2026-05-01 13:31,P1,2,3.50\nB,S1,2026-05-01 13:31,P1,many,3.50\n"+
		"C,S9,2026-05-01 13:32,P1,2,3.50\n")
	got := g.run("", "orders", path)
	if got.code != 3 || got.err != "" {
		t.Errorf("exit %d, %s", got.code, got.err)
	}
	for _, want := range []string{"o.csv: 5 lines in ", "  in        2 lines of 1 orders\n", "  rejected  3 lines of 2 orders, see " + path + ".rejected.csv\n"} {
		if !strings.Contains(got.out, want) {
			t.Errorf("%q is not in\n%s", want, got.out)
		}
	}
	rejects, err := os.ReadFile(path + ".rejected.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`5,"quantity: `, "4,line 5 of this order cannot be taken,B,S1,2026-05-01 13:31,P1,2,3.50\n", "6,store S9 is not known,C,S9,",
	} {
		if !strings.Contains(string(rejects), want) {
			t.Errorf("%q is not in\n%s", want, rejects)
		}
	}
	g.want("A 2026-05-01 05:30:00 4500", `SELECT string_agg(concat_ws(' ', order_no, placed_at AT TIME ZONE 'UTC', total), ',') FROM cleardesk.orders`)
	// The list, mended, goes in as it is.
	mended := strings.NewReplacer("many", "2", "S9", "S1").Replace(string(rejects))
	if again := g.run("", "orders", g.file("mended.csv", mended)); again.code != 0 || !strings.Contains(again.out, "3 lines of 2 orders") {
		t.Errorf("%+v", again)
	}
}

func TestImportOfTheSameFileSaysSo(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	path := g.file("o.csv", header+"A,S1,2026-05-01 13:30,P1,12,3.50\nB,S1,2026-05-01 13:30,P2,1.5,2\n")
	g.run("", "orders", path)
	got := g.run("", "orders", path)
	if got.code != 0 || !strings.Contains(got.out, "same      2 lines of 2 orders: nothing is new\n") {
		t.Errorf("%+v", got)
	}
	g.want("2 2", `SELECT concat_ws(' ', (SELECT count(*) FROM cleardesk.order_line), (SELECT count(*) FROM cleardesk.waiting))`)
	g.want("true", `SELECT bool_and(options ->> 'sha256' ~ '^[0-9a-f]{64}$') FROM cleardesk.import`)
}

// Lines of an order stand at both ends of a file of three chunks.
func TestImportOfScatteredLines(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	var b strings.Builder
	b.WriteString(header + "A,S1,2026-05-01 13:30,P1,1,1\nBAD,S1,2026-05-01 13:30,P1,1,1\n")
	const orders = 2*chunkLines/10 + 100
	for i := range orders {
		for range 10 {
			fmt.Fprintf(&b, "N%d,S1,2026-05-01 13:30,P1,%d,1\n", i, i+1)
		}
	}
	b.WriteString("A,S1,2026-05-01 13:30,P2,2,1\nBAD,S1,2026-05-01 13:30,P1,-1,1\nN0" + ",S1,2026-05-01 13:30,P2,7,1\n")
	got := g.run("", "orders", g.file("o.csv", b.String()))
	if got.code != 3 || !strings.Contains(got.out, fmt.Sprintf("%s lines of %s orders\n", grouped(orders*10+3), grouped(orders+1))) ||
		!strings.Contains(got.out, "rejected  2 lines of 1 orders") {
		t.Errorf("%+v", got)
	}
	g.want("A 2, N0 11", `SELECT string_agg(order_no || ' ' || line_count, ', ' ORDER BY order_no) FROM cleardesk.orders WHERE order_no IN ('A', 'N0', 'BAD')`)
	g.want("0 0", `SELECT (SELECT count(*) FROM cleardesk.stage_order_line) || ' ' || (SELECT count(*) FROM cleardesk.stage_row WHERE row ->> 'order_no' = 'BAD')`)
}

func TestImportExitCodes(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	good := g.file("good.csv", header+"A,S1,2026-05-01 13:30,P1,12,3.50\n")
	bad := g.file("bad.csv", header+"B,S9,2026-05-01 13:30,P1,12,3.50\n")
	headless := g.file("headless.csv", "a,b\n1,2\n")
	cases := []struct {
		name string
		want int
		args []string
	}{
		{"all rejected", 1, []string{"orders", bad}},
		{"no such file", 1, []string{"orders", filepath.Join(g.dir, "none.csv")}},
		{"no such column", 1, []string{"orders", headless}},
		{"one of two files", 3, []string{"orders", headless, good}},
		{"all in", 0, []string{"orders", good}},
		{"unknown kind", 2, []string{"people", good}},
		{"no file", 2, []string{"orders"}},
		{"bad map", 2, []string{"orders", good, "--map", "x"}},
	}
	for _, c := range cases {
		if got := g.run("", c.args...); got.code != c.want {
			t.Errorf("%s: %+v, want %d", c.name, got, c.want)
		} else if c.want == 2 != (got.out == "" && strings.Count(got.err, "\n") == 1 && !strings.Contains(got.err, "cleardesk: ")) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestImportDryRunAndHistory(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	path := g.file("o.csv", header+"A,S1,2026-05-01 13:30,P1,12,3.50\n")
	if got := g.run("", "orders", path, "--dry-run"); got.code != 0 || !strings.Contains(got.out, "dry run: nothing was written\n  in        1 lines") {
		t.Errorf("%+v", got)
	}
	g.want("0", `SELECT count(*) FROM cleardesk.orders`)
	g.run("", "orders", path, "--history")
	g.want("settled true", `SELECT state || ' ' || history FROM cleardesk.orders`)
}

func TestImportFromTheRealFilesColumns(t *testing.T) {
	g := newGate(t)
	csv := "line_id,order_id,ts,store,product,qty,unit_price\n1,7,2018-01-02,s0098,p2585,3,31.49\n2,7,2018-01-02,s0098,p1755,2,27.74\n"
	t.Chdir(g.dir) // the rejects of standard input go to the working folder
	got := g.run(csv, "orders", "-", "--map", "order_no=order_id,placed_at=ts,quantity=qty")
	if got.code != 1 {
		t.Errorf("%+v", got)
	}
	if rejects, err := os.ReadFile("stdin.rejected.csv"); err != nil || strings.Count(string(rejects), "store s0098 is not known") != 2 {
		t.Errorf("%s, %v", rejects, err)
	}
	if got := g.run(csv, "orders", "-", "--map", "order_no=order_id,placed_at=ts,quantity=qty", "--create-missing"); got.code != 0 {
		t.Errorf("%+v", got)
	}
	g.want("7 14995 2018-01-02", `SELECT concat_ws(' ', order_no, total, business_day) FROM cleardesk.orders`)
}

func TestImportProductsInTheTradesEncodings(t *testing.T) {
	t.Parallel()
	text := "product,name,unit,step,price,supplier,supplier_name,stock\nE1,鲜鸡蛋（散装）,公斤,0.5,11.80,V1,东风蛋业,0\nE2,𠮷祥米线,袋,12,3,,,\n"
	for name, enc := range map[string]encoding.Encoding{
		"utf-8 with a mark": unicode.UTF8BOM, "utf-16": unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "gb18030": simplifiedchinese.GB18030,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newGate(t)
			raw, err := enc.NewEncoder().String(text)
			if err != nil {
				t.Fatal(err)
			}
			if got := g.run("", "products", g.file("p.csv", raw)); got.code != 0 || !strings.Contains(got.out, "in        2\n") {
				t.Errorf("%+v", got)
			}
			g.want("鲜鸡蛋（散装） xjdsz 公斤 500 1180 V1 0; 𠮷祥米线 xmx 袋 12000 300", `SELECT string_agg(concat_ws(' ', name, initials, unit, step, price,
				supplier, stock), '; ' ORDER BY code) FROM cleardesk.product WHERE code LIKE 'E%'`)
		})
	}
}

func TestImportNamesClashesAndRepeats(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.run("", "products", g.file("p.csv", "product,name,step\nE1,鸡蛋,12\n"))
	g.exec(`UPDATE cleardesk.product SET step = 10000 WHERE code = 'E1'`)
	got := g.run("", "products", g.file("p.csv", "product,name,step\nE1,鸡蛋,6\nE1,鸡蛋,7\n"))
	if got.code != 3 || !strings.Contains(got.out, "clashes   1: corrected here, and the correction stands\n            E1 step: here 10000, in the file 6000\n") ||
		!strings.Contains(got.err, "line 3: E1 stands in this file already") {
		t.Errorf("%+v", got)
	}
	g.want("10000", `SELECT step FROM cleardesk.product WHERE code = 'E1'`)
}

func TestImportStores(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	csv := "store,name,name_en,manager,phone,route,cod_limit,opened_on\nS5,梧桐路店,Wutong Road,陈芳,13800001234,R3,20000,2024-02-29\n"
	if got := g.run("", "stores", g.file("s.csv", csv)); got.code != 0 {
		t.Errorf("%+v", got)
	}
	g.want("梧桐路店 Wutong Road wtld 陈芳 13800001234 R3 2000000 2024-02-29", `SELECT concat_ws(' ', name, name_en, initials, manager, phone, route,
		cod_limit, opened_on) FROM cleardesk.store WHERE code = 'S5'`)
}

// What the platform counted comes a row a day; told again it changes nothing, told anew the
// newest counts, and what cannot be is refused with its line.
func TestImportDayTotals(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	csv := "day,orders,amount,counted_at\n2026-11-22,198,\"764,200.50\",\n2026/11/23,214,812400,2026-11-23 15:05\n2026-11-24,-1,5,\n2026-11-22,1,1,\n"
	path := g.file("t.csv", csv)
	if got := g.run("", "day-totals", path); got.code != 3 {
		t.Errorf("%+v", got)
	}
	totals := `SELECT string_agg(concat_ws(' ', day, orders, amount, to_char(counted_at AT TIME ZONE 'Asia/Shanghai', 'HH24:MI')), ', ' ORDER BY id) FROM cleardesk.day_total`
	g.want("2026-11-22 198 76420050, 2026-11-23 214 81240000 15:05", totals)
	g.run("", "day-totals", path)
	if got := g.run(`{"day": "2026-11-23", "orders": 215, "amount": "812400.00"}`+"\n", "day-totals", "-"); got.code != 0 {
		t.Errorf("%+v", got)
	}
	g.want("2026-11-22 198 76420050, 2026-11-23 214 81240000 15:05, 2026-11-23 215 81240000", totals)
	g.run("", "day-totals", g.file("dry.csv", "day,orders,amount\n2026-11-21,1,1\n"), "--dry-run")
	g.want("3", `SELECT count(*) FROM cleardesk.day_total`)
}
