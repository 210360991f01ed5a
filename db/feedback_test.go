package db

import (
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// The same thing at the same store is quiet up to what was confirmed times the factor
// and until the end date, and not beyond either. The factor is five, so that what was
// learnt from the confirmed quantity is not what keeps a line quiet.
func TestQuieterAfterWhatWasRightOrAFalseAlarm(t *testing.T) {
	t.Parallel()
	five := map[string]string{"detect.quiet_ratio": "5", "detect.quiet_days": "10"}
	for name, c := range map[string]struct {
		choice   domain.Choice
		settings map[string]string
		store    string
		quantity int64
		came     string // when the next order comes in, after now
		want     string
	}{
		"the same again":             {domain.ChooseGenuine, nil, "S1", 40, "1 day", "null"},
		"as much as the factor":      {domain.ChooseGenuine, five, "S1", 200, "1 day", "null"},
		"after a false alarm":        {domain.ChooseFalseAlarm, five, "S1", 200, "1 day", "null"},
		"beyond the factor":          {domain.ChooseGenuine, five, "S1", 201, "1 day", "quantity_surge 1"},
		"beyond, after false alarm":  {domain.ChooseFalseAlarm, five, "S1", 201, "1 day", "quantity_surge 1"},
		"another store":              {domain.ChooseGenuine, five, "S2", 200, "1 day", "quantity_surge 1"},
		"just before the end":        {domain.ChooseGenuine, five, "S1", 200, "9 days 23:59", "null"},
		"after the end":              {domain.ChooseGenuine, five, "S1", 200, "10 days 00:01", "quantity_surge 1"},
		"came in before the word":    {domain.ChooseGenuine, five, "S1", 200, "-1 day", "quantity_surge 1"},
		"no exemptions are made":     {domain.ChooseGenuine, map[string]string{"detect.quiet_days": "0"}, "S1", 200, "1 day", "quantity_surge 1"},
		"the usual factor is passed": {domain.ChooseGenuine, nil, "S1", 200, "1 day", "quantity_surge 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, _ := surged(t, c.choice, c.settings)
			w.run()
			w.put(testOrder{store: c.store, at: w.at.Add(24 * time.Hour), lines: usualLines(c.quantity)}) // not the same day's again
			no := w.last()
			w.exec(`UPDATE cleardesk.waiting SET at = now() + $1::interval`, c.came)
			// In the same batch is one of the store while the exemption holds.
			w.put(testOrder{store: "S1", at: w.at.Add(26 * time.Hour), lines: usualLines(10)[1:]})
			w.run()
			got := w.text(`SELECT coalesce((SELECT string_agg(kind || ' ' || line_no, ', ') FROM cleardesk.anomaly a JOIN cleardesk.orders o ON o.id = a.order_id
				WHERE o.order_no = $1 AND a.kind = 'quantity_surge'), 'null')`, no)
			if got != c.want {
				t.Errorf("%d at %s: %s, want %s", c.quantity, c.store, got, c.want)
			}
			if c.want == "null" {
				w.want("accepted", `SELECT state FROM cleardesk.orders WHERE order_no = $1`, no)
			}
		})
	}
}

func TestEvidenceTellsOfTheExemptionThatWasPassed(t *testing.T) {
	t.Parallel()
	w, preview := surged(t, domain.ChooseGenuine, map[string]string{"detect.quiet_ratio": "2"})
	until := w.text(`SELECT to_char(until_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') FROM cleardesk.exemption`)
	w.order(usualLines(400)...)
	w.run()
	w.want("80000 "+until, `SELECT concat_ws(' ', evidence ->> 'quiet_to', evidence ->> 'quiet_until') FROM cleardesk.anomaly
		WHERE kind = 'quantity_surge' ORDER BY id DESC LIMIT 1`)
	if len(preview.Quieter) != 1 || preview.Quieter[0].UpTo != domain.Units(80) || preview.Quieter[0].Line != 1 {
		t.Errorf("the form foretold %+v", preview.Quieter)
	}
	var written time.Time
	if err := w.admin.GetContext(t.Context(), &written, `SELECT until_at FROM cleardesk.exemption`); err != nil {
		t.Fatal(err)
	}
	if off := written.Sub(preview.Quieter[0].Until).Abs(); off > time.Minute {
		t.Errorf("written until %v, foretold %v", written, preview.Quieter[0].Until)
	}
}

