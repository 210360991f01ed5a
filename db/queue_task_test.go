package db_test

import (
	"fmt"
	"strings"
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// taskWorld is the queue with tasks of customer service between its cases: t1 stands
// before a (rank 1), t2 and t3 between b and c, t4 with procurement.
func taskWorld(t *testing.T) (*deskWorld, func([]domain.QueueRow) string) {
	t.Helper()
	w, names := queueWorld(t)
	for i, x := range []struct {
		what, about, dept, store, detail string
		rank                             float64
	}{
		{"standard", "P1", "customer_service", "", `{"name": "milk"}`, 0.5},
		{"difference", "2026-11-16 S2", "customer_service", "S2", `{"week": "2026-11-16", "diff": -100}`, 2.5},
		{"import_clash", "P1", "customer_service", "", `{"product": "P1"}`, 2.5},
		{"standard", "P2", "procurement", "", `{}`, 0},
	} {
		w.exec(`INSERT INTO cleardesk.task (what, about, lies_with, store, detail, due, rank, opened_by)
			VALUES ($1, $2, $3, nullif($4, ''), $5, now() + interval '1 hour', $6, 'gao')`, x.what, x.about, x.dept, x.store, x.detail, x.rank)
		names[-domain.CaseID(i+1)] = fmt.Sprintf("[t%d]", i+1)
	}
	return w, func(rows []domain.QueueRow) string {
		var b strings.Builder
		for _, r := range rows {
			b.WriteString(names[r.RowID()])
		}
		return b.String()
	}
}

func TestQueueHasTheTasksInTheirPlaces(t *testing.T) {
	t.Parallel()
	w, said := taskWorld(t)
	for name, test := range map[string]struct {
		filter domain.QueueFilter
		want   string // the rows, how many are hidden, the urgent one hidden
	}{
		"nothing":    {domain.QueueFilter{}, "[t1]ab[t3][t2]c 0"},
		"a word":     {domain.QueueFilter{Words: []string{"MILK"}}, "[t1]abc 2"},
		"its week":   {domain.QueueFilter{Words: []string{"11-16"}}, "[t2] 5 [t1]"},
		"a store":    {domain.QueueFilter{Store: "S2"}, "b[t2] 4 [t1]"},
		"free":       {domain.QueueFilter{Holding: domain.Free}, "ac 4 [t1]"},
		"kinds":      {domain.QueueFilter{Kinds: []domain.Kind{domain.ZeroStock}}, "c 5 [t1]"},
		"put off":    {domain.QueueFilter{States: domain.SnoozedOnly}, "d 5 [t1]"},
		"all":        {domain.QueueFilter{States: domain.ClosedToo}, "[t1]ab[t3][t2]cdfe 0"},
		"elsewhere":  {domain.QueueFilter{With: domain.Procurement}, "[t4]g 0"},
		"none there": {domain.QueueFilter{With: domain.Finance}, " 0"},
	} {
		if test.filter.With == "" {
			test.filter.With = domain.CustomerService
		}
		page, err := w.stores["lin"].QueuePage(t.Context(), test.filter, nil, 20)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got := fmt.Sprintf("%s %d", said(page.Rows), page.Hidden())
		if page.Urgent != nil {
			got += " " + said([]domain.QueueRow{*page.Urgent})
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	// A page at a time every row comes once, in the same order.
	for size := 1; size <= 4; size++ {
		var got []domain.QueueRow
		var after *domain.QueueKey
		for range 10 {
			page, err := w.stores["lin"].QueuePage(t.Context(), domain.QueueFilter{With: domain.CustomerService}, after, size)
			if err != nil {
				t.Fatal(err)
			}
			if got = append(got, page.Rows...); len(page.Rows) == 0 {
				break
			}
			key := page.Rows[len(page.Rows)-1].Key()
			after = &key
		}
		if s := said(got); s != "[t1]ab[t3][t2]c" {
			t.Errorf("pages of %d: %s", size, s)
		}
	}
	st, err := w.stores["lin"].Status(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := map[domain.Department]int{domain.CustomerService: 6, domain.Procurement: 2}
	for _, d := range domain.Departments() {
		want[d] += 0
	}
	if diff := cmp.Diff(want, st.Open); diff != "" {
		t.Errorf("the status counts otherwise (-want +got):\n%s", diff)
	}
}
