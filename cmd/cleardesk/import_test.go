package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cleardesk/db/dbtest"

	"github.com/google/go-cmp/cmp"
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

// pipe is an import of whole orders that runs while the test writes to it.
type pipe struct {
	t    *testing.T
	in   *io.PipeWriter
	out  chan string // verdict lines
	done chan int
}

func (g *gate) pipe() *pipe {
	inR, inW := io.Pipe()
	outR, outW := io.Pipe()
	p := &pipe{t: g.t, in: inW, out: make(chan string, 100), done: make(chan int, 1)}
	go func() {
		defer close(p.out)
		for lines := bufio.NewScanner(outR); lines.Scan(); {
			p.out <- lines.Text()
		}
	}()
	go func() {
		p.done <- start(g.t.Context(), newImportCmd(g), inR, outW, io.Discard, "orders", "-")
		_ = outW.Close()
	}()
	return p
}

// ask writes lines and gives the verdicts, while the pipe stays open.
func (p *pipe) ask(lines ...string) []verdict {
	p.t.Helper()
	if _, err := io.WriteString(p.in, strings.Join(lines, "\n")+"\n"); err != nil {
		p.t.Fatal(err)
	}
	var got []verdict
	for range lines {
		got = append(got, p.next())
	}
	return got
}

// next gives the next verdict.
func (p *pipe) next() verdict {
	p.t.Helper()
	var v verdict
	select {
	case line, ok := <-p.out:
		if !ok {
			p.t.Fatal("the pipe has ended")
		}
		if err := json.Unmarshal([]byte(line), &v); err != nil {
			p.t.Fatal(err)
		}
	case <-time.After(20 * time.Second):
		p.t.Fatal("no answer while the pipe is open")
	}
	return v
}

func (p *pipe) end(want int) {
	p.t.Helper()
	_ = p.in.Close()
	if code := <-p.done; code != want {
		p.t.Errorf("exit %d, want %d", code, want)
	}
}

func whole(no, store, product string, quantity int) string {
	return fmt.Sprintf(`{"order_no":"%s","store":"%s","placed_at":"2026-05-01T13:30:00+08:00","lines":[{"product":"%s","quantity":"%d","unit_price":"12.00"},`+
		`{"product":"P2","quantity":1,"unit_price":1}]}`, no, store, product, quantity)
}

func TestPipeOfWholeOrdersIsAnsweredAsItComes(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	p := g.pipe()
	got := p.ask(whole("A", "S1", "P1", 480))
	if want := []verdict{{OrderNo: "A", Verdict: "taken"}}; !cmp.Equal(got, want, cmp.AllowUnexported(verdict{})) {
		t.Errorf("%+v", got)
	}
	g.want("A", `SELECT order_no FROM cleardesk.orders`)
	got = p.ask(whole("A", "S1", "P1", 480), whole("B", "S1", "P9", 1), whole("A", "S1", "P1", 481), `{"order_no":"C","lines":[`, `{"store":"S1","lines":[]}`)
	want := []verdict{
		{OrderNo: "A", Verdict: "same"}, {OrderNo: "B", Verdict: "rejected", Reason: "product P9 is not known"},
		{OrderNo: "A", Verdict: "rejected", Reason: "this number is in already with other content"},
	}
	if !cmp.Equal(got[:3], want, cmp.AllowUnexported(verdict{})) || got[3].Verdict != "rejected" || got[4].Verdict != "rejected" || got[4].Line != 6 {
		t.Errorf("%+v", got)
	}
	// Mended, the same number comes again in the same pipe.
	if got := p.ask(whole("B", "S1", "P1", 1)); got[0].Verdict != "taken" {
		t.Errorf("%+v", got)
	}
	p.end(3)
	g.want("A 2, B 2", `SELECT string_agg(order_no || ' ' || line_count, ', ' ORDER BY order_no) FROM cleardesk.orders`)
}

func TestPipeWaitsForTheServer(t *testing.T) {
	t.Parallel()
	d := dbtest.NewServer(t)
	g := &gate{t: t, dsn: d.DSN("gate"), dir: t.TempDir()}
	g.admin = d.Admin(t)
	g.exec(`CREATE ROLE gate LOGIN IN ROLE cleardesk_intake`)
	g.exec(`INSERT INTO cleardesk.store (code, name) VALUES ('S1', '一店')`)
	g.exec(`INSERT INTO cleardesk.product (code, name) VALUES ('P1', '大米'), ('P2', '面粉')`)
	p := g.pipe()
	p.ask(whole("A", "S1", "P1", 1))
	d.Stop(t)
	if _, err := io.WriteString(p.in, whole("B", "S1", "P1", 1)+"\n"); err != nil {
		t.Fatal(err)
	}
	d.Start(t)
	if got := p.ask(whole("C", "S1", "P1", 1)); got[0].OrderNo != "B" || got[0].Verdict != "taken" {
		t.Errorf("%+v", got)
	}
	if got := p.next(); got.OrderNo != "C" || got.Verdict != "taken" {
		t.Errorf("%+v", got)
	}
	p.end(0)
	g.want("A 1, B 1, C 1", `SELECT string_agg(order_no || ' ' || n, ', ' ORDER BY order_no) FROM
		(SELECT order_no, count(*) / 2 AS n FROM cleardesk.orders JOIN cleardesk.order_line ON order_id = id GROUP BY 1) x`)
}

func TestExportDecisions(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	g.exec(`SELECT cleardesk.decide('[{"what": "order_accepted", "order_no": "A"}, {"what": "line_held", "order_no": "B", "line_no": 2}]')`)
	outR, outW := io.Pipe()
	ctx, stop := context.WithCancel(t.Context())
	done := make(chan int, 1)
	go func() {
		done <- start(ctx, newExportCmd(g), nil, outW, io.Discard, "decisions", "--after", "1", "--follow")
	}()
	lines := bufio.NewScanner(outR)
	next := func() map[string]any {
		t.Helper()
		var v map[string]any
		if !lines.Scan() || json.Unmarshal(lines.Bytes(), &v) != nil {
			t.Fatalf("%q %v", lines.Text(), lines.Err())
		}
		return v
	}
	if v := next(); v["n"] != 2.0 || v["what"] != "line_held" || v["order_no"] != "B" || v["line"] != 2.0 {
		t.Errorf("%v", v)
	}
	g.exec(`SELECT cleardesk.decide('[{"what": "order_accepted", "order_no": "C"}]')`)
	v := next()
	if _, err := time.Parse(time.RFC3339, fmt.Sprint(v["at"])); v["n"] != 3.0 || v["line"] != nil || err != nil {
		t.Errorf("%v, %v", v, err)
	}
	stop()
	if code := <-done; code != 0 {
		t.Errorf("exit %d", code)
	}
}
