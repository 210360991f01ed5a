package intake

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

const head = "order_no,store,placed_at,product,quantity,unit_price\n"

func line(no, product, quantity string) string {
	return no + ",s1,2026-05-01 13:04," + product + "," + quantity + ",12.50\n"
}

// specimen is one small file, what is to come of it as order lines, and why the
// whole of it is refused, if it is.
type specimen struct {
	name, text string
	mapping    string
	rows       []string // order_no product quantity
	rejects    []string // line reason, or the beginning of it
	refused    string   // part of the error
	enc        Encoding
}

func corpus() []specimen {
	a, b := line("A1", "p1", "3"), line("A2", "p2", "18.4")
	two := []string{"A1 p1 3", "A2 p2 18.4"}
	json := `{"order_no":"A1","store":"s1","placed_at":"2026-05-01","product":"p1","quantity":3,"unit_price":"12.5"}` + "\n"
	return append([]specimen{
		{name: "plain", text: head + a + b, rows: two},
		{name: "no newline at the end", text: strings.TrimSpace(head + a + b), rows: two},
		{name: "CR LF", text: strings.ReplaceAll(head+a+b, "\n", "\r\n"), rows: two},
		{name: "bare CR", text: strings.ReplaceAll(head+a+b, "\n", "\r"), rows: two},
		{
			name: "mixed line ends", text: head + strings.Replace(a, "\n", "\r", 1) + strings.Replace(b, "\n", "\r\n", 1) + line("A3", "p3", "x"),
			rows: two, rejects: []string{`4 quantity: "x" is not a number`},
		},
		{name: "blank lines", text: "\n\r\n" + head + "\n" + a + "  \n,,,,,\n" + b + "\n\n", rows: two},
		{name: "tabs", text: strings.ReplaceAll(head+a+b, ",", "\t"), rows: two},
		{name: "an empty first column before a tab", text: "\t" + strings.ReplaceAll(head, ",", "\t") + "1\t" + strings.ReplaceAll(a, ",", "\t"), rows: two[:1]},
		{name: "semicolons", text: strings.ReplaceAll(head+a+b, ",", ";"), rows: two},
		{name: "quoted header with semicolons", text: `"order_no";"store";"placed_at";"product";"quantity";"unit_price"` + "\n" + strings.ReplaceAll(a, ",", ";"), rows: two[:1]},
		{name: "thousands after a semicolon", text: "order_no;store;placed_at;product;quantity;unit_price\nA1;s1;2026-05-01;p1;1,200.5;1,000\n", rows: []string{"A1 p1 1200.5"}},
		{name: "header in capitals", text: strings.ToUpper(head) + a, rows: two[:1]},
		{name: "other order and more columns", text: "x,quantity,product,unit_price,y,placed_at,store,order_no\n,3,p1,1,zz,2026/5/1 9:05,s1,A1\n", rows: two[:1]},
		{name: "mapped", text: "line_id,order_id,ts,Shop,item,qty,unit_price\n1,A1,2026-05-01T13:04,s1,p1,3,1\n", mapping: "order_no=order_id,placed_at=ts,store=SHOP,product=item,quantity=qty", rows: two[:1]},
		{name: "mapped past a column of our own name", text: "order_no,store,placed_at,product,quantity,unit_price,qty\nA1,s1,2026-05-01,p1,9,1,3\n", mapping: "quantity=qty", rows: two[:1]},
		{name: "columns missing", text: "order_id,store,ts,product,qty,unit_price\n", refused: "no column order_no, placed_at, quantity; the columns are order_id, store, ts, product, qty, unit_price; name theirs with --map order_no=THEIRS,placed_at=THEIRS,quantity=THEIRS"},
		{name: "mapped to nothing", text: head, mapping: "step_seen=seen", refused: "--map says step_seen is called seen, but the columns are order_no"},
		{name: "a column twice", text: "store," + head, refused: "the column store twice"},
		{name: "a column twice that is not used", text: "x,x," + head + ",," + a, rows: two[:1]},
		{name: "empty", text: "", refused: "it is empty"},
		{name: "only blank lines", text: "\n \n\r\n", refused: "it is empty"},
		{name: "header only", text: head},
		{name: "quoted", text: head + `"A1","s1","2026-05-01","p1","3","1,000.00"` + "\n" + b, rows: two},
		{name: "quoted with spaces around", text: head + `"A1" , "s1", "2026-05-01" ,"p1","3","1"` + "\n" + b, rows: two},
		{name: "doubled quote in a field", text: head + `A1,s1,2026-05-01,"p""1",3,1` + "\n", rows: []string{`A1 p"1 3`}},
		{name: "quote inside a bare field", text: head + `A1,s1,2026-05-01,5" p,3,1` + "\n" + b, rows: []string{`A1 5" p 3`, two[1]}},
		{name: "line end in quotes", text: "note," + head + "\"a\nb\"," + a + "," + b + "," + line("A3", "p", "-1"), rows: two, rejects: []string{"5 quantity: -1 is below nought"}},
		{name: "open quote", text: head + `"` + a + b, rows: two[1:], rejects: []string{"2 the quote opened on line 2 is not closed"}},
		{name: "open quote in the last field", text: head + strings.Replace(a, "12.50", `"12.50`, 1) + b, rows: two[1:], rejects: []string{"2 the quote opened on line 2 is not closed"}},
		{
			name: "a quote that swallows lines", text: head + strings.Replace(a, "p1", `"p1`, 1) + b + strings.Replace(line("A3", "p3", "1"), "p3", `p3"`, 1) + line("A4", "p4", "1"),
			rows: []string{two[1], `A3 p3" 1`, "A4 p4 1"}, rejects: []string{"2 a quote on line 2 runs into the lines below it, and then: product: "},
		},
		{
			name: "a quote that swallows lines and closes", text: head + strings.Replace(a, "s1", `"s1`, 1) + b + `A3,s1",2026-05-01,p3,1,1` + "\n" + line("A4", "p4", "1"),
			rows: []string{two[1], "A3 p3 1", "A4 p4 1"}, rejects: []string{"2 a quote on line 2 runs into"},
		},
		{name: "text after a quote", text: head + `"A1"x,s1,2026-05-01,p1,3,1` + "\n" + b, rows: two[1:], rejects: []string{"2 text follows a closing quote"}},
		{name: "too few columns", text: head + "A1,s1,2026-05-01,p1,3\n" + b, rows: two[1:], rejects: []string{"2 it has 5 columns, the header has 6"}},
		{name: "too many columns", text: head + "A1,s1,2026-05-01,p1,1,200,1\n" + b, rows: two[1:], rejects: []string{"2 it has 7 columns, the header has 6"}},
		{name: "empty columns too many", text: head + strings.TrimSpace(a) + ",,\n", rows: two[:1]},
		{name: "a long line", text: head + strings.Repeat("x", 3*maxRow) + "\n" + b, rows: two[1:], rejects: []string{"2 the line is longer than 64 KiB"}},
		{name: "a long line at the end", text: head + a + strings.Repeat("x,", 3*maxRow), rows: two[:1], rejects: []string{"3 the line is longer than 64 KiB"}},
		{
			name: "bad values", text: head + line("", "p1", "1") + line("A1", "p1", "0") + line("A1", "p1", "1e3") + line("A1", "p1", "0.0001") +
				line("A1", "p1", "NaN") + line("A1", "p1", "1000000001") + line(strings.Repeat("x", 65), "p", "1") + line("A\x00", "p", "1") + line("A\u202e", "p", "1"),
			rejects: []string{
				"2 order_no: it is empty", "3 quantity: 0 is not above nought", `4 quantity: "1e3" is not a number`, "5 quantity: ", "6 quantity: ",
				"7 quantity: ", "8 order_no: ", `9 order_no: "A\x00" holds characters`, `10 order_no: "A\u202e" holds`,
			},
		},
		{name: "a line past any amount", text: head + "A1,s1,2026-05-01,p1,1000000,9999999999\n", rejects: []string{"2 quantity: 1000000 at 9999999999.00 is more"}},
		{
			name: "bad times", text: strings.Replace(head, "\n", ",n\n", 1) + badTimes(),
			rejects: []string{"2 placed_at", "3 placed_at", "4 placed_at", "5 placed_at", "6 placed_at", "7 placed_at", "8 placed_at"},
		},
		{name: "guarded cells", text: head + "'=A1,'@s1,2026-05-01,'-p1,'+3,1\n", rows: []string{"=A1 -p1 3"}},
		{name: "full-width digits", text: head + line("A1", "p1", "１８．４"), rows: []string{"A1 p1 18.4"}},
		{name: "spaces of all kinds around", text: head + "\u3000A1 ,s1\u00a0,2026-05-01, p1,3 ,1\n", rows: two[:1]},
		{name: "a mended reject file", text: "\ufeffrejected_line,rejected_reason," + head + "7,'=why," + a, rows: two[:1], enc: UTF8},
		{name: "step and place", text: strings.Replace(head, "\n", ",step_seen,line_no\n", 1) + "A1,s1,2026-05-01,p1,3,1,,\nA1,s1,2026-05-01,p1,3,1,0,x\n", rows: two[:1], rejects: []string{"3 line_no: x is not a whole number"}},
		{name: "JSON lines", text: "\n " + json + json, rows: []string{two[0], two[0]}},
		{name: "JSON mapped", text: `{"No":"A1","store":"s1","placed_at":"2026-05-01","product":"p\u0031","quantity":"3","unit_price":1}`, mapping: "order_no=no", rows: two[:1]},
		{
			name: "JSON rows that are wrong", text: json + "{\"a\":\n" + "[1]\n" + strings.Replace(json, `3`, `[3]`, 1) + strings.Replace(json, `"quantity":3,`, ``, 1) + strings.Replace(json, `{`, `{"store":"x",`, 1) + strings.Replace(json, "3", "null", 1) + strings.Replace(json, `"p1"`, `"\ud800"`, 1),
			rows: two[:1], rejects: []string{"2 it is not one complete JSON object", "3 it is not one", "4 quantity: it is not a plain", "5 quantity: it is empty", "6 store: it is given twice", "7 quantity: it is empty", "8 product: "},
		},
		{name: "JSON without our names", text: `{"no":1,"x":2}`, refused: "no column order_no, store, placed_at, product, quantity, unit_price; the columns are no, x; name"},
		{name: "JSON array", text: "[" + json + "]", refused: "one object a line"},
		{name: "JSON over several lines", text: "{\n\"order_no\":1\n}", refused: "one object a line"},
		{name: "a workbook", text: "PK\x03\x04....", refused: "save the sheet as CSV"},
		{name: "UTF-32", text: "\xff\xfe\x00\x00o\x00\x00\x00", refused: "UTF-32"},
		{name: "unknown map", text: head, mapping: "qty=x", refused: "there is no column qty"},
	}, encoded()...)
}

