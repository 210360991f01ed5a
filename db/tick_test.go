package db

import "testing"

// heldCase makes a case of one held order and gives the order's number.
func (w *judgeWorld) heldCase() string {
	w.t.Helper()
	w.exec("UPDATE cleardesk.product SET step = 7000")
	no := w.order(testLine{product: "P1", quantity: 10})
	w.run()
	w.exec(`INSERT INTO cleardesk.staff (login, name, roles) VALUES ('lin', '林', '{agent}') ON CONFLICT DO NOTHING`)
	return no
}

func TestLapsedLeaseFreesTheCase(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.heldCase()
	w.exec(`UPDATE cleardesk.cases SET holder = 'lin', claim_no = 4, claimed_at = now(), lease_until = now() - interval '1 second'`)
	w.exec(`INSERT INTO cleardesk.draft (case_id, by_login, answers, act) SELECT id, 'lin', '{}', gen_random_uuid() FROM cleardesk.cases`)
	w.run()
	w.want("lapsed 4 lin", `SELECT c.what || ' ' || c.claim_no || ' ' || c.holder FROM cleardesk.claim c JOIN cleardesk.cases k ON k.id = c.case_id
		WHERE k.holder IS NULL AND k.lease_until IS NULL`)
	w.want("1", `SELECT count(*) FROM cleardesk.draft`)
}

func TestLeaseThatRunsIsKept(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.heldCase()
	w.exec(`UPDATE cleardesk.cases SET holder = 'lin', claim_no = 4, claimed_at = now(), lease_until = now() + interval '1 hour', next_check = now()`)
	w.run()
	w.want("lin true", `SELECT holder || ' ' || (next_check > now()) FROM cleardesk.cases`)
}

func TestSnoozeEnds(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.heldCase()
	w.exec(`UPDATE cleardesk.cases SET state = 'snoozed', snooze_until = now() - interval '1 second', next_check = now() - interval '1 second'`)
	w.exec(`INSERT INTO cleardesk.case_note (case_id, by_login, what) SELECT id, 'lin', 'snoozed' FROM cleardesk.cases`)
	w.run()
	w.want("open true", `SELECT state || ' ' || (snooze_until IS NULL) FROM cleardesk.cases`)
	w.want("snoozed, woken", `SELECT string_agg(what, ', ' ORDER BY id) FROM cleardesk.case_note WHERE by_login = 'lin'`)
}

func TestMomentsPass(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.heldCase()
	w.exec(`UPDATE cleardesk.cases SET next_check = now(), moments = jsonb_build_array(
		jsonb_build_object('what', 'window_close', 'at', now() - interval '1 minute'),
		jsonb_build_object('what', 'picking', 'at', now() + interval '1 hour'))`)
	w.run()
	w.want("picking true true", `SELECT next_what || ' ' || (next_check = next_at) || ' ' || (rank = cleardesk.case_rank(next_at, at_risk)) FROM cleardesk.cases`)
	w.exec(`UPDATE cleardesk.cases SET next_check = now(), moments = jsonb_build_array(
		jsonb_build_object('what', 'picking', 'at', now() - interval '1 minute'))`)
	w.run()
	w.want("true true", `SELECT (next_at IS NULL AND next_check IS NULL) || ' ' || (rank > 9e10) FROM cleardesk.cases`)
}

func TestPresenceOfTheGoneIsRemoved(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec(`INSERT INTO cleardesk.presence (login, desk, at) VALUES ('lin', gen_random_uuid(), now() - interval '3 minutes'), ('wu', gen_random_uuid(), now())`)
	w.run()
	w.want("wu", `SELECT string_agg(login, ',') FROM cleardesk.presence`)
}

func TestClockTellsWhenItIsWantedNext(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.heldCase()
	j := w.judge(JudgeOptions{})
	if _, err := j.acquire(t.Context(), false); err != nil {
		t.Fatal(err)
	}
	if _, err := j.tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.exec(`UPDATE cleardesk.window_check SET done = true`) // the day's close may be nearer
	w.exec(`UPDATE cleardesk.cases SET next_check = now() + interval '40 minutes'`)
	got, err := j.tick(t.Context())
	if err != nil || got.Next.Minutes() > 40 || got.Next.Minutes() < 39 {
		t.Errorf("next in %v, %v", got.Next, err)
	}
	w.exec(`UPDATE cleardesk.cases SET holder = 'lin', lease_until = now() + interval '20 minutes'`)
	if got, err = j.tick(t.Context()); err != nil || got.Next.Minutes() > 20 {
		t.Errorf("with a lease next in %v, %v", got.Next, err)
	}
}
