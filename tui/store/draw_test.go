package store_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden compares a frame with the one that was looked at.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(file, []byte(got+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got+"\n"); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// sizes are those of the terminal; the view has two lines less.
var sizes = [][2]int{{80, 24}, {110, 32}, {200, 60}}

func TestDrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		for _, s := range sizes {
			d := open(t, lang, wangjing(), s[0], s[1]-2)
			golden(t, fmt.Sprintf("store-%s-%dx%d", lang, s[0], s[1]), d.Frame())
		}
		empty := domain.StoreFile{Store: domain.Store{Code: "S031", Name: "望京店", NameEn: "Wangjing"}, ReadAt: clockAt(23, 13, 41)}
		d := open(t, lang, empty, 80, 22)
		golden(t, fmt.Sprintf("empty-%s-80x24", lang), d.Frame())
	}
}

// Whatever comes from outside, at whatever size, a frame has exactly its cells; Frame
// checks it.
func TestFramesAreExact(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	all := tuitest.Hostile()
	odd := func() string { return all[r.IntN(len(all))] }
	for range 150 {
		f := wangjing()
		f.Store.Name, f.Store.NameEn, f.Store.Manager, f.Store.ManagerEn = odd(), odd(), odd(), odd()
		f.Store.Phone, f.Store.Expansion, f.Store.Route = odd(), odd(), odd()
		for i := range f.Orders {
			f.Orders[i].No, f.Orders[i].State = domain.OrderNo(odd()), domain.OrderState(odd())
			f.Orders[i].Total = domain.Money(r.Int64N(2e12) - 1e12)
			f.Orders[i].PlacedAt = clockAt(23, 0, 0).Add(-time.Duration(r.Int64N(int64(4000 * 24 * time.Hour))))
		}
		for i := range f.Open {
			c := &f.Open[i]
			c.OrderNo, c.ProductName, c.ProductNameEn, c.Unit, c.UnitEn, c.Kind = domain.OrderNo(odd()), odd(), odd(), odd(), odd(), domain.Kind(odd())
			c.Holder = &domain.Holder{Login: domain.Login(odd()), Name: odd(), NameEn: odd()}
		}
		for i := range f.Calls {
			c := &f.Calls[i]
			c.By, c.ByName, c.ByNameEn, c.Outcome, c.Who, c.Said, c.Text = odd(), odd(), odd(), odd(), odd(), odd(), odd()
		}
		for i := range f.Records {
			c := &f.Records[i]
			c.Outcome, c.Reason, c.ReasonText, c.ByName, c.ByNameEn = domain.Outcome(odd()), odd(), odd(), odd(), odd()
		}
		for range r.IntN(8) {
			f.Missing = append(f.Missing, domain.Product{Name: odd(), NameEn: odd()})
		}
		lang := []text.Lang{text.Chinese, text.English}[r.IntN(2)]
		d := open(t, lang, f, 80+r.IntN(171), 18+r.IntN(60))
		d.Frame()
		for range 6 {
			d.Press([]string{"down", "pgdown", "tab", "end", "right", "up", "home", "shift+tab"}[r.IntN(8)])
			d.Resize(80+r.IntN(171), 18+r.IntN(60))
			d.Frame()
		}
		for _, l := range d.view.Message() {
			l.Render(d.desk.Theme, 80)
		}
	}
}

func TestStates(t *testing.T) {
	t.Parallel()
	f := &fake{err: domain.Errorf(domain.Unavailable, "read store", "no line")}
	d := openWith(t, text.Chinese, f, 80, 22)
	d.Sees("门店 S031", "!", "F5 再试")
	f.set(wangjing(), nil)
	d.Press("f5")
	d.Sees("望京店 S031", "鲜牛奶480袋")
	f.set(domain.StoreFile{}, domain.Errorf(domain.Unavailable, "read store", "no line"))
	d.clock.Advance(8 * time.Minute)
	d.Send(ui.Changed{All: true})
	d.Sees("鲜牛奶480袋") // what was read stays
	if m := d.view.Message(); len(m) != 1 || m[0].Left[0].Text != " !断线: 这是13:41:00的, 8分前。 可照看, 通了就重读。" {
		t.Errorf("the message is %v", m)
	}
	if said := d.Said(); len(said) != 0 {
		t.Errorf("a lost line is told by its own state, not by %v", said)
	}
	f.set(domain.StoreFile{}, domain.Errorf(domain.Internal, "read store", "broken"))
	d.Press("f5")
	if said := d.Said(); len(said) != 1 {
		t.Errorf("an error of another kind is said: %v", said)
	}
	gone := openWith(t, text.English, &fake{file: domain.StoreFile{Store: domain.Store{Code: "S999"}}}, 80, 22)
	gone.Sees("Store S031", "!", "S031")
}
