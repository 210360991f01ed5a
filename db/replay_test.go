package db_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"cleardesk/db"
	"cleardesk/db/dial/dialtest"
	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

// actCase is how one act is tried: who does it, and what on a case of its own that
// they hold or not.
type actCase struct {
	who  string
	held bool
	do   func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, c deskCase, claim domain.Claimed) (any, error)
}

// actCases has an entry for each function that takes a key and that people or the
// administrator may call.
func actCases() map[string]actCase {
	return map[string]actCase{
		"claim": {who: "lin", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, c deskCase, _ domain.Claimed) (any, error) {
			return s.Claim(ctx, op, c.id)
		}},
		"claim_next": {who: "lin", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			return s.ClaimNext(ctx, op, domain.CustomerService)
		}},
		"give_back": {"lin", true, func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, c deskCase, k domain.Claimed) (any, error) {
			return nil, s.GiveBack(ctx, op, c.id, k.No)
		}},
		"take_over": {who: "max", do: func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, c deskCase, _ domain.Claimed) (any, error) {
			return s.TakeOver(ctx, op, c.id, "病假")
		}},
		"snooze": {"lin", true, func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, c deskCase, k domain.Claimed) (any, error) {
			return nil, s.Snooze(ctx, op, c.id, k.No, time.Now().Add(time.Hour), "稍后")
		}},
		"hand_over": {"lin", true, func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, c deskCase, _ domain.Claimed) (any, error) {
			return s.HandOver(ctx, op, c.id, c.version, domain.Expansion, "转")
		}},
		"note_case": {who: "wu", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, c deskCase, _ domain.Claimed) (any, error) {
			return nil, s.NoteCase(ctx, op, c.id, "看过")
		}},
		"record_call": {"lin", true, func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, c deskCase, _ domain.Claimed) (any, error) {
			again := time.Now().Add(time.Hour)
			return s.RecordCall(ctx, op, domain.CallReport{Cases: []domain.CaseID{c.id}, Outcome: domain.Busy, Again: &again})
		}},
		"verify_quantity": {who: "zhao", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, c deskCase, _ domain.Claimed) (any, error) {
			return s.VerifyQuantity(ctx, op, c.id, []int{1}, true, "")
		}},
		"resolve": {"lin", true, func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, c deskCase, k domain.Claimed) (any, error) {
			h := handled(c.form, k, w.decided(c.form, domain.ChooseChange, domain.Units(48)))
			return s.Resolve(ctx, op, h)
		}},
		"reverse": {who: "lin", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, c deskCase, _ domain.Claimed) (any, error) {
			return s.Reverse(ctx, op, c.id, c.version, "看错单")
		}},
		"report": {who: "lin", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, c deskCase, _ domain.Claimed) (any, error) {
			return s.Report(ctx, op, domain.Event{What: domain.EventWrongOrder, OrderNo: domain.OrderNo(c.no), Why: domain.ToldTwice})
		}},
		"correct": {who: "zhao", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			c := step(250)
			c.Seen = 1
			return s.Correct(ctx, op, c)
		}},
		"exchange_product": {who: "zhao", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			return s.ExchangeProduct(ctx, op, domain.ProductExchange{Product: "P2", From: time.Now(), To: time.Now(), Why: domain.ToldQuality})
		}},
		"propose": {"lin", true, func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, c deskCase, k domain.Claimed) (any, error) {
			return s.Propose(ctx, op, handled(c.form, k, w.decided(c.form, domain.ChooseChange, domain.Units(48))))
		}},
		"sign": {who: "max", do: func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, c deskCase, _ domain.Claimed) (any, error) {
			var id int64
			if err := w.admin.GetContext(ctx, &id, `SELECT id FROM cleardesk.proposal`); err != nil {
				return nil, err
			}
			return s.Sign(ctx, op, id, c.version, true, "")
		}},
		"record_finding": {who: "zhao", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, c deskCase, _ domain.Claimed) (any, error) {
			return s.RecordFinding(ctx, op, c.id, domain.Finding{What: domain.FindStock, Answer: domain.FoundYes})
		}},
		"promise_store": {who: "lin", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, c deskCase, _ domain.Claimed) (any, error) {
			return nil, s.PromiseStore(ctx, op, c.id, time.Now().Add(time.Hour), "回话")
		}},
		"merge": {"lin", true, func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, c deskCase, k domain.Claimed) (any, error) {
			var into domain.CaseID
			if err := w.admin.GetContext(ctx, &into, `SELECT id FROM cleardesk.cases WHERE id <> $1`, int64(c.id)); err != nil {
				return nil, err
			}
			return s.Merge(ctx, op, c.id, k.No, into, "重复")
		}},
		"put_setting": {who: "max", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			return nil, s.PutSetting(ctx, op, domain.Setting{Name: "call.again", Scope: domain.ScopePlatform, Value: "7"})
		}},
		"end_exemption": {who: "max", do: func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			var id domain.ExemptionID
			if err := w.admin.GetContext(ctx, &id, `SELECT id FROM cleardesk.exemption`); err != nil {
				return nil, err
			}
			return nil, s.EndExemption(ctx, op, id, "促销结束")
		}},
		"close_task": {who: "zhao", do: func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			var id domain.TaskID
			if err := w.admin.GetContext(ctx, &id, `SELECT id FROM cleardesk.task`); err != nil {
				return nil, err
			}
			return nil, s.CloseTask(ctx, op, id, "已补")
		}},
		"edit_product": {who: "zhao", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			was := domain.Product{Code: "P2", Name: "鸡蛋"}
			now := was
			now.NameEn = "Eggs"
			return nil, s.EditProduct(ctx, op, domain.ProductEdit{Was: was, Version: 1, Now: now, Reason: domain.WrongEntry}, "")
		}},
		"settle_clash": {who: "zhao", do: func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			clash := domain.Clash{Product: domain.Product{Code: "P1"}, Field: domain.FieldStep, Here: []byte("12000")}
			if err := w.admin.GetContext(ctx, &clash.Task, `SELECT id FROM cleardesk.task`); err != nil {
				return nil, err
			}
			return nil, s.SettleClash(ctx, op, clash, domain.TakeTheirs, "按平台")
		}},
		"set_away": {who: "lin", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			return nil, s.SetAway(ctx, op, true)
		}},
		"offer_work": {"lin", true, func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, c deskCase, k domain.Claimed) (any, error) {
			return s.OfferWork(ctx, op, c.id, k.No, w.login("wang"), "下班")
		}},
		"hand_on": {who: "max", do: func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			return s.HandOn(ctx, op, w.login("wang"), nil, "", "病假")
		}},
		"answer_offer": {who: "wang", do: func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			var id domain.TaskID
			if err := w.admin.GetContext(ctx, &id, `SELECT id FROM cleardesk.task`); err != nil {
				return nil, err
			}
			return s.AnswerOffer(ctx, op, id, true, "")
		}},
		"review_difference": {who: "gao", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			return nil, s.ReviewDifference(ctx, op, domain.DifferenceReview{
				Week: settleWeek(), Store: "S1", What: domain.ReviewSent, Dept: domain.Logistics, Diff: -1000, Note: "少款",
			})
		}},
		"sign_week": {who: "gao", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			return nil, s.SignWeek(ctx, op, settleWeek(), domain.WeekSeen{Deliveries: 1, Due: 10_000, Collected: 10_000})
		}},
		"train": {who: "xu", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			return nil, s.Train(ctx, op, domain.Lesson{
				Trainee: domain.Trainee{Store: "S1"}, Topic: domain.TopicWrongOrders, On: time.Now().AddDate(0, 0, -2), Note: "看了流程",
			})
		}},
		"plan_delivery": {who: "wu", do: func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			p := domain.PlannedDelivery{How: domain.GoesVan, Due: time.Now().Add(time.Hour), Note: "补车"}
			if err := w.admin.GetContext(ctx, &p.Order, `SELECT id FROM cleardesk.orders WHERE order_no LIKE '%-0003'`); err != nil {
				return nil, err
			}
			return nil, s.PlanDelivery(ctx, op, p)
		}},
		"mark_row": {who: "max", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			day := deliveryDay(2)
			return nil, s.MarkRow(ctx, op, domain.RowMark{
				Day: day, What: domain.RowUnscheduled, No: domain.OrderNo(day.Format("0102") + "-0003"), Goes: domain.GoesHanded, Dept: domain.Expansion, Note: "地址待核",
			})
		}},
		"sign_day": {who: "wu", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			return nil, s.SignDay(ctx, op, deliveryDay(2), domain.DaySeen{Orders: 1, Amount: 1_000})
		}},
		"record_count": {who: "max", do: func(ctx context.Context, _ *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			return s.RecordCount(ctx, op, domain.Count{Product: "P1", Counted: domain.Units(1990), At: time.Now().Add(-time.Minute), Counter: "库管"})
		}},
		"review_count": {who: "max", do: func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			var id domain.CountID
			if err := w.admin.GetContext(ctx, &id, `SELECT id FROM cleardesk.stock_count`); err != nil {
				return nil, err
			}
			return nil, s.ReviewCount(ctx, op, id, domain.CountVerified, domain.Units(-10), "")
		}},
		"publish_roster": rosterActs()["publish_roster"],
		"take_shift":     rosterActs()["take_shift"],
		"note_absence":   rosterActs()["note_absence"],
		"end_absence":    rosterActs()["end_absence"],
		"ask_swap":       rosterActs()["ask_swap"],
		"answer_swap":    rosterActs()["answer_swap"],
		"save_template":  rosterActs()["save_template"],
		"staff_add": {who: "cleardesk_admin", do: func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			return nil, s.AddStaff(ctx, op, domain.Staff{Login: w.login("new"), Name: "新", Roles: []domain.Role{domain.RoleAgent}})
		}},
		"staff_off": {who: "cleardesk_admin", do: func(ctx context.Context, w *deskWorld, s *db.Store, op uuid.UUID, _ deskCase, _ domain.Claimed) (any, error) {
			return s.StaffOff(ctx, op, w.login("wang"))
		}},
	}
}

