package db_test

import (
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

const surge = domain.QuantitySurge

func TestGenuineIsReleasedLearntAndAccepted(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", domain.AmountSurge, deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""}, deskLine{"P3", 9, ""})
	r, err := w.finish("lin", c, domain.ChooseGenuine, 0)
	if err != nil {
		t.Fatal(err)
	}
	if r.State != domain.CaseClosed || r.Order.State != domain.Accepted || !r.Accepted || len(r.Holds) != 0 || r.Rechecked || len(r.Records) != 2 {
		t.Errorf("%+v", r)
	}
	w.want("480000 3000", `SELECT string_agg(reserved::text, ' ' ORDER BY code) FROM cleardesk.product WHERE reserved > 0`)
	w.want("0,1", `SELECT string_agg(line_no::text, ',' ORDER BY line_no) FROM cleardesk.waiting WHERE what = 'learn'`)
	w.want("order_accepted {1,2,3}", `SELECT string_agg(what || ' ' || translate(detail ->> 'lines', '[] ', '{}'), ';') FROM cleardesk.decision`)
	w.want("claimed,closed", `SELECT string_agg(what, ',' ORDER BY at) FROM cleardesk.claim`)
	w.want("2", `SELECT count(*) FROM cleardesk.anomaly WHERE outcome = 'confirmed_genuine' AND closed_at IS NOT NULL`)
}

func TestCorrectedLineKeepsItsHoldUntilJudged(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
	r, err := w.finish("lin", c, domain.ChooseChange, domain.Units(48))
	if err != nil {
		t.Fatal(err)
	}
	if r.State != domain.CaseClosed || r.Accepted || !r.Rechecked || len(r.Holds) != 1 || !r.Holds[0].Pending {
		t.Errorf("%+v", r)
	}
	if d := cmp.Diff([]domain.ResolvedLine{{Line: 1, Product: "P1", Old: 480_000, New: 48_000, OldAmount: 576_000, NewAmount: 57_600}}, r.Changed); d != "" {
		t.Error(d)
	}
	w.want("48000 480000 57600 true", `SELECT concat_ws(' ', quantity, original, amount, waiting::text) FROM cleardesk.order_line WHERE line_no = 1`)
	w.want("58599", `SELECT total FROM cleardesk.orders`)
	w.want("recheck", `SELECT string_agg(what, ',') FROM cleardesk.waiting`)
	w.want("quantity_changed", `SELECT string_agg(what, ',') FROM cleardesk.decision`)
}

// The amount is judged again too, whatever of the order changed.
func TestHoldOnTheOrderWaitsWhenALineChanges(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	for _, choice := range []domain.Choice{domain.ChooseChange, domain.ChooseDropLine} {
		c := w.put("S1", domain.AmountSurge, deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
		r, err := w.finish("lin", c, choice, domain.Units(48))
		if err != nil || r.Accepted || !r.Rechecked || r.Order.State != domain.Placed {
			t.Fatalf("%s: %+v %v", choice, r, err)
		}
		preview := map[domain.Choice]int{domain.ChooseChange: 2, domain.ChooseDropLine: 1}[choice]
		if len(r.Holds) != preview || r.Holds[0].Line != 0 || !r.Holds[0].Pending {
			t.Errorf("%s: holds %+v", choice, r.Holds)
		}
	}
}

func TestCancelledLineAndOrderGiveStockBack(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
	if _, err := w.finish("lin", c, domain.ChooseDropLine, 0); err != nil {
		t.Fatal(err)
	}
	w.want("accepted 999 line_cancelled", `SELECT concat_ws(' ', o.state, o.total, d.what) FROM cleardesk.orders o, cleardesk.decision d`)
	w.want("0", `SELECT count(*) FROM cleardesk.hold WHERE released_at IS NULL`)
	c = w.put("S2", "", deskLine{"P1", 480, surge}, deskLine{"P2", 5, ""})
	w.want("8000", `SELECT reserved FROM cleardesk.product WHERE code = 'P2'`)
	if r, err := w.finish("lin", c, domain.ChooseDropOrder, 0); err != nil || r.Order.State != domain.Cancelled || r.Order.Total != 0 {
		t.Errorf("%+v %v", r, err)
	}
	w.want("3000", `SELECT reserved FROM cleardesk.product WHERE code = 'P2'`)
	// The last line takes the order with it.
	c = w.put("S3", "", deskLine{"P1", 480, surge})
	if r, err := w.finish("lin", c, domain.ChooseDropLine, 0); err != nil || r.Order.State != domain.Cancelled {
		t.Errorf("%+v %v", r, err)
	}
	w.want("order_cancelled", `SELECT what FROM cleardesk.decision ORDER BY n DESC LIMIT 1`)
}

func TestOnlyWhatIsOneCaseOwnIsWritten(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	lin := w.stores["lin"]
	c := w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""}, deskLine{"P3", 4, ""})
	other := w.put("S2", "", deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
	claim := w.claim("lin", c)
	f, strange := w.form("lin", c), w.form("lin", other)
	change := handled(f, claim, w.decided(f, domain.ChooseChange, domain.Units(48)))
	with := func(do func(r *domain.Resolution)) domain.Handled {
		h := change
		h.Resolutions = []domain.Resolution{change.Resolutions[0]}
		h.Resolutions[0].Effects = append([]domain.Effect(nil), change.Resolutions[0].Effects...)
		do(&h.Resolutions[0])
		return h
	}
	for name, x := range map[string]struct {
		h    domain.Handled
		code domain.Code
	}{
		"hold of another": {with(func(r *domain.Resolution) { r.Effects[1].Hold = strange.Holds[0].ID }), domain.Forbidden},
		"another line":    {with(func(r *domain.Resolution) { r.Effects[0].Line = 2 }), domain.Forbidden},
		"no such line":    {with(func(r *domain.Resolution) { r.Effects[0].Line = 9 }), domain.Forbidden},
		"nought":          {with(func(r *domain.Resolution) { r.Effects[0].Quantity = 0 }), domain.Invalid},
		"too much":        {with(func(r *domain.Resolution) { r.Effects[0].Quantity = domain.MaxQuantity + 1 }), domain.Invalid},
		"no change":       {with(func(r *domain.Resolution) { r.Effects[0].Quantity = domain.Units(480) }), domain.Invalid},
		"hold left":       {with(func(r *domain.Resolution) { r.Effects = r.Effects[:1] }), domain.Invalid},
		"changed twice":   {with(func(r *domain.Resolution) { r.Effects = append(r.Effects, r.Effects[0]) }), domain.Invalid},
		"wrong effect":    {with(func(r *domain.Resolution) { r.Effects[0].Op = domain.EffectCancelOrder }), domain.Forbidden},
		"unknown outcome": {with(func(r *domain.Resolution) { r.Outcome = "vanished" }), domain.Invalid},
		"other's anomaly": {with(func(r *domain.Resolution) { r.Anomaly = strange.Anomalies[0].ID }), domain.Invalid},
		"no close reason": {with(func(r *domain.Resolution) { r.Close = "" }), domain.Invalid},
		"no reason":       {with(func(r *domain.Resolution) { r.Reason = "" }), domain.Invalid},
		"old version":     {domain.Handled{Case: c.id, Claim: claim.No, Version: change.Version - 1, Resolutions: change.Resolutions}, domain.Conflict},
		"old claim":       {domain.Handled{Case: c.id, Claim: claim.No - 1, Version: change.Version, Resolutions: change.Resolutions}, domain.Conflict},
		"nothing":         {domain.Handled{Case: c.id, Claim: claim.No, Version: change.Version, Resolutions: []domain.Resolution{}}, domain.Invalid},
	} {
		if _, err := lin.Resolve(t.Context(), uuid.New(), x.h); domain.CodeOf(err) != x.code {
			t.Errorf("%s: %v, want %s", name, err, x.code)
		}
	}
	w.want("0", `SELECT count(*) FROM cleardesk.resolution_record`)
	w.want("0", `SELECT count(*) FROM cleardesk.decision`)
	if _, err := lin.Resolve(t.Context(), uuid.New(), change); err != nil {
		t.Errorf("the honest one: %v", err)
	}
}

// The last effect fails: the anomaly of the whole order cannot be written, so the
// change of the line is not either.
func TestNothingIsWrittenUnlessAllIs(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", domain.AmountSurge, deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
	claim := w.claim("lin", c)
	f := w.form("lin", c)
	h := handled(f, claim, w.decided(f, domain.ChooseChange, domain.Units(48)))
	snapshot := `SELECT md5(string_agg(x, '|')) FROM (SELECT o::text AS x FROM cleardesk.orders o UNION ALL SELECT l::text FROM cleardesk.order_line l
		UNION ALL SELECT k::text FROM cleardesk.cases k UNION ALL SELECT n::text FROM cleardesk.decision_counter n
		UNION ALL SELECT d::text FROM cleardesk.hold d UNION ALL SELECT p::text FROM cleardesk.product p) y`
	before := w.text(snapshot)
	w.exec(`CREATE FUNCTION cleardesk.late() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE division_by_zero; END';
		CREATE TRIGGER late BEFORE INSERT ON cleardesk.decision FOR EACH STATEMENT EXECUTE FUNCTION cleardesk.late()`)
	_, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), h)
	if err == nil {
		t.Fatal("the failing decision was passed over")
	}
	w.want(before, snapshot)
	w.want("0", `SELECT count(*) FROM cleardesk.audit WHERE act = 'resolve'`)
	w.exec(`DROP TRIGGER late ON cleardesk.decision`)
	if _, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), h); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

