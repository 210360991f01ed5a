package intake

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cleardesk/domain"
)

func ptr[T any](v T) *T { return &v }

func TestStores(t *testing.T) {
	t.Parallel()
	text := "store,name,phone,cod_limit,opened_on,status\n" +
		"s1,\"二店\n(north)\",021-5,5000,2024/5/1,open\n" +
		"s2,,,,,\n" +
		"s3,x,,0,,\n" +
		"s4," + strings.Repeat("店", 201) + ",,,,\n"
	rows, rejects, err := drain(reader(t, open(t, write(t, "s.csv", text), Options{}), Stores()), 10)
	given := []string{"store", "name", "phone", "cod_limit", "opened_on", "status"}
	want := []StoreRow{
		{
			Row: 2, Given: given, Code: "s1", Name: "二店 (north)", Phone: "021-5", CODLimit: ptr(domain.Money(500_000)),
			OpenedOn: ptr(time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)), Status: "open",
		},
		{Row: 4, Given: given, Code: "s2"},
	}
	if diff := cmp.Diff(want, rows); err != nil || diff != "" {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
	if len(rejects) != 2 || rejects[0].Key != "s3" || rejects[1].Line != 6 {
		t.Errorf("rejects %+v", rejects)
	}
}

func TestProducts(t *testing.T) {
	t.Parallel()
	text := "product,weighed,step,case,price,supplier,status,stock,verify_above,tolerance_permille,tolerance_abs\n" +
		"p1,yes,1.6,0,12.5,v1,Paused,0,100,30,0.5\n" +
		"p2,,,,,,,,,,\n" +
		"p3,maybe,,,,,,,,,\np4,,,,,,gone,,,,\np5,,,,,,,-1,,,\np6,,,,,,,,,1001,\n"
	rows, rejects, err := drain(reader(t, open(t, write(t, "p.csv", text), Options{}), Products()), 10)
	if err != nil || len(rows) != 2 || len(rejects) != 4 {
		t.Fatalf("%d rows, %d rejects, %v; want 2 and 4", len(rows), len(rejects), err)
	}
	want := ProductRow{
		Row: 2, Code: "p1", Weighed: true, Step: ptr(domain.Quantity(1600)), Price: ptr(domain.Money(1250)), Supplier: "v1",
		Status: domain.ProductPaused, Stock: ptr(domain.Quantity(0)), VerifyAbove: ptr(100 * domain.Unit), ToleranceRate: 30, ToleranceAbs: 500,
	}
	rows[0].Given = nil
	if diff := cmp.Diff(want, rows[0]); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if rows[1].Stock != nil || rows[1].Price != nil || rows[1].Step != nil {
		t.Errorf("an empty cell says nothing, got %+v", rows[1])
	}
}

func TestJSONTellsWhatEachRowHas(t *testing.T) {
	t.Parallel()
	text := `{"product":"p1","stock":null}` + "\n" + `{"product":"p2","name":"x"}` + "\n"
	rows, _, err := drain(reader(t, open(t, write(t, "p.jsonl", text), Options{}), Products()), 10)
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	if diff := cmp.Diff([][]string{{"product", "stock"}, {"product", "name"}}, [][]string{rows[0].Given, rows[1].Given}); diff != "" {
		t.Error(diff)
	}
}

// The first lines of two real order streams, and of a product list.
func TestRealFiles(t *testing.T) {
	t.Parallel()
	m, err := ParseMap("order_no=order_id,placed_at=ts,quantity=qty")
	if err != nil {
		t.Fatal(err)
	}
	zone := time.FixedZone("platform", 8*3600)
	first := map[string]OrderLine{
		"testdata/gifts.csv.gz": {Row: 2, OrderNo: "1", Store: "s2193", PlacedAt: time.Date(2009, 12, 1, 9, 24, 0, 0, zone), Product: "p3647", Quantity: 60_000, Price: 195},
		"testdata/drinks.csv":   {Row: 2, OrderNo: "1", Store: "s0098", PlacedAt: time.Date(2018, 1, 2, 0, 0, 0, 0, zone), Product: "p2585", Quantity: 3_000, Price: 3149},
	}
	for path, want := range first {
		r, err := NewReader(open(t, path, Options{}), Orders(), Binding{Map: m, Zone: zone})
		if err != nil {
			t.Fatal(err)
		}
		rows, rejects, err := drain(r, 50)
		if err != nil || len(rejects) != 0 || len(rows) != 200 {
			t.Fatalf("%s: %d rows, rejects %v, %v", path, len(rows), rejects, err)
		}
		if diff := cmp.Diff(want, rows[0]); diff != "" {
			t.Errorf("%s (-want +got):\n%s", path, diff)
		}
	}
	m, err = ParseMap("case=pack", "price=list_price")
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewReader(open(t, "testdata/products.csv", Options{}), Products(), Binding{Map: m})
	if err != nil {
		t.Fatal(err)
	}
	rows, rejects, err := drain(r, 50)
	if err != nil || len(rejects) != 0 || len(rows) != 100 || rows[0].Case != nil || *rows[2].Case != 12_000 {
		t.Errorf("%d rows, rejects %v, %v", len(rows), rejects, err)
	}
}

