package db_test

import (
	"fmt"
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// recounted enters a count of P1 in whole units by the manager, made some time ago.
func (w *deskWorld) recounted(units int64, ago time.Duration) domain.CountEntered {
	w.Helper()
	out, err := w.stores["max"].RecordCount(w.Context(), uuid.New(), domain.Count{
		Product: "P1", Counted: domain.Units(units), At: time.Now().Add(-ago), Counter: "库管",
	})
	if err != nil {
		w.Fatal(err)
	}
	return out
}

// states are the counts in their order as somebody reads them: state and difference in
// whole units.
func (w *deskWorld) states(who string) []string {
	w.Helper()
	all, err := w.stores[who].Counts(w.Context())
	if err != nil {
		w.Fatal(err)
	}
	var out []string
	for _, c := range all {
		out = append(out, fmt.Sprintf("%s %s %s", c.Product.Code, c.State, c.Diff))
	}
	return out
}

func (w *deskWorld) wantStates(want ...string) {
	w.Helper()
	if d := cmp.Diff(want, w.states("lin")); d != "" {
		w.Error(d)
	}
}

const openTasks = `SELECT string_agg(about || ' ' || lies_with || ' ' || at_risk, ', ' ORDER BY about) FROM cleardesk.task
	WHERE what = 'count_difference' AND closed_at IS NULL`

// The difference is to the stock of the time of the count, whatever left the house since;
// verified it is procurement's, and its correction ends it.
func TestADifferenceIsVerifiedAndCorrected(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.exec(`UPDATE cleardesk.product SET stock = 1980000, gone = 20000 WHERE code = 'P1';
		INSERT INTO cleardesk.stock_move (product, why, delta, stock, at) VALUES ('P1', 'shipped', -20000, 1980000, now() - interval '1 hour')`)
	// There were 2000 two hours ago: 1990 were counted.
	entered := w.recounted(1990, 2*time.Hour)
	if entered.State != domain.CountDiffers || entered.Diff != domain.Units(-10) {
		t.Fatalf("entered %+v", entered)
	}
	w.wantStates("P1 differs -10")
	w.want(" manager 12000", openTasks)
	manager, buyer := w.stores["max"], w.stores["zhao"]
	wantCode(t, manager.ReviewCount(t.Context(), uuid.New(), entered.ID, domain.CountVerified, domain.Units(-9), ""), domain.Conflict) // another one was seen
	wantCode(t, buyer.ReviewCount(t.Context(), uuid.New(), entered.ID, domain.CountAgain, entered.Diff, "x"), domain.Forbidden)        // it lies with the manager
	wantCode(t, manager.ReviewCount(t.Context(), uuid.New(), entered.ID, domain.CountAgain, entered.Diff, " "), domain.Invalid)
	if err := manager.ReviewCount(t.Context(), uuid.New(), entered.ID, domain.CountVerified, entered.Diff, "再点一遍, 一样"); err != nil {
		t.Fatal(err)
	}
	w.wantStates("P1 verified -10")
	w.want("P1 procurement 12000", openTasks)
	w.exec(`UPDATE cleardesk.product SET stock = 1970000, gone = 30000 WHERE code = 'P1';
		INSERT INTO cleardesk.stock_move (product, why, delta, stock) VALUES ('P1', 'shipped', -10000, 1970000)`) // it goes on moving
	var at time.Time
	w.scan(&at, `SELECT at FROM cleardesk.stock_count`)
	got, err := buyer.Correct(t.Context(), uuid.New(), count("P1", domain.Units(1990), at))
	if err != nil || got.Delta != domain.Units(-10) {
		t.Fatalf("corrected %+v %v", got, err)
	}
	w.want("1960000", `SELECT stock FROM cleardesk.product WHERE code = 'P1'`)
	w.wantStates("P1 corrected -10")
	w.want("", openTasks)
	w.want(string(w.login("zhao"))+" corrected", `SELECT closed_by || ' ' || note FROM cleardesk.task WHERE about = 'P1'`)
	f, err := w.stores["lin"].CountFile(t.Context(), "P1")
	if err != nil || len(f.Counts) != 1 || len(f.Corrections) != 1 || f.Counts[0].Review.Note != "再点一遍, 一样" || f.Counts[0].Corrected == 0 {
		t.Errorf("file %+v %v", f, err)
	}
}

// One that matches is done at once; counted again, the last counts; and what an earlier
// count is corrected to moves the difference of a later one.
func TestACountCountedAgain(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	first := w.recounted(1990, 5*time.Hour)
	if err := w.stores["max"].ReviewCount(t.Context(), uuid.New(), first.ID, domain.CountAgain, first.Diff, "换个人点"); err != nil {
		t.Fatal(err)
	}
	w.wantStates("P1 recount -10")
	w.want("", openTasks)
	again := w.recounted(1995, 3*time.Hour)
	w.wantStates("P1 differs -5", "P1 replaced -10")
	if err := w.stores["max"].ReviewCount(t.Context(), uuid.New(), again.ID, domain.CountVerified, again.Diff, ""); err != nil {
		t.Fatal(err)
	}
	wantCode(t, w.stores["max"].ReviewCount(t.Context(), uuid.New(), first.ID, domain.CountVerified, first.Diff, ""), domain.Conflict)
	if _, err := w.stores["zhao"].Correct(t.Context(), uuid.New(), count("P1", domain.Units(1999), time.Now().Add(-4*time.Hour))); err != nil {
		t.Fatal(err)
	}
	w.wantStates("P1 verified -4", "P1 corrected -10") // of what it was, as it is known now
	w.want("P1 procurement 4800", openTasks)
	if err := w.stores["zhao"].ReviewCount(t.Context(), uuid.New(), again.ID, domain.CountAgain, domain.Units(-4), "看着不对"); err != nil {
		t.Fatal(err) // procurement sends back what it doubts
	}
	w.want("", openTasks)
	if got := w.recounted(1999, time.Hour); got.State != domain.CountMatches {
		t.Errorf("entered %+v", got)
	}
	w.wantStates("P1 matches 0", "P1 replaced -5", "P1 corrected -10")
}

func TestCountsThatCannotBe(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	for name, x := range map[string]struct {
		c    domain.Count
		who  string
		want domain.Code
	}{
		"no such product": {domain.Count{Product: "P9", At: time.Now().Add(-time.Minute)}, "max", domain.NotFound},
		"below nought":    {domain.Count{Product: "P1", Counted: -1, At: time.Now().Add(-time.Minute)}, "max", domain.Invalid},
		"to come":         {domain.Count{Product: "P1", At: time.Now().Add(time.Hour)}, "max", domain.Invalid},
		"long ago":        {domain.Count{Product: "P1", At: time.Now().Add(-8 * 24 * time.Hour)}, "max", domain.Invalid},
		"an agent's":      {domain.Count{Product: "P1", At: time.Now().Add(-time.Minute)}, "lin", domain.Forbidden},
	} {
		_, err := w.stores[x.who].RecordCount(t.Context(), uuid.New(), x.c)
		if domain.CodeOf(err) != x.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	// Nobody told of a stock of P3: whatever is counted is a difference.
	got, err := w.stores["max"].RecordCount(t.Context(), uuid.New(), domain.Count{Product: "P3", Counted: domain.Units(4), At: time.Now().Add(-time.Minute)})
	if err != nil || got.Diff != domain.Units(4) || got.State != domain.CountDiffers {
		t.Errorf("entered %+v %v", got, err)
	}
	w.exec(`ALTER TABLE cleardesk.stock_count DISABLE TRIGGER stock_count_appended; UPDATE cleardesk.stock_count SET at = now() - interval '8 days'`)
	err = w.stores["max"].ReviewCount(t.Context(), uuid.New(), got.ID, domain.CountVerified, got.Diff, "")
	wantCode(t, err, domain.Conflict) // nothing can be corrected to it any more
	wantCode(t, w.stores["max"].ReviewCount(t.Context(), uuid.New(), 99, domain.CountVerified, 0, ""), domain.NotFound)
}

// A file told again changes nothing; another quantity for the same time is refused.
func TestCountsComeInOnce(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	in, err := db.OpenIntake(w.base.DSN(w.base.Login(t, "gate", "intake")))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	at := time.Now().Add(-time.Hour).UTC().Truncate(time.Second)
	row := func(n int64, product string, units int64, at time.Time) db.StagedRow {
		return db.StagedRow{Row: n, Values: map[string]any{"key": product + "|x", "product": product, "quantity": domain.Units(units), "at": at, "counter": "老周"}}
	}
	bring := func(o db.ImportOptions, rows ...db.StagedRow) db.AppliedRows {
		t.Helper()
		id := uuid.New()
		if _, err := in.Start(t.Context(), id, db.ImportCounts, "counts.csv", o); err != nil {
			t.Fatal(err)
		}
		var got db.AppliedRows
		for range 2 { // asked twice it is done once
			if err := in.StageRows(t.Context(), id, 1, rows); err != nil {
				t.Fatal(err)
			}
			if got, err = in.ApplyCounts(t.Context(), id, 1, int64(len(rows))); err != nil {
				t.Fatal(err)
			}
		}
		return got
	}
	heavy := row(6, "P1", 1, at.Add(-time.Minute))
	heavy.Values["weight"] = true
	file := []db.StagedRow{row(2, "P1", 1990, at), row(3, "P2", 900, at), heavy, row(4, "P9", 1, at), row(5, "P4", 1, at.AddDate(0, 0, -9))}
	if got := bring(db.ImportOptions{DryRun: true}, file...); got.New != 2 || got.Rejected != 3 || len(w.states("lin")) != 0 {
		t.Errorf("a dry run took %+v: %v", got, w.states("lin"))
	}
	for i, want := range []db.AppliedRows{{New: 2, Rejected: 3}, {Same: 2, Rejected: 3}} {
		if got := bring(db.ImportOptions{}, file...); !cmp.Equal(got, want) {
			t.Errorf("%d: %+v, want %+v", i, got, want)
		}
	}
	w.wantStates("P1 differs -10", "P2 matches 0")
	w.want(" manager 12000", openTasks)
	if got := bring(db.ImportOptions{}, row(2, "P1", 1991, at)); got.Rejected != 1 || got.New != 0 {
		t.Errorf("another quantity: %+v", got)
	}
	w.want("count_time no_weight other_count unknown_product", `SELECT string_agg(DISTINCT reason, ' ' ORDER BY reason) FROM cleardesk.import_reject`)
}
