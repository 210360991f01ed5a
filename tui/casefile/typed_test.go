package casefile_test

import (
	"encoding/json"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
)

// What a typed answer is understood as stands beside its field; what cannot be keeps the
// case from being written.
func TestTypedAnswersAreUnderstood(t *testing.T) {
	t.Parallel()
	credit, plan := kindScenes()["short_weight"], kindScenes()["slow_fulfilment"]
	credit.keys, plan.keys = []string{"5", "1"}, []string{"5", "1"}
	returned := kindScene{domain.Return, agreed, lin(), []string{"5", "1"}}
	missing := kindScene{domain.Replenishment, nil, lin(), []string{"5", "1"}}
	for _, c := range []struct {
		scene       kindScene
		typed, want string
		good        bool
	}{
		{credit, "４０．５", "= ¥40.50", true},
		{credit, "0", "看不懂", false},
		{credit, "9999999", "至多", false},
		{credit, "4o", "看不懂", false},
		{plan, "16:30", "= 今16:30", true},
		{plan, "0700", "= 明07:00", true},
		{plan, "11-25 7", "= 周三07:00", true},
		{plan, "25:00", "看不懂", false},
		{plan, "12-31 07:00", "时间不对", false},
		{returned, "10", "盒", true},
		{returned, "11", "至多", false},
		{missing, "0", "板", true},
		{missing, "1箱", "看不懂", false},
	} {
		s := kindForm(t, c.scene)
		for range 16 {
			s.Press("backspace")
		}
		s.Type(c.typed)
		s.Sees(c.want)
		s.Press("enter")
		if moved := !s.view.CapturesText(); moved != c.good {
			t.Errorf("%q: accepted %v\n%s", c.typed, moved, s.screen())
		}
	}
}

// The amount of a return follows its quantity, until another was agreed.
func TestTheAmountFollowsTheQuantity(t *testing.T) {
	t.Parallel()
	s := kindForm(t, kindScene{domain.Return, agreed, lin(), []string{"5", "1"}})
	s.Press("backspace", "backspace")
	s.Type("4")
	s.Sees("[ 20.40      ]", "退货款 酸奶4盒")
	s.Press("tab", "backspace", "backspace", "backspace", "backspace", "backspace")
	s.Type("15")
	s.Press("shift+tab", "backspace")
	s.Type("5")
	s.Sees("[ 15.00      ]", "-¥15.00")
}

// A draft brings every typed answer back.
func TestADraftBringsTypedAnswersBack(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"short_weight": {"[ 44.64"}, "slow_fulfilment": {"[ 11-24 11:00"}, "replenishment": {"[ 12", "[ 10"}, "overweight": {"[ 1.6"},
	} {
		k := kindScenes()[name]
		s := kindForm(t, k)
		s.Advance(time.Second)
		raw, err := json.Marshal(s.desk.drafts[len(s.desk.drafts)-1])
		if err != nil {
			t.Fatal(err)
		}
		again := k
		again.keys = nil
		change := k.change
		again.change = func(f *domain.CaseFile) {
			if change != nil {
				change(f)
			}
			f.Draft = &domain.Draft{By: "lin", Answers: raw, SavedAt: at("13:39")}
		}
		r := kindForm(t, again)
		r.Press("shift+tab", "shift+tab")
		r.Sees(want...)
	}
}

// Whatever a kind's names and texts hold and whatever is pressed, the frame is exact.
func TestEveryFrameOfEveryKindIsExact(t *testing.T) {
	t.Parallel()
	hostile := tuitest.Hostile()
	rapid.Check(t, func(r *rapid.T) {
		pick := func(name string) string { return rapid.SampledFrom(hostile).Draw(r, name) }
		scenes := kindScenes()
		names := make([]string, 0, len(scenes))
		for name := range scenes {
			names = append(names, name)
		}
		slices.Sort(names)
		k := scenes[rapid.SampledFrom(names).Draw(r, "scene")]
		d := kindDesk(k.kind)
		if k.change != nil {
			k.change(&d.file)
		}
		f := &d.file
		for code, p := range f.Products {
			p.Name, p.NameEn, p.Unit, p.UnitEn = pick("product"), pick("product en"), pick("unit"), pick("unit en")
			f.Products[code] = p
		}
		for i := range f.Anomalies {
			f.Anomalies[i].Evidence.Text, f.Anomalies[i].Evidence.Caller = pick("text"), pick("caller")
		}
		f.Row.Complaint = pick("complaint")
		f.Events = []domain.Event{{What: domain.EventReturn, At: at("13:00"), Text: pick("told"), Lines: []domain.EventLine{{Line: 1}, {Product: "P1"}}}}
		f.Promises = []domain.PromiseMade{{What: pick("promise"), Due: at("17:00"), At: at("13:00"), By: "lin"}}
		lang := rapid.SampledFrom([]text.Lang{text.Chinese, text.English}).Draw(r, "lang")
		w, h := rapid.IntRange(80, 220).Draw(r, "w"), rapid.IntRange(20, 70).Draw(r, "h")
		s := open(t, d, newMemory(), lang, k.me, w, h)
		for range rapid.IntRange(0, 20).Draw(r, "keys") {
			s.Press(rapid.SampledFrom([]string{
				"1", "2", "3", "4", "5", "6", "enter", "tab", "shift+tab", "up", "down", "ctrl+s", "f9", "pgdown", "ctrl+o", "backspace",
			}).Draw(r, "key"))
			if rapid.Bool().Draw(r, "paste") {
				s.Paste(pick("paste"))
			}
			s.Advance(500 * time.Millisecond)
		}
		s.Frame()
		for _, l := range s.view.Message() {
			if err := cell.CheckFrame(l.Render(s.env.Theme, w), w, 1); err != nil {
				r.Fatal(err)
			}
		}
	})
}
