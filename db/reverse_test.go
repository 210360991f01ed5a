package db_test

import (
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// Each outcome, with an order that is accepted in part and one that is held as a
// whole: everything is as it was, the records stay, and the case is the caller's.
func TestTakenBackEverythingIsAsItWas(t *testing.T) {
	t.Parallel()
	for name, x := range takenBack() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newDeskWorld(t)
			c := w.put("S1", x.whole, deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""}, deskLine{"P3", 4, ""})
			before := w.text(asWas)
			wrote, err := w.finish("lin", c, x.choice, domain.Units(12)) // usual for a judge who knows nothing
			if err != nil {
				t.Fatal(err)
			}
			if x.judged {
				w.judged()
			}
			n := w.text(`SELECT n FROM cleardesk.decision_counter`)
			plan, _ := w.plan("lin", c)
			r, err := w.takeBack("lin", c)
			if err != nil {
				t.Fatal(err)
			}
			asForetold(t, plan, r)
			w.want(before, asWas)
			w.want(x.decisions, `SELECT string_agg(what || ' ' || coalesce(line_no, 0), ',' ORDER BY n) FROM cleardesk.decision WHERE n > $1::bigint`, n)
			if r.State != domain.CaseOpen || r.Claim.Case != c.id || r.Claim.No < 2 || !cmp.Equal(r.Records, wrote.Records) {
				t.Errorf("%+v", r)
			}
			w.want(string(w.login("lin"))+" 看错单", `SELECT v.by_login || ' ' || v.reason FROM cleardesk.reversal v`)
			w.want("0", `SELECT count(*) FROM cleardesk.standing_record`)
			_, file := w.plan("lin", c)
			for _, rec := range file.Records {
				if rec.Reversed == nil || rec.Reversed.Reason != "看错单" || rec.Reversed.ByName != "人lin" {
					t.Errorf("the record is not shown as taken back: %+v", rec)
				}
			}
			if len(file.Records) != len(wrote.Records) {
				t.Errorf("%d records are left of %d", len(file.Records), len(wrote.Records))
			}
			w.breaches()
			// It is handled again as if nothing had been, and can be taken back again.
			if _, err := w.finish("lin", c, domain.ChooseDropOrder, 0); err != nil {
				t.Fatal(err)
			}
			if _, err := w.takeBack("lin", c); err != nil {
				t.Errorf("again: %v", err)
			}
			w.want(before, asWas)
			w.breaches()
		})
	}
}

func TestTakingBackIsRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	lines := []deskLine{{"P1", 480, surge}, {"P2", 3, ""}}
	written := func(store string) deskCase {
		c := w.put(store, "", lines...)
		if _, err := w.finish("lin", c, domain.ChooseDropLine, 0); err != nil {
			t.Fatal(err)
		}
		return c
	}
	open := w.put("S1", "", lines...)
	w.refusedFor("lin", open, domain.Conflict, domain.BarNothing)

	c := written("S2")
	if e := w.refusedFor("wang", c, domain.Forbidden, domain.BarNotYours); e["needs"] != "manager" || e["name"] != "人lin" {
		t.Errorf("told %v", e)
	}
	_, err := w.stores["lin"].Reverse(t.Context(), uuid.New(), c.id, w.form("lin", c).Version, "  ")
	wantCode(t, err, domain.Invalid)
	_, err = w.stores["lin"].Reverse(t.Context(), uuid.New(), c.id, w.form("lin", c).Version-1, "旧")
	wantCode(t, err, domain.Conflict)
	_, err = w.stores["lin"].Reverse(t.Context(), uuid.New(), 999_999, 1, "无")
	wantCode(t, err, domain.NotFound)
	for _, who := range []string{"zhao", "tuo", "wu"} {
		_, err = w.takeBack(who, c)
		wantCode(t, err, domain.Forbidden)
	}
	if _, err := w.takeBack("max", c); err != nil { // a manager takes anybody's back
		t.Error(err)
	}
	if e := w.refusedFor("lin", c, domain.Conflict, domain.BarTwice); e["name"] != "人max" {
		t.Errorf("told %v", e)
	}

	c = written("S3")
	w.exec(`UPDATE cleardesk.cases SET moments = '[{"what": "picking", "at": "2026-01-01T00:00:00Z"}]' WHERE id = $1`, int64(c.id))
	w.refusedFor("lin", c, domain.Conflict, domain.BarPicking)
	w.exec(`UPDATE cleardesk.cases SET moments = '[]' WHERE id = $1`, int64(c.id))
	w.refusedFor("lin", c, domain.Conflict, domain.BarPicking)

	c = written("S4")
	w.exec(`UPDATE cleardesk.orders SET state = 'allocated' WHERE id = $1`, c.order)
	w.refusedFor("lin", c, domain.Conflict, domain.BarState)

	c = written("S5")
	w.exec(`UPDATE cleardesk.order_line SET cancelled = false WHERE order_id = $1`, c.order)
	w.refusedFor("lin", c, domain.Conflict, domain.BarChanged)

	c = written("S6")
	w.flag(c, 2, domain.StepMismatch)
	w.refusedFor("lin", c, domain.Conflict, domain.BarJudged)
}