func TestHash(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256([]byte(mixed))
	want := hex.EncodeToString(sum[:])
	file := open(t, write(t, "in.csv.gz", gzipped(t, mixed)), Options{})
	if got, ok := file.Hash(); !ok || got != want {
		t.Errorf("file: %s, %v before the first row; want %s", got, ok, want)
	}
	pipe := open(t, Stdin, Options{Stdin: struct{ io.Reader }{strings.NewReader(mixed)}})
	if _, ok := pipe.Hash(); ok {
		t.Error("the hash of a pipe is known before its end")
	}
	if _, _, err := readOrders(pipe, "", 10); err != nil {
		t.Fatal(err)
	}
	if got, ok := pipe.Hash(); !ok || got != want {
		t.Errorf("pipe: %s, %v; want %s", got, ok, want)
	}
}

// What has come through a pipe is given at once; nothing is waited for.
func TestPipeIsPrompt(t *testing.T) {
	t.Parallel()
	in, out := io.Pipe()
	lines := strings.SplitAfter(whole, "\n")
	sent := make(chan error, 1)
	go func() { _, err := io.WriteString(out, lines[0]+lines[0][:20]); sent <- err }()
	r := reader(t, open(t, Stdin, Options{Stdin: in}), WholeOrders())
	c, err := r.NextChunk(100)
	if err != nil || len(c.Rows) != 1 {
		t.Fatalf("got %d orders, %v", len(c.Rows), err)
	}
	if err := <-sent; err != nil {
		t.Fatal(err)
	}
	go func() { _, err := io.WriteString(out, lines[0][20:]); sent <- err }()
	if c, err = r.NextChunk(100); err != nil || len(c.Rows) != 1 || c.Rows[0].Row != 2 {
		t.Fatalf("got %+v, %v", c, err)
	}
	if err := out.CloseWithError(io.ErrUnexpectedEOF); err != nil {
		t.Fatal(err)
	}
	if _, err = r.NextChunk(100); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("got %v, want the break of the pipe", err)
	}
}

func TestDamagedSources(t *testing.T) {
	t.Parallel()
	gz := gzipped(t, mixed+strings.Repeat(line("A9", "p", "1"), 1000))
	if _, err := Open(t.Context(), write(t, "cut.gz", gz[:len(gz)-9]), Options{}); err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("cut file: %v", err)
	}
	if _, err := Open(t.Context(), write(t, "bad.gz", gz[:len(gz)-8]+"12345678"), Options{}); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("damaged file: %v", err)
	}
	_, _, err := readOrders(open(t, Stdin, Options{Stdin: struct{ io.Reader }{strings.NewReader(gz[:len(gz)-9])}}), "", 10)
	if err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("cut pipe: %v", err)
	}
	if _, err := Open(t.Context(), t.TempDir(), Options{}); err == nil || !strings.Contains(err.Error(), "folder") {
		t.Errorf("folder: %v", err)
	}
	if _, err := Open(t.Context(), "no/such.csv", Options{}); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("no file: %v", err)
	}
	noise := head + strings.Repeat("\xff\xfe\x80,\x81 ", 50)
	if _, err := Open(t.Context(), write(t, "noise.csv", noise), Options{}); err == nil || !strings.Contains(err.Error(), "line 2 is neither") {
		t.Errorf("noise: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, write(t, "in.csv", mixed), Options{}); domain.CodeOf(err) != domain.Canceled {
		t.Errorf("stopped: %v", err)
	}
}