func TestProcurementVerifiesBeforeALargeOrderIsConfirmed(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P4", 30, surge}, deskLine{"P2", 3, ""})
	_, err := w.finish("lin", c, domain.ChooseGenuine, 0)
	wantCode(t, err, domain.Forbidden)
	f := w.form("lin", c)
	if p := f.Plan(w.decided(f, domain.ChooseGenuine, 0)); p.HandTo != domain.Procurement {
		t.Fatalf("the form does not hand over: %+v", p)
	}
	if _, err := w.stores["lin"].HandOver(t.Context(), uuid.New(), c.id, f.Version, domain.Procurement, "30 kg?"); err != nil {
		t.Fatal(err)
	}
	_, err = w.stores["lin"].VerifyQuantity(t.Context(), uuid.New(), c.id, []int{1}, true, "")
	wantCode(t, err, domain.Forbidden)
	_, err = w.stores["zhao"].VerifyQuantity(t.Context(), uuid.New(), c.id, []int{7}, true, "")
	wantCode(t, err, domain.NotFound)
	_, err = w.stores["zhao"].VerifyQuantity(t.Context(), uuid.New(), c.id, []int{1}, false, "")
	wantCode(t, err, domain.Invalid)
	m, err := w.stores["zhao"].VerifyQuantity(t.Context(), uuid.New(), c.id, []int{1}, true, "")
	if err != nil || m.With != domain.CustomerService {
		t.Fatalf("%+v %v", m, err)
	}
	r, err := w.finish("lin", c, domain.ChooseGenuine, 0)
	if err != nil || !r.Accepted {
		t.Errorf("verified, and %+v %v", r, err)
	}
	w.want("line_accepted", `SELECT string_agg(what, ',') FROM cleardesk.decision`)
}