// What others have written on the order since stands in the way, until it is taken back
// itself.
func TestLaterWritesAreTakenBackFirst(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P2", 90, surge}, deskLine{"P3", 3, ""})
	before := w.text(asWas)
	part := func(who string) {
		claim, f := w.claim(who, c), w.form(who, c)
		h := handled(f, claim, w.decided(f, domain.ChooseDropLine, 0))
		h.Resolutions = h.Resolutions[:1]
		if _, err := w.stores[who].Resolve(t.Context(), uuid.New(), h); err != nil {
			t.Fatal(err)
		}
		if err := w.stores[who].GiveBack(t.Context(), uuid.New(), c.id, claim.No); err != nil && domain.CodeOf(err) != domain.Conflict {
			t.Fatal(err)
		}
	}
	part("lin")
	half := w.text(asWas)
	w.claim("wang", c)
	if e := w.refusedFor("lin", c, domain.Taken, domain.BarHeld); e["name"] != "人wang" {
		t.Errorf("told %v", e)
	}
	part("wang")
	w.refusedFor("lin", c, domain.Forbidden, domain.BarNotYours)
	if _, err := w.takeBack("wang", c); err != nil {
		t.Fatal(err)
	}
	w.want(half, asWas)
	// Only the last write of a case is taken back; what came before stands.
	w.refusedFor("wang", c, domain.Conflict, domain.BarTwice)
	if before == half {
		t.Error("the first write changed nothing")
	}
	w.breaches()
}

func TestStockThatIsGoneIsNotTakenTwice(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	w.exec(`UPDATE cleardesk.product SET stock = 100000 WHERE code = 'P2'`)
	c := w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P2", 80, ""})
	if _, err := w.finish("lin", c, domain.ChooseDropOrder, 0); err != nil {
		t.Fatal(err)
	}
	w.put("S2", "", deskLine{"P2", 60, ""}) // takes it
	before := w.text(asWas)
	e := w.refusedFor("lin", c, domain.Conflict, domain.BarStock)
	if e["product"] != "P2" || e["left"] != "40000" || e["wanted"] != "80000" {
		t.Errorf("told %v", e)
	}
	plan, _ := w.plan("lin", c)
	if d := cmp.Diff(&domain.Shortage{Product: "P2", Left: 40_000, Wanted: 80_000}, plan.Short); d != "" {
		t.Error(d)
	}
	w.want(before, asWas)
	w.exec(`UPDATE cleardesk.product SET stock = 140000 WHERE code = 'P2'`)
	if _, err := w.takeBack("lin", c); err != nil {
		t.Error(err)
	}
	w.want("140000", `SELECT reserved FROM cleardesk.product WHERE code = 'P2'`)
}

// What was confirmed and not learnt yet is not learnt; what was learnt stays, and the
// preview says so. Exemptions end.
func TestLessonsNotLearntYetAreNotLearnt(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	for _, learnt := range []bool{false, true} {
		c := w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
		if _, err := w.finish("lin", c, domain.ChooseGenuine, 0); err != nil {
			t.Fatal(err)
		}
		if learnt {
			w.judged()
		}
		catalogue := w.text(`SELECT catalogue FROM cleardesk.judge`)
		plan, _ := w.plan("lin", c)
		if plan.Learnt != learnt || plan.Unlearnt == learnt || len(plan.Quieter) != 1 {
			t.Errorf("learnt %v: %+v", learnt, plan)
		}
		r, err := w.takeBack("lin", c)
		if err != nil || r.Learnt != learnt || len(r.Ended) != 1 {
			t.Errorf("learnt %v: %+v %v", learnt, r, err)
		}
		w.want("0", `SELECT count(*) FROM cleardesk.waiting`)
		// A judge that has the lesson in hand must begin again.
		if moved := w.text(`SELECT catalogue FROM cleardesk.judge`) != catalogue; moved == learnt {
			t.Errorf("learnt %v: told the judge: %v", learnt, moved)
		}
		w.want("0", `SELECT count(*) FROM cleardesk.exemption x WHERE NOT EXISTS (SELECT FROM cleardesk.exemption_end e WHERE e.exemption_id = x.id)`)
	}
}