// A function that takes a key and is not tried here fails this test.
func TestEveryActIsTried(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	var names []string
	err := w.admin.Select(&names, `SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'cleardesk'::regnamespace AND p.prosecdef
		AND p.proargnames[1] = 'op' AND NOT has_function_privilege('cleardesk_intake', p.oid, 'EXECUTE') ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	var tried []string
	for name := range actCases() {
		tried = append(tried, name)
	}
	slices.Sort(tried)
	if d := cmp.Diff(names, tried); d != "" {
		t.Error(d)
	}
	var keyless []string
	err = w.admin.Select(&keyless, `SELECT p.proname FROM pg_proc p WHERE p.pronamespace = 'cleardesk'::regnamespace AND p.provolatile = 'v'
		AND p.proargnames[1] IS DISTINCT FROM 'op' AND has_function_privilege('cleardesk_manager', p.oid, 'EXECUTE') ORDER BY 1`)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff([]string{"clear_draft", "extend_claim", "heartbeat", "leave", "save_draft", "save_roster_draft"}, keyless); d != "" {
		t.Error(d)
	}
}

// What has no key says the same when it is said twice.
func TestALostAnswerToWhatHasNoKey(t *testing.T) {
	t.Parallel()
	desk, act := uuid.New(), uuid.New()
	for name, a := range map[string]struct {
		do   func(ctx context.Context, s *db.Store, k domain.Claimed) error
		want string
	}{
		"extend_claim": {func(ctx context.Context, s *db.Store, k domain.Claimed) error {
			_, err := s.ExtendClaim(ctx, k.Case, k.No)
			return err
		}, "1 1"},
		"save_draft": {func(ctx context.Context, s *db.Store, k domain.Claimed) error {
			_, err := s.SaveDraft(ctx, k.Case, k.No, domain.Answers{Note: "b"}, act)
			return err
		}, "1 1"},
		"clear_draft": {func(ctx context.Context, s *db.Store, k domain.Claimed) error {
			_, err := s.ClearDraft(ctx, k.Case, k.No)
			return err
		}, "0 1"},
		"heartbeat": {func(ctx context.Context, s *db.Store, _ domain.Claimed) error {
			_, err := s.Beat(ctx, desk, domain.Presence{Store: "S2"})
			return err
		}, "1 1"},
		"leave": {func(ctx context.Context, s *db.Store, _ domain.Claimed) error { return s.Leave(ctx, desk) }, "1 0"},
	} {
		for fault, what := range map[dialtest.Fault]string{dialtest.FIN: "closed", dialtest.RST: "reset"} {
			t.Run(name+" "+what, func(t *testing.T) {
				t.Parallel()
				w := newDeskWorld(t)
				k := w.claim("lin", w.put("S1", "", deskLine{"P1", 480, surge}))
				lin := w.stores["lin"]
				if _, err := lin.SaveDraft(t.Context(), k.Case, k.No, domain.Answers{Note: "a"}, act); err != nil {
					t.Fatal(err)
				}
				if _, err := lin.Beat(t.Context(), desk, domain.Presence{Store: "S1"}); err != nil {
					t.Fatal(err)
				}
				audit := w.text(`SELECT count(*) FROM cleardesk.audit`)
				proxy := dialtest.New(t, w.dsn("lin"))
				s := w.open(proxy.DSN())
				lost := proxy.LoseReply(fault, "cleardesk."+name+"(")
				if err := a.do(t.Context(), s, k); err != nil {
					wantCode(t, err, domain.Unavailable)
					if err := a.do(t.Context(), s, k); err != nil {
						t.Fatal(err)
					}
				}
				<-lost
				w.want(a.want, `SELECT concat_ws(' ', (SELECT count(*) FROM cleardesk.draft), (SELECT count(*) FROM cleardesk.presence))`)
				w.want(audit, `SELECT count(*) FROM cleardesk.audit`)
			})
		}
	}
}

// prepare makes what an act needs and gives the case and the claim.
func (w *deskWorld) prepare(name string, a actCase) (deskCase, domain.Claimed) {
	w.Helper()
	c := w.put("S1", domain.AmountSurge, deskLine{"P1", 480, surge}, deskLine{"P2", 3, ""})
	var claim domain.Claimed
	if a.held {
		claim = w.claim(a.who, c)
	}
	switch name {
	case "take_over":
		w.claim("lin", c)
	case "publish_roster", "take_shift", "note_absence", "end_absence", "ask_swap", "answer_swap", "save_template":
		w.rosterReady(name)
	case "verify_quantity":
		w.exec(`UPDATE cleardesk.cases SET lies_with = 'procurement' WHERE id = $1`, int64(c.id))
	case "reverse":
		if _, err := w.finish("lin", c, domain.ChooseChange, domain.Units(48)); err != nil {
			w.Fatal(err)
		}
	case "propose", "sign":
		w.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login) VALUES ('sign.release', 'platform', '', '2020-01-01Z', '100.00', 'x')`)
		if name == "sign" {
			w.proposed("lin", c, domain.ChooseGenuine)
		}
	case "record_finding":
		w.with(c, domain.Procurement)
	case "merge":
		w.exec(`INSERT INTO cleardesk.cases (store, order_id, lies_with, kind, why, at_risk, moments, rank, search)
			SELECT store, order_id, lies_with, kind, why, at_risk, moments, rank, search FROM cleardesk.cases`)
	case "correct":
		correctWorld{w}.odd("S5", deskLine{"P4", 7, mismatch})
	case "exchange_product":
		w.exec(`UPDATE cleardesk.orders SET state = 'received', business_day = $1`, time.Now().Format(time.DateOnly))
	case "close_task":
		w.exec(`SELECT cleardesk.open_task('standard', 'P1', 'procurement', now(), 0, NULL, '{}')`)
	case "settle_clash":
		w.exec(`SELECT cleardesk.open_task('import_clash', 'P1 step', 'procurement', now(), 0, NULL, '{"product": "P1", "field": "step", "file": 500}')`)
	case "plan_delivery", "mark_row":
		w.onDay(deliveryDay(2), 3, "S3", domain.Accepted, 1_000)
	case "sign_day":
		w.onDay(deliveryDay(2), 3, "S3", domain.Delivered, 1_000)
	case "review_difference", "sign_week":
		w.person("gao", "finance")
		taken := int64(10_000)
		if name == "review_difference" {
			taken -= 1_000
		}
		w.collected(w.delivered("S1", 10_000, settleDay(2)), taken, settleDay(2))
	case "train":
		w.person("xu", "training")
	case "review_count":
		w.recounted(1990, time.Hour)
	case "staff_off", "hand_on":
		w.claim("wang", c)
	case "answer_offer":
		if _, err := w.stores["lin"].OfferWork(w.Context(), uuid.New(), c.id, w.claim("lin", c).No, "", "下班"); err != nil {
			w.Fatal(err)
		}
	case "end_exemption":
		if _, err := w.finish("wang", w.put("S2", "", deskLine{"P3", 90, surge}), domain.ChooseGenuine, 0); err != nil {
			w.Fatal(err)
		}
	}
	c.form = w.form("lin", c)
	c.version = c.form.Version
	return c, claim
}

