package intake

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"cleardesk/domain"
)

func seeds(f *testing.F) {
	f.Helper()
	for _, sp := range corpus() {
		if len(sp.text) < maxRow {
			f.Add(sp.text)
		}
	}
	f.Add(whole)
	f.Add(head + "\"A\r\n\r\",\"\"\"\",2026-05-01,p,1,1\r\r\n\"")
}

// FuzzRows: whatever comes in, a good row keeps every bound, no text is invalid,
// lines only grow, and how the bytes arrive changes nothing.
func FuzzRows(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		read := func(in io.Reader, n int) ([]OrderLine, []Reject, error) {
			src, err := Open(t.Context(), Stdin, Options{Stdin: in})
			if err != nil {
				return nil, nil, err
			}
			return readOrders(src, "", n)
		}
		rows, rejects, err := read(struct{ io.Reader }{strings.NewReader(text)}, 1000)
		for i, r := range rows {
			checkOrderLine(t, r)
			if i > 0 && r.Row <= rows[i-1].Row {
				t.Errorf("line %d comes after %d", r.Row, rows[i-1].Row)
			}
		}
		for _, r := range rejects {
			if r.Line < 1 || r.Reason == "" || strings.ContainsAny(r.Reason, "\n\r\x1b") || !utf8.ValidString(r.Reason) {
				t.Errorf("reject %+v", r)
			}
		}
		if strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) || strings.ContainsRune(text, 0) {
			return // a pipe decides its encoding on what comes first
		}
		rows2, rejects2, err2 := read(iotest.OneByteReader(strings.NewReader(text)), 3)
		if diff := cmp.Diff(rows, rows2) + cmp.Diff(rejects, rejects2); diff != "" || (err == nil) != (err2 == nil) {
			t.Errorf("byte by byte it reads otherwise: %v, %v\n%s", err, err2, diff)
		}
	})
}

func checkOrderLine(t *testing.T, r OrderLine) {
	t.Helper()
	for _, s := range []string{string(r.OrderNo), string(r.Store), string(r.Product)} {
		if n := utf8.RuneCountInString(s); n < 1 || n > maxCode || !utf8.ValidString(s) || strings.ContainsFunc(s, invisible) {
			t.Errorf("code %q", s)
		}
	}
	if r.Quantity <= 0 || r.Quantity > domain.MaxQuantity || r.Price < 0 || r.Price > domain.MaxMoney || r.StepSeen < 0 {
		t.Errorf("amounts of %+v", r)
	}
	if y := r.PlacedAt.Year(); y < 1999 || y > 2101 {
		t.Errorf("time %s", r.PlacedAt)
	}
}

// FuzzEncoding: the survey and the decoder end in valid rows or an error, in
// whatever bytes.
func FuzzEncoding(f *testing.F) {
	seeds(f)
	f.Fuzz(func(t *testing.T, text string) {
		e := endless{begin: text, block: "x", size: int64(len(text))}
		src := &Source{name: "fuzz", ctx: t.Context(), expect: -1, again: e, size: e.size}
		if err := src.startFile(); err != nil {
			return
		}
		if utf8.ValidString(text) && !strings.ContainsRune(text, 0) && src.Encoding() != UTF8 {
			t.Errorf("valid UTF-8 was read as %s", src.Encoding())
		}
		rows, _, err := readOrders(src, "", 100)
		if err != nil {
			return
		}
		for _, r := range rows {
			checkOrderLine(t, r)
		}
	})
}

// FuzzGuard: what is guarded comes back, and never begins like a formula.
func FuzzGuard(f *testing.F) {
	for _, s := range []string{"=1", "'=1", "-5", "-a", "\uFF1D", "", "'", "\t"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		g := guard(s)
		if first, ok := firstRune(g); ok && risky(first) && !plainNumber(g) {
			t.Errorf("%q is written as %q", s, g)
		}
		if !strings.HasPrefix(s, "'") && unguard(g) != s {
			t.Errorf("%q comes back as %q", s, unguard(g))
		}
	})
}
