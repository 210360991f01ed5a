package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"time"

	"cleardesk/cmd/cleardesk/intake"
	"cleardesk/db"
	"cleardesk/domain"
)

// history is the past as the database has it.
type history struct {
	conn   *db.Store
	past   *db.Past
	steps_ map[domain.ProductCode]domain.Quantity
	bar    *intake.Bar
	began  time.Time
	rows   int64

	changes []pastEvent // that are decided later than what was given
}

// historyStatement bounds one statement of the replay: hundreds of orders at once.
const historyStatement = time.Minute

func openHistory(ctx context.Context, o opener, bt *backtest) (*history, error) {
	dsn, err := o.Open(ctx, asDesk)
	if err != nil {
		return nil, err
	}
	h := &history{began: time.Now(), steps_: map[domain.ProductCode]domain.Quantity{}}
	if h.conn, err = db.Open(dsn, db.Options{App: "cleardesk/backtest", Statement: historyStatement}); err != nil {
		return nil, err
	}
	if h.past, err = h.conn.OpenPast(ctx); err != nil {
		h.close()
		return nil, err
	}
	if !h.past.Decided {
		_, _ = fmt.Fprintln(bt.stderr, "cleardesk: this login may not read what was decided, so nothing is said of caught and missed; use one of the staff's")
	}
	if file, ok := bt.stderr.(*os.File); ok {
		h.bar = intake.TerminalBar(file, h.name())
	}
	for code, p := range h.past.Products {
		if p.Step != nil {
			h.steps_[code] = *p.Step
		}
	}
	return h, nil
}

// next gives a page of history.
func (h *history) next(ctx context.Context, b *pastBatch) error {
	page, err := h.past.Next(ctx)
	if err != nil {
		return err
	}
	if len(page) == 0 {
		return io.EOF
	}
	for i := range page {
		h.put(b, &page[i])
	}
	h.progress(page[len(page)-1].ID)
	return nil
}

func (h *history) put(b *pastBatch, p *db.PastOrder) {
	n := 0
	for n < len(h.changes) && !h.changes[n].at.After(p.Taken) {
		n++
	}
	b.events = append(b.events, h.changes[:n]...)
	h.changes = slices.Delete(h.changes, 0, n)
	o := pastOrder{Order: p.Order, from: len(b.lines), events: len(b.events), quiet: p.Quiet, truths: truthsOf(p.Decisions)}
	b.lines = append(b.lines, p.Lines...)
	o.to = len(b.lines)
	for i := range p.Lines {
		b.ids = append(append(b.ids, p.No...), '/')
		b.ids = strconv.AppendInt(b.ids, int64(p.Lines[i].No), 10)
		b.idEnds = append(b.idEnds, len(b.ids))
	}
	b.orders = append(b.orders, o)
	for _, c := range p.Changes {
		l := &p.Lines[place(p.Lines, c.Line)]
		h.later(pastEvent{
			at: c.At, store: p.Store, product: l.Product, stood: c.Stood, orderDay: p.BusinessDay,
		})
	}
	h.rows += int64(len(p.Lines))
}

// The groups of what cases decided.
const (
	decidedError = iota
	decidedUnusual
	decidedFalse
)

func (h *history) decided() []truthGroup {
	if !h.past.Decided {
		return nil
	}
	return []truthGroup{
		decidedError:   {"errors", "decided cases, real errors", true},
		decidedUnusual: {"unusual", "decided cases, right but unusual", false},
		decidedFalse:   {"false_alarms", "decided cases, false alarms", false},
	}
}

// truthsOf makes one of what was decided on an order, since one case gathers it: an
// error if any part of it was one. Wrong master data tells nothing of the order.
func truthsOf(all []db.PastDecision) []truth {
	group := map[domain.CloseReason]int{domain.RealError: decidedError, domain.UnusualRight: decidedUnusual, domain.RuleWrong: decidedFalse}
	known := slices.DeleteFunc(slices.Clone(all), func(d db.PastDecision) bool {
		_, ok := group[d.Reason]
		return !ok
	})
	if len(known) == 0 {
		return nil
	}
	worst := slices.MinFunc(known, func(a, b db.PastDecision) int { return cmp.Compare(group[a.Reason], group[b.Reason]) })
	t := truth{group: group[worst.Reason]}
	for _, d := range known {
		if d.Reason == worst.Reason {
			t.lines = append(t.lines, d.Line)
			t.money = max(t.money, d.AtRisk)
		}
	}
	return []truth{t}
}

// progress tells how far it is, by the orders' numbers.
func (h *history) progress(at domain.OrderID) {
	h.bar.Draw(intake.Progress{
		Read: int64(at - h.past.First + 1), Total: int64(h.past.Last - h.past.First + 1), Rows: h.rows, Elapsed: time.Since(h.began),
	})
}

func (h *history) settings() domain.Settings                       { return h.past.Settings }
func (h *history) products() map[domain.ProductCode]domain.Product { return h.past.Products }
func (h *history) steps() map[domain.ProductCode]domain.Quantity   { return h.steps_ }
func (h *history) store(code domain.StoreCode) domain.Store        { return h.past.Stores[code] }
func (h *history) cuts() bool                                      { return false }
func (h *history) name() string                                    { return "history" }
func (h *history) leftOut() (int64, string)                        { return 0, "" }
func (h *history) clear()                                          { h.bar.Clear() }
func (h *history) close()                                          { _ = h.conn.Close() } // it only read

// later keeps what was decided until its time comes, the earliest first.
func (h *history) later(e pastEvent) {
	at, _ := slices.BinarySearchFunc(h.changes, e, func(a, b pastEvent) int { return a.at.Compare(b.at) })
	h.changes = slices.Insert(h.changes, at, e)
}
