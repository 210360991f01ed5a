package text

import (
	"strings"
	"time"

	"cleardesk/domain"
)

// OrderWords are the words of an order's screen.
type OrderWords struct {
	Name   string // as it is named in titles and the help
	Placed func(when string) string
	Taken  func(when string) string // accepted
	Not    string                   // not accepted yet
	Total  func(amount string) string
	Links  func(all []string) string
	NoLink string

	Found    string // the names of the parts
	NotFound string // nothing was found
	Story    string
	Span     func(first, last, of int) string // of a part that does not fit

	HeadNo, HeadProduct, HeadOrdered, HeadPrice, HeadAmount, HeadMark, HeadNote string

	Line  OrderLineWords
	Odd   OrderOddWords
	Event OrderEventWords
	Told  OrderToldWords
	Keys  OrderKeyWords
}

// OrderLineWords are the marks and notes of a line, and the line of sums.
type OrderLineWords struct {
	Held, Cancelled, Waiting, Mended string // the mark, at most 9 cells
	HeldFor                          func(kind string) string
	Pending                          string
	Changed                          func(from, by string) string
	CancelledBy                      func(by string) string
	WaitingFor                       string
	Verified                         func(by string) string
	StepSeen                         func(step string) string
	Sum                              func(lines int, placed string) string
}

// OrderOddWords are the words of an anomaly.
type OrderOddWords struct {
	Line                   func(line string) string
	Whole                  string
	Rule                   func(name string, version int) string
	Hard                   string
	With                   func(department string) string
	Later                  func(clock string) string
	Closed                 func(outcome, reason, by, when string) string
	Blocks, Flags, Pending string
	Released               string
}

// OrderEventWords are the words of the story.
type OrderEventWords struct {
	Platform, Judge string
	Placed          func(lines int, total string) string
	History         string
	Links           map[domain.Link][2]string // this order made good the earlier one; a later one made good this
	Link            func(words, no, state string) string
	Found           func(where, kind, what string) string
	FlagFound       func(where, kind, what string) string
	Accepted        func(held int) string
	Cleared         func(where, kind string) string
	Claims          map[string]string
	Why             func(what, why string) string
	Call            func(answer, again string) string
	Again           func(clock string) string
	Notes           map[string]string
	To              func(what, department string) string
	Record          func(what, changes, note string) string
	Change          func(line, what, from, to string) string
	Drop            func(line, what string) string
	Sum             func(from, to string) string
}

// OrderKeyWords are the words of the key line.
type OrderKeyWords struct{ Open, Part, Read string }

// Event tells in a sentence what happened. what names a thing with its quantity, by
// the evidence of an anomaly.
func (c *Catalog) Event(e domain.StoryEvent, f domain.OrderFile, now time.Time) string {
	w := c.Order.Event
	switch e.What {
	case domain.StoryPlaced:
		if f.Order.History {
			return w.Placed(len(f.Order.Lines), c.MoneyExact(f.Order.Placed())) + c.Values.Join + w.History
		}
		return w.Placed(len(f.Order.Lines), c.MoneyExact(f.Order.Placed()))
	case domain.StoryLinked:
		return c.Linked(*e.Link)
	case domain.StoryFound:
		found := w.FlagFound
		if e.Anomaly.Blocks {
			found = w.Found
		}
		return found(c.place(e.Anomaly.Line), c.KindLong(e.Anomaly.Kind), c.Evident(*e.Anomaly, f, now))
	case domain.StoryAccepted:
		return w.Accepted(e.Held)
	case domain.StoryCleared:
		return w.Cleared(c.place(e.Hold.Line), c.KindLong(e.Hold.Kind))
	case domain.StoryClaim:
		return w.Why(named(w.Claims, e.Claim.What), e.Claim.Why)
	case domain.StoryCall:
		again := ""
		if e.Call.Again != nil {
			again = w.Again(c.Soon(*e.Call.Again, now))
		}
		return w.Call(c.Answered(e.Call.CallRecord), again)
	case domain.StoryTold:
		return c.Told(*e.Told, f, now)
	case domain.StoryAdjusted:
		return c.Adjusted(*e.Money)
	case domain.StoryPlanned:
		return c.Planned(*e.Plan, now)
	case domain.StoryNote:
		if e.Note.What == "conflict" {
			return c.Order.Told.Conflict(named(c.Kinds.Shared.Reached, domain.Stage(e.Note.Text)))
		}
		what := named(w.Notes, e.Note.What)
		if e.To != "" {
			what = w.To(what, c.Department(e.To))
		}
		return w.Why(what, e.Note.Text)
	default:
		return w.Record(c.Recorded(e.Record.ResolutionRecord), c.changes(*e.Record, f), e.Record.Note)
	}
}

// place names a line, or the whole order.
func (c *Catalog) place(line int) string {
	if line == 0 {
		return c.Order.Odd.Whole
	}
	return c.Order.Odd.Line(itoa(line))
}

// OddPlace names the line an anomaly is about, or the whole order.
func (c *Catalog) OddPlace(a domain.Anomaly) string { return c.place(a.Line) }

// Evident is what was observed against what was expected.
func (c *Catalog) Evident(a domain.Anomaly, f domain.OrderFile, now time.Time) string {
	p := f.Products[a.Evidence.Product]
	return c.Why(domain.QueueRow{
		Kind: a.Kind, Why: a.Evidence, OrderNo: f.Order.No, ProductName: p.Name, ProductNameEn: p.NameEn, Unit: p.Unit, UnitEn: p.UnitEn,
	}, now)
}

// Linked says how another order belongs with this one.
func (c *Catalog) Linked(l domain.OrderLink) string {
	w := c.Order.Event
	words := w.Links[l.Link][0]
	if l.Later {
		words = w.Links[l.Link][1]
	}
	return w.Link(words, string(l.No), c.OrderState(l.State))
}

// changes tells what an act changed.
func (c *Catalog) changes(r domain.OrderRecord, f domain.OrderFile) string {
	w := c.Order.Event
	var out []string
	for _, l := range r.Changed {
		p := f.Products[l.Product]
		what := c.Pick(p.Name, p.NameEn)
		if l.New == 0 {
			out = append(out, w.Drop(itoa(l.Line), what))
			continue
		}
		out = append(out, w.Change(itoa(l.Line), what, l.Old.Grouped(0), c.Quantity(l.New, p.Unit, p.UnitEn)))
	}
	if len(r.Changed) > 0 && r.OldTotal != r.Total {
		out = append(out, w.Sum(c.MoneyExact(r.OldTotal), c.MoneyExact(r.Total)))
	}
	return strings.Join(out, c.Values.Join)
}

// Closed tells how an anomaly ended.
func (c *Catalog) Closed(r domain.OrderRecord, now time.Time) string {
	why := named(c.Case.Ask.Reasons, domain.ReasonCode(r.Reason))
	return c.Order.Odd.Closed(c.Outcome(string(r.Outcome)), why, c.FirstName(r.ByName, r.ByNameEn, r.By), c.When(r.At, now))
}
