package db_test

import (
	"errors"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

const mismatch = domain.StepMismatch

// Fourteen stores and one wrong step: one of them held by somebody, one with another hold
// on another line, two no multiples of the right step either.
func TestOneStepClearsItsCases(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	w.exec(`UPDATE cleardesk.product SET step = 5000, step_version = 3 WHERE code = 'P4'`)
	quantities := []domain.Quantity{12_500, 8_000, 20_500, 6_000, 9_500, 14_000, 3_500, 11_000, 5_500, 16_000, 7_500, 2_500, 18_300, 7_250}
	var cases []deskCase
	for i, q := range quantities {
		lines := []deskLine{{"P4", 1, mismatch}}
		if i == 4 {
			lines = append(lines, deskLine{"P2", 3, surge})
		}
		c := w.odd("S"+string(rune('1'+i%9)), lines...)
		w.weigh(c, 1, q)
		cases = append(cases, c)
	}
	w.exec(`UPDATE cleardesk.cases SET lies_with = 'procurement' WHERE id = $1`, int64(cases[12].id))
	// They are one row by their cause, but for the one that procurement looks at.
	w.exec(`UPDATE cleardesk.anomaly SET cause = 'step P4 v3', evidence = evidence || '{"cause": "step P4 v3"}' WHERE kind = 'step_mismatch'`)
	w.exec(`UPDATE cleardesk.cases SET why = '{"cause": "step P4 v3"}'`)
	w.exec(`SELECT cleardesk.gather_cause('step P4 v3')`)
	w.want("13 13", `SELECT concat_ws(' ', members, members_open) FROM cleardesk.cases WHERE cause = 'step P4 v3'`)
	held, gone := w.claim("lin", cases[4]), w.claim("wang", cases[5])
	form := w.form("wang", cases[5])
	out := w.correct(step(500))
	if len(out.Cleared) != 12 || len(out.Left) != 2 || out.Old != "5000" || out.New != "500" {
		t.Fatalf("%+v", out)
	}
	w.want("12 1 open", `SELECT concat_ws(' ', members, members_open, state) FROM cleardesk.cases WHERE cause = 'step P4 v3'`)
	w.want("500 4", `SELECT concat_ws(' ', step, step_version) FROM cleardesk.product WHERE code = 'P4'`)
	w.want("12 step_corrected master_data import", `SELECT concat_ws(' ', count(*), min(outcome), min(close_reason), min(reason)) FROM cleardesk.resolution_record
		WHERE (changed ->> 'correction')::bigint = $1 AND by_login = $2`, out.ID, string(w.login("zhao")))
	w.want("12 12", `SELECT concat_ws(' ', count(*), count(DISTINCT r.anomaly_id)) FROM cleardesk.hold h JOIN cleardesk.resolution_record r ON r.id = h.record_id
		WHERE h.released_at IS NOT NULL AND r.effects @> jsonb_build_array(jsonb_build_object('op', 'release', 'hold', h.id))`)
	w.want("3", `SELECT count(*) FROM cleardesk.hold WHERE released_at IS NULL`)
	w.want("12", `SELECT count(*) FROM cleardesk.orders WHERE state = 'accepted'`)
	// The one held: its line is accepted, its other stays with who has it, who is told.
	w.want("open 0 quantity_surge true", `SELECT concat_ws(' ', state, more, kind, (holder = $2)::text) FROM cleardesk.cases WHERE id = $1`,
		int64(cases[4].id), string(w.login("lin")))
	w.want("corrected P4 step 5 > 0.5", `SELECT what || ' ' || text FROM cleardesk.case_note WHERE case_id = $1`, int64(cases[4].id))
	f := w.form("lin", cases[4])
	stale := handled(f, held, w.decided(f, domain.ChooseGenuine, 0))
	stale.Version = held.Version
	_, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), stale)
	wantCode(t, err, domain.Conflict)
	if _, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), handled(f, held, w.decided(f, domain.ChooseGenuine, 0))); err != nil {
		t.Error(err)
	}
	// The other one held is over: its claim has ended, and what is still written of it is refused.
	w.want("closed closed", `SELECT c.state || ' ' || k.what FROM cleardesk.cases c JOIN cleardesk.claim k ON k.case_id = c.id AND k.what <> 'claimed'
		WHERE c.id = $1 AND c.holder IS NULL`, int64(cases[5].id))
	_, err = w.stores["wang"].Resolve(t.Context(), uuid.New(), handled(form, gone, w.decided(form, domain.ChooseDropLine, 0)))
	wantCode(t, err, domain.Conflict)
	if e, _ := errors.AsType[*domain.Error](err); e == nil || e.Detail["changed"] != "correct" || e.Detail["by"] != string(w.login("zhao")) {
		t.Errorf("who came too late hears %+v", e)
	}
	w.want("step_corrected 5000 500 P4", `SELECT concat_ws(' ', what, detail ->> 'old', detail ->> 'new', detail ->> 'product')
		FROM cleardesk.decision WHERE order_no IS NULL`)
	w.want("12", `SELECT count(*) FROM cleardesk.decision WHERE what = 'order_accepted'`)
	w.want("13", `SELECT cardinality($1::bigint[])`, decisionArray(out))
}

