package casefile

import (
	"context"
	"strconv"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// Questions that are none of a procedure's: a department's word, and a signature. The
// answers of the procedure stay as they are.
const (
	askVerify domain.Ask = "verify" // procurement: is the quantity right (§4.1)
	askFind   domain.Ask = "find"   // procurement: the goods, the supplier's answer, the stock
	askPart   domain.Ask = "part"   // of which: how much
	askDue    domain.Ask = "due"    // of which: until when the supplier answers
	askSign   domain.Ask = "sign"   // a second person
)

// special gives which of those the form asks now, "": the procedure.
func (v *View) special() domain.Ask {
	switch {
	case !v.loaded || v.file.Row.State == domain.CaseClosed:
		return ""
	case v.toSign() != nil:
		return askSign
	case v.verifying():
		return askVerify
	case v.wanting() != "":
		return askFind
	}
	return ""
}

// verifying tells whether the form asks procurement about a quantity (§4.1).
func (v *View) verifying() bool {
	return v.loaded && v.atProcurement() && v.toSign() == nil && len(v.toVerify()) > 0
}

// atProcurement tells whether the case lies with procurement, and the person is of it.
func (v *View) atProcurement() bool {
	return v.file.Row.With == domain.Procurement && v.env.Me.Has(domain.RoleProcurement)
}

// toVerify lists the lines whose quantity procurement is asked about: those of the
// decision that was prepared, else all that are above what may go unverified.
func (v *View) toVerify() []int {
	f := v.form()
	if lines := f.Plan(v.answers).Verify; len(lines) > 0 {
		return lines
	}
	return f.Unverified()
}

// specialStops lists where the cursor can go while one of those is asked.
func (v *View) specialStops(ask domain.Ask) []stop {
	out := []stop{{ID: domain.QuestionID{Ask: ask}}}
	if ask == askFind {
		out = append(out, v.findParts()...)
	}
	return append(out, v.noteStop())
}

// specialOptions are the numbered answers.
func (v *View) specialOptions(ask domain.Ask) []domain.Option {
	codes := []string{"verified", "not_right"}
	switch ask {
	case askSign:
		codes = []string{"yes", "no"}
	case askFind:
		codes = v.findCodes()
	default:
	}
	var out []domain.Option
	for i, c := range codes {
		out = append(out, domain.Option{Digit: i + 1, Code: c, Chosen: v.word == i+1})
	}
	return out
}

// specialName is an answer in the person's language.
func (v *View) specialName(ask domain.Ask, code string) string {
	t := v.env.Text.Case
	switch {
	case ask == askSign && code == "yes":
		return t.Signs.Yes
	case ask == askSign:
		return t.Signs.No
	case ask == askFind:
		return v.findName(code)
	case code == "verified":
		return t.Ask.Verified
	}
	return t.Ask.NotRight
}

// chooseSpecial takes the answer to one of those. What says no takes a note.
func (v *View) chooseSpecial(digit int) tea.Cmd {
	ask := v.focus.ID.Ask
	opts := v.specialOptions(ask)
	if digit < 1 || digit > len(opts) {
		return v.say(v.env.Text.Case.Say.PickFirst, ui.Note)
	}
	v.word, v.pick = digit, 0
	switch {
	case ask == askFind:
		if opts[digit-1].Code == findFix {
			return v.openCorrection()
		}
		v.afterFinding()
	case digit == 2:
		v.goTo(v.noteStop())
	}
	if ask == askSign {
		return nil
	}
	return v.take()
}

// needsNote tells whether the answer given to one of those takes a note.
func (v *View) needsNote() bool {
	if ask := v.special(); ask == askFind {
		return v.findAnswer() == domain.FoundNo
	}
	return v.word == 2
}

// note is what was noted with it.
func (v *View) noted() string { return strings.TrimSpace(v.field(v.noteStop()).Value()) }

// specialBlocks draws one of those, and what was answered before.
func (v *View) specialBlocks(f domain.Form, ask domain.Ask) []block {
	q := domain.Question{ID: domain.QuestionID{Ask: ask}, No: 1, Options: v.specialOptions(ask)}
	at := v.focus.ID.Ask == ask && !v.focus.Note || isTyped(v.focus.ID.Ask)
	lines := v.optionRows(f, q, v.name(1, v.specialTitle(ask), at), true)
	b := block{no: 1, at: at, lines: append(lines, v.specialLines(f, ask)...), short: lines[:len(lines):len(lines)]}
	blocks := []block{b}
	if v.answers.Call != nil {
		r := v.summary(v.name(0, v.env.Text.Case.Ask.Names[domain.AskCall], false))
		blocks = append(blocks, block{lines: []row{r}, short: []row{r}})
	}
	return append(blocks, v.noteBlock())
}

func (v *View) specialTitle(ask domain.Ask) string {
	t := v.env.Text.Case
	switch ask {
	case askSign:
		return t.Signs.Ask
	case askFind:
		return t.Finds.Ask[v.wanting()]
	default:
	}
	return t.Ask.Verify
}

// specialLines stand beneath the question: what it is about, or its parts.
func (v *View) specialLines(f domain.Form, ask domain.Ask) []row {
	switch ask {
	case askSign:
		return v.signLines()
	case askFind:
		return v.findLines()
	default:
	}
	w, t := v.env.Text.Case.Facts, v.env.Text
	var out []row
	for _, no := range v.toVerify() {
		l, _ := f.Line(no)
		p := f.Products[l.Product]
		text := w.Which(strconv.Itoa(no), v.shortName(l.Product), string(l.Product)) + "   " + w.Ordered(t.Quantity(l.Quantity, p.Unit, p.UnitEn))
		if free, known := p.Available(); known {
			text += "   " + w.Stock(max(0, free).Grouped(0), unitOf(t, free, p))
		}
		out = append(out, plain(cell.Of(v.indent(), cell.Span{Text: text})))
	}
	return out
}

// specialPlan says what the word does.
func (v *View) specialPlan(ask domain.Ask) []row {
	w := v.env.Text.Case.Plan
	if v.word == 0 {
		if ask == askSign {
			return v.signPlan()
		}
		return []row{plain(cell.Painted(theme.Muted, " "+w.Nothing))}
	}
	switch ask {
	case askSign:
		return v.signPlan()
	case askFind:
		return v.findPlan()
	default:
	}
	text := w.Verified(numbers(v.toVerify()))
	if v.word == 2 {
		text = w.NotRight(numbers(v.toVerify()))
	}
	out := v.pair(w.Record, theme.Text, text+"   "+v.env.MyName(), "")
	return append(out, v.pair(w.After, theme.Text, w.BackTo(v.env.Text.Department(domain.CustomerService)), "")...)
}

// specialContent is all that would be written of it.
func (v *View) specialContent(ask domain.Ask) string {
	s := strconv.FormatInt(v.file.Row.Version, 10) + " " + strconv.Itoa(v.word) + " " + v.noted()
	switch ask {
	case askSign:
		return s + " " + strconv.FormatInt(v.file.ToSign.ID, 10)
	case askFind:
		return s + " " + string(v.wanting()) + " " + v.partValue(askPart) + " " + v.partValue(askDue)
	default:
	}
	return s
}

// specialWill is what writing it does, in one line.
func (v *View) specialWill(ask domain.Ask) string {
	t := v.env.Text
	switch ask {
	case askSign:
		if v.word == 2 {
			return t.Case.Signs.WillRefuse
		}
		return t.Case.Signs.WillSign(v.effectText(v.form().Plan(v.answers)))
	case askFind:
		return v.findText()
	default:
	}
	if v.word == 1 {
		return t.Case.Plan.Verified(numbers(v.toVerify()))
	}
	return t.Case.Plan.NotRight(numbers(v.toVerify()))
}

// askSpecial checks a word, and asks.
func (v *View) askSpecial(ask domain.Ask) tea.Cmd {
	w := v.env.Text.Case.Say
	switch {
	case v.word == 0:
		return v.say(w.PickFirst, ui.Problem)
	case v.needsNote() && v.noted() == "":
		v.goTo(v.noteStop())
		if ask == askSign {
			return v.say(v.env.Text.Case.Signs.NoteFirst, ui.Problem)
		}
		return v.say(w.NoteFirst, ui.Problem)
	}
	if ask == askFind {
		for _, s := range v.findParts() {
			if problem := v.problem(s.ID); problem != "" {
				v.goTo(s)
				return v.say(problem, ui.Problem)
			}
		}
	}
	if ask == askSign && v.word == 1 && v.outdated() {
		return v.say(v.env.Text.Case.Signs.Stale, ui.Problem)
	}
	if v.claim.no == 0 && ask != askSign { // who signs holds nothing
		return v.wishToWrite()
	}
	return v.confirm.Ask(v.env, v.content())
}

// writeSpecial sends a word.
func (v *View) writeSpecial(ask domain.Ask) tea.Cmd {
	switch ask {
	case askSign:
		return v.writeSignature()
	case askFind:
		return v.writeFinding()
	default:
	}
	store, op, id, lines, ok, note := v.store, uuid.New(), v.id, v.toVerify(), v.word == 1, v.noted()
	return v.start(&writing{
		send: func(ctx context.Context) (domain.Resolved, error) {
			_, err := store.VerifyQuantity(ctx, op, id, lines, ok, note)
			return domain.Resolved{}, err
		},
		done: func(domain.Resolved) tea.Cmd {
			return v.closeWith(v.env.Text.Case.Say.VerifiedOK(v.caseName()))
		},
	})
}

// caseName names the case where one line says what became of it.
func (v *View) caseName() string { return v.env.Text.CaseName(v.file.Row) }
