package casefile_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"cleardesk/domain"
	"cleardesk/tui/text"
	"cleardesk/tui/ui"
)

// kindScene is one case of a kind, answered to the end by the middle keys alone.
type kindScene struct {
	kind   domain.Kind
	change func(*domain.CaseFile)
	me     domain.Staff
	keys   []string
}

func kindScenes() map[string]kindScene {
	return map[string]kindScene{
		"exchange":        {domain.Exchange, nil, lin(), []string{"1", "1", "3", "1", "enter", "1"}},
		"quantity_surge":  {domain.QuantitySurge, nil, lin(), []string{"1", "1", "1", "2", "enter", "1"}},
		"amount_surge":    {domain.AmountSurge, nil, zheng(), []string{"5", "6", "enter", "1"}},
		"step_mismatch":   {domain.StepMismatch, nil, lin(), []string{"1", "1", "3", "1", "down", "enter", "1"}},
		"slow_fulfilment": {domain.SlowFulfilment, nil, qian(), []string{"1", "1", "2", "1", "enter", "1"}},
		"order_change":    {domain.OrderChange, nil, lin(), []string{"1", "1", "3", "1", "enter", "1"}},
		"short_weight":    {domain.ShortWeight, nil, lin(), []string{"1", "1", "2", "1", "enter", "3", "1"}},
		"replenishment":   {domain.Replenishment, nil, lin(), []string{"1", "1", "2", "1", "enter", "1"}},
		"zero_stock":      {domain.ZeroStock, counted, lin(), []string{"1", "1", "3", "5", "1", "enter", "2"}},
		"not_orderable":   {domain.NotOrderable, nil, zhao(), []string{"1", "2"}},
		"overweight":      {domain.Overweight, nil, lin(), []string{"1", "1", "2", "2", "enter", "1", "1"}},
		"wrong_order":     {domain.WrongOrder, nil, lin(), []string{"1", "1", "1", "1", "1"}},
		"return":          {domain.Return, agreed, lin(), []string{"5", "1", "enter", "2"}},

		"return_handed": {domain.Return, nil, lin(), []string{"1", "1", "2", "1", "enter", "2"}},
		"return_goods":  {domain.Return, func(f *domain.CaseFile) { f.Row.With = domain.Procurement }, zhao(), []string{"1"}},
		"return_supplier": {domain.Return, func(f *domain.CaseFile) {
			looked(f)
			f.Row.With = domain.Procurement
		}, zhao(), []string{"4"}},
		"stock_check": {domain.ZeroStock, nil, zhao(), []string{"2"}},
		"to_sign":     {domain.ShortWeight, toSign, zheng(), []string{"1"}},
		"signs_not":   {domain.ShortWeight, toSign, lin(), nil},
		"cause":       {domain.Exchange, oneCause, lin(), []string{"down"}},
	}
}

// Every kind has one case that is answered to the end at 80x24, in both languages.
func TestGoldenKinds(t *testing.T) {
	t.Parallel()
	for name, k := range kindScenes() {
		for _, lang := range []text.Lang{text.Chinese, text.English} {
			t.Run(name+" "+string(lang), func(t *testing.T) {
				t.Parallel()
				d := kindDesk(k.kind)
				if k.change != nil {
					k.change(&d.file)
				}
				s := open(t, d, newMemory(), lang, k.me, 80, 20)
				s.Press(k.keys...)
				golden(t, "kind_"+name+"_"+string(lang), s.screen())
			})
		}
	}
}

func kindForm(t *testing.T, k kindScene) *scene {
	t.Helper()
	d := kindDesk(k.kind)
	if k.change != nil {
		k.change(&d.file)
	}
	s := open(t, d, newMemory(), text.Chinese, k.me, 80, 20)
	s.Press(k.keys...)
	return s
}

// write is ctrl+s, and once it can have been read ctrl+s again.
func (s *scene) write() {
	s.Advance(time.Second)
	s.Press("ctrl+s")
	s.Advance(time.Second)
	s.Press("ctrl+s")
}

