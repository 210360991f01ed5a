package main

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"
)

// BenchmarkBacktest replays files from gzip to scores: those of the detectors' tests,
// or of the folder named by CLEARDESK_STREAM. Time of the processor is told beside time
// of the clock, since machines are shared.
func BenchmarkBacktest(b *testing.B) {
	dir := os.Getenv("CLEARDESK_STREAM")
	if dir == "" {
		dir = filepath.Join("..", "..", "domain", "detect", "testdata")
	}
	out := b.TempDir()
	busy := processorTime(b)
	var lines int64
	for b.Loop() {
		bt := &backtest{
			orders: filepath.Join(dir, "lines.csv.gz"), products: filepath.Join(dir, "products.csv.gz"),
			mapping:    map[string]string{"order_no": "order_id", "placed_at": "ts", "quantity": "qty", "step": "pack"},
			lineScores: filepath.Join(out, "lines.csv"), orderScores: filepath.Join(out, "orders.csv"),
			format: "json", stdout: io.Discard, stderr: io.Discard,
		}
		src, err := openFiles(b.Context(), bt)
		if err != nil {
			b.Fatal(err)
		}
		columns, err := bt.columns(src, time.Time{})
		if err != nil {
			b.Fatal(err)
		}
		files, err := openScores(bt.lineScores, bt.orderScores)
		if err != nil {
			b.Fatal(err)
		}
		if err := replay(b.Context(), src, columns, files); err != nil {
			b.Fatal(err)
		}
		if err := files.keep(); err != nil {
			b.Fatal(err)
		}
		src.close()
		lines += columns[0].tally.lines
	}
	b.ReportMetric(float64(lines)/b.Elapsed().Seconds(), "lines/s")
	b.ReportMetric(float64(lines)/(processorTime(b)-busy).Seconds(), "lines/cpu-s")
}

// processorTime is how long all processors together worked for this program.
func processorTime(tb testing.TB) time.Duration {
	tb.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		tb.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
