package casefile

import (
	"slices"
	"strconv"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/widget"
)

// block is a question with its parts. lines are all of it, short what is kept of it
// where there is no room.
type block struct {
	no    int
	at    bool // the cursor is in it
	lines []row
	short []row
}

// window gives n lines of the blocks: all where they fit, else those that are not at
// hand get short, else the one at hand and its neighbours.
func window(blocks []block, n int) []row {
	total := 0
	for _, b := range blocks {
		total += len(b.lines)
	}
	for i := len(blocks) - 1; i >= 0 && total > n; i-- {
		if b := &blocks[i]; !b.at && len(b.short) < len(b.lines) {
			total -= len(b.lines) - len(b.short)
			b.lines = b.short
		}
	}
	at := max(0, slices.IndexFunc(blocks, func(b block) bool { return b.at }))
	from, to := at, at+1
	have := len(blocks[at].lines)
	for grown := true; grown; {
		grown = false
		if to < len(blocks) && have+len(blocks[to].lines) <= n {
			have, to, grown = have+len(blocks[to].lines), to+1, true
		}
		if from > 0 && have+len(blocks[from-1].lines) <= n {
			from, grown = from-1, true
			have += len(blocks[from].lines)
		}
	}
	var out []row
	for _, b := range blocks[from:to] {
		out = append(out, b.lines...)
	}
	return out[:min(n, len(out))]
}

// blocks draws the questions, or the records of a closed case.
func (v *View) blocks(f domain.Form) []block {
	if v.file.Row.State == domain.CaseClosed {
		return []block{{at: true, lines: v.recordRows()}}
	}
	if ask := v.special(); ask != "" {
		return v.specialBlocks(f, ask)
	}
	qs := f.Questions(v.answers)
	var out []block
	for i := 0; i < len(qs); {
		end := i + 1
		for end < len(qs) && qs[end].Part {
			end++
		}
		out = append(out, v.block(f, qs[i], qs[i+1:end]))
		i = end
	}
	return append(out, v.noteBlock())
}

// block draws one question and its parts.
func (v *View) block(f domain.Form, q domain.Question, parts []domain.Question) block {
	b := block{no: q.No}
	for _, x := range append([]domain.Question{q}, parts...) {
		b.at = b.at || x.ID == v.focus.ID && !v.focus.Note
	}
	w := v.env.Text.Case.Ask
	name := v.name(q.No, v.questionName(f, q.ID), b.at)
	switch {
	case q.ID.Ask == domain.AskLook && !b.at:
		b.lines = v.lookRows(name)
	case q.ID.Ask == domain.AskCall && q.Answered && !b.at:
		b.lines = []row{v.summary(name)}
	case len(q.Options) == 0:
		b.lines = []row{plain(cell.Of(name, cell.Span{Text: w.Undecided, Role: theme.Muted}))}
	default:
		b.lines = v.optionRows(f, q, name, b.at)
	}
	b.short = b.lines[:1:1]
	if q.ID.Ask == domain.AskCall && !b.at {
		return b
	}
	for _, p := range v.shownParts(parts) {
		b.lines = append(b.lines, v.partRows(f, p, b.at)...)
	}
	return b
}

// mostItems is how many lines of an order that is made are shown at a time.
const mostItems = 3

// shownParts are the parts of a question that are drawn: of many lines those around
// the one the cursor is on.
func (v *View) shownParts(parts []domain.Question) []domain.Question {
	first := slices.IndexFunc(parts, func(q domain.Question) bool { return q.ID.Ask == domain.AskItem })
	items := 0
	for _, q := range parts {
		if q.ID.Ask == domain.AskItem {
			items++
		}
	}
	if items <= mostItems {
		return parts
	}
	at := first
	if v.focus.ID.Ask == domain.AskItem {
		at = first + v.focus.ID.Item
	}
	from := min(max(first, at-1), first+items-mostItems)
	out := slices.Clone(parts[:first])
	out = append(out, parts[from:from+mostItems]...)
	return append(out, parts[first+items:]...)
}

// questionName is a question's short name; of several decisions it tells the line, or
// which one it is.
func (v *View) questionName(f domain.Form, id domain.QuestionID) string {
	w := v.env.Text.Case.Ask
	t, known := f.Target(id.Target)
	switch {
	case len(f.Targets) < 2 || !known:
		return w.Names[id.Ask]
	case t.Line != 0:
		return w.Of(w.Names[id.Ask], strconv.Itoa(t.Line))
	case t.ID == 0:
		return w.Names[id.Ask]
	}
	nth := slices.IndexFunc(f.Targets, func(x domain.Target) bool { return x.ID == t.ID }) + 1
	return w.Names[id.Ask] + "(" + strconv.Itoa(nth) + ")" // of goods that are on no line
}

// name is the left end of a question's first line.
func (v *View) name(no int, name string, at bool) cell.Span {
	sign, role := "  ", theme.Text
	if at {
		sign, role = " >", theme.Accent
	}
	n := ""
	if no > 0 {
		n = strconv.Itoa(no)
	}
	return cell.Span{Text: sign + cell.FitRight(n, 2) + " " + cell.Fit(name, v.env.Text.Case.Indent), Role: role}
}

