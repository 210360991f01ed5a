package intake

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
)

// A count is in base units, or a weight where it says so; what is neither is refused with
// its line.
func TestCountsAreRead(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "counts.csv")
	rows := "product,quantity,at,by\nP1,\"1,240\",2026-11-23 08:10,Zhou\nP2,40斤,2026-11-23 08:11,\nP3,0,2026-11-23 08:12,\n" +
		"P4,-1,2026-11-23 08:13,\nP5,3 boxes,2026-11-23 08:14,\nP6,1,yesterday,\n"
	if err := os.WriteFile(path, []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	src, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer src.Close()
	r, err := NewReader(src, Counts(), Binding{Zone: time.FixedZone("Asia/Shanghai", 8*3600)})
	if err != nil {
		t.Fatal(err)
	}
	c, err := r.NextChunk(100)
	if err != nil && !errors.Is(err, io.EOF) {
		t.Fatal(err)
	}
	if len(c.Rows) != 3 || len(c.Rejects) != 3 {
		t.Fatalf("%d read, refused %+v", len(c.Rows), c.Rejects)
	}
	for i, want := range []domain.Quantity{domain.Units(1240), domain.Units(20), 0} {
		if got := c.Rows[i]; got.Quantity != want || got.Weight != (i == 1) || !strings.HasPrefix(got.Key, string(got.Product)+"|2026-11-23T00:1") {
			t.Errorf("%d: %+v", i, got)
		}
	}
}
