package ui_test

import (
	"testing"

	"cleardesk/tui/ui"
)

func TestABurstOfNewsCostsTwoReads(t *testing.T) {
	t.Parallel()
	var r ui.Reading
	first, ok := r.Start()
	if !ok {
		t.Fatal("the first read does not start")
	}
	for range 5 {
		if _, ok := r.Start(); ok {
			t.Fatal("two reads at once")
		}
	}
	if mine, again := r.End(first); !mine || !again {
		t.Fatalf("after the burst: mine %v, again %v", mine, again)
	}
	second, ok := r.Start()
	if !ok || second == first {
		t.Fatal("the second read does not start")
	}
	if mine, _ := r.End(first); mine {
		t.Error("an old answer is taken")
	}
	if mine, again := r.End(second); !mine || again {
		t.Errorf("at the end: mine %v, again %v", mine, again)
	}
}