func badTimes() string {
	var b strings.Builder
	for _, at := range []string{"infinity", "1999-12-31", "2101-01-01", "02/03/2026", "2026-02-30", "today", "2026-05-01 25:00"} {
		fmt.Fprintf(&b, "A1,s1,%s,p1,3,1,\n", at)
	}
	return b.String()
}

// encoded are the specimens of encodings. The Han text has no ASCII bytes in its
// second halves that would tell the encodings apart at once.
func encoded() []specimen {
	han := head + line("A1", "鲜肉包", "3") + line("A2", "豆浆", "18.4")
	rows := []string{"A1 鲜肉包 3", "A2 豆浆 18.4"}
	gbk := encodeAs(simplifiedchinese.GBK, han)
	le := unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)
	be := unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)
	header := "单号,门店,时间,商品,数量,单价\n"
	mapping := "order_no=单号,store=门店,placed_at=时间,product=商品,quantity=数量,unit_price=单价"
	many := head + strings.Repeat(line("A1", "鲜肉包", "3"), 20)
	var manyRows []string
	for range 20 {
		manyRows = append(manyRows, rows[0])
	}
	return []specimen{
		{name: "UTF-8", text: han, rows: rows, enc: UTF8},
		{name: "UTF-8 with mark", text: "\ufeff" + han, rows: rows, enc: UTF8},
		{name: "UTF-8 with mark and quote", text: "\ufeff\"order_no\"" + strings.TrimPrefix(han, "order_no"), rows: rows, enc: UTF8},
		{name: "GBK", text: gbk, rows: rows, enc: GB18030},
		{
			name: "GB18030 of four bytes", text: encodeAs(simplifiedchinese.GB18030, strings.ReplaceAll(han, "包", "\U00020000")),
			rows: []string{"A1 鲜肉\U00020000 3", rows[1]}, enc: GB18030,
		},
		{name: "GBK header mapped", text: encodeAs(simplifiedchinese.GBK, header+strings.TrimPrefix(han, head)), mapping: mapping, rows: rows, enc: GB18030},
		{name: "UTF-16 LE with mark", text: "\xff\xfe" + encodeAs(le, han), rows: rows, enc: UTF16LE},
		{name: "UTF-16 BE with mark", text: "\xfe\xff" + encodeAs(be, han), rows: rows, enc: UTF16BE},
		{name: "UTF-16 LE", text: encodeAs(le, han), rows: rows, enc: UTF16LE},
		{name: "UTF-16 BE", text: encodeAs(be, han), rows: rows, enc: UTF16BE},
		{name: "UTF-16 LE of Han", text: encodeAs(le, header+line("A1", "鲜肉包", "3")), mapping: mapping, rows: rows[:1], enc: UTF16LE},
		{
			name: "one broken line in UTF-8", text: many + line("A\xe9", "豆浆", "1") + line("A2", "豆浆", "18.4"),
			rows: append(manyRows[:20:20], rows[1]), rejects: []string{"22 it is not valid UTF-8"}, enc: UTF8,
		},
		{
			name: "one broken line in GBK", text: encodeAs(simplifiedchinese.GBK, many) + "A\xb0,s1,2026-05-01,p,1,1\n",
			rows: manyRows, rejects: []string{"22 it holds a character that could not be decoded"}, enc: GB18030,
		},
		{name: "a replacement character", text: head + line("A1", "p\ufffd", "1"), rejects: []string{"2 it holds a character"}, enc: UTF8},
		{name: "a NUL in UTF-8", text: head + line("A1", "p1", "3") + line("A2", "豆\x00", "1"), rows: []string{"A1 p1 3"}, rejects: []string{"3 product: "}, enc: UTF8},
	}
}

