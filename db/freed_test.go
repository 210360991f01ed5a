package db_test

import (
	"testing"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// A line whose own hold goes while the whole order is held is accepted when the judge
// lets the order go: nothing holds it then, and nobody would come back to it.
func TestLineReleasedUnderAHeldOrderIsNotLost(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P2", 3, ""}, deskLine{"P2", 4, surge}, deskLine{"P2", 5, ""})
	w.flag(c, 0, domain.AmountSurge)
	claim := w.claim("lin", c)
	f := w.form("lin", c)
	part := handled(f, claim, w.decided(f, domain.ChooseGenuine, 0))
	part.Resolutions = part.Resolutions[:1] // the line's own
	if _, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), part); err != nil {
		t.Fatal(err)
	}
	f = w.form("lin", c)
	if _, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), handled(f, claim, w.decided(f, domain.ChooseChange, domain.Units(2)))); err != nil {
		t.Fatal(err)
	}
	w.judged()
	if held := w.text(`SELECT count(*) FROM cleardesk.hold WHERE order_id = $1 AND released_at IS NULL`, c.order); held != "0" {
		t.Fatalf("%s holds are left", held)
	}
	if got := w.text(`SELECT string_agg(line_no || ' ' || reserved, ',' ORDER BY line_no) FROM cleardesk.order_line
		WHERE order_id = $1`, c.order); got != "1 true,2 true,3 true" {
		t.Errorf("reserved: %s", got)
	}
}
