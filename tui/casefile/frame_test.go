package casefile_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"
)

var update = flag.Bool("update", false, "write the golden files anew")

// screen is the form as the person sees it: its own area, its messages and the keys.
func (s *scene) screen() string {
	frame := strings.Split(s.Frame(), "\n")
	w := cell.Width(strings.Split(s.view.View(), "\n")[0])
	foot := s.view.Message()
	for i := range s.view.FootLines() {
		l := cell.Line{}
		if i < len(foot) {
			l = foot[i]
		}
		frame = append(frame, strings.TrimRight(ansi.Strip(l.Render(s.env.Theme, w)), " "))
	}
	keys := ui.KeyLine(s.env.Text, s.view.Keys(), w).Render(s.env.Theme, w)
	return strings.Join(append(frame, strings.TrimRight(ansi.Strip(keys), " ")), "\n") + "\n"
}

// answer brings the form to where the drawing shows it.
func (s *scene) answer() {
	s.Press("shift+tab", "1") // the record
	s.Advance(time.Minute)
	s.Press("1", "1", "1", "2", "enter", "1")
}

func TestTheDrawingIsRedrawn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		raw, err := os.ReadFile(filepath.Join("testdata", "drawing_"+string(lang)+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		s := open(t, newDesk(), newMemory(), lang, lin(), 80, 20)
		s.answer()
		s.Press("shift+tab")
		if d := cmp.Diff(string(raw), s.screen()); d != "" {
			t.Errorf("%s (-drawn +shown):\n%s", lang, d)
		}
	}
}

func TestGoldenFrames(t *testing.T) {
	t.Parallel()
	for name, prepare := range scenes() {
		for _, lang := range []text.Lang{text.Chinese, text.English} {
			for size, wh := range map[string][2]int{"80x24": {80, 20}, "110x32": {110, 28}, "200x60": {200, 56}} {
				if size != "80x24" && name != "answered" && name != "fresh" {
					continue
				}
				t.Run(name+" "+string(lang)+" "+size, func(t *testing.T) {
					t.Parallel()
					s := prepare(t, lang, wh[0], wh[1])
					golden(t, name+"_"+string(lang)+"_"+size, s.screen())
				})
			}
		}
	}
}

type prepared func(tb testing.TB, lang text.Lang, w, h int) *scene

func scenes() map[string]prepared {
	with := func(change func(*desk), me domain.Staff, act func(*scene)) prepared {
		return func(tb testing.TB, lang text.Lang, w, h int) *scene {
			tb.Helper()
			d := newDesk()
			if change != nil {
				change(d)
			}
			s := open(tb, d, newMemory(), lang, me, w, h)
			if act != nil {
				act(s)
			}
			return s
		}
	}
	keys := func(names ...string) func(*scene) { return func(s *scene) { s.Press(names...) } }
	return map[string]prepared{
		"fresh":    with(nil, lin(), nil),
		"ringing":  with(nil, lin(), keys("shift+tab", "1", "1")),
		"answered": with(nil, lin(), (*scene).answer),
		"asking":   with(nil, lin(), func(s *scene) { s.answer(); s.Press("ctrl+s") }),
		"missed":   with(nil, lin(), keys("f9")),
		"handing":  with(nil, lin(), keys("ctrl+o", "2")),
		"other":    with(nil, lin(), keys("1", "3")),
		"held":     with(heldByWang, lin(), nil),
		"closed":   with(closed, lin(), nil),
		"genuine":  with(aboveStock, lin(), keys("5", "1", "1")),
		"verify":   with(atProcurement, zhao(), keys("1")),
		"dropped":  with(nil, lin(), keys("5", "4", "1")),
		"three":    with(twoLines, lin(), keys("1", "1", "3", "2", "enter", "1", "2", "3", "1", "2")),
		"others":   with(twoLines, lin(), keys("1", "1", "1", "2", "enter", "1")),
		"all":      with(twoLines, lin(), keys("5", "1", "1", "1", "ctrl+s")),
		"amount":   with(amountToo, lin(), keys("5", "2", "enter", "1")),
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("(-golden +shown):\n%s", d)
	}
}

func TestEveryFrameIsExact(t *testing.T) {
	t.Parallel()
	hostile := tuitest.Hostile()
	rapid.Check(t, func(r *rapid.T) {
		pick := func(name string) string { return rapid.SampledFrom(hostile).Draw(r, name) }
		d := newDesk()
		f := &d.file
		f.Store.Manager, f.Store.ManagerEn, f.Store.Phone = pick("manager"), pick("manager en"), pick("phone")
		f.Row.StoreName, f.Row.StoreNameEn, f.Row.OrderNo = pick("store"), pick("store en"), domain.OrderNo(pick("order"))
		f.Notes = []domain.CaseNote{{At: at("13:00"), By: pick("by"), What: pick("what"), Text: pick("note")}}
		f.Calls = []domain.CallRecord{{At: at("13:00"), By: pick("caller"), Text: pick("said")}}
		for code, p := range f.Products {
			p.Name, p.NameEn, p.Unit, p.UnitEn = pick("product"), pick("product en"), pick("unit"), pick("unit en")
			f.Products[code] = p
		}
		lang := rapid.SampledFrom([]text.Lang{text.Chinese, text.English}).Draw(r, "lang")
		w, h := rapid.IntRange(80, 220).Draw(r, "w"), rapid.IntRange(20, 70).Draw(r, "h")
		s := open(t, d, newMemory(), lang, lin(), w, h)
		for range rapid.IntRange(0, 25).Draw(r, "keys") {
			s.Press(rapid.SampledFrom([]string{
				"1", "2", "3", "4", "5", "enter", "tab", "shift+tab", "up", "down", "ctrl+s", "f9", "esc", "pgdown", "ctrl+o", "9",
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
		if n := len(s.view.Message()); n > 3 {
			r.Fatalf("%d message lines", n)
		}
	})
}