// indent is the left end of the lines beneath it.
func (v *View) indent() cell.Span { return cell.Span{Text: cell.Spaces(5 + v.env.Text.Case.Indent)} }

func (v *View) lookRows(name cell.Span) []row {
	w := v.env.Text.Case.Ask
	if v.answers.Look == nil {
		return []row{plain(cell.Of(name, cell.Span{Text: w.Unseen, Role: theme.Muted}))}
	}
	return []row{plain(cell.Of(name, cell.Span{Text: w.Seen(v.clock(v.answers.Look.At))}))}
}

// summary is the call in one line.
func (v *View) summary(name cell.Span) row {
	w, c := v.env.Text.Case.Ask, v.answers.Call
	said := w.Saids[c.Said]
	if c.Said == domain.SaidOther && c.Text != "" {
		said = c.Text
	}
	return plain(cell.Of(name, cell.Span{Text: w.Summary(w.Calls[c.Outcome], v.clock(c.At), v.whoText(), said)}))
}

// whoText names who answered.
func (v *View) whoText() string {
	w, c := v.env.Text.Case.Ask, v.answers.Call
	switch {
	case c == nil || c.Outcome != domain.Reached:
		return ""
	case c.Who == domain.StoreManager:
		return w.ByManager(v.env.Text.Pick(v.file.Store.Manager, v.file.Store.ManagerEn))
	case c.Who == domain.SomebodyElse && c.Name != "":
		return c.Name
	}
	return w.Whos[c.Who]
}

// partRows draws a part of a question: who answered and what they said, which line,
// how much, when.
func (v *View) partRows(f domain.Form, q domain.Question, at bool) []row {
	w := v.env.Text.Case.Ask
	label := w.Parts[q.ID.Ask]
	if v.empty(q) || q.ID.Ask == domain.AskProduct && len(q.Options) == 0 {
		text := w.NoItems
		if q.ID.Ask == domain.AskProduct {
			text = w.NoStandIn
		}
		return []row{plain(cell.Of(v.indent(), cell.Span{Text: label}, cell.Span{Text: text, Role: theme.Problem}))}
	}
	if isTyped(q.ID.Ask) {
		return v.typedRows(f, q, at)
	}
	lead := []cell.Span{v.indent(), {Text: label}}
	used := 5 + v.env.Text.Case.Indent + cell.Width(label)
	switch q.ID.Ask {
	case domain.AskWho, domain.AskSaid:
		return []row{v.wordsRow(f, q, lead, used)}
	default:
	}
	var out []row
	for _, spans := range v.pack(f, q, v.W-used-1, 2) {
		out = append(out, plain(cell.Of(append(slices.Clone(lead), spans...)...)))
		lead = []cell.Span{{Text: cell.Spaces(used)}}
	}
	return out
}

// leastField and mostField bound the field behind an "other" that is put in words.
const (
	leastField = 8
	mostField  = 14
)

// wordsRow draws answers of which the last is put in words, with its field where
// there is room. Once it is chosen room is made.
func (v *View) wordsRow(f domain.Form, q domain.Question, lead []cell.Span, used int) row {
	s := stop{ID: q.ID, Text: true}
	spans := v.pack(f, q, v.W-used-1, 1)[0]
	left := v.W - 2 - used - spanWidth(spans)
	if left < leastField && takesText(q) {
		q.Options = slices.Clone(q.Options)
		for i := range q.Options {
			if domain.CallWho(q.Options[i].Code) == domain.StoreManager {
				q.Options[i].Code = managerOnly
			}
		}
		spans = v.pack(f, q, v.W-used-2-leastField, 1)[0]
		left = v.W - 2 - used - spanWidth(spans)
	}
	if left < leastField {
		return plain(cell.Line{Left: append(lead, spans...)})
	}
	return v.fieldRow(append(append(lead, spans...), cell.Span{Text: " "}), v.field(s), s, min(left, mostField))
}

// managerOnly stands for the manager where there is no room for name and number.
const managerOnly = "manager only"

func spanWidth(spans []cell.Span) int {
	n := 0
	for _, s := range spans {
		n += cell.Width(cell.Clean(s.Text))
	}
	return n
}

// fieldRow draws a field behind spans; with no width it goes to the form's right
// margin.
func (v *View) fieldRow(lead []cell.Span, f *widget.Field, s stop, width int) row {
	used := spanWidth(lead)
	if width == 0 {
		width = max(8, v.W-3-used)
	}
	here := v.focus == s && v.shut() == ""
	r := row{line: cell.Line{Left: append(lead, f.Spans(width, here)...)}, x: -1}
	if here {
		r.x = used + f.CursorX(width)
	}
	return r
}

func (v *View) noteBlock() block {
	s := v.noteStop()
	at := v.focus == s
	lead := []cell.Span{v.name(0, v.env.Text.Case.Ask.Note, at)}
	lines := []row{v.fieldRow(lead, v.field(s), s, 0)}
	return block{at: at, lines: lines, short: lines}
}
