package db_test

import (
	"fmt"
	"strings"
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// queueWorld is five cases of customer service, "a" the most urgent: a to c are open,
// b is wang's, d is put off and e and f are closed, f an hour after e; one lies
// elsewhere.
func queueWorld(t *testing.T) (*deskWorld, map[domain.CaseID]string) {
	t.Helper()
	w := newDeskWorld(t)
	names := map[domain.CaseID]string{}
	for i, name := range strings.Split("abcdefg", "") {
		c := w.put(fmt.Sprintf("S%d", i+1), "", deskLine{"P1", 480, surge})
		names[c.id] = name
		w.exec(`UPDATE cleardesk.cases SET rank = $2, search = $3 WHERE id = $1`, int64(c.id), i+1, "s"+name+" milk 牛奶 "+c.no)
		switch name {
		case "b":
			w.claim("wang", c)
		case "c":
			w.exec(`UPDATE cleardesk.cases SET kind = 'zero_stock', next_what = 'picking' WHERE id = $1`, int64(c.id))
		case "d":
			w.exec(`UPDATE cleardesk.cases SET state = 'snoozed', snooze_until = now() + interval '1 hour' WHERE id = $1`, int64(c.id))
		case "e", "f":
			w.exec(`UPDATE cleardesk.cases SET state = 'closed', closed_at = now() + $2 * interval '1 hour', rank = -1 WHERE id = $1`, int64(c.id), i)
		case "g":
			w.exec(`UPDATE cleardesk.cases SET lies_with = 'procurement', rank = 0 WHERE id = $1`, int64(c.id))
		}
	}
	return w, names
}

func TestQueueFiltersAndCountsWhatItHides(t *testing.T) {
	t.Parallel()
	w, names := queueWorld(t)
	for name, state := range map[string]string{"h": "accepted", "i": "shipped"} {
		c := w.put(map[string]string{"h": "S1", "i": "S2"}[name], "", deskLine{"P1", 480, surge})
		names[c.id] = name
		w.exec(`UPDATE cleardesk.cases SET lies_with = 'logistics', next_what = 'promise', rank = ascii($2) WHERE id = $1`, int64(c.id), name)
		w.exec(`UPDATE cleardesk.orders SET state = $2 WHERE id = $1`, c.order, state)
	}
	for name, test := range map[string]struct {
		filter domain.QueueFilter
		want   string // the rows, how many are hidden of the open ones, the urgent one hidden
	}{
		"nothing":       {domain.QueueFilter{}, "abc 0"},
		"a word":        {domain.QueueFilter{Words: []string{"sb"}}, "b 2 a"},
		"every word":    {domain.QueueFilter{Words: []string{"MILK", "sc"}}, "c 2 a"},
		"no pattern":    {domain.QueueFilter{Words: []string{"%"}}, " 3 a"},
		"Chinese":       {domain.QueueFilter{Words: []string{"牛"}}, "abc 0"},
		"kinds":         {domain.QueueFilter{Kinds: []domain.Kind{domain.ZeroStock, domain.Return}}, "c 2 a"},
		"a store":       {domain.QueueFilter{Store: "S1"}, "a 2"},
		"free":          {domain.QueueFilter{Holding: domain.Free}, "ac 1"},
		"mine":          {domain.QueueFilter{Holding: domain.Mine}, " 3 a"},
		"others'":       {domain.QueueFilter{Holding: domain.Others}, "b 2 a"},
		"ours to stop":  {domain.QueueFilter{Who: domain.WeCan}, "c 2 a"},
		"the store's":   {domain.QueueFilter{Who: domain.StoreCan}, "ab 1"},
		"put off":       {domain.QueueFilter{States: domain.SnoozedOnly}, "d 2 a"},
		"all":           {domain.QueueFilter{States: domain.ClosedToo}, "abcdfe 0"},
		"words in all":  {domain.QueueFilter{States: domain.ClosedToo, Words: []string{"milk"}}, "abcdfe 0"},
		"late, here":    {domain.QueueFilter{With: domain.Logistics, Who: domain.WeCan}, "h 1"},
		"late, on way":  {domain.QueueFilter{With: domain.Logistics, Who: domain.ReceiptOnly}, "i 1 h"},
		"at the others": {domain.QueueFilter{With: domain.Procurement}, "g 0"},
	} {
		if test.filter.With == "" {
			test.filter.With = domain.CustomerService
		}
		page, err := w.stores["lin"].QueuePage(t.Context(), test.filter, nil, 10)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		got := ""
		for _, r := range page.Rows {
			got += names[r.Case]
			if test.filter.Who != "" && r.WhoCan() != test.filter.Who {
				t.Errorf("%s: %s can be changed by %s", name, names[r.Case], r.WhoCan())
			}
		}
		got += fmt.Sprintf(" %d", page.Hidden())
		if page.Urgent != nil {
			got += " " + names[page.Urgent.Case]
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
}

func TestQueuePagesFollowOneAnother(t *testing.T) {
	t.Parallel()
	w, names := queueWorld(t)
	w.exec(`UPDATE cleardesk.cases SET rank = 2 WHERE state = 'open'`) // the same place but for the number
	got := ""
	var after *domain.QueueKey
	for range 4 {
		page, err := w.stores["lin"].QueuePage(t.Context(), domain.QueueFilter{With: domain.CustomerService}, after, 1)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range page.Rows {
			got += names[r.Case]
			key := r.Key()
			after = &key
		}
		got += " "
	}
	if got != "a b c  " {
		t.Errorf("pages %q", got)
	}
}

func TestQueueTellsWhoIsBusy(t *testing.T) {
	t.Parallel()
	w, _ := queueWorld(t)
	w.put("S2", "", deskLine{"P1", 480, surge}) // the store of wang's case
	if _, err := w.stores["wang"].Beat(t.Context(), uuid.New(), domain.Presence{Store: "S2", Case: 2, Doing: "calling"}); err != nil {
		t.Fatal(err)
	}
	page, err := w.stores["lin"].QueuePage(t.Context(), domain.QueueFilter{With: domain.CustomerService, Store: "S2"}, nil, 10)
	if err != nil || len(page.Rows) != 2 {
		t.Fatalf("%d rows, %v", len(page.Rows), err)
	}
	var got []string
	for _, r := range page.Rows {
		line := "free"
		if r.Holder != nil {
			line = r.Holder.NameEn
		}
		line += " " + r.Doing
		for _, b := range r.Busy {
			line += " " + b.NameEn
		}
		got = append(got, line)
	}
	if d := cmp.Diff([]string{"wang calling", "free  wang"}, got); d != "" {
		t.Error(d)
	}
}