func TestFileThatShrinksIsNoticed(t *testing.T) {
	t.Parallel()
	path := write(t, "in.csv", head+strings.Repeat(line("A1", "p", "1"), 20_000))
	src := open(t, path, Options{})
	if err := os.Truncate(path, 300_000); err != nil {
		t.Fatal(err)
	}
	if _, _, err := readOrders(src, "", 1000); err == nil || !strings.Contains(err.Error(), "changed while it was read") {
		t.Errorf("got %v", err)
	}
}

func TestParseMap(t *testing.T) {
	t.Parallel()
	got, err := ParseMap(" Store = A=B ,", "", "product=x")
	if diff := cmp.Diff(map[string]string{"store": "A=B", "product": "x"}, got); err != nil || diff != "" {
		t.Error(err, diff)
	}
	for _, bad := range []string{"store", "=x", "store=", "store=a,store=b"} {
		if _, err := ParseMap(bad); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

func TestParseTime(t *testing.T) {
	t.Parallel()
	zone := time.FixedZone("platform", 8*3600)
	for text, want := range map[string]string{
		"2026-05-01":                    "2026-05-01T00:00:00+08:00",
		"2026-05-01T13:04":              "2026-05-01T13:04:00+08:00",
		"2026-05-01 13:04":              "2026-05-01T13:04:00+08:00",
		"2026-05-01T13:04:05":           "2026-05-01T13:04:05+08:00",
		"2026-05-01 13:04:05":           "2026-05-01T13:04:05+08:00",
		"2026/05/01 13:04":              "2026-05-01T13:04:00+08:00",
		"2026/5/1 9:04:05":              "2026-05-01T09:04:05+08:00",
		"2026/5/1":                      "2026-05-01T00:00:00+08:00",
		"2026-05-01T13:04:05Z":          "2026-05-01T13:04:05Z",
		"2026-05-01T13:04:05.12345678Z": "2026-05-01T13:04:05.123456Z",
		"2026-05-01T13:04:05-05:00":     "2026-05-01T13:04:05-05:00",
	} {
		at, err := ParseTime(text, zone)
		if err != nil || at.Format(time.RFC3339Nano) != want {
			t.Errorf("%s: got %s, %v; want %s", text, at.Format(time.RFC3339Nano), err, want)
		}
	}
}

func TestBar(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	b := NewBar(&out, "订orders", func() int { return 80 })
	b.Draw(Progress{Read: 1 << 20, Total: 2 << 20, Rows: 1_234_567, Rejected: 3, Elapsed: 90 * time.Second})
	want := "\r?orders  [==========          ]  50%  1,234,570 rows  13,717/s  1:30 left  3 rejected"
	if got := out.String(); len(got) > 80 || !strings.HasPrefix(got, "\r?orders  [====") || !strings.Contains(got, " 50%  1,234,570 rows  13,717/s  1:30 left  3 rejected") {
		t.Errorf("got %q, want something like %q", got, want)
	}
	for width := range 100 {
		b := NewBar(io.Discard, "orders", nil)
		for _, p := range []Progress{{}, {Checking: true, Read: 1, Total: 9}, {Read: 9, Total: 9, Rows: 1e9, Elapsed: time.Hour}} {
			if got := b.line(p, width); len(got) > width {
				t.Fatalf("width %d: %q", width, got)
			}
		}
	}
	out.Reset()
	b.Clear()
	if got := out.String(); strings.Trim(got, "\r ") != "" || got == "" {
		t.Errorf("cleared with %q", got)
	}
	var none *Bar
	none.Draw(Progress{})
	none.Clear()
}

func TestProgressIsTold(t *testing.T) {
	t.Parallel()
	var told []Progress
	src := open(t, write(t, "in.csv", mixed), Options{Progress: func(p Progress) { told = append(told, p) }})
	if _, _, err := readOrders(src, "", 100); err != nil {
		t.Fatal(err)
	}
	last := told[len(told)-1]
	if !told[0].Checking || !last.Done || last.Read != int64(len(mixed)) || last.Total != last.Read {
		t.Errorf("told %+v", told)
	}
	if p := src.Progress(); p.Rows != 3 || p.Rejected != 2 {
		t.Errorf("counted %+v", p)
	}
}

func TestShow(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"qty": "qty", "数量": "数量", "": `""`, "a b": `"a b"`, "\x1b[31m": `"\x1b[31m"`, "a\u202eb": `"a\u202eb"`,
		strings.Repeat("x", 50): strings.Repeat("x", 40) + "~",
	} {
		if got := Show(text); got != want {
			t.Errorf("%q: got %s, want %s", text, got, want)
		}
	}
}
