package casefile

import (
	"context"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// findFix is the answer that leads to the correction of the stock.
const findFix = "fix"

// wanting is what procurement is to find out next, "" where it is nothing, or not the
// person's to find out.
func (v *View) wanting() domain.FindingKind {
	if !v.loaded || !v.atProcurement() {
		return ""
	}
	if all := v.form().Wanting(); len(all) > 0 {
		return all[0]
	}
	return ""
}

// findCodes are the answers to what is wanted.
func (v *View) findCodes() []string {
	switch v.wanting() {
	case domain.FindSupplier:
		return []string{string(domain.FoundYes), string(domain.FoundPart), string(domain.FoundNo), string(domain.FoundAsked)}
	case domain.FindStock:
		return []string{findFix, string(domain.FoundNo)}
	default:
		return []string{string(domain.FoundYes), string(domain.FoundPart), string(domain.FoundNo)}
	}
}

func (v *View) findName(code string) string {
	w := v.env.Text.Case.Finds
	if code == findFix {
		return w.Fix
	}
	return w.Answers[v.wanting()][domain.FindingAnswer(code)]
}

// findAnswer is the answer given, "" for none.
func (v *View) findAnswer() domain.FindingAnswer {
	if codes := v.findCodes(); v.word >= 1 && v.word <= len(codes) {
		return domain.FindingAnswer(codes[v.word-1])
	}
	return ""
}

// findParts are the fields an answer takes: how much of it, until when.
func (v *View) findParts() []stop {
	switch v.findAnswer() {
	case domain.FoundPart:
		return []stop{{ID: domain.QuestionID{Ask: askPart}}}
	case domain.FoundAsked:
		return []stop{{ID: domain.QuestionID{Ask: askDue}}}
	default:
		return nil
	}
}

// afterFinding goes to what an answer takes.
func (v *View) afterFinding() {
	if all := v.findParts(); len(all) > 0 {
		v.goTo(all[0])
	} else if v.needsNote() {
		v.goTo(v.noteStop())
	}
}

// returned is how much is to go back.
func (v *View) returned() domain.Quantity {
	if f := v.form(); len(f.Targets) > 0 {
		return f.Targets[0].Lead().Evidence.Quantity
	}
	return 0
}

// partProblem is what is wrong with a part of it.
func (v *View) partProblem(q domain.Quantity) string {
	if most := v.returned(); most > 0 && q > most {
		return v.env.Text.Case.Finds.NotMore
	}
	return ""
}

// findOffers propose when a supplier answers: tomorrow and in three days, at noon.
func (v *View) findOffers(ask domain.Ask) []offer {
	if ask != askDue {
		return nil
	}
	var out []offer
	noon := v.env.Now().Truncate(time.Minute)
	noon = time.Date(noon.Year(), noon.Month(), noon.Day(), 12, 0, 0, 0, v.env.Zone)
	for _, days := range []int{1, 3} {
		at := noon.AddDate(0, 0, days)
		out = append(out, offer{v.timeValue(at), v.when(at), ""})
	}
	return out
}

// partValue is what stands in a field of a finding; "" where it has none.
func (v *View) partValue(ask domain.Ask) string {
	for _, s := range v.findParts() {
		if s.ID.Ask == ask {
			return strings.TrimSpace(v.number(s.ID).Value())
		}
	}
	return ""
}

// findLines draw what was found out so far, and the fields.
func (v *View) findLines() []row {
	w := v.env.Text.Case.Finds
	var out []row
	for _, s := range v.findParts() {
		label := w.HowMany
		if s.ID.Ask == askDue {
			label = w.Due
		}
		at := v.focus == s
		out = append(out, v.numberRows(s.ID, label, func(int) cell.Span { return v.partSaid(s.ID) }, at)...)
	}
	for _, text := range v.findings() {
		out = append(out, plain(cell.Of(v.indent(), cell.Span{Text: text, Role: theme.Muted})))
	}
	return out
}

// partSaid is what a field of a finding is understood as.
func (v *View) partSaid(id domain.QuestionID) cell.Span {
	if problem := v.problem(id); problem != "" {
		return cell.Span{Text: " " + problem, Role: theme.Problem}
	}
	if id.Ask == askDue {
		at, _ := v.typedTime(id)
		return cell.Span{Text: " = " + v.when(at)}
	}
	q, _ := v.typedQuantity(id)
	return cell.Span{Text: " " + unitOf(v.env.Text, q, v.goods(id))}
}

// findings tell what was found out, oldest first.
func (v *View) findings() []string {
	w, t := v.env.Text.Case.Finds, v.env.Text
	var out []string
	for _, f := range v.file.Findings {
		out = append(out, w.Told(w.Ask[f.What], v.found(f))+"   "+w.By(t.Person(f.ByName, f.ByNameEn, f.By), v.when(f.At)))
	}
	return out
}

// found is the answer of a finding with what belongs to it.
func (v *View) found(f domain.Finding) string {
	w, t := v.env.Text.Case.Finds, v.env.Text
	parts := []string{w.Answers[f.What][f.Answer]}
	if f.Quantity != nil {
		p := v.goods(domain.QuestionID{})
		parts = append(parts, t.Quantity(*f.Quantity, p.Unit, p.UnitEn))
	}
	if f.Due != nil {
		parts = append(parts, w.Until(v.when(*f.Due)))
	}
	if f.Note != "" {
		parts = append(parts, f.Note)
	}
	return strings.Join(parts, t.Values.Join)
}

// finding is what would be recorded.
func (v *View) finding() domain.Finding {
	f := domain.Finding{What: v.wanting(), Answer: v.findAnswer(), Note: v.noted()}
	for _, s := range v.findParts() {
		switch s.ID.Ask {
		case askPart:
			if q, problem := v.typedQuantity(s.ID); problem == "" {
				f.Quantity = &q
			}
		case askDue:
			if at, problem := v.typedTime(s.ID); problem == "" {
				at = at.UTC()
				f.Due = &at
			}
		default:
		}
	}
	return f
}

// staysHere tells whether the case stays with procurement after the finding.
func (v *View) staysHere(f domain.Finding) bool {
	return f.Answer == domain.FoundAsked || f.What == domain.FindGoods && f.Answer != domain.FoundNo
}

// findText is a finding in one line.
func (v *View) findText() string {
	f := v.finding()
	w := v.env.Text.Case.Finds
	return w.Told(w.Ask[f.What], v.found(f))
}

func (v *View) findPlan() []row {
	w, t := v.env.Text.Case.Plan, v.env.Text
	out := v.pair(w.Record, theme.Text, v.findText()+"   "+v.env.MyName(), "")
	after := w.BackTo(t.Department(domain.CustomerService))
	if v.staysHere(v.finding()) {
		after = t.Case.Finds.Stays
	}
	return append(out, v.pair(w.After, theme.Text, after, "")...)
}

func (v *View) writeFinding() tea.Cmd {
	store, op, id, f := v.store, uuid.New(), v.id, v.finding()
	stays := v.staysHere(f)
	return v.start(&writing{
		send: func(ctx context.Context) (domain.Resolved, error) {
			_, err := store.RecordFinding(ctx, op, id, f)
			return domain.Resolved{}, err
		},
		done: func(domain.Resolved) tea.Cmd {
			said := v.env.Text.Case.Finds.Recorded(v.caseName())
			if !stays {
				return v.closeWith(said)
			}
			v.word, v.picked = 0, false
			v.field(v.noteStop()).SetValue("")
			return tea.Batch(v.reload(), ui.Done(said))
		},
	})
}
