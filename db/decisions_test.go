package db

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"cleardesk/domain"
)

// The follower sees every number once and in turn while eight write, whose
// transactions end in any order.
func TestFollowerMissesNoDecision(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	s, err := Open(g.db.DSN(g.login), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	const writers, each = 8, 40
	ctx, stop := context.WithTimeout(t.Context(), 25*time.Second) // shorter than the next look that needs no hint
	defer stop()
	var seen []domain.DecisionID
	done := errors.New("all there")
	followed := make(chan error, 1)
	go func() {
		followed <- s.EachDecision(ctx, 0, true, func(page []Decision) error {
			for _, d := range page {
				seen = append(seen, d.N)
			}
			if len(seen) >= 2*writers*each {
				return done
			}
			return nil
		})
	}()
	pool := g.db.Admin(t)
	var work sync.WaitGroup
	for w := range writers {
		work.Go(func() {
			for i := range each {
				// Two decisions a transaction, of which every third is given up.
				tx, err := pool.BeginTx(t.Context(), nil)
				if err == nil {
					_, err = tx.ExecContext(t.Context(), `SELECT cleardesk.decide($1)`, fmt.Sprintf(
						`[{"what": "order_held", "order_no": "%d-%d"}, {"what": "line_held", "order_no": "%d-%d", "line_no": 2}]`, w, i, w, i))
				}
				if err == nil && i%3 == 2 {
					err = tx.Rollback()
				} else if err == nil {
					err = tx.Commit()
				}
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	work.Wait()
	missing := 0
	for i := range each {
		if i%3 == 2 {
			missing += 2 * writers
		}
	}
	for i := range missing / 2 { // those that were given up, once more
		g.exec(`SELECT cleardesk.decide($1)`, fmt.Sprintf(`[{"what": "order_held", "order_no": "r%d"}, {"what": "order_accepted", "order_no": "r%d"}]`, i, i))
	}
	if err := <-followed; !errors.Is(err, done) {
		t.Fatalf("%d seen, %v", len(seen), err)
	}
	for i, n := range seen {
		if n != domain.DecisionID(i+1) {
			t.Fatalf("decision %d came at place %d", n, i+1)
		}
	}
}

func TestDecisionsAfterANumber(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	for i := range 5 {
		g.exec(`SELECT cleardesk.decide($1)`, fmt.Sprintf(`[{"what": "line_accepted", "order_no": "A%d", "line_no": %d, "detail": {"q": 1}}]`, i, i+1))
	}
	s, err := Open(g.db.DSN(g.login), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var got []Decision
	if err := s.EachDecision(t.Context(), 3, false, func(page []Decision) error { got = append(got, page...); return nil }); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].N != 4 {
		t.Fatalf("%+v", got)
	}
	got[0].At = time.Date(2026, 5, 1, 5, 0, 0, 0, time.UTC)
	raw, err := json.Marshal(got[0])
	want := `{"n":4,"at":"2026-05-01T05:00:00Z","what":"line_accepted","order_no":"A3","line":4,"detail":{"q":1}}`
	if err != nil || string(raw) != want {
		t.Errorf("%s, %v; want %s", raw, err, want)
	}
}
