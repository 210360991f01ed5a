package casefile_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/casefile"
	"cleardesk/tui/text"
	"cleardesk/tui/ui"
)

func TestTheNewerDraftIsTakenUp(t *testing.T) {
	t.Parallel()
	j := newMemory()
	d := newDesk()
	d.draftErr = &domain.Error{Code: domain.Unavailable, Op: "save draft"}
	s := open(t, d, j, text.Chinese, lin(), 80, 20)
	s.Press("1", "1", "1", "2", "backspace", "backspace")
	s.Type("60")
	s.Advance(time.Second)
	if !strings.Contains(s.screen(), "草稿存在本机") {
		t.Errorf("a draft that is not saved is not told:\n%s", s.screen())
	}
	// The desk was killed; another one opens the case.
	d.draftErr = nil
	again := open(t, d, j, text.Chinese, lin(), 80, 20)
	again.Sees("接通 13:40 店长陈静: 打错了", "[ 60         ]", "480袋 > 60袋")
	again.Advance(time.Second)
	if len(d.drafts) != 1 || len(j.data) != 0 {
		t.Errorf("%d drafts saved, %d kept here", len(d.drafts), len(j.data))
	}
	// What is kept here is older than the database's draft.
	atProcurement(d)
	d.file.Row.With = domain.CustomerService
	d.file.Draft.SavedAt = at("14:30")
	j.data["case-7-lin"] = []byte(`{"order":"1123-0398","answers":{"note":"old"},"saved_at":"2026-11-23T05:00:00Z"}`)
	open(t, d, j, text.Chinese, lin(), 80, 20).Sees("校庆团购", "[1] 属实放行")
	// And what is of another database's case is no draft of this one.
	d.file.Draft = nil
	j.data["case-7-lin"] = []byte(`{"order":"0101-0001","answers":{"note":"stranger"},"saved_at":"2027-11-23T05:00:00Z"}`)
	open(t, d, j, text.Chinese, lin(), 80, 20).Lacks("stranger")
}

func TestLeavingSavesTheDraftAndKeepsTheClaim(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("1", "1", "1", "2", "esc")
	out := s.Out()
	if len(out) != 1 || out[0] != (ui.Back{}) {
		t.Fatalf("%+v", out)
	}
	if cmd := s.view.Close(); cmd == nil {
		t.Fatal("what was answered last is not saved")
	} else {
		cmd()
	}
	if n := len(s.desk.drafts); n != 1 || s.desk.given != 0 || len(s.journal.data) != 0 {
		t.Errorf("%d drafts, given back %d times, %d kept here", n, s.desk.given, len(s.journal.data))
	}
}

func TestHeldByAnotherIsReadOnly(t *testing.T) {
	t.Parallel()
	s := form(t, heldByWang)
	s.Press("1", "tab", "ctrl+s", "f9", "ctrl+o", "f6")
	s.Advance(time.Minute)
	if s.desk.claims+len(s.desk.drafts)+len(s.desk.calls) != 0 || s.view.Asks() || s.view.CapturesText() {
		t.Error("what another holds can be changed")
	}
	s.clock.Advance(15 * time.Minute) // the lease is over
	s.Press("1")
	if s.desk.claims != 1 {
		t.Error("a claim that lapsed cannot be taken")
	}
}

func TestClaimAndGiveBack(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("f6")
	s.Sees("归我")
	s.Press("1", "f6")
	s.Sees("无人领")
	if s.desk.given != 1 || len(s.desk.drafts) != 1 {
		t.Errorf("given %d, drafts %d", s.desk.given, len(s.desk.drafts))
	}
}

// A draft was saved while the quantity made no sense: the field starts anew, and
// counts once it is accepted.
func TestADraftWithoutItsQuantity(t *testing.T) {
	t.Parallel()
	d, j := newDesk(), newMemory()
	raw := []byte(`{"order":"1123-0398","answers":{"look":{"at":"2026-11-23T05:40:00Z","by":"lin"},"call":{"at":"2026-11-23T05:40:00Z","by":"lin",
		"outcome":"not_needed"},"decisions":[{"at":"2026-11-23T05:40:00Z","by":"lin","target":2,"choice":"change"}]},"saved_at":"2026-11-23T05:40:00Z"}`)
	j.data["case-7-lin"] = raw
	again := open(t, d, j, text.Chinese, lin(), 80, 20)
	again.Sees("[ 48         ]")
	again.Press("enter")
	again.Sees("鲜牛奶 480袋 > 48袋")
}

// Who is agent and buyer at once keeps the agent's draft while verifying.
func TestVerifyingLeavesTheDraftAlone(t *testing.T) {
	t.Parallel()
	d := newDesk()
	atProcurement(d)
	both := zhao()
	both.Roles = append(both.Roles, domain.RoleAgent)
	d.file.Draft.By = both.Login
	s := open(t, d, newMemory(), text.Chinese, both, 80, 20)
	s.Press("1")
	d.file.Row.Holder = &domain.Holder{Login: both.Login, No: 5}
	s.Press("f6")
	if d.given != 1 || len(d.drafts) != 0 {
		t.Errorf("given back %d times, %d drafts", d.given, len(d.drafts))
	}
}

func TestTheClaimIsExtendedWhileThePersonWorks(t *testing.T) {
	t.Parallel()
	s := form(t)
	s.Press("1")
	s.Advance(time.Second)
	s.Press("tab", "tab")
	if s.desk.extended != 0 {
		t.Error("extended more than once a minute")
	}
	s.Advance(61 * time.Second)
	s.Press("tab", "tab", "tab")
	if s.desk.extended != 1 {
		t.Errorf("extended %d times", s.desk.extended)
	}
}

func TestAClaimIsAskedForAgainWhenTheLineIsBack(t *testing.T) {
	t.Parallel()
	s := form(t, func(d *desk) { d.claimErr = domain.Errorf(domain.Unavailable, "claim", "gone") })
	s.Press("1", "1")
	s.desk.claimErr = nil
	s.Send(ui.Changed{All: true})
	s.Sees("归我", "[1] 店长")
	s.Advance(time.Second)
	if len(s.desk.drafts) != 1 {
		t.Errorf("%d drafts", len(s.desk.drafts))
	}
}

func TestJournal(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "state", "drafts")
	j := casefile.NewDir(dir)
	if _, ok := j.Load("case-7-lin"); ok {
		t.Error("something in an empty journal")
	}
	for _, data := range []string{"first", "second"} {
		if err := j.Save("case-7-../../lin", []byte(data)); err != nil {
			t.Fatal(err)
		}
	}
	got, ok := j.Load("case-7-../../lin")
	if !ok || string(got) != "second" {
		t.Errorf("%q", got)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 1 {
		t.Fatalf("%v, %d files", err, len(files))
	}
	info, err := files[0].Info()
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, mode %v", err, info.Mode())
	}
	j.Remove("case-7-../../lin")
	if _, ok := j.Load("case-7-../../lin"); ok {
		t.Error("not removed")
	}
	if err := casefile.NewDir(filepath.Join(dir, "x\x00")).Save("k", nil); err == nil || errors.Is(err, os.ErrExist) {
		t.Errorf("a folder that cannot be made: %v", err)
	}
}
