package db_test

import (
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// A line that is let go after its order was allocated is an order of its own, at the
// price it had: the store owes the same ("Holds").
func TestLineReleasedLateIsAnOrderOfItsOwn(t *testing.T) {
	t.Parallel()
	for _, state := range []domain.OrderState{domain.Allocated, domain.Shipped, domain.Delivered} {
		t.Run(string(state), func(t *testing.T) {
			t.Parallel()
			w := newDeskWorld(t)
			e := w.ready(domain.QuantitySurge)
			w.exec(`UPDATE cleardesk.orders SET state = $2 WHERE id = $1`, e.order, string(state))
			r, _ := domain.RuleFor(domain.QuantitySurge, domain.ConfirmedGenuine)
			before := w.text(asWas)
			e = w.claimed("lin", domain.CustomerService, e)
			form := w.form("lin", e.deskCase)
			foretold := form.Plan(w.decided(form, domain.ChooseGenuine, 0)).Preview
			if len(foretold.Linked) != 1 || !foretold.Linked[0].Late || foretold.Linked[0].Total != 48_000 || foretold.NewTotal != 999 || foretold.Due() != 0 {
				t.Errorf("foretold %+v, total %s", foretold.Linked, foretold.NewTotal)
			}
			out, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), e.handledAs(r))
			if err != nil {
				t.Fatal(err)
			}
			if got := w.plain(w.text(toldSince, 0), e.no); got != "line_cancelled O 1, order_linked O-S1, order_accepted O-S1" {
				t.Error(got)
			}
			w.want(string(state)+" 999, accepted 48000", `SELECT string_agg(state || ' ' || total, ', ' ORDER BY id) FROM cleardesk.orders`)
			w.want("40000", `SELECT reserved FROM cleardesk.product WHERE code = 'P1'`)
			w.want("P1 40000 1200 true", `SELECT concat_ws(' ', l.product, l.quantity, l.price, l.reserved::text) FROM cleardesk.order_line l JOIN cleardesk.orders o ON o.id = l.order_id WHERE o.link = 'supplement'`)
			if d := cmp.Diff([]domain.ResolvedLine{{Line: 1, Product: "P1", Old: 40_000, OldAmount: 48_000}}, out.Changed); d != "" {
				t.Error(d)
			}
			if len(out.Did) != 1 || out.Did[0].Op != domain.EffectSupplement || out.Order.Total != 999 {
				t.Errorf("%+v", out)
			}
			w.breaches()
			if _, err := w.takeBack("lin", e.deskCase); err != nil {
				t.Fatal(err)
			}
			w.exec(`ALTER TABLE cleardesk.order_line DISABLE TRIGGER order_line_kept; ALTER TABLE cleardesk.orders DISABLE TRIGGER orders_kept; ` + gone)
			w.exec(`DELETE FROM cleardesk.waiting`)
			w.want(before, asWas)
		})
	}
}

// A line that is part of an accepted order and was held since is released, and one that
// never was is accepted.
func TestWhatWasAcceptedIsReleased(t *testing.T) {
	t.Parallel()
	for name, x := range map[string]struct {
		accepted string // the lines the platform was told of
		want     string
	}{
		"told":     {"[1, 2]", "line_released O 1"},
		"not told": {"[2]", "line_accepted O 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newDeskWorld(t)
			e := w.ready(domain.QuantitySurge)
			w.exec(`SELECT cleardesk.decide(jsonb_build_array(jsonb_build_object('what', 'order_accepted', 'order_no', $1::text, 'detail', jsonb_build_object('lines', $2::jsonb))))`, e.no, x.accepted)
			r, _ := domain.RuleFor(domain.QuantitySurge, domain.ConfirmedGenuine)
			e = w.claimed("lin", domain.CustomerService, e)
			out, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), e.handledAs(r))
			if err != nil || !out.Accepted {
				t.Fatalf("%+v %v", out, err)
			}
			if got := w.plain(w.text(toldSince, 1), e.no); got != x.want {
				t.Errorf("told %q, want %q", got, x.want)
			}
			w.breaches()
		})
	}
}