// A hard limit holds whatever was confirmed, and what it held makes no exemption.
func TestHardLimitsAreNeverQuieter(t *testing.T) {
	t.Parallel()
	w, _ := surged(t, domain.ChooseGenuine, map[string]string{"detect.quiet_ratio": "5"})
	w.set("limit.quantity", "50")
	no := w.order(usualLines(60)...)
	w.run()
	w.want("quantity_surge 1 hard", anomalies, no)
	if p := w.decide(w.desk("wang", "agent"), w.openCases()[0], domain.ChooseGenuine, 0); len(p.Quieter) != 0 {
		t.Errorf("the form foretold %+v", p.Quieter)
	}
	w.want("1", `SELECT count(*) FROM cleardesk.exemption`)
}

// A soft limit only flags, and is as quiet as the statistics are.
func TestSoftLimitsAreQuieter(t *testing.T) {
	t.Parallel()
	w, _ := surged(t, domain.ChooseGenuine, map[string]string{"detect.quiet_ratio": "5"})
	w.set("limit.soft_multiple", "1.2")
	within, beyond := w.order(usualLines(41)...), w.order(usualLines(500)...)
	w.run()
	w.want("null", anomalies, within)
	w.want("true", `SELECT count(*) > 0 FROM cleardesk.anomaly a JOIN cleardesk.orders o ON o.id = a.order_id WHERE o.order_no = $1 AND a.line_no = 1`, beyond)
}

// The amount has an exemption of its own.
func TestQuieterAboutTheAmount(t *testing.T) {
	t.Parallel()
	for days, want := range map[string]string{"30": "null", "0": "amount_surge 0, quantity_surge 1"} {
		t.Run(days+" days", func(t *testing.T) {
			t.Parallel()
			w := newJudgeWorld(t)
			w.set("detect.quiet_days", days)
			w.set("detect.quiet_ratio", "4")
			w.learnt(20, testLine{product: "P1", quantity: 10}, testLine{product: "P2", quantity: 10})
			no := w.order(testLine{product: "P1", quantity: 100}, testLine{product: "P2", quantity: 10})
			w.run()
			w.want("amount_surge 0, quantity_surge 1", anomalies, no)
			w.decide(w.desk("lin", "agent"), w.openCases()[0], domain.ChooseGenuine, 0)
			again := w.order(testLine{product: "P1", quantity: 400}, testLine{product: "P2", quantity: 10})
			beyond := w.order(testLine{product: "P1", quantity: 1000}, testLine{product: "P2", quantity: 10})
			w.run()
			w.want(want, anomalies, again)
			if days != "0" {
				w.want("440000", `SELECT a.evidence ->> 'quiet_to_amount' FROM cleardesk.anomaly a JOIN cleardesk.orders o ON o.id = a.order_id
					WHERE o.order_no = $1 AND a.kind = 'amount_surge'`, beyond)
			}
		})
	}
}

func TestManagerEndsAnExemption(t *testing.T) {
	t.Parallel()
	w, _ := surged(t, domain.ChooseGenuine, map[string]string{"detect.quiet_ratio": "5"})
	w.run()
	manager := w.desk("max", "manager")
	all, err := manager.Exemptions(t.Context(), false)
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v %v", all, err)
	}
	x := all[0]
	want := domain.Exemption{
		ID: x.ID, Store: "S1", Product: "P1", Kind: domain.QuantitySurge, Quantity: domain.Units(40), Ratio100: 500, From: x.From,
		Until: x.From.Add(30 * 24 * time.Hour), Record: x.Record, By: x.By, ProductName: "大米", ProductNameEn: "Rice", Unit: "袋", ByName: "lin",
	}
	if d := cmp.Diff(want, x); d != "" {
		t.Error(d)
	}
	if !strings.HasPrefix(string(x.By), "lin_") {
		t.Errorf("made by %s", x.By)
	}
	store, err := manager.StoreFile(t.Context(), "S1")
	if err != nil || len(store.Memory.Quieter) != 1 || store.Memory.Quieter[0].ID != x.ID {
		t.Errorf("the store's file tells of %+v %v", store.Memory.Quieter, err)
	}
	if err := manager.EndExemption(t.Context(), uuid.New(), x.ID, "sale is over"); err != nil {
		t.Fatal(err)
	}
	after := w.order(usualLines(150)...)
	w.run()
	w.want("quantity_surge 1", anomalies, after)
	if err := manager.EndExemption(t.Context(), uuid.New(), x.ID, ""); domain.CodeOf(err) != domain.Conflict {
		t.Errorf("ended twice: %v", err)
	}
	if err := manager.EndExemption(t.Context(), uuid.New(), 99, ""); domain.CodeOf(err) != domain.NotFound {
		t.Errorf("no such: %v", err)
	}
	if left, err := manager.Exemptions(t.Context(), false); err != nil || len(left) != 0 {
		t.Errorf("still in force: %+v %v", left, err)
	}
	if ended, err := manager.Exemptions(t.Context(), true); err != nil || len(ended) != 1 || ended[0].EndedAt == nil || !strings.HasPrefix(ended[0].EndedBy, "max_") {
		t.Errorf("ended: %+v %v", ended, err)
	}
}

