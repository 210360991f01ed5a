package tui_test

import (
	"slices"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
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

// From a key to its frame at 200x60 with 100,000 rows known takes at most half a
// frame of the screen, 99 times in 100.
func TestAKeyIsDrawnInHalfAFrame(t *testing.T) {
	w := newWorld(t, text.Chinese, 200, 60)
	ids := make([]int, 100_000)
	for i := range ids {
		ids[i] = i
	}
	w.views["queue"].list.Reset(ids)
	w.views["queue"].list.To(50_000)
	m := tea.Model(w.model)
	var took []time.Duration
	for i := range 400 {
		key := tuitest.Key([]string{"down", "pgdown", "up", "space", "pgup"}[i%5])
		start := time.Now()
		m, _ = m.Update(key)
		_ = m.View()
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	p99 := took[len(took)*99/100]
	t.Logf("key to frame: median %v, p99 %v, most %v", took[len(took)/2], p99, took[len(took)-1])
	if limit := 8 * time.Millisecond * slowdown; p99 > limit {
		t.Errorf("p99 is %v, at most %v", p99, limit)
	}
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
