package db_test

import (
	"errors"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

func TestOneOfTwoWinsAClaimAndTheOtherIsToldWho(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	const rounds = 500
	names := []string{"lin", "wang"}
	wins := map[string]int{}
	for range rounds {
		c := w.put("S1", "", deskLine{"P1", 480, surge})
		type answer struct {
			who string
			err error
		}
		answers := make(chan answer, len(names))
		start := make(chan struct{})
		for _, who := range names {
			go func() {
				<-start
				_, err := w.stores[who].Claim(t.Context(), uuid.New(), c.id)
				answers <- answer{who, err}
			}()
		}
		close(start)
		first, second := <-answers, <-answers
		if first.err != nil {
			first, second = second, first
		}
		wins[first.who]++
		e, ok := errors.AsType[*domain.Error](second.err)
		if first.err != nil || !ok || e.Code != domain.Taken {
			t.Fatalf("%v and %v", first, second)
		}
		if e.Detail["holder"] != string(w.login(first.who)) || e.Detail["name"] != "人"+first.who || e.Detail["since"] == "" {
			t.Fatalf("the loser is told %v", e.Detail)
		}
	}
	w.want("500 500", `SELECT count(*) || ' ' || count(DISTINCT case_id) FROM cleardesk.claim WHERE what = 'claimed'`)
	if wins["lin"] == 0 || wins["wang"] == 0 {
		t.Logf("one side won all: %v", wins)
	}
}

func TestClaimIsForTheDepartmentAndForManagers(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	_, err := w.stores["zhao"].Claim(t.Context(), uuid.New(), c.id)
	wantCode(t, err, domain.Forbidden)
	_, err = w.stores["lin"].Claim(t.Context(), uuid.New(), 999_999)
	wantCode(t, err, domain.NotFound)
	first := w.claim("max", c)
	again := w.claim("max", c)
	if again.No != first.No || again.Until.Before(first.Until) {
		t.Errorf("claimed again: %+v, then %+v", first, again)
	}
	if left := first.Until.Sub(first.Since).Round(time.Minute); left != (domain.Settings{}).Minutes("claim.lease") {
		t.Errorf("the lease is %v", left)
	}
	if err := w.stores["max"].GiveBack(t.Context(), uuid.New(), c.id, first.No); err != nil {
		t.Fatal(err)
	}
	wantCode(t, w.stores["max"].GiveBack(t.Context(), uuid.New(), c.id, first.No), domain.Conflict)
	if next := w.claim("lin", c); next.No != first.No+1 {
		t.Errorf("the number did not grow: %d after %d", next.No, first.No)
	}
}

func TestLapsedClaimIsFreeAndItsLateActRefused(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	old := w.claim("lin", c)
	f := w.form("lin", c)
	w.exec(`UPDATE cleardesk.cases SET lease_until = now() - interval '1 second'`)
	if until, err := w.stores["lin"].ExtendClaim(t.Context(), c.id, old.No); err != nil || until.Before(time.Now()) {
		t.Errorf("nobody took it, and it cannot be extended: %v %v", until, err)
	}
	w.exec(`UPDATE cleardesk.cases SET lease_until = now() - interval '1 second'`)
	w.claim("wang", c)
	w.want("claimed,lapsed,claimed", `SELECT string_agg(what, ',' ORDER BY at) FROM cleardesk.claim`)
	_, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), handled(f, old, w.decided(f, domain.ChooseGenuine, 0)))
	wantCode(t, err, domain.Conflict)
	if e, _ := errors.AsType[*domain.Error](err); e.Detail["claim"] != "lapsed" || e.Detail["holder"] != string(w.login("wang")) {
		t.Errorf("told %v", e.Detail)
	}
	_, err = w.stores["lin"].ExtendClaim(t.Context(), c.id, old.No)
	wantCode(t, err, domain.Conflict)
	_, err = w.stores["lin"].SaveDraft(t.Context(), c.id, old.No, domain.Answers{}, uuid.New())
	wantCode(t, err, domain.Conflict)
}

func TestTakeOverIsTheManagersWithAReason(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	old := w.claim("lin", c)
	f := w.form("lin", c)
	_, err := w.stores["wang"].TakeOver(t.Context(), uuid.New(), c.id, "ill")
	wantCode(t, err, domain.Forbidden)
	_, err = w.stores["max"].TakeOver(t.Context(), uuid.New(), c.id, " ")
	wantCode(t, err, domain.Invalid)
	if _, err := w.stores["max"].TakeOver(t.Context(), uuid.New(), c.id, "ill"); err != nil {
		t.Fatal(err)
	}
	_, err = w.stores["lin"].Resolve(t.Context(), uuid.New(), handled(f, old, w.decided(f, domain.ChooseGenuine, 0)))
	wantCode(t, err, domain.Conflict)
	w.want("claimed:,taken_over:ill,claimed:", `SELECT string_agg(what || ':' || why, ',' ORDER BY at) FROM cleardesk.claim`)
}