func (w *deskWorld) dsn(who string) string {
	if strings.HasPrefix(who, "cleardesk_") {
		return w.base.DSN(who)
	}
	return w.base.DSN(string(w.login(who)))
}

// rows is a fingerprint of every table.
func (w *deskWorld) rows() map[string]string {
	w.Helper()
	var tables []string
	if err := w.admin.Select(&tables, `SELECT relname FROM pg_class WHERE relnamespace = 'cleardesk'::regnamespace AND relkind = 'r'`); err != nil {
		w.Fatal(err)
	}
	out := map[string]string{}
	for _, table := range tables {
		out[table] = w.text(`SELECT count(*) || ' ' || coalesce(md5(string_agg(x::text, '|' ORDER BY x::text)), '') FROM cleardesk.` + table + ` x`)
	}
	return out
}

func TestTheSameKeyWritesOnceAndAnswersTheSame(t *testing.T) {
	t.Parallel()
	for name, a := range actCases() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newDeskWorld(t)
			c, claim := w.prepare(name, a)
			s := w.open(w.dsn(a.who))
			op := uuid.New()
			before := w.rows()
			first, err := a.do(t.Context(), w, s, op, c, claim)
			if err != nil {
				t.Fatal(err)
			}
			after := w.rows()
			if cmp.Equal(before, after) {
				t.Fatal("nothing was written")
			}
			second, err := a.do(t.Context(), w, s, op, c, claim)
			if err != nil {
				t.Fatal(err)
			}
			if d := cmp.Diff(first, second); d != "" {
				t.Errorf("another answer: %s", d)
			}
			if d := cmp.Diff(after, w.rows()); d != "" {
				t.Errorf("written again: %s", d)
			}
			// Nobody else's act goes under this key.
			_, err = w.stores["tuo"].Claim(t.Context(), op, c.id)
			wantCode(t, err, domain.Conflict)
		})
	}
}

