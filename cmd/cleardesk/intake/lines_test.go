package intake

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// readBoth reads a text by a LineReader and by the Reader it is to be equal to.
func readBoth(t interface{ Fatal(...any) }, open func() *Source) (fast, slow []ReplayLine, fastBad, slowBad []string) {
	src := open()
	lr, err := NewLineReader(src, Binding{})
	if err != nil {
		t.Fatal(err)
	}
	for {
		var l ReplayLine
		id, rej, err := lr.Next(&l)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if rej != nil {
			fastBad = append(fastBad, fmt.Sprintf("%d %s", rej.Line, rej.Reason))
			continue
		}
		l.ID = string(id)
		fast = append(fast, l)
	}
	r, err := NewReader(open(), ReplayOrders(), Binding{})
	if err != nil {
		t.Fatal(err)
	}
	for {
		c, err := r.NextChunk(100)
		if errors.Is(err, io.EOF) {
			return fast, slow, fastBad, slowBad
		}
		if err != nil {
			t.Fatal(err)
		}
		slow = append(slow, c.Rows...)
		for _, rej := range c.Rejects {
			slowBad = append(slowBad, fmt.Sprintf("%d %s", rej.Line, rej.Reason))
		}
	}
}

// Whatever a file holds, lines are read as by the reader that takes its time.
func TestLineReaderReadsAsReader(t *testing.T) {
	t.Parallel()
	cells := map[string][]string{
		"order_no":   {"O1", "O1", "O2", "", "=O3", "订单4", "O-5/1", " O6 ", strings.Repeat("x", 65)},
		"store":      {"S1", "S1", "S2", "'=S", "店"},
		"placed_at":  {"2026-05-01 13:00", "2026-05-01", "2026-05-01T13:00", "2026/5/1 9:05", "1999-01-01", "soon", ""},
		"product":    {"P1", "P2", "P1", `"P,3"`, "", "P\u200b4"},
		"quantity":   {"12", "1.5", "0", "-3", "1.2345", "1,200", `"1,200"`, "１２", ".5", "5.", "00012", "30000", "30001", "1e3", "999999999999", ""},
		"unit_price": {"2", "2.50", "0", "2.505", "300000.01", "-1", "x", "12.5.0", "9999999999", ""},
		"step_seen":  {"", "", "12", "0", "a"},
		"line_no":    {"", "", "1", "0", "1000001"},
		"line_id":    {"1", "2", "", "L-7", "-7", `"a""b"`, "=1+1"},
	}
	var names []string
	for _, c := range ReplayOrders().columns {
		names = append(names, c.Name)
	}
	rapid.Check(t, func(rt *rapid.T) {
		var text strings.Builder
		end := rapid.SampledFrom([]string{"\n", "\r\n"}).Draw(rt, "end")
		text.WriteString(strings.Join(names, ",") + end)
		for range rapid.IntRange(0, 20).Draw(rt, "rows") {
			var row []string
			for _, n := range names {
				of := cells[n]
				if rapid.IntRange(0, 9).Draw(rt, "plain") > 0 { // or hardly a row would be good but for one cell
					of = of[:2]
				}
				row = append(row, rapid.SampledFrom(of).Draw(rt, n))
			}
			if rapid.IntRange(0, 15).Draw(rt, "short") == 0 {
				row = row[:3]
			}
			text.WriteString(strings.Join(row, ",") + end)
		}
		open := func() *Source {
			src, err := Open(t.Context(), Stdin, Options{Stdin: strings.NewReader(text.String())})
			if err != nil {
				rt.Fatal(err)
			}
			return src
		}
		fast, slow, fastBad, slowBad := readBoth(rt, open)
		if d := cmp.Diff(slow, fast); d != "" {
			rt.Errorf("%s\n%s", d, text.String())
		}
		if d := cmp.Diff(slowBad, fastBad); d != "" {
			rt.Errorf("%s\n%s", d, text.String())
		}
	})
}

// JSON Lines are read by the careful path alone.
func TestLineReaderReadsJSONLines(t *testing.T) {
	t.Parallel()
	text := strings.Repeat(`{"order_no":"O1","store":"S1","placed_at":"2026-05-01","product":"P1","quantity":"2","unit_price":"3","line_id":"7"}`+"\n", 3)
	fast, slow, _, _ := readBoth(t, func() *Source {
		src, err := Open(t.Context(), Stdin, Options{Stdin: strings.NewReader(text)})
		if err != nil {
			t.Fatal(err)
		}
		return src
	})
	if d := cmp.Diff(slow, fast); d != "" || len(fast) != 3 || fast[2].ID != "7" {
		t.Errorf("%s %+v", d, fast)
	}
}

// A plain line costs no memory of its own: only orders and new codes do.
func TestLineReaderAllocatesNothingALine(t *testing.T) {
	var text strings.Builder
	text.WriteString("line_id,order_no,placed_at,store,product,quantity,unit_price\n")
	const lines, orders = 40_000, 100
	for i := range lines {
		fmt.Fprintf(&text, "%d,O%d,2026-05-01T13:00,S1,P%d,%d,12.50\n", i, i*orders/lines, i%50, i%90+1)
	}
	src, err := Open(t.Context(), Stdin, Options{Stdin: strings.NewReader(text.String())})
	if err != nil {
		t.Fatal(err)
	}
	lr, err := NewLineReader(src, Binding{})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	got := testing.AllocsPerRun(1, func() { // it runs once more to warm up: half the lines are read each time
		var l ReplayLine
		for range lines / 2 {
			if _, rej, err := lr.Next(&l); err != nil || rej != nil {
				t.Fatal(err, rej)
			}
			n++
		}
	})
	if n != lines || got > 2*orders {
		t.Errorf("%d lines, %v allocations for half of them", n, got)
	}
}

// A map that is shared by several files is used where it fits.
func TestSharedMapIsUsedWhereItFits(t *testing.T) {
	t.Parallel()
	shared := Binding{Map: map[string]string{"quantity": "qty", "placed_at": "ts", "order_no": "order_id", "product": "sku", "step": "pack"}}
	src, err := Open(t.Context(), Stdin, Options{Stdin: strings.NewReader("TS;store;product;qty\n2026-05-01 13:00;S1;P1;5\n")})
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewShared(src, Cuts(), shared)
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.NextChunk(10)
	if err != nil || len(c.Rows) != 1 || c.Rows[0].Product != "P1" || c.Rows[0].Quantity != 5000 || c.Rows[0].Row != 2 {
		t.Errorf("%+v %v", c, err)
	}
	src, err = Open(t.Context(), Stdin, Options{Stdin: strings.NewReader("ts,store,product\n")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := NewShared(src, Cuts(), shared); err == nil || !strings.Contains(err.Error(), "no column quantity") {
		t.Error(err)
	}
}