// Two who ask for the next case never get the same store, however they race.
func TestNextNeverGivesOneStoreToTwo(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	for i := range 40 {
		w.put([]string{"S1", "S2", "S3", "S4"}[i%4], "", deskLine{"P1", 480, surge})
	}
	type got struct {
		who     string
		claimed domain.Claimed
		err     error
	}
	answers := make(chan got)
	for range 20 {
		for _, who := range []string{"lin", "wang", "max"} {
			go func() {
				c, err := w.stores[who].ClaimNext(t.Context(), uuid.New(), domain.CustomerService)
				answers <- got{who, c, err}
			}()
		}
	}
	owner := map[domain.StoreCode]string{}
	for range 60 {
		g := <-answers
		if g.err != nil {
			t.Error(g.err)
		}
		if had, ok := owner[g.claimed.Store]; ok && g.claimed.Case != 0 && had != g.who {
			t.Errorf("%s is with %s and %s", g.claimed.Store, had, g.who)
		}
		owner[g.claimed.Store] = g.who
	}
	_, err := w.stores["lin"].ClaimNext(t.Context(), uuid.New(), domain.Procurement)
	wantCode(t, err, domain.Forbidden)
	// A store somebody is on the phone with is not given away either.
	w.put("S9", "", deskLine{"P1", 480, surge})
	if _, err := w.stores["wang"].Beat(t.Context(), uuid.New(), domain.Presence{Store: "S9", Doing: "calling"}); err != nil {
		t.Fatal(err)
	}
	if c, err := w.stores["tuo"].ClaimNext(t.Context(), uuid.New(), domain.Expansion); err != nil || c.Case != 0 {
		t.Errorf("an empty department gives %+v, %v", c, err)
	}
	for range 40 { // lin takes all that is free of stores nobody else has
		c, err := w.stores["lin"].ClaimNext(t.Context(), uuid.New(), domain.CustomerService)
		if err != nil || c.Store == "S9" {
			t.Fatalf("%+v %v", c, err)
		}
		if c.Case == 0 {
			return
		}
	}
	t.Error("there is always one more")
}

