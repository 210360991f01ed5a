package store_test

import (
	"testing"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/text"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/go-cmp/cmp"
)

// + and a digit open the form for what the store says, with the order under the
// cursor; any other key takes the question back.
func TestWhatTheStoreSays(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, wangjing(), 80, 22)
	want := func(pressed []string, want ...tea.Msg) {
		t.Helper()
		d.Press(pressed...)
		if diff := cmp.Diff(want, d.Out()); diff != "" {
			t.Errorf("%v (-want +got):\n%s", pressed, diff)
		}
	}
	want([]string{"3"}, ui.Say{Text: "1-9 在这里没有用", Tone: ui.Note})
	want([]string{"+"})
	if !d.view.Asks() {
		t.Error("it does not wait for the digit")
	}
	want([]string{"3"}, ui.OpenEntry{Store: "S031", Order: 9, What: 3})
	want([]string{"down", "＋", "9"}, ui.OpenEntry{Store: "S031", Order: 8, What: 9})
	want([]string{"+", "esc"})
	want([]string{"+", "0"})
	if d.view.Asks() {
		t.Error("it still waits")
	}
	d.Sees("店里说: 1 改单 2 下错 3 短重 4 超重 5 退货 6 换货 7 订不了 8 问到货 9 其他")
}

// What was refused today names what can be ordered, and leads to the product.
func TestRefusedAttempts(t *testing.T) {
	t.Parallel()
	d := open(t, text.Chinese, wangjing(), 80, 40)
	d.Sees("13:12 速冻水饺4袋: 步长5 (商品正常, 库存318袋)   可订 5 或 10", "13:36 P9 30: E-4031")
	d.Press("tab", "tab", "tab")
	d.wantUnder(t, "13:12 ")
	d.Send(keys.Press{Action: keys.Product, Count: 1})
	if diff := cmp.Diff([]tea.Msg{ui.OpenCorrection{Product: "P7002"}}, d.Out()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	d.Sees("11-18 王磊   1120-0366 酸奶12盒退货, 供应商答复, 周三17:00前: 剩2天", "11-20 我     冻虾仁", "已办")
	d.Press("shift+tab", "down", "enter")
	if diff := cmp.Diff([]tea.Msg{ui.OpenCase{ID: 73}}, d.Out()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	late := wangjing()
	late.Promises[0].Due = clockAt(23, 13, 30)
	d.store.set(late, nil)
	d.Send(ui.Changed{All: true})
	d.Sees("今13:30前: 超11分")
}

// A wide unit of an attempt whose product is not known is no reason to break a line.
func TestAttemptsAreExact(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		for _, w := range []int{80, 110, 160, 200} {
			f := wangjing()
			f.Refused[0].Why, f.Refused[0].Text = "", "\x1b[2J很长的平台原话很长的平台原话很长的平台原话很长的平台原话很长的平台原话"
			f.Tried = map[domain.ProductCode]domain.Product{"P7002": {Name: "名\u202e字", Unit: "\x07袋"}}
			f.Promises[0].What = "\x1b]0;x\x07很长的话很长的话很长的话很长的话很长的话很长的话很长的话很长的话很长的话"
			open(t, lang, f, w, 40).Frame()
		}
	}
}