// A hold on a whole order that was accepted: released, its lines go on as they were, what
// was held of them besides is told of, and what it was told of meanwhile counts.
func TestReleasedOrderGoesOn(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	e := w.ready(domain.OrderChange)
	w.exec(`INSERT INTO cleardesk.event (what, key, store, order_id, at, detail)
		SELECT 'stage', 'e ' || s, 'S1', $1, now(), jsonb_build_object('stage', s) FROM unnest('{allocated,shipped}'::text[]) s`, e.order)
	r, _ := domain.RuleFor(domain.OrderChange, domain.ChangeRefused)
	e = w.claimed("lin", domain.CustomerService, e)
	out, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), e.handledAs(r))
	if err != nil || out.Order.State != domain.Shipped {
		t.Fatalf("%+v %v", out, err)
	}
	if got := w.plain(w.text(toldSince, 1), e.no); got != "order_released O" {
		t.Error(got)
	}
	w.want("1960000 40000 0", `SELECT concat_ws(' ', stock, gone, reserved) FROM cleardesk.product WHERE code = 'P1'`)
	w.refusedFor("lin", e.deskCase, domain.Conflict, domain.BarState)
}

// While one hold on the order stands, releasing another lets nothing go.
func TestOneHoldOfTwoLetsNothingGo(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	e := w.ready(domain.OrderChange)
	w.flag(e.deskCase, 0, domain.WrongOrder)
	r, _ := domain.RuleFor(domain.OrderChange, domain.Withdrawn)
	e = w.claimed("lin", domain.CustomerService, e)
	out, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), e.handledAs(r))
	if err != nil || out.Accepted || len(out.Holds) != 1 || out.State != domain.CaseOpen || len(out.Decisions) != 0 {
		t.Errorf("%+v %v", out, err)
	}
}

// Two who make a linked order at once take two numbers: the second waits for the first.
func TestLinkedOrdersAreNumberedInTurn(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	r, _ := domain.RuleFor(domain.Replenishment, domain.Reordered)
	e := w.claimed("lin", domain.CustomerService, w.readyAlone(domain.Replenishment))
	w.base.LetWait(t)
	other, err := w.admin.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Rollback() }()
	if _, err := other.ExecContext(t.Context(), `SELECT cleardesk.do_link('S1', NULL, 'reorder', '[{"product": "P1", "quantity": 1, "price": 1200}]')`); err != nil {
		t.Fatal(err)
	}
	answer := make(chan error, 1)
	go func() {
		_, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), e.handledAs(r))
		answer <- err
	}()
	w.base.AwaitBlocked(t)
	if err := other.Commit(); err != nil {
		t.Fatal(err)
	}
	if err := <-answer; err != nil {
		t.Fatal(err)
	}
	w.want("1 2", `SELECT string_agg(right(order_no, 1), ' ' ORDER BY order_no) FROM cleardesk.orders WHERE link = 'reorder' AND linked_to IS NULL`)
	w.want("S1 0 order", `SELECT DISTINCT store || ' ' || count(lines_hash) OVER () || ' ' || what FROM cleardesk.orders o JOIN cleardesk.waiting x ON x.order_id = o.id`)
}

// A return in place of an exchange is wanted for the same reason by the same caller.
func TestReturnInPlaceOfAnExchangeKeepsItsReason(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	e := w.ready(domain.Exchange)
	w.exec(`UPDATE cleardesk.anomaly SET evidence = evidence || '{"told": "damaged", "caller": "Chen"}' WHERE case_id = $1`, int64(e.id))
	r, _ := domain.RuleFor(domain.Exchange, domain.ConvertedToReturn)
	e = w.claimed("lin", domain.CustomerService, e)
	if _, err := w.stores["lin"].Resolve(t.Context(), uuid.New(), e.handledAs(r)); err != nil {
		t.Fatal(err)
	}
	w.want("damaged Chen", `SELECT concat_ws(' ', detail ->> 'why', detail ->> 'caller') FROM cleardesk.event WHERE what = 'return'`)
}

// The form goes by the limit on cash that holds now, whoever set it last.
func TestTheFormKnowsTheLimitThatHolds(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	e := w.ready(domain.AmountSurge)
	w.exec(`UPDATE cleardesk.store SET cod_limit = 2000000`)
	limit := func() string {
		f, err := w.stores["lin"].CaseFile(t.Context(), e.id)
		if err != nil || f.Store.CODLimit == nil {
			t.Fatalf("%+v %v", f.Store, err)
		}
		return f.Store.CODLimit.String()
	}
	if got := limit(); got != "20000.00" {
		t.Errorf("the platform's limit is %s", got)
	}
	w.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login)
		SELECT 'limit.cod', 'store', code, now(), '250.00', 'test' FROM cleardesk.store`)
	if got := limit(); got != "250.00" {
		t.Errorf("the store's own limit is %s", got)
	}
}
