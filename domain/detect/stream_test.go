package detect

import (
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"cleardesk/domain"
)

// stream is a file of real orders: lines.csv.gz and products.csv.gz of one folder.
type stream struct {
	orders   []domain.Order
	lineIDs  [][]string // beside orders and their lines
	products map[domain.ProductCode]domain.Product
	lines    int
}

// readTable calls row with the columns of each row of a gzipped CSV file, by name.
func readTable(tb testing.TB, path string, row func(get func(string) string)) {
	tb.Helper()
	f, err := os.Open(path)
	if err != nil {
		tb.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		tb.Fatal(err)
	}
	r := csv.NewReader(z)
	r.ReuseRecord = true
	head, err := r.Read()
	if err != nil {
		tb.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range head {
		at[name] = i
	}
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			tb.Fatal(err)
		}
		row(func(name string) string {
			i, ok := at[name]
			if !ok {
				return ""
			}
			return rec[i]
		})
	}
}

// readStream reads a folder of the benchmark's format.
func readStream(tb testing.TB, dir string) *stream {
	tb.Helper()
	st := &stream{products: map[domain.ProductCode]domain.Product{}}
	must := func(err error) {
		if err != nil {
			tb.Fatal(err)
		}
	}
	readTable(tb, filepath.Join(dir, "products.csv.gz"), func(get func(string) string) {
		p := domain.Product{Code: domain.ProductCode(get("product")), Name: get("name")}
		if n, err := strconv.ParseInt(get("pack"), 10, 64); err == nil && n > 0 {
			q := domain.Units(n)
			p.Case = &q
		}
		st.products[p.Code] = p
	})
	readTable(tb, filepath.Join(dir, "lines.csv.gz"), func(get func(string) string) {
		no := domain.OrderNo(get("order_id"))
		if n := len(st.orders); n == 0 || st.orders[n-1].No != no {
			at, err := time.Parse(time.DateOnly, get("ts")[:10])
			must(err)
			st.orders = append(st.orders, domain.Order{No: no, Store: domain.StoreCode(get("store")), PlacedAt: at, BusinessDay: at})
			st.lineIDs = append(st.lineIDs, nil)
		}
		i := len(st.orders) - 1
		o := &st.orders[i]
		q, err := domain.ParseQuantity(get("qty"))
		must(err)
		price, err := domain.ParseMoney(get("unit_price"))
		must(err)
		code := domain.ProductCode(get("product"))
		o.Lines = append(o.Lines, domain.Line{
			No: len(o.Lines) + 1, Product: code, Quantity: q, Price: price, Amount: domain.Amount(q, price),
		})
		o.Total += o.Lines[len(o.Lines)-1].Amount
		st.lineIDs[i] = append(st.lineIDs[i], get("line_id"))
		st.lines++
	})
	return st
}

// undecided are the settings for a stream on which nobody decides.
func undecided() Settings {
	s := Defaults()
	s.LearnHeld = true
	return s
}

// writeScores judges the stream and writes what the benchmark's scorer reads.
func (st *stream) writeScores(tb testing.TB, dir string) {
	tb.Helper()
	lines, orders := create(tb, dir, "lines.csv"), create(tb, dir, "orders.csv")
	fmt.Fprintln(lines, "line_id,score,alert")
	fmt.Fprintln(orders, "order_id,score,alert")
	e := New(undecided())
	for i, o := range st.orders {
		v := e.Judge(Input{Order: o, Products: st.products})
		alert := map[int]int{}
		for _, f := range v.Flags {
			alert[f.Line] = 1
		}
		for k, l := range o.Lines {
			fmt.Fprintf(lines, "%s,%.6g,%d\n", st.lineIDs[i][k], v.LineScores[k], alert[l.No])
		}
		fmt.Fprintf(orders, "%s,%.6g,%d\n", o.No, v.OrderScore, alert[0])
	}
	for _, w := range []*bufio.Writer{lines, orders} {
		if err := w.Flush(); err != nil {
			tb.Fatal(err)
		}
	}
}

func create(tb testing.TB, dir, name string) *bufio.Writer {
	tb.Helper()
	f, err := os.Create(filepath.Join(dir, name))
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { f.Close() })
	return bufio.NewWriter(f)
}

// streamDir is the folder of the stream the benchmarks read.
func streamDir() string {
	if dir := os.Getenv("CLEARDESK_STREAM"); dir != "" {
		return dir
	}
	return "testdata"
}

// BenchmarkStream judges a whole stream: the one in testdata, or the folder named by
// CLEARDESK_STREAM. With CLEARDESK_SCORES naming a folder it writes the scores there.
func BenchmarkStream(b *testing.B) {
	st := readStream(b, streamDir())
	if out := os.Getenv("CLEARDESK_SCORES"); out != "" {
		st.writeScores(b, out)
	}
	for b.Loop() {
		e := New(undecided())
		for _, o := range st.orders {
			e.Judge(Input{Order: o, Products: st.products})
		}
	}
	b.ReportMetric(float64(st.lines)*float64(b.N)/b.Elapsed().Seconds(), "lines/s")
}
