package db_test

import (
	"testing"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// cause makes a case of three members at three stores, the most urgent row of all.
func (w *deskWorld) cause() (deskCase, []deskCase) {
	w.Helper()
	var top deskCase
	w.scan(&top.id, `INSERT INTO cleardesk.cases (cause, lies_with, kind, why, at_risk, moments, rank, search, members, members_open)
		VALUES ('step P1 v1', 'customer_service', 'step_mismatch', '{"cause": "step P1 v1"}', 300, '[]', -10, '', 3, 3) RETURNING id`)
	var members []deskCase
	for _, store := range []string{"S1", "S2", "S3"} {
		m := w.put(store, "", deskLine{"P1", 13, domain.StepMismatch}, deskLine{"P2", 3, ""})
		w.exec(`UPDATE cleardesk.cases SET parent = $2, rank = -5, why = '{"cause": "step P1 v1"}' WHERE id = $1`, int64(m.id), int64(top.id))
		members = append(members, m)
	}
	return top, members
}

// Whoever claims a cause has its free members with it, each under a claim of its own.
func TestClaimOfACauseClaimsItsFreeMembers(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	top, members := w.cause()
	w.claim("wang", members[1])
	c := w.claim("lin", top)
	if c.Case != top.id || len(c.Members) != 2 || c.Members[0].Case != members[0].id || c.Members[1].Case != members[2].id {
		t.Fatalf("%+v", c)
	}
	w.want("lin wang lin", `SELECT string_agg(left(holder, strpos(holder, '_') - 1), ' ' ORDER BY id) FROM cleardesk.cases WHERE parent IS NOT NULL`)
	// The claim that was given is one to write under.
	r, _ := domain.RuleFor(domain.StepMismatch, domain.LineCancelled)
	e := effectCase{deskCase: members[0], claim: c.Members[0]}
	w.scan(&e.anomaly, `SELECT id FROM cleardesk.anomaly WHERE case_id = $1`, int64(e.id))
	w.scan(&e.hold, `SELECT id FROM cleardesk.hold WHERE anomaly_id = $1`, int64(e.anomaly))
	e.claim.Version = w.form("lin", members[0]).Version
	if _, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), e.handledAs(r)); err != nil {
		t.Fatal(err)
	}
	w.want("2", `SELECT members_open FROM cleardesk.cases WHERE id = $1`, int64(top.id))
	w.breaches()
}

// The next case is a cause before what stands under it, and never a member.
func TestClaimNextTakesTheCause(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	top, members := w.cause()
	c, err := w.stores["lin"].ClaimNext(t.Context(), uuid.New(), domain.CustomerService)
	if err != nil || c.Case != top.id || len(c.Members) != len(members) {
		t.Fatalf("%+v %v", c, err)
	}
	other := w.put("S9", "", deskLine{"P1", 480, surge})
	if c, err = w.stores["wang"].ClaimNext(t.Context(), uuid.New(), domain.CustomerService); err != nil || c.Case != other.id || c.Members != nil {
		t.Fatalf("%+v %v", c, err)
	}
	if c, err = w.stores["wang"].ClaimNext(t.Context(), uuid.New(), domain.CustomerService); err != nil || c.Case != 0 {
		t.Errorf("a member was given out: %+v %v", c, err)
	}
}

// What a person holds of a cause stands among what is theirs, the members by themselves
// where the whole is not; giving it back gives back what it took.
func TestWhatIsMineOfACause(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	top, members := w.cause()
	mine := func() string {
		t.Helper()
		out := ""
		for _, words := range [][]string{nil, {"s"}} {
			page, err := w.stores["lin"].QueuePage(t.Context(), domain.QueueFilter{With: domain.CustomerService, Holding: domain.Mine, Words: words}, nil, 10)
			if err != nil {
				t.Fatal(err)
			}
			for _, r := range page.Rows {
				switch r.Case {
				case top.id:
					out += "cause "
				case members[1].id:
					out += "second "
				default:
					out += "another "
				}
			}
			out += "/ "
		}
		return out
	}
	w.exec(`UPDATE cleardesk.cases SET search = 's' WHERE state = 'open'`)
	w.claim("lin", members[1])
	if got := mine(); got != "second / second / " {
		t.Errorf("a member is mine: %q", got)
	}
	c := w.claim("lin", top)
	if got := mine(); got != "cause / cause / " {
		t.Errorf("the cause is mine: %q", got)
	}
	if err := w.stores["lin"].GiveBack(t.Context(), uuid.New(), top.id, c.No); err != nil {
		t.Fatal(err)
	}
	if got := mine(); got != "/ / " {
		t.Errorf("given back: %q", got)
	}
	w.want("4 4", `SELECT concat_ws(' ', count(*) FILTER (WHERE what = 'claimed'), count(*) FILTER (WHERE what = 'given_back')) FROM cleardesk.claim`)
}