// Each kind is cleared by keys that pass an input method, and what is written is what
// its procedure comes to.
func TestEveryKindIsCleared(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]struct {
		outcome domain.Outcome
		ops     []domain.EffectOp
		said    string
	}{
		"exchange":       {domain.SupplementCreated, []domain.EffectOp{domain.EffectSupplement}, "补单"},
		"quantity_surge": {domain.QuantityCorrected, []domain.EffectOp{domain.EffectSetQuantity, domain.EffectRelease}, "第3行改为12袋"},
		"amount_surge": {
			domain.LimitRaised, []domain.EffectOp{domain.EffectSetLimit, domain.EffectLearn, domain.EffectRelease}, "货到付款限额 ¥26,000.00",
		},
		"step_mismatch":   {domain.QuantityRounded, []domain.EffectOp{domain.EffectSetQuantity, domain.EffectRelease}, "第3行改为60袋"},
		"slow_fulfilment": {domain.Rescheduled, []domain.EffectOp{domain.EffectReschedule}, "改约明11:00"},
		"order_change": {
			domain.CancelledReordered, []domain.EffectOp{domain.EffectCancelOrder, domain.EffectReorder, domain.EffectRelease}, "整单取消, 重下",
		},
		"short_weight":  {domain.Credited, []domain.EffectOp{domain.EffectAdjust}, "退差价¥44.64"},
		"replenishment": {domain.Reordered, []domain.EffectOp{domain.EffectReorder}, "大望路店 补货异常: 补下单"},
		"zero_stock":    {domain.Substituted, []domain.EffectOp{domain.EffectSubstitute, domain.EffectRelease}, "第6行改为24盒"},
		"overweight":    {domain.SurplusReturned, []domain.EffectOp{domain.EffectRestock}, "退回多货"},
		"wrong_order":   {domain.OrderCancelled, []domain.EffectOp{domain.EffectCancelOrder, domain.EffectRelease}, "整单取消"},
		"return":        {domain.Returned, []domain.EffectOp{domain.EffectAdjust}, "退货款¥51.00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := kindForm(t, kindScenes()[name])
			s.write()
			said := s.closedWith(t)
			r := s.desk.only(t).Resolutions
			var ops []domain.EffectOp
			for _, e := range r[0].Effects {
				ops = append(ops, e.Op)
			}
			if d := cmp.Diff(want.ops, ops); d != "" || len(r) != 1 || r[0].Outcome != want.outcome || r[0].Reason == "" {
				t.Errorf("%s %+v\n%s", r[0].Outcome, r, d)
			}
			if !strings.Contains(said, want.said) {
				t.Errorf("said %q, want %q", said, want.said)
			}
		})
	}
}

// What another department goes on with is handed to it with a word of what is asked, and
// the draft stays; nothing is written.
func TestWhatAnotherDepartmentGoesOnWith(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		scene kindScene
		to    domain.Department
		note  string
	}{
		"return": {kindScenes()["return_handed"], domain.Procurement, "请看货, 问供应商"},
		"step": {
			kindScene{domain.StepMismatch, nil, lin(), []string{"5", "5", "1"}}, domain.Procurement, "请更正步长",
		},
		"late": {
			kindScene{domain.SlowFulfilment, nil, qian(), []string{"5", "3", "1"}}, domain.CustomerService, "请办: 取消整单",
		},
	} {
		s := kindForm(t, c.scene)
		s.write()
		s.closedWith(t)
		if d := cmp.Diff([]domain.Department{c.to}, s.desk.moved); d != "" || s.desk.notes[0] != c.note || s.desk.tries != 0 || len(s.desk.drafts) == 0 {
			t.Errorf("%s: %s; notes %v, %d drafts, written %d times", name, d, s.desk.notes, len(s.desk.drafts), s.desk.tries)
		}
	}
}

// A correction is opened, not written: it ends what it cures by itself.
func TestACorrectionIsOpened(t *testing.T) {
	t.Parallel()
	for name, k := range map[string]kindScene{
		"not orderable": kindScenes()["not_orderable"],
		"stock":         {domain.ZeroStock, nil, zhao(), nil},
	} {
		s := kindForm(t, k)
		want := ui.OpenCorrection{Product: "P3001", Case: 7, What: domain.CorrectStep}
		if name == "stock" {
			s.Press("1")
			want.Product, want.What = "P2044", domain.CorrectStock
		} else {
			s.Press("ctrl+s")
		}
		opened := false
		for _, m := range s.Out() {
			opened = opened || m == want
		}
		if !opened || s.desk.tries != 0 || s.view.Asks() {
			t.Errorf("%s: opened %v, written %d times", name, opened, s.desk.tries)
		}
	}
}

