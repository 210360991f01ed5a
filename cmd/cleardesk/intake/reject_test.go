package intake

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func open(tb testing.TB, path string, o Options) *Source {
	tb.Helper()
	src, err := Open(tb.Context(), path, o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := src.Close(); err != nil {
			tb.Error(err)
		}
	})
	return src
}

func reader[T any](tb testing.TB, src *Source, kind Kind[T]) *Reader[T] {
	tb.Helper()
	r, err := NewReader(src, kind, Binding{})
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

// takeIn reads all of r and writes its rejects and, in a second reading, those of
// the orders in refused. It gives the good rows and the reject file's text.
func takeIn[T any](t *testing.T, r *Reader[T], path string, refused map[string]string) (rows []T, text string) {
	t.Helper()
	rows, rejects, err := drain(r, 2)
	if err != nil {
		t.Fatal(err)
	}
	w := NewRejects(RejectPath(path), r.Header())
	if err := w.Write(rejects...); err != nil {
		t.Fatal(err)
	}
	if refused != nil {
		if err := r.Revisit(func([]string) (map[string]string, error) { return refused, nil }, w); err != nil {
			t.Fatal(err)
		}
	}
	out, err := w.Close()
	if err != nil || out == "" {
		t.Fatalf("no reject file: %v", err)
	}
	raw, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return rows, string(raw)
}

const mixed = "note,order_no,store,placed_at,product,quantity,unit_price\n" +
	"=1+1,A1,s1,2026-05-01,p1,3,1\n" +
	"-5,A2,s1,2026-05-01,p2,x,1\n" +
	"\"a\"\"b\",A2,s1,2026-05-01,p3,3,1\n" +
	"\"@x,A3,s1,2026-05-01,p4,3,1\n" +
	",A1,s1,2026-05-01,p5,3,1\n"

const mixedRejected = "\ufeffrejected_line,rejected_reason,note,order_no,store,placed_at,product,quantity,unit_price\n" +
	"3,\"quantity: \"\"x\"\" is not a number: it has other characters than digits\",-5,A2,s1,2026-05-01,p2,x,1\n" +
	"5,the quote opened on line 5 is not closed within 64 KiB,'@x,A3,s1,2026-05-01,p4,3,1\n" +
	"2,unknown store s1,'=1+1,A1,s1,2026-05-01,p1,3,1\n" +
	"6,unknown store s1,,A1,s1,2026-05-01,p5,3,1\n"

func TestRejectsOfAFileAndOfAPipe(t *testing.T) {
	t.Parallel()
	refused := map[string]string{"A1": "unknown store s1"}
	sources := map[string]func(path string) *Source{
		"file": func(path string) *Source { return open(t, path, Options{}) },
		"pipe": func(string) *Source {
			return open(t, Stdin, Options{Stdin: strings.NewReader(mixed), Keep: true})
		},
		"gzip pipe": func(string) *Source {
			return open(t, Stdin, Options{Stdin: strings.NewReader(gzipped(t, mixed)), Keep: true})
		},
	}
	for name, from := range sources {
		t.Run(name, func(t *testing.T) {
			path := write(t, "in.csv", mixed)
			rows, text := takeIn(t, reader(t, from(path), Orders()), path, refused)
			if len(rows) != 3 {
				t.Errorf("got %d good rows, want 3", len(rows))
			}
			if diff := cmp.Diff(mixedRejected, text); diff != "" {
				t.Errorf("reject file (-want +got):\n%s", diff)
			}
		})
	}
}

func TestMendedRejectsComeBack(t *testing.T) {
	t.Parallel()
	mended := strings.Replace(mixedRejected, ",x,", ",7,", 1)
	path := write(t, "in.csv.rejected.csv", mended)
	r := reader(t, open(t, path, Options{}), Orders())
	rows, rejects, err := drain(r, 10)
	if err != nil || len(rejects) != 0 || len(rows) != 4 {
		t.Fatalf("got %d rows, rejects %v, error %v; want 4 rows", len(rows), rejects, err)
	}
	if strings.Contains(strings.Join(r.Header(), ","), "rejected") {
		t.Errorf("the next reject file would carry the old columns: %v", r.Header())
	}
}

func TestRejectFileIsPlacedWithCare(t *testing.T) {
	t.Parallel()
	path := RejectPath(write(t, "in.csv", ""))
	foreign := "my own notes"
	if err := os.WriteFile(path, []byte(foreign), 0o600); err != nil {
		t.Fatal(err)
	}
	put := func(cell string) string {
		w := NewRejects(path, []string{"a"})
		if err := w.Write(Reject{Line: 2, Reason: "why", Rows: [][]string{{cell}}}); err != nil {
			t.Fatal(err)
		}
		out, err := w.Close()
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	first, second := put("x"), put("y")
	want := strings.TrimSuffix(path, ".csv") + ".2.csv"
	if first != want || second != want {
		t.Errorf("got %s, then %s, want both times %s", first, second, want)
	}
	for file, text := range map[string]string{path: foreign, want: "\ufeffrejected_line,rejected_reason,a\n2,why,y\n"} {
		if got, err := os.ReadFile(file); err != nil || string(got) != text {
			t.Errorf("%s holds %q, %v", file, got, err)
		}
	}
	names, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(names) != 3 {
		t.Errorf("left behind: %v %v", names, err)
	}
}

func TestNoRejectsNoFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	w := NewRejects(filepath.Join(dir, "x.rejected.csv"), []string{"a"})
	if out, err := w.Close(); out != "" || err != nil {
		t.Errorf("got %q, %v", out, err)
	}
	if err := w.Write(Reject{Rows: [][]string{{"x"}}}); err != nil {
		t.Fatal(err)
	}
	if err := w.Abort(); err != nil {
		t.Fatal(err)
	}
	if names, err := os.ReadDir(dir); err != nil || len(names) != 0 {
		t.Errorf("left behind: %v %v", names, err)
	}
}

func TestRevisitAsksInBatches(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	b.WriteString(head)
	for i := range 2*revisitBatch + 10 {
		b.WriteString(line(fmt.Sprint("A", i/3), "p", "1"))
	}
	r := reader(t, open(t, write(t, "in.csv", b.String()), Options{}), Orders())
	if _, _, err := drain(r, 1000); err != nil {
		t.Fatal(err)
	}
	w := NewRejects(filepath.Join(t.TempDir(), "out.csv"), r.Header())
	asked := 0
	err := r.Revisit(func(keys []string) (map[string]string, error) {
		asked++
		if len(keys) > revisitBatch {
			t.Errorf("asked about %d orders at a time", len(keys))
		}
		return map[string]string{"A1": "no", "A3335": "no"}, nil
	}, w)
	if err != nil || asked != 3 || w.Rows() != 6 {
		t.Errorf("asked %d times, wrote %d rows, %v; want 3 times, 6 rows", asked, w.Rows(), err)
	}
	if err := w.Abort(); err != nil {
		t.Fatal(err)
	}
	boom := errors.New("gone")
	if err := r.Revisit(func([]string) (map[string]string, error) { return nil, boom }, w); !errors.Is(err, boom) {
		t.Errorf("got %v, want the judge's error", err)
	}
}

func TestPipeThatWasNotKept(t *testing.T) {
	t.Parallel()
	r := reader(t, open(t, Stdin, Options{Stdin: strings.NewReader(mixed)}), Orders())
	if _, _, err := drain(r, 9); err != nil {
		t.Fatal(err)
	}
	if err := r.Revisit(nil, nil); err == nil || !strings.Contains(err.Error(), "cannot be read again") {
		t.Errorf("got %v", err)
	}
}

func TestSpoolIsBounded(t *testing.T) {
	t.Parallel()
	sp, err := newSpool(10)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range []string{"12345678", "9abc"} {
		if n, err := io.WriteString(sp, p); n != len(p) || err != nil {
			t.Fatalf("wrote %d, %v", n, err)
		}
	}
	if sp.n != 8 || !sp.full {
		t.Errorf("kept %d bytes, full %v; want 8, true", sp.n, sp.full)
	}
	if err := sp.Close(); err != nil {
		t.Error(err)
	}
}

func TestSpoolThatWasTooSmallIsTold(t *testing.T) {
	t.Parallel()
	src := open(t, Stdin, Options{Stdin: strings.NewReader(mixed), Keep: true})
	src.spool.full = true
	r := reader(t, src, Orders())
	if _, _, err := drain(r, 9); err != nil {
		t.Fatal(err)
	}
	w := NewRejects(filepath.Join(t.TempDir(), "out.csv"), r.Header())
	err := r.Revisit(func([]string) (map[string]string, error) { return nil, nil }, w)
	if err == nil || !strings.Contains(err.Error(), "could be kept") {
		t.Errorf("got %v", err)
	}
}

const whole = `{"order_no":"A1","store":"s1","placed_at":"2026-05-01T08:00:00+08:00","lines":[{"product":"p1","quantity":"480","unit_price":"12.00","step_seen":"12"},{"product":"p2","quantity":1.5,"unit_price":2}]}` + "\n" +
	`{"order_no":"A2","store":"s1","placed_at":"2026-05-01","lines":[{"product":"p1","quantity":"480","unit_price":"12.00"},{"product":"p2","quantity":"many","unit_price":2}]}` + "\n" +
	`{"order_no":"A3","store":"s1","placed_at":"2026-05-01","lines":[]}` + "\n" +
	`{"order_no":"A4","store":"s1","placed_at":"2026-05-01"}` + "\n" +
	`{"order_no":"A5","store":"s1","placed_at":"2026-05-01","lines":[7]}` + "\n"

func TestWholeOrders(t *testing.T) {
	t.Parallel()
	path := write(t, "orders.jsonl", whole)
	src := open(t, path, Options{})
	if !src.Whole() || src.Format() != JSONLines {
		t.Fatalf("whole %v, format %s", src.Whole(), src.Format())
	}
	rows, text := takeIn(t, reader(t, src, WholeOrders()), path, map[string]string{"A1": "unknown store s1"})
	want := []WholeOrder{{
		Row: 1, OrderNo: "A1", Store: "s1", PlacedAt: time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC),
		Lines: []WholeLine{
			{Product: "p1", Quantity: 480_000, Price: 1200, StepSeen: 12_000},
			{Product: "p2", Quantity: 1_500, Price: 200},
		},
	}}
	if diff := cmp.Diff(want, rows); diff != "" {
		t.Errorf("orders (-want +got):\n%s", diff)
	}
	if got := rows[0].OrderLines(); len(got) != 2 || got[1].Product != "p2" || got[1].OrderNo != "A1" {
		t.Errorf("as lines: %+v", got)
	}
	wantText := "\ufeffrejected_line,rejected_reason,order_no,store,placed_at,product,quantity,unit_price,step_seen,line_no,rejected_text\n" +
		"2,\"line 2 of the order: quantity: \"\"many\"\" is not a number: it has other characters than digits\",A2,s1,2026-05-01,p1,480,12.00,,,\n" +
		"2,\"line 2 of the order: quantity: \"\"many\"\" is not a number: it has other characters than digits\",A2,s1,2026-05-01,p2,many,2,,,\n" +
		"3,lines: there are none,,,,,,,,,\"{\"\"order_no\"\":\"\"A3\"\",\"\"store\"\":\"\"s1\"\",\"\"placed_at\"\":\"\"2026-05-01\"\",\"\"lines\"\":[]}\"\n" +
		"4,lines: there is no list of lines,,,,,,,,,\"{\"\"order_no\"\":\"\"A4\"\",\"\"store\"\":\"\"s1\"\",\"\"placed_at\"\":\"\"2026-05-01\"\"}\"\n" +
		"5,lines: entry 1 is no object,,,,,,,,,\"{\"\"order_no\"\":\"\"A5\"\",\"\"store\"\":\"\"s1\"\",\"\"placed_at\"\":\"\"2026-05-01\"\",\"\"lines\"\":[7]}\"\n" +
		"1,unknown store s1,A1,s1,2026-05-01T08:00:00+08:00,p1,480,12.00,12,,\n" +
		"1,unknown store s1,A1,s1,2026-05-01T08:00:00+08:00,p2,1.5,2,,,\n"
	if diff := cmp.Diff(wantText, text); diff != "" {
		t.Errorf("reject file (-want +got):\n%s", diff)
	}
}