// What came in while it held is judged as it would have been then.
func TestAnEndedExemptionStillHoldsForWhatCameInBefore(t *testing.T) {
	t.Parallel()
	w, _ := surged(t, domain.ChooseGenuine, map[string]string{"detect.quiet_ratio": "5"})
	w.run()
	before := w.order(usualLines(150)...)
	if err := w.desk("max", "manager").EndExemption(t.Context(), uuid.New(), 1, ""); err != nil {
		t.Fatal(err)
	}
	w.run()
	w.want("null", anomalies, before)
}

// What is written against the rules of exemptions is refused, whoever speaks to the
// server directly.
func TestForgedExemptionsAreRefused(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.exec("UPDATE cleardesk.product SET step = 7000 WHERE code = 'P2'")
	w.set("limit.quantity", "300")
	w.learnt(20, testLine{product: "P1", quantity: 10}, testLine{product: "P2", quantity: 14, price: 50_000})
	w.order(testLine{product: "P1", quantity: 400}, testLine{product: "P2", quantity: 15, price: 50_000})
	w.order(testLine{product: "P1", quantity: 100}, testLine{product: "P2", quantity: 14, price: 50_000})
	w.run()
	lin := w.desk("lin", "agent")
	anomaly := func(kind string, hard bool) (id domain.AnomalyID) {
		t.Helper()
		if err := w.admin.GetContext(t.Context(), &id, `SELECT min(id) FROM cleardesk.anomaly WHERE kind = $1 AND hard = $2`, kind, hard); err != nil {
			t.Fatal(err)
		}
		return id
	}
	for name, r := range map[string]domain.Resolution{
		"of a hard limit": {
			Anomaly: anomaly("quantity_surge", true), Outcome: domain.ConfirmedGenuine, Close: domain.UnusualRight,
			Effects: []domain.Effect{{Op: domain.EffectQuieten, Line: 1}},
		},
		"of a step": {
			Anomaly: anomaly("step_mismatch", false), Outcome: domain.FalseAlarm, Close: domain.RuleWrong,
			Effects: []domain.Effect{{Op: domain.EffectQuieten, Line: 2}},
		},
		"of another line": {
			Anomaly: anomaly("quantity_surge", false), Outcome: domain.ConfirmedGenuine, Close: domain.UnusualRight,
			Effects: []domain.Effect{{Op: domain.EffectQuieten, Line: 2}},
		},
		"of a real error": {
			Anomaly: anomaly("quantity_surge", false), Outcome: domain.ConfirmedGenuine, Close: domain.RealError,
			Effects: []domain.Effect{{Op: domain.EffectQuieten, Line: 1}},
		},
	} {
		var id domain.CaseID
		if err := w.admin.GetContext(t.Context(), &id, `SELECT case_id FROM cleardesk.anomaly WHERE id = $1`, int64(r.Anomaly)); err != nil {
			t.Fatal(err)
		}
		claim, err := lin.Claim(t.Context(), uuid.New(), id)
		if err != nil {
			t.Fatal(err)
		}
		r.Reason = "other"
		var hold domain.HoldID
		if err := w.admin.GetContext(t.Context(), &hold, `SELECT id FROM cleardesk.hold WHERE anomaly_id = $1`, int64(r.Anomaly)); err != nil {
			t.Fatal(err)
		}
		r.Effects = append(r.Effects, domain.Effect{Op: domain.EffectRelease, Hold: hold})
		h := domain.Handled{Case: id, Claim: claim.No, Version: claim.Version, Resolutions: []domain.Resolution{r}}
		if _, err := lin.Resolve(t.Context(), uuid.New(), h); domain.CodeOf(err) != domain.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
	w.want("0", `SELECT count(*) FROM cleardesk.exemption`)
}

// A confirmed error feeds no baseline: what is learnt is the corrected quantity, and of
// a cancelled line nothing.
func TestConfirmedErrorIsLearntCorrected(t *testing.T) {
	t.Parallel()
	for choice, want := range map[domain.Choice]string{
		domain.ChooseChange: "21 10000 12000", domain.ChooseDropLine: "20 10000 10000",
	} {
		t.Run(string(choice), func(t *testing.T) {
			t.Parallel()
			w := newJudgeWorld(t)
			w.set("limit.quantity", "500") // the next order is flagged whatever was learnt
			w.learnt(20, usualLines(10)...)
			w.order(usualLines(1000)...)
			w.run()
			w.decide(w.desk("lin", "agent"), w.openCases()[0], choice, domain.Units(12))
			w.order(usualLines(1000)...)
			w.run()
			w.want(want, `SELECT concat_ws(' ', evidence ->> 'earlier', evidence ->> 'expected', evidence ->> 'usual_high')
				FROM cleardesk.anomaly WHERE kind = 'quantity_surge' ORDER BY id DESC LIMIT 1`)
			w.want("0", `SELECT count(*) FROM cleardesk.exemption`)
		})
	}
}

// Exemptions are facts like others: whoever judges, in whatever batches, gives the
// same flags.
func TestTakeOverWithExemptionsInForce(t *testing.T) {
	t.Parallel()
	const orders = 600
	prepared := func(days string) *judgeWorld {
		w := streamed(t, orders)
		w.exec(`UPDATE cleardesk.product SET stock = NULL`)
		w.set("detect.quiet_days", days)
		w.run()
		lin := w.desk("lin", "agent")
		for i, id := range w.openCases() {
			if kind := w.text(`SELECT string_agg(DISTINCT kind, ' ') FROM cleardesk.anomaly WHERE case_id = $1`, int64(id)); i%3 > 0 &&
				(kind == "quantity_surge" || kind == "amount_surge quantity_surge") {
				w.decide(lin, id, []domain.Choice{domain.ChooseGenuine, domain.ChooseFalseAlarm}[i%2], 0)
			}
		}
		again := stream(11, 8, 60, orders, 8)[orders/3:]
		for i := range again {
			again[i].at = again[i].at.Add(48 * time.Hour)
		}
		w.put(again...)
		return w
	}
	whole, w, loud := prepared("30"), prepared("30"), prepared("0")
	whole.run()
	loud.run()
	want := whole.verdicts()
	if made := whole.text(`SELECT count(*)::text FROM cleardesk.exemption`); made == "0" || cmp.Equal(want["anomalies"], loud.verdicts()["anomalies"]) {
		t.Fatalf("the exemptions (%s) make no difference", made)
	}
	r := rand.New(rand.NewPCG(9, 9))
	for n := 1; n > 0; {
		j := w.takeOver(JudgeOptions{BatchLines: 50 + r.IntN(300), KindWords: testWords()})
		items, err := j.take(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if len(items) > 0 && r.IntN(2) == 0 {
			j.verdictsOn(t, items) // and never written
			continue
		}
		if n, err = j.batch(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(want, w.verdicts()); d != "" {
		t.Errorf("take-overs changed the verdicts (-undisturbed +taken over):\n%s", d)
	}
}

func TestSettingHistoryTellsWhoSetWhatFromWhen(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	manager := w.desk("max", "manager")
	for _, value := range []string{"200", "50"} {
		if err := manager.PutSetting(t.Context(), uuid.New(), domain.Setting{Name: "detect.budget", Scope: domain.ScopePlatform, Value: value}); err != nil {
			t.Fatal(err)
		}
	}
	later := time.Date(2090, 1, 1, 0, 0, 0, 0, time.UTC)
	if err := manager.PutSetting(t.Context(), uuid.New(), domain.Setting{Name: "detect.budget", Scope: domain.ScopePlatform, Value: "70", From: later}); err != nil {
		t.Fatal(err)
	}
	past, err := manager.SettingHistory(t.Context(), "detect.budget")
	if err != nil || len(past) != 3 {
		t.Fatalf("%+v %v", past, err)
	}
	if past[0].Value != "70" || !past[0].From.Equal(later) || past[1].Value != "50" || past[2].Value != "200" || !strings.HasPrefix(past[2].By, "max_") ||
		past[2].ByName != "max" || time.Since(past[2].At) > time.Hour {
		t.Errorf("%+v", past)
	}
	if _, err := manager.SettingHistory(t.Context(), "detect.bugdet"); domain.CodeOf(err) != domain.Invalid {
		t.Errorf("no such setting: %v", err)
	}
}