// The server has committed, and the line breaks before the answer.
func TestALostAnswerWritesOnce(t *testing.T) {
	t.Parallel()
	for name, a := range actCases() {
		for fault, what := range map[dialtest.Fault]string{dialtest.FIN: "closed", dialtest.RST: "reset"} {
			t.Run(name+" "+what, func(t *testing.T) {
				t.Parallel()
				w := newDeskWorld(t)
				c, claim := w.prepare(name, a)
				proxy := dialtest.New(t, w.dsn(a.who))
				s := w.open(proxy.DSN())
				op := uuid.New()
				lost := proxy.LoseReply(fault, "cleardesk."+name+"(")
				if _, err := a.do(t.Context(), w, s, op, c, claim); err != nil {
					t.Fatal(err)
				}
				select {
				case <-lost:
				default:
					t.Fatal("the answer was not lost")
				}
				w.want("1", `SELECT count(*) FROM cleardesk.audit WHERE op = $1`, op)
				counts := w.text(`SELECT concat_ws(' ', (SELECT count(*) FROM cleardesk.resolution_record), (SELECT count(*) FROM cleardesk.call_record),
					(SELECT count(*) FROM cleardesk.case_note), (SELECT count(*) FROM cleardesk.setting),
					(SELECT count(*) FROM cleardesk.claim WHERE what = 'claimed'))`)
				want := map[string]string{
					"claim": "0 0 0 0 1", "claim_next": "0 0 0 0 1", "give_back": "0 0 0 0 1", "take_over": "0 0 0 0 2", "snooze": "0 0 1 0 1",
					"hand_over": "0 0 1 0 1", "note_case": "0 0 1 0 0", "record_call": "0 1 0 0 1", "verify_quantity": "0 0 1 0 0",
					"resolve": "2 0 0 0 1", "reverse": "2 0 0 0 2", "report": "0 0 0 0 0", "put_setting": "0 0 0 1 0",
					"correct": "1 0 1 0 0", "exchange_product": "0 0 0 0 0", "propose": "0 0 1 1 1", "sign": "2 0 2 1 1",
					"record_finding": "0 0 1 0 0", "promise_store": "0 0 1 0 0", "merge": "0 0 2 0 1", "end_exemption": "1 0 0 0 1", "staff_add": "0 0 0 0 0", "close_task": "0 0 0 0 0", "edit_product": "0 0 0 0 0", "settle_clash": "0 0 0 0 0", "review_difference": "0 0 0 0 0", "sign_week": "0 0 0 0 0", "staff_off": "0 0 0 0 1",
					"publish_roster": "0 0 0 0 0", "take_shift": "0 0 0 0 0", "note_absence": "0 0 0 0 0", "end_absence": "0 0 0 0 0",
					"ask_swap": "0 0 0 0 0", "answer_swap": "0 0 0 0 0", "save_template": "0 0 0 0 0", "train": "0 0 0 0 0",
					"plan_delivery": "0 0 0 0 0", "mark_row": "0 0 0 0 0", "sign_day": "0 0 0 0 0",
					"record_count": "0 0 0 0 0", "review_count": "0 0 0 0 0",
					"set_away": "0 0 0 0 0", "offer_work": "0 0 1 0 1", "hand_on": "0 0 1 0 1", "answer_offer": "0 0 2 0 2",
				}[name]
				if counts != want {
					t.Errorf("rows %q, want %q", counts, want)
				}
			})
		}
	}
}
