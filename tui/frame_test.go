package tui_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cleardesk/tui"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
	"cleardesk/tui/tuitest"
	"cleardesk/tui/ui"
)

// At any size, in both languages, after any keys and messages, the frame is exactly
// as large as the terminal and holds nothing but text and colours. The frame is
// checked before the root would clip it.
func TestFramesHoldAtAnySize(t *testing.T) {
	t.Parallel()
	names := []string{
		"enter", "esc", "f1", "f2", "f3", "f5", "f8", "/", ":", "?", "1", "2", "0", "3", "up", "down", "home", "end", "pgdown",
		"space", "*", "ctrl+c", "ctrl+l", "j", "x", "y", "写入", "ctrl+k", "tab", "-",
	}
	worlds := map[text.Lang]*world{text.English: newWorld(t, text.English, 80, 24), text.Chinese: newWorld(t, text.Chinese, 80, 24)}
	for _, w := range worlds {
		w.held = []tui.HeldCase{{ID: 1, Text: tuitest.Hostile()[0], TextEn: tuitest.Hostile()[5]}}
	}
	rapid.Check(t, func(rt *rapid.T) {
		w := worlds[rapid.SampledFrom([]text.Lang{text.English, text.Chinese}).Draw(rt, "lang")]
		width, height := rapid.IntRange(80, 250).Draw(rt, "w"), rapid.IntRange(24, 80).Draw(rt, "h")
		w.Resize(width, height)
		for range rapid.IntRange(1, 8).Draw(rt, "keys") {
			switch rapid.IntRange(0, 5).Draw(rt, "what") {
			case 0:
				w.Send(ui.Say{Text: rapid.SampledFrom(tuitest.Hostile()).Draw(rt, "said"), Tone: ui.Problem})
			case 1:
				w.Advance(time.Duration(rapid.IntRange(1, 40_000).Draw(rt, "ms")) * time.Millisecond)
			default:
				w.Press(rapid.SampledFrom(names).Draw(rt, "key"))
			}
			if err := cell.CheckFrame(w.model.Frame(), width, height); err != nil {
				rt.Fatalf("%dx%d: %v", width, height, err)
			}
		}
	})
}

// BenchmarkKeyToFrame is the time from a key to its frame at 200x60 with 100,000 rows
// known, against half a frame of a screen of 60 Hz: the greatest of 99 in 100.
func BenchmarkKeyToFrame(b *testing.B) {
	w := newWorld(b, text.Chinese, 200, 60)
	ids := make([]int, 100_000)
	for i := range ids {
		ids[i] = i
	}
	w.views["queue"].list.Reset(ids)
	w.views["queue"].list.To(50_000)
	m, took := w.model, make([]time.Duration, 0, 400)
	keys := []string{"down", "pgdown", "up", "space", "pgup"}
	for b.Loop() {
		key := tuitest.Key(keys[len(took)%len(keys)])
		start := time.Now()
		_, _ = m.Update(key)
		_ = m.View()
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	const half = time.Second / 60 / 2
	b.ReportMetric(float64(took[len(took)*99/100])/float64(half), "p99/half-frame")
}

func BenchmarkFrame(b *testing.B) {
	w := newWorld(b, text.Chinese, 200, 60)
	for b.Loop() {
		w.model.View()
	}
}

func TestAFrameThatDoesNotHoldIsClipped(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	w.views["queue"].SetSize(90, 30) // a view that draws more than its room
	if cell.CheckFrame(w.model.Frame(), 80, 24) == nil {
		t.Fatal("the frame holds; nothing is tested")
	}
	w.Sees("queue hello")
}

func TestStatusLineTellsTheLineAndTheJudge(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name           string
		do             func(w *world)
		chinese, plain string
	}{
		{"live", func(w *world) { w.line(ui.Live) }, "已判到13:39:58  实时", "judged to 13:39:58  live"},
		{"lost just now", func(w *world) {
			w.line(ui.Live)
			w.line(ui.Reconnecting)
		}, "!重连中<1分", "!reconnecting <1m"},
		{"lost for long", func(w *world) {
			w.line(ui.Reconnecting)
			w.stuck = true
			w.Advance(8 * time.Minute)
		}, "!断线: 数据是13:40:00的, 8分前", "!stale since 13:40:00, 8m"},
		{"judge stands", func(w *world) {
			w.unjudged = 312
			w.line(ui.Live)
		}, "!判定停了: 312单未判, 最久6分  实时", "!not judging: 312 wait, 6m  live"},
		{"no moment left", func(w *world) {
			w.next = &ui.NextMoment{}
			w.line(ui.Live)
		}, " 13:40 已截单  挂起17单", " 13:40 closed  held 17"},
		{"before the window", func(w *world) {
			w.next = &ui.NextMoment{What: ui.WindowOpens, At: w.clock.Now().Add(220 * time.Minute)}
			w.line(ui.Live)
		}, "距开单3时40", "opens in 3h40"},
		{"picking", func(w *world) {
			w.next = &ui.NextMoment{What: "picking", At: w.clock.Now().Add(5 * time.Minute)}
			w.line(ui.Live)
		}, "距拣货5分", "picking in 5m"},
	} {
		for lang, want := range map[text.Lang]string{text.Chinese: c.chinese, text.English: c.plain} {
			w := newWorld(t, lang, 80, 24)
			c.do(w)
			if got := w.Line(2); !strings.Contains(got, want) {
				t.Errorf("%s, %s: %q lacks %q", c.name, lang, got, want)
			}
		}
	}
}

// Coming back after the line was gone, everything is read again.
func TestComingBackReadsAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, text.English, 80, 24)
	q := w.views["queue"]
	w.line(ui.Live)
	w.line(ui.Live)
	first := q.read
	w.line(ui.Reconnecting)
	w.line(ui.Live)
	if first != 1 || q.read != 2 {
		t.Errorf("told to read %d times, then %d", first, q.read)
	}
	w.Advance(31 * time.Second)
	if q.read != 2 {
		t.Error("an idle desk polls")
	}
	w.line(ui.Down)
	w.Advance(31 * time.Second)
	if q.read < 3 {
		t.Error("without a line nothing is read again")
	}
}
