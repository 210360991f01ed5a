package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"cleardesk/db/dbtest"

	"github.com/google/go-cmp/cmp"
)

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
		{OrderNo: "A", Verdict: "same"},
		{OrderNo: "B", Verdict: "rejected", Reason: "product P9 is not known"},
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