// Above the amounts that are set it is proposed to a second person, not written.
func TestWhatTakesASecondPersonIsProposed(t *testing.T) {
	t.Parallel()
	k := kindScenes()["short_weight"]
	k.change = func(f *domain.CaseFile) { f.Terms.SignAdjust = 4000 }
	s := kindForm(t, k)
	s.Sees("¥44.64要第二人签: 先到经理, 签了才写入")
	s.write()
	said := s.closedWith(t)
	if len(s.desk.proposed) != 1 || s.desk.tries != 0 || !strings.Contains(said, "等签") {
		t.Fatalf("%d proposals, written %d times, said %q", len(s.desk.proposed), s.desk.tries, said)
	}
	if h := s.desk.proposed[0]; h.Claim != 5 || h.Resolutions[0].Outcome != domain.Credited || h.Answers.Call == nil {
		t.Errorf("%+v", h)
	}
}

func TestASecondPersonSigns(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		keys   []string
		change func(*domain.CaseFile)
		want   []signature
		said   string
	}{
		"yes": {[]string{"1"}, toSign, []signature{{4, 3, true, ""}}, "已签"},
		"no":  {[]string{"2"}, toSign, []signature{{4, 3, false, "磅单不清"}}, "已退客服"},
		"changed since": {[]string{"1"}, func(f *domain.CaseFile) {
			toSign(f)
			f.Row.Version++
		}, nil, ""},
	} {
		s := kindForm(t, kindScene{domain.ShortWeight, c.change, zheng(), c.keys})
		s.Press("ctrl+s")
		if name == "no" {
			if s.view.Asks() {
				t.Fatal("a no takes a note")
			}
			s.Type("磅单不清")
			s.Press("ctrl+s")
		}
		s.Advance(time.Second)
		s.Press("ctrl+s")
		if c.want == nil {
			if len(s.desk.signed) > 0 || !strings.Contains(strings.Join(s.Said(), " "), "只能不签") {
				t.Errorf("signed what has changed: %+v", s.desk.signed)
			}
			continue
		}
		if said := s.closedWith(t); !strings.Contains(said, c.said) {
			t.Errorf("%s: said %q", name, said)
		}
		if d := cmp.Diff(c.want, s.desk.signed, cmp.AllowUnexported(signature{})); d != "" || s.desk.claims != 0 || len(s.desk.drafts) != 0 {
			t.Errorf("%s: %s; claimed %d times, %d drafts", name, d, s.desk.claims, len(s.desk.drafts))
		}
	}
}

// Nobody signs what they proposed themselves, nor changes it while it waits.
func TestTheProposerOnlyWaits(t *testing.T) {
	t.Parallel()
	for _, me := range []domain.Staff{lin(), zhao()} {
		s := kindForm(t, kindScene{domain.ShortWeight, toSign, me, []string{"1", "2", "tab", "ctrl+s", "f9", "ctrl+o"}})
		s.Advance(time.Minute)
		if s.view.Asks() || s.desk.claims+len(s.desk.drafts)+len(s.desk.signed)+s.desk.tries != 0 {
			t.Errorf("%s changed what waits to be signed", me.Login)
		}
		if got := s.screen(); !strings.Contains(got, "等第二人签") || !strings.Contains(got, "退差价 五花肉") {
			t.Error(got)
		}
	}
}

