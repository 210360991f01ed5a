package casefile_test

import (
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/text"
)

// claiming is a form of which some keys, ctrl+s the last but what meanwhile does, come
// while the claim of the first answer is still under way.
func claiming(t *testing.T, d *desk, me domain.Staff, keys []string, meanwhile func(s *scene)) *scene {
	t.Helper()
	s := open(t, d, newMemory(), text.Chinese, me, 80, 20)
	d.during = func() {
		s.Press(keys...)
		s.Press("ctrl+s")
		if s.view.Asks() || !strings.Contains(s.screen(), "正在领取") {
			t.Errorf("it asks (%v) before the claim came:\n%s", s.view.Asks(), s.screen())
		}
		meanwhile(s)
	}
	s.Press("1")
	if strings.Contains(s.screen(), "正在领取") {
		t.Errorf("what was under way is over, and it says it is not:\n%s", s.screen())
	}
	return s
}

// The wish to write waits for the claim it came too early for.
func TestCtrlSWhileTheClaimIsUnderWay(t *testing.T) {
	t.Parallel()
	for _, moves := range []bool{false, true} { // somebody noted something before the claim
		s := claiming(t, newDesk(), lin(), []string{"1", "1", "1", "2", "enter", "1"}, func(s *scene) {
			if moves {
				s.desk.file.Row.Version++
			}
		})
		if !s.view.Asks() {
			t.Fatalf("the claim came, and it does not ask (version moved: %v):\n%s", moves, s.screen())
		}
		s.Advance(299 * time.Millisecond)
		s.Press("ctrl+s")
		if s.desk.tries != 0 {
			t.Fatal("written before it could be read")
		}
		s.Advance(time.Millisecond)
		s.Press("ctrl+s")
		if h := s.desk.only(t); h.Claim != 5 || h.Version != s.desk.file.Row.Version {
			t.Errorf("version moved: %v: %+v", moves, h)
		}
	}
}

// A word of procurement waits in the same way.
func TestAFindingWaitsForItsClaim(t *testing.T) {
	t.Parallel()
	s := claiming(t, kindDesk(domain.Return, func(f *domain.CaseFile) { f.Row.With = domain.Procurement }), zhao(), nil, func(*scene) {})
	s.desk.file.Row.Holder = &domain.Holder{Login: "zhao", No: 5}
	if !s.view.Asks() {
		t.Fatalf("it does not ask:\n%s", s.screen())
	}
	s.Advance(time.Second)
	s.Press("ctrl+s")
	if len(s.desk.found) != 1 {
		t.Errorf("found %v", s.desk.found)
	}
}

func TestTheWishToWriteEnds(t *testing.T) {
	t.Parallel()
	keys := []string{"1", "1", "1", "2", "enter", "1"}
	s := claiming(t, newDesk(), lin(), keys, func(s *scene) { s.Press("tab") })
	if s.view.Asks() {
		t.Errorf("another key does not drop it:\n%s", s.screen())
	}
	d := newDesk()
	d.claimErr = &domain.Error{Code: domain.Timeout, Op: "claim"}
	s = claiming(t, d, lin(), keys, func(*scene) {})
	if said := strings.Join(s.Said(), "; "); s.view.Asks() || !strings.Contains(said, "还没领到") {
		t.Errorf("a claim that failed: asks %v, said %q", s.view.Asks(), said)
	}
	d.claimErr = nil
	s.Press("f5", "f6")
	if s.desk.claims != 1 || s.view.Asks() {
		t.Errorf("it asks long after: claims %d, asks %v", s.desk.claims, s.view.Asks())
	}
}