// What is no multiple stays open; where procurement had it, rounding is customer service's.
func TestWhatAStepLeavesGoesWhereItIsRounded(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	ours, theirs := w.odd("S1", deskLine{"P4", 7, mismatch}), w.odd("S2", deskLine{"P4", 8, mismatch})
	w.exec(`UPDATE cleardesk.cases SET lies_with = 'procurement'`)
	w.person("qian", "procurement")
	w.claim("qian", theirs)
	w.correct(step(5_000))
	w.want("customer_service procurement", `SELECT string_agg(lies_with, ' ' ORDER BY id) FROM cleardesk.cases`)
	w.want("corrected,corrected", `SELECT string_agg(what, ',') FROM cleardesk.case_note`)
	w.want("2", `SELECT count(*) FROM cleardesk.hold WHERE released_at IS NULL`)
	// The case that called for it goes on though the corrector holds it.
	w.exec(`UPDATE cleardesk.cases SET lies_with = 'procurement' WHERE id = $1`, int64(ours.id))
	w.claim("zhao", ours)
	c := step(10_000)
	c.Case = ours.id
	w.correct(c)
	w.want("customer_service handed_over", `SELECT c.lies_with || ' ' || k.what FROM cleardesk.cases c JOIN cleardesk.claim k ON k.case_id = c.id
		WHERE c.id = $1 ORDER BY k.at DESC LIMIT 1`, int64(ours.id))
}

// Somebody else was faster: it is refused, and says who.
func TestAStepThatChangedMeanwhile(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	w.person("qian", "procurement")
	first := step(250)
	first.Seen = 1
	if _, err := w.stores["qian"].Correct(t.Context(), uuid.New(), first); err != nil {
		t.Fatal(err)
	}
	second := step(1_000)
	second.Seen = 1
	_, err := w.stores["zhao"].Correct(t.Context(), uuid.New(), second)
	wantCode(t, err, domain.Conflict)
	e, _ := errors.AsType[*domain.Error](err)
	if e == nil || e.Detail["by"] != string(w.login("qian")) || e.Detail["name_en"] != "qian" || e.Detail["step"] != "250" || e.Detail["changed"] != "correct" {
		t.Errorf("%+v", e)
	}
	w.exec(`UPDATE cleardesk.product SET step = 700, step_version = 3 WHERE code = 'P4'`) // the platform's catalogue
	second.Seen = 2
	_, err = w.stores["zhao"].Correct(t.Context(), uuid.New(), second)
	if e, _ = errors.AsType[*domain.Error](err); e == nil || e.Code != domain.Conflict || e.Detail["changed"] != "import" {
		t.Errorf("%v", err)
	}
	w.want("1", `SELECT count(*) FROM cleardesk.correction`)
}

