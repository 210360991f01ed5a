package casefile_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/text"
)

// writtenDesk is the case of the drawing after the order was cancelled at 13:38.
func writtenDesk() *desk {
	d := newDesk()
	f := &d.file
	anomalies, holds := f.Anomalies, f.Holds
	closed(d)
	f.Anomalies, f.Holds = anomalies, holds
	done, changed := at("13:38"), []domain.ResolvedLine{}
	found := domain.OrderBefore{State: domain.Accepted, Left: domain.Cancelled, Holds: []domain.HoldBefore{{Anomaly: 11, Line: 2}}, Free: []int{2}}
	for i := range f.Order.Lines {
		l := &f.Order.Lines[i]
		found.Lines = append(found.Lines, domain.LineBefore{Line: l.No, Quantity: l.Quantity, Amount: l.Amount})
		changed = append(changed, domain.ResolvedLine{Line: l.No, Product: l.Product, Old: l.Quantity, OldAmount: l.Amount})
		l.Cancelled = true
	}
	f.Order.State, f.Order.Total = domain.Cancelled, 0
	f.Anomalies[0].Outcome, f.Anomalies[0].ClosedAt = domain.OrderCancelled, &done
	f.Holds[0].ReleasedAt, f.Holds[0].ReleasedBy = &done, "lin"
	f.Records = []domain.ResolutionRecord{{
		ID: 3, Anomaly: 11, Kind: domain.QuantitySurge, Outcome: domain.OrderCancelled, By: "lin", ByName: "林梅", ByNameEn: "Lin Mei",
		At: done, Changed: changed,
	}}
	f.Written = &domain.Written{Records: []domain.RecordID{3}, By: "lin", ByName: "林梅", ByNameEn: "Lin Mei", At: done, Found: found}
	return d
}

// takenBackDesk is the same after it was taken back.
func takenBackDesk() *desk {
	d := newDesk()
	was := writtenDesk().file.Records
	was[0].Reversed = &domain.Reversal{By: "lin", ByName: "林梅", ByNameEn: "Lin Mei", At: at("13:39"), Reason: "看错单"}
	closed(d)
	d.file.Records = was
	return d
}

func TestTakeBackFrames(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		t.Run(string(lang), func(t *testing.T) {
			t.Parallel()
			s := open(t, writtenDesk(), newMemory(), lang, lin(), 80, 20)
			s.Press("u")
			s.Resize(80, 23-s.view.FootLines()) // the root gives the message lines their room
			golden(t, fmt.Sprintf("takeback_%s_80x24", lang), s.screen())
			s = open(t, takenBackDesk(), newMemory(), lang, lin(), 80, 20)
			golden(t, fmt.Sprintf("takenback_%s_80x24", lang), s.screen())
		})
	}
}

func TestClosedCaseIsTakenBackAndStaysOpen(t *testing.T) {
	t.Parallel()
	s := open(t, writtenDesk(), newMemory(), text.English, lin(), 80, 20)
	s.Press("u")
	if _, _, ok := s.view.TextCursor(); !ok {
		t.Error("no cursor in the reason")
	}
	s.Type("slip")
	s.Press("ctrl+s", "ctrl+s")
	if len(s.desk.reversals) > 0 {
		t.Fatal("written before it could be read")
	}
	s.desk.reverseErr = domain.Errorf(domain.Timeout, "reverse", "no answer")
	s.Advance(time.Second)
	s.Press("ctrl+s")
	s.desk.reverseErr = nil
	s.Advance(5 * time.Second) // it is asked again by itself
	if n := len(s.desk.reversals); n != 2 || s.desk.reversals[0] != s.desk.reversals[1] {
		t.Fatalf("keys %v", s.desk.reversals)
	}
	if said := strings.Join(s.Said(), " "); !strings.Contains(said, "1123-0398 taken back: open again, and yours") {
		t.Errorf("said %q", said)
	}
	s.Sees("mine")
	s.Press("1") // the form goes on
	s.Lacks("closed")
}

func TestWhatCannotBeTakenBackSaysWhy(t *testing.T) {
	t.Parallel()
	for want, change := range map[string]func(*desk){
		"nothing was written that could be":                   func(d *desk) { d.file.Written = nil },
		"only who wrote it may, or a manager: Wang Lei 13:38": func(d *desk) { d.file.Written.By, d.file.Written.ByNameEn = "wang", "Wang Lei" },
		"it was taken back before: Max 13:39":                 func(d *desk) { d.file.Written.Reversal = &domain.Reversal{By: "max", ByNameEn: "Max", At: at("13:39")} },
		"the order was written again since: Wang Lei 13:39": func(d *desk) {
			d.file.Written.Later = &domain.Reversal{By: "wang", ByNameEn: "Wang Lei", At: at("13:39")}
		},
		"picking began 13:30":                         func(d *desk) { d.file.Moments[1].At = at("13:30") },
		"picking has begun, or its time is not known": func(d *desk) { d.file.Moments = nil },
		"more was found since":                        func(d *desk) { d.file.Written.Judged = true },
		"the order is now shipped":                    func(d *desk) { d.file.Order.State = domain.Shipped },
		"of Fresh milk 250 ml 1,240 bags is left, 2,000 bags is needed": func(d *desk) {
			d.file.Written.Found.Lines[1] = domain.LineBefore{Line: 2, Quantity: domain.Units(2000), Reserved: true}
		},
		"its lines changed since": func(d *desk) { d.file.Order.Lines[1].Cancelled = false },
	} {
		d := writtenDesk()
		change(d)
		s := open(t, d, newMemory(), text.English, lin(), 80, 20)
		s.Press("u")
		if said := strings.Join(s.Said(), " "); s.view.Asks() || !strings.Contains(said, want) {
			t.Errorf("said %q, want %q", said, want)
		}
		if off := s.view.Menu().Rest[0].Off; !strings.Contains(off, want) {
			t.Errorf("the menu says %q, want %q", off, want)
		}
	}
}