func encodeAs(e encoding.Encoding, s string) string {
	out, err := e.NewEncoder().String(s)
	if err != nil {
		panic(err)
	}
	return out
}

func gzipped(tb testing.TB, text string) string {
	tb.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, text); err != nil {
		tb.Fatal(err)
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return b.String()
}

func write(tb testing.TB, name, text string) string {
	tb.Helper()
	path := filepath.Join(tb.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		tb.Fatal(err)
	}
	return path
}

// readOrders reads src to its end as order lines, n at a time.
func readOrders(src *Source, mapping string, n int) (rows []OrderLine, rejects []Reject, err error) {
	m, err := ParseMap(mapping)
	if err != nil {
		return nil, nil, err
	}
	r, err := NewReader(src, Orders(), Binding{Map: m, Zone: time.UTC})
	if err != nil {
		return nil, nil, err
	}
	return drain(r, n)
}

func drain[T any](r *Reader[T], n int) (rows []T, rejects []Reject, err error) {
	for {
		c, err := r.NextChunk(n)
		if errors.Is(err, io.EOF) {
			return rows, rejects, nil
		}
		if err != nil {
			return rows, rejects, err
		}
		rows, rejects = append(rows, c.Rows...), append(rejects, c.Rejects...)
	}
}

func TestCorpus(t *testing.T) {
	t.Parallel()
	ways := map[string]func(*testing.T, string) (*Source, error){
		"file": func(t *testing.T, text string) (*Source, error) {
			t.Helper()
			return Open(t.Context(), write(t, "in.csv", text), Options{})
		},
		"gzip": func(t *testing.T, text string) (*Source, error) {
			t.Helper()
			return Open(t.Context(), write(t, "in.csv.gz", gzipped(t, text)), Options{})
		},
		"pipe": func(t *testing.T, text string) (*Source, error) {
			t.Helper()
			return Open(t.Context(), Stdin, Options{Stdin: struct{ io.Reader }{strings.NewReader(text)}})
		},
		"slow pipe": func(t *testing.T, text string) (*Source, error) {
			t.Helper()
			return Open(t.Context(), Stdin, Options{Stdin: iotest.OneByteReader(strings.NewReader(text))})
		},
	}
	for _, sp := range corpus() {
		for way, open := range ways {
			t.Run(sp.name+"/"+way, func(t *testing.T) {
				t.Parallel()
				if way == "slow pipe" && len(sp.text) > maxRow {
					open = ways["pipe"]
				}
				src, err := open(t, sp.text)
				if err == nil {
					defer func() { _ = src.Close() }()
				}
				checkSpecimen(t, sp, src, err)
			})
		}
	}
}