// Accepted under the wrong step: listed for a call where it is asked for, changed never;
// what still waits is held for the new step.
func TestAcceptedLinesAreListedAndWaitingOnesHeld(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		step domain.Quantity
		list bool
		want string // lines listed
	}{
		"finer":        {250, true, "5000 6000 7500"},
		"not asked":    {250, false, ""},
		"coarser":      {5_000, true, "6000 7500"},
		"another":      {1_500, true, "5000"},
		"the same one": {500, true, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := correctWorld{newDeskWorld(t)}
			for i, q := range []domain.Quantity{5_000, 6_000, 7_500} {
				w.fine("S"+string(rune('1'+i)), "P4", q)
			}
			waits := w.odd("S9", deskLine{"P4", 7, surge})
			cor := step(c.step)
			cor.List = c.list
			w.correct(cor)
			w.want(c.want, `SELECT coalesce(string_agg(evidence ->> 'quantity', ' ' ORDER BY order_id), '') FROM cleardesk.anomaly
				WHERE rule = 'step_correction' AND NOT blocks AND kind = 'step_mismatch' AND product = 'P4'`)
			w.want("0", `SELECT count(*) FROM cleardesk.order_line l JOIN cleardesk.orders o ON o.id = l.order_id WHERE o.state = 'accepted' AND l.quantity <> l.original`)
			held := "1"
			if domain.Units(7).IsMultipleOf(c.step) {
				held = "0"
			}
			w.want(held, `SELECT count(*) FROM cleardesk.hold h JOIN cleardesk.anomaly a ON a.id = h.anomaly_id
				WHERE h.order_id = $1 AND h.released_at IS NULL AND a.kind = 'step_mismatch'`, waits.order)
			w.want(held, `SELECT more FROM cleardesk.cases WHERE id = $1`, int64(waits.id))
		})
	}
}

func TestAListedLineTellsBothMultiples(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	w.fine("S1", "P4", 7_500)
	c := step(5_000)
	c.List = true
	w.correct(c)
	w.want("5000 10000 150 500 customer_service 4500", `SELECT concat_ws(' ', evidence ->> 'below', evidence ->> 'above', evidence ->> 'times_100',
		evidence ->> 'step_seen', c.lies_with, a.at_risk) FROM cleardesk.anomaly a JOIN cleardesk.cases c ON c.id = a.case_id`)
	var listed domain.CaseID
	w.scan(&listed, `SELECT id FROM cleardesk.cases`)
	w.finds("步长", listed)
	w.fine("S2", "P4", 4_000)
	c = step(7_500)
	c.List = true
	w.correct(c)
	w.want("none 7500", `SELECT concat_ws(' ', coalesce(evidence ->> 'below', 'none'), evidence ->> 'above') FROM cleardesk.anomaly ORDER BY id DESC LIMIT 1`)
}

// A count is of its time: what moved the stock since is kept.
func TestACountKeepsWhatMovedSince(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	w.exec(`UPDATE cleardesk.product SET stock = 40000, reserved = 10000, gone = 8000, imported = '{"stock": 48000}' WHERE code = 'P4'`)
	w.exec(`INSERT INTO cleardesk.stock_move (product, why, delta, stock, at) VALUES ('P4', 'shipped', -3000, 45000, now() - interval '2 hours'),
		('P4', 'shipped', -5000, 40000, now() - interval '1 hour'), ('P1', 'shipped', -1000, 1, now() - interval '1 hour')`)
	out := w.correct(count("P4", 50_000, time.Now().Add(-90*time.Minute)))
	if out.Delta != 5_000 {
		t.Errorf("%+v", out)
	}
	w.want("45000 10000 3000", `SELECT concat_ws(' ', stock, reserved, gone) FROM cleardesk.product WHERE code = 'P4'`)
	w.want("counted 5000 50000", `SELECT concat_ws(' ', why, delta, stock) FROM cleardesk.stock_move ORDER BY id DESC LIMIT 1`)
	w.want("stock_corrected 5000", `SELECT what || ' ' || (detail ->> 'delta') FROM cleardesk.decision`)
	// Counted again a moment later: nothing to write, and no decision, but it is on record.
	if out = w.correct(count("P4", 45_000, time.Now().Add(-time.Second))); out.Delta != 0 || len(out.Decision) != 0 {
		t.Errorf("%+v", out)
	}
	w.want("2 1", `SELECT concat_ws(' ', (SELECT count(*) FROM cleardesk.correction), (SELECT count(*) FROM cleardesk.decision))`)
	// A count from before the last one comes too late, and of what has left since nothing can have been missing.
	_, err := w.stores["zhao"].Correct(t.Context(), uuid.New(), count("P4", 50_000, time.Now().Add(-time.Minute)))
	wantCode(t, err, domain.Conflict)
	w.exec(`INSERT INTO cleardesk.stock_move (product, why, delta, stock, at) VALUES ('P1', 'shipped', -3000, 1997000, now() - interval '1 hour')`)
	w.exec(`UPDATE cleardesk.product SET stock = 0 WHERE code = 'P1'`)
	_, err = w.stores["zhao"].Correct(t.Context(), uuid.New(), count("P1", 2_999, time.Now().Add(-2*time.Hour)))
	wantCode(t, err, domain.Invalid)
}