func TestLastWrittenIsMineOfToday(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	want := func(who string, id domain.CaseID) {
		t.Helper()
		got, err := w.stores[who].LastWritten(t.Context())
		if err != nil || got != id {
			t.Errorf("%s: case %d %v, want %d", who, got, err, id)
		}
	}
	want("lin", 0)
	var cases []deskCase
	for _, who := range []string{"lin", "lin", "wang"} {
		c := w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
		cases = append(cases, c)
		if _, err := w.finish(who, c, domain.ChooseDropLine, 0); err != nil {
			t.Fatal(err)
		}
	}
	want("lin", cases[1].id)
	want("wang", cases[2].id)
	want("max", 0)
	if _, err := w.takeBack("lin", cases[1]); err != nil {
		t.Fatal(err)
	}
	want("lin", cases[0].id)
	w.exec(`ALTER TABLE cleardesk.written DISABLE TRIGGER written_appended`)
	w.exec(`UPDATE cleardesk.written SET at = at - interval '1 day'`)
	want("lin", 0)
}

// What was taken back counts for nothing, and the order lists its anomaly once though it
// was held twice.
func TestWhatWasTakenBackCountsNoMore(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
	if _, err := w.finish("lin", c, domain.ChooseFalseAlarm, 0); err != nil {
		t.Fatal(err)
	}
	counted := func(decided, alarms int) {
		t.Helper()
		p, err := w.stores["lin"].Precision(t.Context(), time.Now(), time.UTC)
		if err != nil || len(p) != 1 || p[0].Raised != 1 || p[0].Decided != decided {
			t.Errorf("%+v %v", p, err)
		}
		if _, f := w.plan("lin", c); f.Memory.FalseAlarms != alarms {
			t.Errorf("the store is remembered for %d false alarms", f.Memory.FalseAlarms)
		}
	}
	counted(1, 1)
	if _, err := w.takeBack("lin", c); err != nil {
		t.Fatal(err)
	}
	counted(0, 0)
	o, err := w.stores["lin"].OrderFile(t.Context(), domain.OrderID(c.order))
	if err != nil || len(o.Anomalies) != 1 || len(o.Holds) != 2 {
		t.Errorf("anomalies %+v, holds %+v, %v", o.Anomalies, o.Holds, err)
	}
	for _, table := range []string{"written", "reversal"} {
		for _, way := range []string{"UPDATE cleardesk." + table + " SET at = now()", "DELETE FROM cleardesk." + table, "TRUNCATE cleardesk." + table + " CASCADE"} {
			if _, err := w.admin.ExecContext(t.Context(), way); err == nil {
				t.Errorf("%s: done", way)
			}
		}
	}
}

// Two people at once: one takes it back, the other is told.
func TestTwoWhoTakeBackAtOnce(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	for range 20 {
		c := w.put("S1", "", deskLine{"P1", 48, surge}, deskLine{"P2", 3, ""})
		if _, err := w.finish("lin", c, domain.ChooseDropOrder, 0); err != nil {
			t.Fatal(err)
		}
		version := w.form("lin", c).Version
		answers := make(chan error, 2)
		for _, who := range []string{"lin", "max"} {
			go func() {
				_, err := w.stores[who].Reverse(t.Context(), uuid.New(), c.id, version, "抢")
				answers <- err
			}()
		}
		first, second := <-answers, <-answers
		if first != nil {
			first, second = second, first
		}
		if first != nil || domain.CodeOf(second) != domain.Conflict {
			t.Fatalf("%v and %v", first, second)
		}
	}
	w.want("20", `SELECT count(*) FROM cleardesk.reversal`)
	w.breaches()
}