func TestProcurementFindsOut(t *testing.T) {
	t.Parallel()
	there := func(change ...func(*domain.CaseFile)) func(*domain.CaseFile) {
		return func(f *domain.CaseFile) {
			for _, c := range change {
				c(f)
			}
			f.Row.With = domain.Procurement
		}
	}
	noon := at("12:00").AddDate(0, 0, 1).UTC()
	for name, c := range map[string]struct {
		kind   domain.Kind
		change func(*domain.CaseFile)
		keys   []string
		typed  string
		want   domain.Finding
		stays  bool
	}{
		"goods as told": {domain.Return, there(), []string{"1"}, "", domain.Finding{What: domain.FindGoods, Answer: domain.FoundYes}, true},
		"goods in part": {
			domain.Return, there(), []string{"2"}, "8", domain.Finding{What: domain.FindGoods, Answer: domain.FoundPart, Quantity: ptr(domain.Units(8))}, true,
		},
		"not so":   {domain.Return, there(), []string{"3"}, "没有破损", domain.Finding{What: domain.FindGoods, Answer: domain.FoundNo, Note: "没有破损"}, false},
		"supplier": {domain.Return, there(looked), []string{"1"}, "", domain.Finding{What: domain.FindSupplier, Answer: domain.FoundYes}, false},
		"supplier asked": {
			domain.Return, there(looked), []string{"4"}, "", domain.Finding{What: domain.FindSupplier, Answer: domain.FoundAsked, Due: &noon}, true,
		},
		"really out": {domain.ZeroStock, nil, []string{"2"}, "盘过", domain.Finding{What: domain.FindStock, Answer: domain.FoundNo, Note: "盘过"}, false},
	} {
		s := kindForm(t, kindScene{c.kind, c.change, zhao(), c.keys})
		s.desk.file.Row.Holder = &domain.Holder{Login: "zhao", No: 5}
		if c.want.Answer == domain.FoundNo {
			s.Press("ctrl+s")
			if s.view.Asks() {
				t.Errorf("%s: a no takes a note", name)
			}
		}
		if c.typed != "" {
			s.Type(c.typed)
		}
		s.write()
		if d := cmp.Diff([]domain.Finding{c.want}, s.desk.found); d != "" || len(s.desk.drafts) != 0 {
			t.Errorf("%s: %s; %d drafts", name, d, len(s.desk.drafts))
		}
		left := false
		for _, m := range s.Out() {
			left = left || m == ui.Back{}
		}
		if left == c.stays {
			t.Errorf("%s: left the form: %v", name, left)
		}
	}
}

// More than is to go back, and a time that cannot be read, are no findings.
func TestAFindingThatCannotBe(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change      func(*domain.CaseFile)
		key, typed  string
		wants, said string
	}{
		"too many": {func(f *domain.CaseFile) { f.Row.With = domain.Procurement }, "2", "30", "比要退的多", "比要退的多"},
		"no time": {func(f *domain.CaseFile) {
			looked(f)
			f.Row.With = domain.Procurement
		}, "4", "7:5", "看不懂", "看不懂"},
	} {
		s := kindForm(t, kindScene{domain.Return, c.change, zhao(), []string{c.key}})
		for range 16 {
			s.Press("backspace")
		}
		s.Type(c.typed)
		s.Sees(c.wants)
		s.write()
		if len(s.desk.found) > 0 || !strings.Contains(strings.Join(s.Said(), " "), c.said) {
			t.Errorf("%s: found %+v, said %v", name, s.desk.found, s.Said())
		}
	}
}

// A gap of many products names them all where there is room, or scrolls to them.
func TestManyItemsAreAllNamed(t *testing.T) {
	t.Parallel()
	d := kindDesk(domain.Replenishment)
	e := &d.file.Anomalies[0].Evidence
	for i := range 20 {
		code := domain.ProductCode("Q" + string(rune('A'+i)))
		d.file.Products[code] = domain.Product{Code: code, Name: "货" + string(rune('A'+i)), Unit: "箱"}
		e.Items = append(e.Items, domain.Item{Product: code, Wanted: domain.Units(1), Times: 7, Of: 8})
	}
	e.ItemsInAll = 25
	s := open(t, d, newMemory(), text.Chinese, lin(), 110, 40)
	s.Sees("常订25种", "另22项", "货A1箱", "货T1箱(近8次订7)")
}

func TestACauseOpensItsMembers(t *testing.T) {
	t.Parallel()
	s := kindForm(t, kindScene{domain.Exchange, oneCause, lin(), nil})
	s.Press("down", "down", "down", "up", "enter", "f8")
	want := []any{ui.OpenCase{ID: 21}, ui.OpenStore{Code: "S040"}}
	var got []any
	for _, m := range s.Out() {
		got = append(got, m)
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	s.Press("f6")
	if s.desk.claims != 1 || s.view.CapturesText() {
		t.Errorf("claimed %d times", s.desk.claims)
	}
	s.Press("1", "ctrl+s", "f9", "x")
	if s.desk.tries+len(s.desk.drafts) != 0 || s.view.Asks() {
		t.Error("a cause was answered as a case")
	}
}