func checkSpecimen(t *testing.T, sp specimen, src *Source, err error) {
	t.Helper()
	var rows []OrderLine
	var rejects []Reject
	if err == nil {
		rows, rejects, err = readOrders(src, sp.mapping, 3)
	}
	if sp.refused != "" {
		if err == nil || !strings.Contains(err.Error(), sp.refused) || strings.Contains(err.Error(), "\n") {
			t.Fatalf("got error %v, want one line with %q", err, sp.refused)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	var got, why []string
	for _, r := range rows {
		got = append(got, fmt.Sprintf("%s %s %s", r.OrderNo, r.Product, r.Quantity))
	}
	for _, r := range rejects {
		why = append(why, fmt.Sprintf("%d %s", r.Line, r.Reason))
	}
	if diff := cmp.Diff(sp.rows, got); diff != "" {
		t.Errorf("rows (-want +got):\n%s", diff)
	}
	if len(why) != len(sp.rejects) {
		t.Fatalf("got rejects %q, want %q", why, sp.rejects)
	}
	for i, want := range sp.rejects {
		if !strings.HasPrefix(why[i], want) {
			t.Errorf("reject %q, want %q", why[i], want)
		}
	}
	if sp.enc != "" && src.Encoding() != sp.enc {
		t.Errorf("read as %s, want %s", src.Encoding(), sp.enc)
	}
}
