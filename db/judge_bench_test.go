package db

import (
	"fmt"
	"testing"
	"time"
)

// BenchmarkJudge gives judged lines a second and their ratio to COPY of the same
// lines into a bare table, where no product has a stock and where all have.
func BenchmarkJudge(b *testing.B) {
	const stores, products, orders, lines = 60, 400, 12_000, 12
	for name, stock := range map[string]string{"plain": "NULL", "stock": "1000000000"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				w := newJudgeWorld(b)
				w.catalogue(stores, products, 1)
				w.exec(`UPDATE cleardesk.product SET step = NULL, stock = ` + stock)
				all := stream(3, stores, products, orders, lines)
				for part := 0; part < len(all); part += 2000 {
					w.put(all[part : part+2000]...)
				}
				w.exec(`ANALYZE cleardesk.orders, cleardesk.order_line, cleardesk.product, cleardesk.store`)
				bare := w.copyBare(b, all)
				b.StartTimer()
				begun := time.Now()
				got := w.run()
				rate := float64(got.Lines) / time.Since(begun).Seconds()
				b.ReportMetric(rate, "lines/s")
				b.ReportMetric(rate/bare, "of_COPY")
				b.ReportMetric(float64(got.Anomalies)/float64(got.Lines)*100, "%flags")
			}
		})
	}
}

// copyBare gives the lines a second of COPY into tables without keys or checks.
func (w *judgeWorld) copyBare(b *testing.B, all []testOrder) float64 {
	b.Helper()
	w.exec(`CREATE TABLE bare (order_no text, store text, placed_at timestamptz, product text, quantity bigint, price bigint)`)
	tx, err := w.admin.Begin()
	if err != nil {
		b.Fatal(err)
	}
	start := time.Now()
	copying, err := tx.Prepare("COPY bare (order_no, store, placed_at, product, quantity, price) FROM STDIN")
	if err != nil {
		b.Fatal(err)
	}
	defer copying.Close()
	n := 0
	for i, o := range all {
		for _, l := range o.lines {
			n++
			if _, err := copying.Exec(fmt.Sprintf("O%06d", i+1), o.store, o.at, l.product, l.quantity*1000, l.price); err != nil {
				b.Fatal(err)
			}
		}
	}
	if _, err := copying.Exec(); err != nil {
		b.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		b.Fatal(err)
	}
	return float64(n) / time.Since(start).Seconds()
}
