package queue

import (
	"context"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/keys"
	"cleardesk/tui/smallact"
	"cleardesk/tui/takeback"
	"cleardesk/tui/text"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// askKind is what a question in the message lines is about.
type askKind int

const (
	askLater   askKind = iota // how much later
	askHand                   // to which department, then a note
	askTake                   // why it is taken from its holder
	askResults                // not a question: what became of several rows
	askBack                   // whether a written case is taken back
	askSmall                  // a small act, in a dialog of its own
)

// question stands in the message lines about some rows.
type question struct {
	kind    askKind
	head    string
	rows    []domain.QueueRow
	hidden  int
	to      domain.Department // of a hand-over, once chosen
	note    *widget.Field
	confirm widget.Confirm
	results []string
	from    int // first result shown
	back    *takeback.Ask
	small   *smallact.Act
}

func (q *question) typing() bool {
	switch {
	case q.back != nil:
		return q.back.Typing()
	case q.small != nil:
		return q.small.Typing()
	}
	return q.note != nil && !q.confirm.Asking()
}

// FootLines is how many lines the messages take.
func (v *View) FootLines() int {
	switch {
	case v.ask == nil:
		return 1
	case v.ask.back != nil:
		return max(3, len(v.ask.back.Lines(v.W)))
	}
	return 3
}

// lines draws the question.
func (q *question) lines(v *View) []cell.Line {
	w := v.env.Text.Queue.Acted
	head := cell.Painted(theme.Accent, " "+q.head)
	switch {
	case q.back != nil:
		return q.back.Lines(v.W)
	case q.small != nil:
		return q.small.Lines(v.W)
	case q.kind == askResults:
		out := []cell.Line{{Left: head.Left, Right: []cell.Span{{Text: w.ResultKeys + " ", Role: theme.Muted}}}}
		for i := q.from; i < len(q.results) && len(out) < 3; i++ {
			out = append(out, cell.Plain(" "+q.results[i]))
		}
		return out
	case q.confirm.Asking():
		return []cell.Line{head, cell.Painted(theme.Near, " "+w.Again)}
	case q.note != nil:
		spans := append([]cell.Span{{Text: " " + w.NoteName + " "}}, q.note.Spans(min(60, v.W-30), true)...)
		return []cell.Line{head, {Left: spans}, cell.Painted(theme.Muted, " "+w.NoteKeys)}
	}
	return []cell.Line{head, v.choices(q), cell.Painted(theme.Muted, " "+w.AskKeys)}
}

// choices draws the numbered answers.
func (v *View) choices(q *question) cell.Line {
	line := cell.Line{Left: []cell.Span{{Text: " "}}}
	for i, name := range v.offers(q) {
		line.Left = append(line.Left, cell.Span{Text: " " + strconv.Itoa(i+1), Role: theme.Key}, cell.Span{Text: " " + name + " "})
	}
	return line
}

func (v *View) offers(q *question) []string {
	if q.kind == askLater {
		return v.env.Text.Queue.Acted.LaterWays
	}
	var out []string
	for _, d := range v.otherDepartments() {
		out = append(out, v.env.Text.Department(d))
	}
	return out
}

func (v *View) otherDepartments() []domain.Department {
	var out []domain.Department
	for _, d := range domain.Departments() {
		if d != v.with {
			out = append(out, d)
		}
	}
	return out
}

// askLater asks until when; only what is mine can be put off.
func (v *View) askLater() tea.Cmd {
	rows, hidden := v.targets()
	for _, r := range rows {
		if r.Task == nil && !v.mine(r) {
			return ui.Send(ui.Say{Text: v.env.Text.Queue.Acted.NotMine, Tone: ui.Problem})
		}
	}
	return v.open(&question{kind: askLater, rows: rows, hidden: hidden}, v.env.Text.Queue.Acted.AskLater)
}

func (v *View) askHandOver() tea.Cmd {
	rows, hidden := v.targets()
	return v.open(&question{kind: askHand, rows: rows, hidden: hidden}, v.env.Text.Queue.Acted.AskHand)
}

// askTakeOver asks a manager why a case is taken from whoever holds it.
func (v *View) askTakeOver(r domain.QueueRow) tea.Cmd {
	return v.open(&question{kind: askTake, rows: []domain.QueueRow{r}, note: widget.NewField(400)}, func(order string) string {
		return v.env.Text.Queue.Acted.AskTake(order, v.env.Text.FirstName(r.Holder.Name, r.Holder.NameEn, r.Holder.Login))
	})
}

func (v *View) open(q *question, head func(string) string) tea.Cmd {
	if len(q.rows) == 0 || v.bulk != nil {
		return nil
	}
	q.head = head(v.names(q.rows))
	v.ask = q
	return nil
}

// names is the order of one row, or how many there are.
func (v *View) names(rows []domain.QueueRow) string {
	if len(rows) == 1 {
		return v.rowName(rows[0])
	}
	return v.env.Text.Queue.Acted.Rows(len(rows))
}

// answer takes keys while a question stands.
func (v *View) answer(p keys.Press) tea.Cmd {
	q := v.ask
	switch {
	case q.back != nil:
		return v.answerBack(p)
	case q.small != nil:
		return v.answerSmall(p)
	case q.kind == askResults:
		return v.scrollResults(p)
	case q.confirm.Asking():
		return v.confirmed(p)
	case q.note != nil:
		return v.typeNote(p)
	case p.Action == keys.Digit:
		return v.choose(p.Digit)
	}
	v.ask = nil
	return nil
}

func (v *View) scrollResults(p keys.Press) tea.Cmd {
	q := v.ask
	switch p.Action {
	case keys.Down, keys.HalfDown:
		q.from = min(q.from+1, max(0, len(q.results)-2))
	case keys.Up, keys.HalfUp:
		q.from = max(0, q.from-1)
	default:
		v.ask = nil
	}
	return nil
}

func (v *View) choose(digit int) tea.Cmd {
	q := v.ask
	offers := v.offers(q)
	if digit < 1 || digit > len(offers) {
		return nil
	}
	if q.kind == askHand {
		q.to = v.otherDepartments()[digit-1]
		q.head = v.env.Text.Queue.Acted.WillHand(v.names(q.rows), v.env.Text.Department(q.to), "")
		q.note = widget.NewField(400)
		return nil
	}
	v.ask = nil
	until := v.env.Now().Add(time.Duration(text.LaterMinutes()[digit-1]) * time.Minute)
	store := v.store
	said := v.env.Text.Queue.Acted.Snoozed(v.names(q.rows), v.env.Text.Clock(until))
	return v.each(keys.Later, q.rows, q.hidden, said, func(ctx context.Context, op uuid.UUID, r domain.QueueRow) error {
		return store.Snooze(ctx, op, r.Case, r.Holder.No, until, "")
	})
}

func (v *View) typeNote(p keys.Press) tea.Cmd {
	q := v.ask
	switch p.Action {
	case keys.Input:
		q.note.Update(p)
	case keys.Write, keys.Open:
		if q.kind == askTake && strings.TrimSpace(q.note.Value()) == "" {
			return ui.Send(ui.Say{Text: v.env.Text.Queue.Acted.NeedsReason, Tone: ui.Problem})
		}
		if q.kind == askHand {
			q.head = v.env.Text.Queue.Acted.WillHand(v.names(q.rows), v.env.Text.Department(q.to), q.note.Value())
		}
		return q.confirm.Ask(v.env, q.note.Value())
	case keys.Back:
		v.ask = nil
	}
	return nil
}

// confirmed writes on the second ctrl+s.
func (v *View) confirmed(p keys.Press) tea.Cmd {
	q := v.ask
	if q.confirm.Press(v.env, p, q.note.Value()) != widget.Confirmed {
		return nil
	}
	v.ask = nil
	store, to, note := v.store, q.to, q.note.Value()
	if q.kind == askTake {
		return v.each(keys.Claim, q.rows, 0, v.claimedText(q.rows[0]), func(ctx context.Context, op uuid.UUID, r domain.QueueRow) error {
			_, err := store.TakeOver(ctx, op, r.Case, note)
			return err
		})
	}
	said := v.env.Text.Queue.Acted.HandedTo(v.names(q.rows), v.env.Text.Department(to))
	return v.each(keys.HandOver, q.rows, q.hidden, said, func(ctx context.Context, op uuid.UUID, r domain.QueueRow) error {
		_, err := store.HandOver(ctx, op, r.Case, r.Version, to, note)
		return err
	})
}
