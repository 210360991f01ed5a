package db

import (
	"fmt"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// benchLines makes n lines of orders of 34 lines each, as the trade's are.
func benchLines(n int) []StagedLine {
	lines := make([]StagedLine, n)
	for i := range lines {
		order := i / 34
		lines[i] = StagedLine{
			Row: int64(i + 1), Run: int64(order*34 + 1), Order: domain.OrderNo(fmt.Sprintf("%08d", order)),
			Store: domain.StoreCode(fmt.Sprintf("s%04d", order%260)), PlacedAt: placed.Add(time.Duration(order) * time.Minute),
			Product: domain.ProductCode(fmt.Sprintf("p%04d", (i*7919)%3460)), Quantity: domain.Units(int64(i%97 + 1)), Price: domain.Money(i%5000 + 1),
		}
	}
	return lines
}

// BenchmarkImport takes 200,000 lines in, and copies the same rows into a bare table
// in the same run: machines differ, the ratio less.
func BenchmarkImport(b *testing.B) {
	const lines, chunk = 34 * 6000, 34 * 600
	all := benchLines(lines)
	var taking, copying time.Duration
	for b.Loop() {
		b.StopTimer()
		g := newGate(b)
		g.exec(`SET ROLE cleardesk_owner; CREATE TABLE cleardesk.bare (import_id uuid, chunk int, row_no bigint, run bigint, order_no text,
			store text, placed_at timestamptz, product text, quantity bigint, unit_price bigint, step_seen bigint, line_no int);
			GRANT INSERT ON cleardesk.bare TO cleardesk_intake; RESET ROLE`)
		b.StartTimer()
		began := time.Now()
		for at := 0; at < lines; at += chunk {
			c := &copier{head: uuid.Nil.String() + "\t" + itoa(at) + "\t"}
			err := g.in.stage(b.Context(), func(tx *copyTx) error {
				for i := range all[at : at+chunk] {
					if err := tx.row(c, all[at+i].append); err != nil {
						return err
					}
				}
				return nil
			}, "COPY cleardesk.bare FROM STDIN")
			if err != nil {
				b.Fatal(err)
			}
		}
		copying += time.Since(began)
		began = time.Now()
		id := g.start(ImportOrders, ImportOptions{CreateMissing: true})
		for at := 0; at < lines; at += chunk {
			g.stage(id, at/chunk, all[at:at+chunk]...)
		}
		whole, err := g.in.Gather(b.Context(), id, lines, 0)
		if err != nil {
			b.Fatal(err)
		}
		for _, c := range whole.Chunks {
			if a := g.apply(id, c.Chunk, c.Lines); a.Lines != c.Lines {
				b.Fatalf("%+v", a)
			}
		}
		taking += time.Since(began)
	}
	b.ReportMetric(float64(lines)*float64(b.N)/taking.Seconds(), "lines/s")
	b.ReportMetric(float64(lines)*float64(b.N)/copying.Seconds(), "copied-lines/s")
	b.ReportMetric(copying.Seconds()/taking.Seconds(), "of-COPY")
}