// It does not matter what the release is called, nor whether the quantity was found
// or the amount it makes.
func TestProcurementVerifiesWhateverIsReleased(t *testing.T) {
	t.Parallel()
	for name, whole := range map[string]domain.Kind{"quantity": "", "amount": domain.AmountSurge} {
		for _, choice := range []domain.Choice{domain.ChooseGenuine, domain.ChooseFalseAlarm} {
			t.Run(name+" "+string(choice), func(t *testing.T) {
				t.Parallel()
				w := newDeskWorld(t)
				odd := surge
				if whole != "" {
					odd = ""
				}
				c := w.put("S1", whole, deskLine{"P2", 3, ""}, deskLine{"P4", 30, odd})
				w.exec(`UPDATE cleardesk.anomaly SET evidence = evidence || '{"odd_lines": [1, 2]}' WHERE kind = 'amount_surge'`)
				_, err := w.finish("lin", c, choice, 0)
				wantCode(t, err, domain.Forbidden)
				f := w.form("lin", c)
				if p := f.Plan(w.decided(f, choice, 0)); p.HandTo != domain.Procurement || !cmp.Equal(p.Verify, []int{2}) {
					t.Fatalf("the form does not hand over: %+v", p)
				}
				w.exec(`UPDATE cleardesk.order_line SET verified = $1 WHERE line_no = 2`, string(w.login("zhao")))
				if r, err := w.finish("lin", c, choice, 0); err != nil || !r.Accepted {
					t.Errorf("verified, and %+v %v", r, err)
				}
			})
		}
	}
}

// A line that was accepted before it was found odd has its stock already.
func TestReservedLineIsReleasedThoughTheRestIsTaken(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, ""}, deskLine{"P2", 3, surge})
	w.exec(`UPDATE cleardesk.product SET stock = reserved + 3000 WHERE code = 'P1'`)
	w.flag(c, 1, surge)
	f := w.form("lin", c)
	if l, _ := f.Line(1); !l.Reserved || len(f.Unverified()) > 0 {
		t.Errorf("to be verified %v: %+v", f.Unverified(), l)
	}
	if l, _ := f.Line(2); l.Reserved {
		t.Errorf("taken before it is accepted: %+v", l)
	}
	if _, err := w.finish("lin", c, domain.ChooseGenuine, 0); err != nil {
		t.Error(err)
	}
}
