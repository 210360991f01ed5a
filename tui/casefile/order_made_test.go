package casefile_test

import (
	"strings"
	"testing"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
)

// An order that is made again begins as it is asked for, line by line: what the store
// no longer wants too. One enter takes all, and the preview names what changes.
func TestAnOrderIsMadeAgainAsAsked(t *testing.T) {
	t.Parallel()
	s := kindForm(t, kindScene{domain.OrderChange, nil, lin(), []string{"5", "1"}})
	s.Sees("五花肉           20 > [ 15.5       ]", "鸡蛋             12 > [ 0          ]",
		"重下, 照常判定: 五花肉20>15.5kg, 鸡蛋12板>不要, 鲜牛奶48>36袋; 2行照旧")
	if screen := s.screen(); !strings.Contains(screen, "enter 各行照此") {
		t.Error(screen)
	}
	s.Press("tab", "enter") // the line that is dropped, taken as it stands
	s.Sees("鸡蛋12板>不要")
	s.Press("shift+tab", "shift+tab", "enter", "1")
	s.write()
	made := s.desk.only(t).Resolutions[0].Effects[1]
	if made.Op != domain.EffectReorder || len(made.Lines) != 4 {
		t.Errorf("%+v", made)
	}
	for _, l := range made.Lines {
		if l.Product == "P1100" {
			t.Errorf("what the store no longer wants is ordered: %+v", l)
		}
	}
}

// What a store lacks is ordered; nothing is ordered again.
func TestAGapIsOrdered(t *testing.T) {
	t.Parallel()
	for lang, want := range map[text.Lang]string{text.Chinese: "补下单, 照常判定: 鸡蛋12板, 速冻水饺10袋", text.English: "order it, judged as any: 12 trays eggs"} {
		s := open(t, kindDesk(domain.Replenishment), newMemory(), lang, lin(), 80, 20)
		s.Press("5", "1")
		s.Sees(want)
		s.Lacks("重下", "anew")
	}
}

// At 80 columns what is most important of a quantity stays: that there is enough.
func TestWhatAQuantityIsFitsTheLine(t *testing.T) {
	t.Parallel()
	s := kindForm(t, kindScene{domain.OrderChange, func(f *domain.CaseFile) {
		p := f.Products["P1007"]
		p.Case = ptr(domain.Units(12))
		f.Products["P1007"] = p
	}, lin(), []string{"5", "1"}})
	s.Sees("[ 36         ] 袋   = 3箱   库存够")
	s.Press("tab", "tab", "ctrl+u")
	s.Type("40")
	s.Sees("步长12 不符: 可36或48")
}

// An attempt has no line to be cancelled: the store is told that there is none.
func TestAnAttemptHasNoLineToDrop(t *testing.T) {
	t.Parallel()
	attempt := func(f *domain.CaseFile) {
		f.Row.OrderID, f.Row.OrderNo, f.Order, f.Holds, f.Row.With = 0, "", domain.Order{}, nil, domain.CustomerService
		a := &f.Anomalies[0]
		a.Order, a.Line, a.Blocks, a.Evidence.Line, a.Evidence.Refusals = 0, 0, false, 0, 3
		f.Findings = []domain.Finding{{What: domain.FindStock, Answer: domain.FoundNo, By: "zhao", At: at("13:20")}}
	}
	s := kindForm(t, kindScene{domain.ZeroStock, attempt, lin(), []string{"5"}})
	s.Sees("1 告知没货")
	s.Lacks("取消本行")
	s.Press("1", "1")
	s.write()
	if said := s.closedWith(t); !strings.Contains(said, "大望路店 库存为零: 告知没货") {
		t.Errorf("said %q", said)
	}
	if r := s.desk.only(t).Resolutions[0]; r.Outcome != domain.LineCancelled {
		t.Errorf("%+v", r)
	}
}

// A time nobody can read is told with what can be read, and nothing is made of it.
func TestATimeThatCannotBeRead(t *testing.T) {
	t.Parallel()
	for lang, want := range map[text.Lang][2]string{
		text.Chinese: {"看不懂: 写时刻, 如 17:00 或 11-25 07:00", "订单, 结算, 库存都不变"},
		text.English: {"unclear: like 17:00 or 11-25 07:00", "order, settlement and stock stay"},
	} {
		s := open(t, kindDesk(domain.SlowFulfilment), newMemory(), lang, qian(), 80, 20)
		s.Press("5", "1", "ctrl+u")
		s.Type("7:5")
		s.Sees(want[0])
		s.Lacks(want[1])
	}
	s := open(t, kindDesk(domain.SlowFulfilment), newMemory(), text.English, qian(), 80, 20)
	s.Press("5", "2")
	s.Sees("delivery noted as made")
	s.Lacks("noted as delivered")
}

// What has no order is called by its store and its kind.
func TestACaseWithoutAnOrderHasAName(t *testing.T) {
	t.Parallel()
	s := open(t, kindDesk(domain.Replenishment), newMemory(), text.Chinese, lin(), 80, 20)
	s.Send(keys.Press{Action: keys.TakeBack, Count: 1})
	if said := strings.Join(s.Said(), "; "); !strings.Contains(said, "大望路店 补货异常 不能撤回") {
		t.Errorf("said %q", said)
	}
}

// A line that is let go after its order was allocated is foretold as the order it becomes.
func TestALineThatMissesItsOrder(t *testing.T) {
	t.Parallel()
	for state, want := range map[domain.OrderState]string{domain.Allocated: "本单已配货, 另成补单, 照价收: 鲜牛奶48袋", domain.Accepted: ""} {
		s := kindForm(t, kindScene{domain.QuantitySurge, func(f *domain.CaseFile) { f.Order.State = state }, lin(), []string{"5", "1", "1"}})
		if want == "" {
			s.Lacks("补单")
			continue
		}
		s.Sees(want)
	}
}