// The first count of a product finds orders that were accepted while nobody knew what
// there is: their lines are taken out of it, or the same goods were promised twice.
func TestAFirstCountReservesWhatWasAccepted(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	w.exec(`UPDATE cleardesk.product SET stock = NULL, reserved = 0, verify_above = NULL WHERE code = 'P4'`)
	w.fine("S1", "P4", 8_000)
	gone := w.fine("S2", "P4", 50_000)
	w.exec(`UPDATE cleardesk.orders SET state = 'shipped' WHERE id = $1`, gone)
	held := w.odd("S3", deskLine{"P4", 5, surge}, deskLine{"P3", 9, ""})
	short := w.odd("S4", deskLine{"P4", 3, domain.ZeroStock})
	out := w.correct(count("P4", 10_000, time.Now()))
	if len(out.Left) != 1 || len(out.Cleared) != 0 {
		t.Errorf("of 10 of which 8 are promised 3 are not left: %+v", out)
	}
	w.want("8000 10000", `SELECT concat_ws(' ', reserved, stock) FROM cleardesk.product WHERE code = 'P4'`)
	w.want("8000", `SELECT string_agg(quantity::text, ' ') FROM cleardesk.order_line WHERE product = 'P4' AND reserved`)
	w.correct(count("P4", 12_000, time.Now())) // the second reserves nothing more
	w.want("11000 12000", `SELECT concat_ws(' ', reserved, stock) FROM cleardesk.product WHERE code = 'P4'`)
	_, _ = held, short
}

// In the order of urgency while it lasts; who asks for more than is left is passed over.
func TestAStockClearsInRankOrder(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	w.exec(`UPDATE cleardesk.product SET stock = 0, verify_above = NULL WHERE code = 'P4'`)
	const none = domain.ZeroStock
	late := w.odd("S1", deskLine{"P4", 8, none})
	big := w.odd("S2", deskLine{"P4", 25, none}, deskLine{"P3", 9, ""})
	small := w.odd("S3", deskLine{"P4", 6, none})
	w.exec(`UPDATE cleardesk.cases SET lies_with = 'procurement', rank = CASE id WHEN $1 THEN 30 WHEN $2 THEN 10 ELSE 20 END`, int64(late.id), int64(big.id))
	tried := w.attempt("S4", "P4", none, domain.ToldStock, 3_000)
	out := w.correct(count("P4", 17_000, time.Now()))
	if len(out.Cleared) != 3 || len(out.Left) != 1 {
		t.Errorf("%+v", out)
	}
	w.want("accepted accepted accepted", `SELECT string_agg(state, ' ' ORDER BY id) FROM cleardesk.orders`)
	w.want("14000 17000", `SELECT concat_ws(' ', reserved, stock) FROM cleardesk.product WHERE code = 'P4'`)
	w.want("customer_service", `SELECT lies_with FROM cleardesk.cases WHERE id = $1 AND state = 'open'`, int64(big.id))
	w.want("stock_corrected", `SELECT outcome FROM cleardesk.anomaly WHERE case_id = $1`, int64(tried))
	_, _ = small, late
}