func TestCallThatIsNotAnsweredComesBackOrGoesOn(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	lin := w.stores["lin"]
	a, b := w.put("S1", "", deskLine{"P1", 480, surge}), w.put("S1", "", deskLine{"P1", 360, surge})
	elsewhere := w.put("S2", "", deskLine{"P1", 480, surge})
	w.claim("lin", a)
	report := domain.CallReport{Cases: []domain.CaseID{a.id, b.id}, Outcome: domain.NoAnswer}
	again := time.Now().Add(10 * time.Minute).UTC().Truncate(time.Second)
	report.Again = &again
	_, err := lin.RecordCall(t.Context(), uuid.New(), report)
	wantCode(t, err, domain.Conflict) // b is not held
	w.want("0", `SELECT count(*) FROM cleardesk.call_record`)
	w.claim("lin", b)
	w.claim("lin", elsewhere)
	for name, bad := range map[string]domain.CallReport{
		"two stores":     {Cases: []domain.CaseID{a.id, elsewhere.id}, Outcome: domain.NoAnswer, Again: &again},
		"no way on":      {Cases: []domain.CaseID{a.id}, Outcome: domain.Busy},
		"two ways on":    {Cases: []domain.CaseID{a.id}, Outcome: domain.Busy, Again: &again, Then: domain.Expansion},
		"reached, again": {Cases: []domain.CaseID{a.id}, Outcome: domain.Reached, Again: &again},
		"no case":        {Outcome: domain.Reached},
		"no call":        {Cases: []domain.CaseID{a.id}, Outcome: domain.NotNeeded, Again: &again},
	} {
		if _, err := lin.RecordCall(t.Context(), uuid.New(), bad); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	got, err := lin.RecordCall(t.Context(), uuid.New(), report)
	if err != nil || len(got.Cases) != 2 || got.Cases[0].Attempts != 1 || got.Cases[1].State != domain.CaseSnoozed {
		t.Fatalf("%+v %v", got, err)
	}
	w.want("2 t t", `SELECT concat_ws(' ', count(*), bool_and(holder IS NOT NULL), bool_and(lease_until > snooze_until))
		FROM cleardesk.cases WHERE state = 'snoozed'`)
	report.Again, report.Then, report.Text = nil, domain.Expansion, "三次"
	got, err = lin.RecordCall(t.Context(), uuid.New(), report)
	if err != nil || got.Cases[0].With != domain.Expansion || got.Cases[0].State != domain.CaseOpen {
		t.Fatalf("%+v %v", got, err)
	}
	w.want("handed_over no_answer, 2 三次", `SELECT what || ' ' || text FROM cleardesk.case_note WHERE case_id = $1`, int64(a.id))
	w.want("2 4", `SELECT count(DISTINCT call_id) || ' ' || count(*) FROM cleardesk.call_case`)
	w.claim("tuo", a)
}

func TestHandOverTellsWhoWasFaster(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	version := w.form("lin", c).Version
	_, err := w.stores["lin"].HandOver(t.Context(), uuid.New(), c.id, version, domain.Expansion, "")
	wantCode(t, err, domain.Invalid)
	_, err = w.stores["lin"].HandOver(t.Context(), uuid.New(), c.id, version, domain.CustomerService, "x")
	wantCode(t, err, domain.Invalid)
	_, err = w.stores["lin"].HandOver(t.Context(), uuid.New(), c.id, version, "nowhere", "x")
	wantCode(t, err, domain.Invalid)
	w.claim("wang", c)
	_, err = w.stores["lin"].HandOver(t.Context(), uuid.New(), c.id, version, domain.Expansion, "x")
	wantCode(t, err, domain.Taken)
	if m, err := w.stores["wang"].HandOver(t.Context(), uuid.New(), c.id, version, domain.Expansion, "熟悉店长"); err != nil || m.Version != version+1 {
		t.Fatalf("%+v %v", m, err)
	}
	w.claim("max", c) // claims change nothing
	_, err = w.stores["max"].HandOver(t.Context(), uuid.New(), c.id, version, domain.Logistics, "x")
	wantCode(t, err, domain.Conflict)
	if e, _ := errors.AsType[*domain.Error](err); e.Detail["changed"] != "hand_over" || e.Detail["name"] != "人wang" {
		t.Errorf("told %v", e.Detail)
	}
}

// What only keeps a claim alive tells nobody and leaves no trace.
func TestDraftsAreQuiet(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	lin := w.stores["lin"]
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	claim := w.claim("lin", c)
	hints := w.listen()
	audit := w.text(`SELECT count(*) FROM cleardesk.audit`)
	act := uuid.New()
	for range 3 {
		if _, err := lin.SaveDraft(t.Context(), c.id, claim.No, domain.Answers{Note: "等店长"}, act); err != nil {
			t.Fatal(err)
		}
		if _, err := lin.ExtendClaim(t.Context(), c.id, claim.No); err != nil {
			t.Fatal(err)
		}
	}
	w.want(act.String()+" 等店长", `SELECT act || ' ' || (answers ->> 'note') FROM cleardesk.draft`)
	if _, err := lin.ClearDraft(t.Context(), c.id, claim.No); err != nil {
		t.Fatal(err)
	}
	w.want("0", `SELECT count(*) FROM cleardesk.draft`)
	w.want(audit, `SELECT count(*) FROM cleardesk.audit`)
	if n := hints(); n != 0 {
		t.Errorf("%d hints", n)
	}
	if err := lin.GiveBack(t.Context(), uuid.New(), c.id, claim.No); err != nil {
		t.Fatal(err)
	}
	if n := hints(); n != 1 {
		t.Errorf("giving back: %d hints", n)
	}
}

func TestSnoozeWaitsForItsTimeWithNobody(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	claim := w.claim("lin", c)
	for _, bad := range []time.Time{time.Now().Add(-time.Minute), time.Now().AddDate(0, 2, 0)} {
		wantCode(t, w.stores["lin"].Snooze(t.Context(), uuid.New(), c.id, claim.No, bad, ""), domain.Invalid)
	}
	if err := w.stores["lin"].Snooze(t.Context(), uuid.New(), c.id, claim.No, time.Now().Add(30*time.Minute), "下午"); err != nil {
		t.Fatal(err)
	}
	w.want("snoozed  true", `SELECT concat_ws(' ', state, coalesce(holder, ''), (next_check = snooze_until)::text) FROM cleardesk.cases`)
	w.claim("wang", c) // who has time takes it up before
	w.want("open", `SELECT state FROM cleardesk.cases`)
}

func TestMayForetellsWhatIsRefused(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	w.claim("lin", c)
	for who, want := range map[string]map[string]string{
		"lin":  {"claim": "", "give_back": "", "resolve": "", "hand_over": "", "take_over": "role", "verify_quantity": "role", "note_case": ""},
		"wang": {"claim": "held", "give_back": "held", "resolve": "held", "hand_over": "held", "take_over": "role", "note_case": ""},
		"max":  {"claim": "held", "take_over": "", "resolve": "held", "verify_quantity": "role"},
		"zhao": {"claim": "role", "resolve": "role", "verify_quantity": "role", "note_case": ""},
	} {
		may, err := w.stores[who].May(t.Context(), c.id)
		if err != nil {
			t.Fatal(err)
		}
		for act, why := range want {
			if got := may.Act(act); got.Why != why || got.Allowed != (why == "") {
				t.Errorf("%s %s: %+v, want %q", who, act, got, why)
			}
		}
		if len(may.Outcomes) != len(domain.Outcomes(surge)) || may.Outcomes[0].Allowed != (who != "zhao") {
			t.Errorf("%s: outcomes %+v", who, may.Outcomes)
		}
	}
}
