package db_test

import (
	"encoding/json"
	"errors"
	"testing"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// dear makes orders from 5000 yuan on a matter of two, and one of them.
func (w *deskWorld) dear() deskCase {
	w.Helper()
	err := w.stores["max"].PutSetting(w.Context(), uuid.New(), domain.Setting{Name: "sign.release", Scope: domain.ScopePlatform, Value: "5,000.00"})
	if err != nil {
		w.Fatal(err)
	}
	return w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
}

// proposed is a case that somebody proposed to end with one choice, and the proposal.
func (w *deskWorld) proposed(who string, c deskCase, choice domain.Choice) (domain.Moved, int64) {
	w.Helper()
	claim := w.claim(who, c)
	f := w.form(who, c)
	moved, err := w.stores[who].Propose(w.Context(), uuid.New(), handled(f, claim, w.decided(f, choice, 0)))
	if err != nil {
		w.Fatal(err)
	}
	var id int64
	w.scan(&id, `SELECT max(id) FROM cleardesk.proposal WHERE case_id = $1`, int64(c.id))
	return moved, id
}

func TestWhatTakesTwoIsSignedByAnother(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.dear()
	_, err := w.finish("lin", c, domain.ChooseGenuine, 0)
	wantCode(t, err, domain.Forbidden)
	if e, _ := errors.AsType[*domain.Error](err); e == nil || e.Detail["needs"] != "second" || e.Detail["stake"] != "576999" {
		t.Errorf("%+v", e)
	}
	moved, id := w.proposed("lin", c, domain.ChooseGenuine)
	if moved.With != domain.Manager {
		t.Errorf("%+v", moved)
	}
	w.want("manager 0 proposed 576999", `SELECT concat_ws(' ', c.lies_with, (SELECT count(*) FROM cleardesk.hold WHERE released_at IS NOT NULL), n.what, k.stake)
		FROM cleardesk.cases c, cleardesk.case_note n, cleardesk.proposal k WHERE c.holder IS NULL`)
	for _, who := range []string{"lin", "zhao", "tuo"} {
		_, err := w.stores[who].Sign(t.Context(), uuid.New(), id, moved.Version, true, "")
		wantCode(t, err, domain.Forbidden)
	}
	_, err = w.stores["max"].Sign(t.Context(), uuid.New(), id, moved.Version-1, true, "")
	wantCode(t, err, domain.Conflict)
	out, err := w.stores["wang"].Sign(t.Context(), uuid.New(), id, moved.Version, true, "店里确认")
	if err != nil || out.State != domain.CaseClosed || !out.Accepted || len(out.Records) != 1 {
		t.Fatalf("%+v %v", out, err)
	}
	w.want(string(w.login("lin"))+" "+string(w.login("wang")), `SELECT by_login || ' ' || (answers -> 'second' ->> 'by') FROM cleardesk.resolution_record`)
	file, err := w.stores["lin"].CaseFile(t.Context(), c.id)
	if err != nil || len(file.Records) != 1 || file.Records[0].Second == nil || file.Records[0].Second.Login != w.login("wang") || file.Records[0].Second.Name == "" {
		t.Errorf("the record does not name who signed: %+v, %v", file.Records, err)
	}
	w.want("true 店里确认 proposed,signed line_accepted", `SELECT concat_ws(' ', g.signed::text, g.note, (SELECT string_agg(what, ',' ORDER BY id) FROM cleardesk.case_note),
		(SELECT string_agg(what, ',') FROM cleardesk.decision)) FROM cleardesk.signature g`)
	_, err = w.stores["max"].Sign(t.Context(), uuid.New(), id, out.Version, false, "晚了")
	wantCode(t, err, domain.Conflict)
	// Whoever proposed it wrote it, and may take it back.
	if _, err := w.stores["lin"].Reverse(t.Context(), uuid.New(), c.id, out.Version, "看错"); err != nil {
		t.Error(err)
	}
}

func TestWhatIsNotSignedGoesBack(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.dear()
	moved, first := w.proposed("lin", c, domain.ChooseDropOrder)
	_, err := w.stores["max"].Sign(t.Context(), uuid.New(), first, moved.Version, false, " ")
	wantCode(t, err, domain.Invalid)
	out, err := w.stores["max"].Sign(t.Context(), uuid.New(), first, moved.Version, false, "再问店长")
	if err != nil || out.State != domain.CaseOpen || out.Version != moved.Version+1 {
		t.Fatalf("%+v %v", out, err)
	}
	w.want("customer_service proposed,not_signed 再问店长 0", `SELECT concat_ws(' ', c.lies_with, string_agg(n.what, ',' ORDER BY n.id), max(n.text) FILTER (WHERE n.what = 'not_signed'),
		(SELECT count(*) FROM cleardesk.resolution_record)) FROM cleardesk.cases c JOIN cleardesk.case_note n ON n.case_id = c.id GROUP BY c.id`)
	_, err = w.stores["wang"].Sign(t.Context(), uuid.New(), first, out.Version, false, "我也不签")
	wantCode(t, err, domain.Conflict)
	// Proposed again and again, only the last one counts.
	_, before := w.proposed("wang", c, domain.ChooseDropOrder)
	w.with(c, domain.CustomerService)
	moved, second := w.proposed("wang", c, domain.ChooseGenuine)
	_, err = w.stores["max"].Sign(t.Context(), uuid.New(), before, moved.Version, false, "不是这个")
	wantCode(t, err, domain.Conflict)
	w.exec(`UPDATE cleardesk.cases SET lies_with = 'customer_service' WHERE id = $1`, int64(c.id))
	w.claim("lin", c)
	_, err = w.stores["max"].Sign(t.Context(), uuid.New(), second, moved.Version, true, "")
	wantCode(t, err, domain.Taken)
	if _, err = w.stores["lin"].Sign(t.Context(), uuid.New(), second, moved.Version, true, ""); err != nil {
		t.Errorf("who holds it may sign: %v", err)
	}
}

// What has come to the case since it was proposed nobody has decided.
func TestNobodySignsWhatHasChanged(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.dear()
	moved, id := w.proposed("lin", c, domain.ChooseGenuine)
	w.flag(c, 2, domain.ZeroStock)
	_, err := w.stores["max"].Sign(t.Context(), uuid.New(), id, moved.Version, true, "")
	wantCode(t, err, domain.Conflict)
	_, err = w.stores["max"].Sign(t.Context(), uuid.New(), id, moved.Version+1, true, "")
	wantCode(t, err, domain.Conflict)
	if _, err := w.stores["max"].Sign(t.Context(), uuid.New(), id, moved.Version+1, false, "又多了一条"); err != nil {
		t.Error(err)
	}
	w.want("0", `SELECT count(*) FROM cleardesk.hold WHERE released_at IS NOT NULL`)
}

func TestTwoSignAtOnce(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.dear()
	moved, id := w.proposed("lin", c, domain.ChooseGenuine)
	errs := make(chan error, 2)
	for _, who := range []string{"wang", "max"} {
		go func() {
			_, err := w.stores[who].Sign(t.Context(), uuid.New(), id, moved.Version, true, "")
			errs <- err
		}()
	}
	first, second := <-errs, <-errs
	if first != nil {
		first, second = second, first
	}
	if first != nil || domain.CodeOf(second) != domain.Conflict {
		t.Errorf("%v, %v", first, second)
	}
	w.want("1 1 1", `SELECT concat_ws(' ', (SELECT count(*) FROM cleardesk.signature), (SELECT count(*) FROM cleardesk.resolution_record), (SELECT count(*) FROM cleardesk.decision))`)
}

// Signed and written, or neither.
func TestASignatureThatCannotBeWrittenIsNone(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.dear()
	moved, id := w.proposed("lin", c, domain.ChooseGenuine)
	w.exec(`CREATE TRIGGER broken BEFORE INSERT ON cleardesk.decision FOR EACH ROW EXECUTE FUNCTION cleardesk.refuse_change()`)
	if _, err := w.stores["max"].Sign(t.Context(), uuid.New(), id, moved.Version, true, ""); err == nil {
		t.Error("written")
	}
	w.want("0 0 0", `SELECT concat_ws(' ', (SELECT count(*) FROM cleardesk.signature), (SELECT count(*) FROM cleardesk.resolution_record),
		(SELECT count(*) FROM cleardesk.hold WHERE released_at IS NOT NULL))`)
}

// Only what takes a second person is proposed, by who may write it and holds it.
func TestWhatMayBeProposed(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
	claim := w.claim("lin", c)
	f := w.form("lin", c)
	h := handled(f, claim, w.decided(f, domain.ChooseGenuine, 0))
	_, err := w.stores["lin"].Propose(t.Context(), uuid.New(), h)
	wantCode(t, err, domain.Invalid)
	d := w.dear()
	claim = w.claim("lin", d)
	f = w.form("lin", d)
	h = handled(f, claim, w.decided(f, domain.ChooseGenuine, 0))
	stale, foreign := h, h
	stale.Version--
	foreign.Resolutions = handled(w.form("lin", c), claim, w.decided(w.form("lin", c), domain.ChooseGenuine, 0)).Resolutions
	for name, c := range map[string]struct {
		who  string
		h    domain.Handled
		want domain.Code
	}{
		"not held": {"wang", h, domain.Conflict}, "stale": {"lin", stale, domain.Conflict}, "another's": {"lin", foreign, domain.Invalid},
		"procurement": {"zhao", h, domain.Forbidden},
	} {
		_, err := w.stores[c.who].Propose(t.Context(), uuid.New(), c.h)
		if domain.CodeOf(err) != c.want {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := w.stores["max"].PutSetting(t.Context(), uuid.New(), domain.Setting{Name: "sign.with", Scope: domain.ScopePlatform, Value: "customer_service"}); err != nil {
		t.Fatal(err)
	}
	moved, err := w.stores["lin"].Propose(t.Context(), uuid.New(), h)
	if err != nil || moved.With != domain.CustomerService || moved.Version != h.Version+1 {
		t.Errorf("%+v %v", moved, err)
	}
	w.want("true", `SELECT holder IS NULL FROM cleardesk.cases WHERE id = $1`, int64(d.id))
}

// Both sides of each limit.
func TestFromWhichAmountTwoAreNeeded(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	c := w.put("S1", "", deskLine{"P1", 480, surge}) // 5760 yuan
	set := func(name, value string) {
		t.Helper()
		if err := w.stores["max"].PutSetting(t.Context(), uuid.New(), domain.Setting{Name: name, Scope: domain.ScopePlatform, Value: value}); err != nil {
			t.Fatal(err)
		}
	}
	adjust := func(m domain.Money) domain.Effect { return domain.Effect{Op: domain.EffectAdjust, Line: 1, Amount: m} }
	gift := func(q, price int64) domain.Effect {
		return domain.Effect{Op: domain.EffectSupplement, Lines: []domain.LinkedLine{{Product: "P4", Quantity: domain.Quantity(q), Price: domain.Money(price)}}}
	}
	release, cancel := domain.Effect{Op: domain.EffectRelease, Hold: 1}, domain.Effect{Op: domain.EffectCancelOrder}
	for name, x := range map[string]struct {
		release, adjust string
		effects         []domain.Effect
		want            string
	}{
		"released at it": {"5760.00", "", []domain.Effect{release}, "576000"}, "below it": {"5760.01", "", []domain.Effect{release}, ""},
		"cancelled": {"5,760", "", []domain.Effect{cancel}, "576000"}, "a line": {"1", "", []domain.Effect{{Op: domain.EffectCancelLine, Line: 1}}, ""},
		"credit": {"", "12.34", []domain.Effect{adjust(-1_234)}, "1234"}, "charge below": {"", "12.34", []domain.Effect{adjust(1_233)}, ""},
		"two credits": {"", "12.34", []domain.Effect{adjust(-1_000), adjust(-234)}, "1234"},
		"a gift":      {"", "90.05", []domain.Effect{gift(1_000, 0), adjust(5)}, "9005"}, "a gift below": {"", "90.01", []domain.Effect{gift(1_000, 0)}, ""},
		"as paid": {"", "100", []domain.Effect{gift(1_000, 10_000)}, "10000"}, "both": {"5760", "1", []domain.Effect{release, adjust(-500)}, "576000"},
		"the smaller": {"5761", "5", []domain.Effect{release, adjust(-500)}, "500"}, "nothing": {"1", "1", nil, ""},
	} {
		// As set in the form: the default where nothing is.
		for setting, value := range map[string]string{"sign.release": x.release, "sign.adjust": x.adjust} {
			if value == "" {
				value = "100000"
			}
			set(setting, value)
		}
		raw, err := json.Marshal([]domain.Resolution{{Anomaly: 1, Effects: append([]domain.Effect{}, x.effects...)}})
		if err != nil {
			t.Fatal(err)
		}
		if got := w.text(`SELECT cleardesk.needs_second($1, $2)`, int64(c.id), string(raw)); got != x.want {
			t.Errorf("%s: %q, want %q", name, got, x.want)
		}
	}
}

// Without a setting the limits are those the domain has.
func TestDefaultsOfTheSecondPerson(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	settings, err := w.stores["lin"].Settings(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	release, _ := settings.Money("sign.release", domain.Where{})
	adjust, _ := settings.Money("sign.adjust", domain.Where{})
	c := w.put("S1", "", deskLine{"P1", 480, surge})
	stake := func(total, amount domain.Money) string {
		w.exec(`UPDATE cleardesk.orders SET total = $1`, int64(total))
		raw, err := json.Marshal([]domain.Resolution{{Anomaly: 1, Effects: []domain.Effect{{Op: domain.EffectRelease}, {Op: domain.EffectAdjust, Amount: amount}}}})
		if err != nil {
			t.Fatal(err)
		}
		return w.text(`SELECT cleardesk.needs_second($1, $2)`, int64(c.id), string(raw))
	}
	if a, b, c := stake(release-1, 1-adjust), stake(release, 0), stake(0, -adjust); a != "" || b != "5000000" || c != "200000" {
		t.Errorf("%q %q %q", a, b, c)
	}
	w.want("manager", `SELECT cleardesk.sign_with()`)
	if got := settings.Get("sign.with", domain.Where{}); got != "manager" {
		t.Errorf("waits with %s", got)
	}
}