// Attempts refused for the step end; where the store is to be told, what it lacks is left to be asked.
func TestRefusedAttemptsAreEndedOrTold(t *testing.T) {
	t.Parallel()
	for _, tell := range []bool{false, true} {
		w := correctWorld{newDeskWorld(t)}
		fits := w.attempt("S1", "P4", domain.NotOrderable, domain.ToldStep, 1_750)
		w.attempt("S2", "P4", domain.NotOrderable, domain.ToldStep, 1_800)
		w.attempt("S3", "P4", domain.NotOrderable, domain.ToldStep, 0)
		w.attempt("S4", "P4", domain.NotOrderable, domain.ToldStatus, 1_750)
		c := step(250)
		c.Tell = tell
		out := w.correct(c)
		if len(out.Left) != 2 || (len(out.Told) == 1) != tell || len(out.Cleared) != 1 {
			t.Errorf("%+v", out)
		}
		want := "closed procurement"
		if tell {
			want = "open customer_service"
			w.want("replenishment P4 1750 true 0", `SELECT concat_ws(' ', c.kind, i ->> 'product', i ->> 'wanted', (c.why ->> 'rule' = 'correction_told')::text, c.more)
				FROM cleardesk.cases c, jsonb_array_elements(c.why -> 'items') i WHERE c.id = $1`, int64(fits))
			w.finds("补货", fits)
		}
		w.want(want, `SELECT state || ' ' || lies_with FROM cleardesk.cases WHERE id = $1`, int64(fits))
		w.want("0", `SELECT count(*) FROM cleardesk.decision WHERE what <> 'step_corrected'`)
	}
}

func TestAListingClearsWhatWasRefusedForIt(t *testing.T) {
	t.Parallel()
	for status, want := range map[domain.ProductStatus]string{
		domain.ProductNormal: "listing_corrected - listing_corrected", domain.ProductDelisted: "delisted_confirmed delisted_confirmed delisted_confirmed",
	} {
		w := correctWorld{newDeskWorld(t)}
		w.exec(`UPDATE cleardesk.product SET status = 'paused' WHERE code = 'P4'`)
		w.attempt("S1", "P4", domain.NotOrderable, domain.ToldStatus, 1_000)
		w.attempt("S2", "P4", domain.NotOrderable, domain.ToldStep, 1_100)
		w.attempt("S3", "P4", domain.NotOrderable, domain.ToldPrice, 0)
		w.odd("S4", deskLine{"P4", 7, mismatch})
		first := listing(status)
		first.Tell = status != domain.ProductNormal
		w.correct(first)
		w.want(want, `SELECT string_agg(coalesce(outcome, '-'), ' ' ORDER BY id) FROM cleardesk.anomaly WHERE kind = 'not_orderable'`)
		w.want("listing_corrected paused "+string(status), `SELECT concat_ws(' ', what, detail ->> 'old', detail ->> 'new') FROM cleardesk.decision`)
		// Said once more it ends what came since, and tells the platform nothing new.
		w.attempt("S5", "P4", domain.NotOrderable, domain.ToldStatus, 1_000)
		if out := w.correct(listing(status)); len(out.Cleared) != 1 || len(out.Decision) != 0 {
			t.Errorf("%+v", out)
		}
	}
}

// What cannot be said is not written, whoever asks.
func TestTheDatabaseRefusesWhatThePreviewRefuses(t *testing.T) {
	t.Parallel()
	w := correctWorld{newDeskWorld(t)}
	other := step(250)
	other.Reason = domain.OtherReason
	for name, c := range map[string]domain.Correction{
		"no step": {What: domain.CorrectStep, Product: "P4", Reason: domain.WrongEntry}, "nought": step(0),
		"below nought": count("P4", -1, time.Now()), "tomorrow": count("P4", 1, time.Now().Add(time.Hour)),
		"last week": count("P4", 1, time.Now().Add(-8*24*time.Hour)), "status": listing("gone"), "no note": other,
		"no reason": {What: domain.CorrectListing, Product: "P4", Status: domain.ProductNormal}, "price": {What: "price", Product: "P4", Reason: domain.WrongEntry},
	} {
		c.Seen = 1
		_, err := w.stores["zhao"].Correct(t.Context(), uuid.New(), c)
		if domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: %v", name, err)
		}
		f, err := w.stores["zhao"].CorrectionFile(t.Context(), "P4", 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Preview(c); domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%s: the preview takes it: %v", name, err)
		}
	}
	gone := listing(domain.ProductNormal)
	gone.Product = "P99"
	_, err := w.stores["zhao"].Correct(t.Context(), uuid.New(), gone)
	wantCode(t, err, domain.NotFound)
	for _, who := range []string{"lin", "max", "tuo", "wu"} {
		_, err := w.stores[who].Correct(t.Context(), uuid.New(), step(250))
		wantCode(t, err, domain.Forbidden)
	}
	w.want("0 500", `SELECT concat_ws(' ', (SELECT count(*) FROM cleardesk.correction), step) FROM cleardesk.product WHERE code = 'P4'`)
}
