package intake

import (
	"errors"
	"io"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
)

// endless repeats a block behind a beginning, up to a size, and can be read at any
// place like a file.
type endless struct {
	begin, block string
	size         int64
}

func (e endless) ReadAt(p []byte, off int64) (int, error) {
	n := 0
	for n < len(p) {
		at := off + int64(n)
		if at >= e.size {
			return n, io.EOF
		}
		var from string
		if at < int64(len(e.begin)) {
			from = e.begin[at:]
		} else {
			from = e.block[(at-int64(len(e.begin)))%int64(len(e.block)):]
		}
		n += copy(p[n:min(int64(len(p)), int64(n)+e.size-at)], from)
	}
	return n, nil
}

func fromBytes(tb testing.TB, e endless) *Source {
	tb.Helper()
	s := &Source{name: "endless", ctx: tb.Context(), expect: -1, again: e, size: e.size}
	if err := s.startFile(); err != nil {
		tb.Fatal(err)
	}
	return s
}

// What passes through is up to 256 MiB; what is held stays within a few MiB, however
// the quotes stand.
func TestMemoryIsFlat(t *testing.T) {
	const size = 256 << 20
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	note := strings.Repeat("a word, ", 16)
	good := strings.Repeat("A1,s1,2026-05-01,p1,3,1,\""+note+"\"\n", 1000)
	cases := map[string]endless{
		"rows":             {strings.TrimSpace(head) + ",note\n", good, size},
		"an open quote":    {head + `"`, "no quote and no line end in here ", size},
		"quotes and lines": {head, "a,\"b,c\nd,\"\"\"e\n", 4 << 20},
		"one line":         {head, "x", 64 << 20},
		"bare CR":          {head[:len(head)-1] + "\r", "A1,s1,2026-05-01,p1,3,1\r", 8 << 20},
	}
	for name, e := range cases {
		t.Run(name, func(t *testing.T) {
			var pipe io.Reader = io.NewSectionReader(e, 0, e.size)
			src := open(t, Stdin, Options{Stdin: pipe})
			r := reader(t, src, Orders())
			var peak uint64
			rows := 0
			for {
				c, err := r.NextChunk(5000)
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				if rows += len(c.Rows) + len(c.Rejects); rows%(1<<16) < 5000 || rows < 5000 {
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					peak = max(peak, m.HeapInuse)
				}
			}
			if peak > 48<<20 {
				t.Errorf("held %d MiB", peak>>20)
			}
			if rows == 0 {
				t.Error("nothing was read")
			}
		})
	}
}

// The first look through a file holds nothing either.
func TestSurveyIsFlat(t *testing.T) {
	src := fromBytes(t, endless{head, line("A1", "豆浆", "3"), 32 << 20})
	if src.Encoding() != UTF8 || src.plain != 0 && src.plain > src.size {
		t.Errorf("read as %s", src.Encoding())
	}
	var m runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&m)
	if m.HeapInuse > 48<<20 {
		t.Errorf("held %d MiB", m.HeapInuse>>20)
	}
}

func BenchmarkOrders(b *testing.B) {
	block := ""
	for range 100 {
		block += line("A1", "p1", "3") + "1002,s2193,2009-12-01T09:24,p3647,60,1.95\n"
	}
	text := head
	for len(text) < 4<<20 {
		text += block
	}
	path := write(b, "in.csv", text)
	b.SetBytes(int64(len(text)))
	rows := 0
	for b.Loop() {
		got, _, err := readOrders(open(b, path, Options{}), "", 5000)
		if err != nil {
			b.Fatal(err)
		}
		rows += len(got)
	}
	b.ReportMetric(float64(rows)/b.Elapsed().Seconds(), "rows/s")
}

func BenchmarkWholeOrders(b *testing.B) {
	text := ""
	for len(text) < 4<<20 {
		text += `{"order_no":"A1","store":"s1","placed_at":"2026-05-01T08:00:00+08:00","lines":[{"product":"p1","quantity":"480","unit_price":"12.00","step_seen":"12"},{"product":"p2","quantity":"1.5","unit_price":"2.00"}]}` + "\n"
	}
	path := write(b, "in.jsonl", text)
	b.SetBytes(int64(len(text)))
	lines := 0
	for b.Loop() {
		got, _, err := drain(reader(b, open(b, path, Options{}), WholeOrders()), 5000)
		if err != nil {
			b.Fatal(err)
		}
		lines += 2 * len(got)
	}
	b.ReportMetric(float64(lines)/b.Elapsed().Seconds(), "lines/s")
}
