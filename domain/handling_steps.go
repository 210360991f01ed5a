package domain

import (
	"slices"
	"strconv"
)

// Ask is a question of the procedures. Some are parts of one before them.
type Ask string

// The questions, in the order they are asked.
const (
	AskLook     Ask = "look"     // the store's record; seen with the form
	AskCall     Ask = "call"     // what came of ringing the store
	AskWho      Ask = "who"      // part of the call: who answered
	AskSaid     Ask = "said"     // part of the call: what they said
	AskDecide   Ask = "decide"   // what is to be done about a target
	AskOnLine   Ask = "on_line"  // part of the decision: to which line
	AskQuantity Ask = "quantity" // part of the decision: the new quantity
	AskWhy      Ask = "why"      // the reason of the decision
	AskRest     Ask = "rest"     // whether the other targets are decided alike
)

// QuestionID names a question of a form.
type QuestionID struct {
	Ask    Ask
	Target int // the decision's line; 0 for the order and for questions about the whole case
}

// Question is one question, as it stands.
type Question struct {
	ID       QuestionID
	No       int  // its number; parts have the number of what they are part of
	Part     bool // it belongs to the question before it
	Answered bool
	Options  []Option // answers by digit
}

// Option is one numbered answer.
type Option struct {
	Digit  int
	Code   string // CallOutcome, CallWho, Said, Choice, ReasonCode, or a line's number
	Chosen bool
	Needs  []Role // not empty: it takes one of these roles, which the person has not
}

// Questions lists the questions that the answers so far lead to, in order. While
// the store is not reached there is none beyond the call, and after a decision
// to cancel the order there is none about other targets.
func (f Form) Questions(a Answers) []Question {
	qs := []Question{
		{ID: QuestionID{Ask: AskLook}, No: 1, Answered: a.Look != nil, Options: options([]string{"seen"}, chosenIf(a.Look != nil, "seen"))},
		{ID: QuestionID{Ask: AskCall}, No: 2, Answered: a.Call != nil, Options: options(CallOutcomes(), callOutcome(a))},
	}
	qs = append(qs, callParts(a)...)
	if a.Call != nil && a.Call.Outcome.Failed() {
		return qs
	}
	no := 3
	for i, t := range f.asked(a) {
		about := f.about(t, a)
		if i == 0 && f.asksRest(a) {
			about = append(about, Question{
				ID: QuestionID{Ask: AskRest}, Part: true, Answered: a.Rest != "" || f.allDecided(a), Options: options([]Rest{RestAlike, RestEach}, a.Rest),
			})
		}
		for _, q := range about {
			q.No = no
			if q.ID.Ask == AskWhy || q.ID.Ask == AskRest {
				q.No = no + 1
			}
			qs = append(qs, q)
		}
		no += 2
	}
	return qs
}

// fewAlike is how many targets are simply asked one by one.
const fewAlike = 2

// asksRest tells whether the first decision may hold for the others too: an order
// that is wrong, or right, as a whole has many odd lines and one answer.
func (f Form) asksRest(a Answers) bool {
	if len(f.Targets) <= fewAlike {
		return false
	}
	d, decided := a.Decision(f.Targets[0].Line)
	if !decided || d.Choice == ChooseDropOrder || d.Why == "" {
		return false
	}
	for _, q := range f.about(f.Targets[0], a) {
		if !q.Answered {
			return false
		}
	}
	return true
}

func (f Form) allDecided(a Answers) bool {
	for _, t := range f.Targets {
		if _, ok := a.Decision(t.Line); !ok {
			return false
		}
	}
	return true
}

// decideAlike gives the answers with the first decision made for every other target
// that offers it. A change sets each line to the likeliest quantity. Those that offer
// it not, or have no likely quantity, are still asked.
func (f Form) decideAlike(a Answers, at Stamp) Answers {
	first, _ := a.Decision(f.Targets[0].Line)
	for _, t := range f.Targets[1:] {
		d := Decision{Stamp: at, Target: t.Line, Choice: first.Choice, Why: first.Why, WhyText: first.WhyText}
		if !t.Offers(d.Choice) || len(t.needs(d.Choice, f.By)) > 0 {
			continue
		}
		if !slices.Contains(Reasons(t.Lead().Kind, d.Choice), d.Why) {
			d.Why = ""
		}
		if d.Choice == ChooseChange && t.Line != 0 {
			proposals := f.Proposals(t.Line)
			if len(proposals) == 0 {
				continue
			}
			d.Quantity = proposals[0].Quantity
		}
		a = a.decide(d)
	}
	return a
}

// asked lists the targets that still need a decision of their own.
func (f Form) asked(a Answers) []Target {
	if d, ok := f.dropsOrder(a); ok {
		t, _ := f.Target(d.Target)
		return []Target{t}
	}
	return f.Targets
}

// dropsOrder gives the first decision that cancels the order.
func (f Form) dropsOrder(a Answers) (Decision, bool) {
	for _, t := range f.Targets {
		if d, ok := a.Decision(t.Line); ok && d.Choice == ChooseDropOrder && t.Offers(d.Choice) {
			return d, true
		}
	}
	return Decision{}, false
}

func callParts(a Answers) []Question {
	if a.Call == nil || a.Call.Outcome != Reached {
		return nil
	}
	who := []CallWho{StoreManager, StoreClerk, SomebodyElse}
	said := []Said{SaidMistake, SaidWanted, SaidChange, SaidCancel, SaidOther}
	return []Question{
		{ID: QuestionID{Ask: AskWho}, No: 2, Part: true, Answered: a.Call.Who != "", Options: options(who, a.Call.Who)},
		{ID: QuestionID{Ask: AskSaid}, No: 2, Part: true, Answered: saidAnswered(*a.Call), Options: options(said, a.Call.Said)},
	}
}

func saidAnswered(c Call) bool { return c.Said != "" && (c.Said != SaidOther || c.Text != "") }

// about lists the questions about one target.
func (f Form) about(t Target, a Answers) []Question {
	d, decided := a.Decision(t.Line)
	decided = decided && t.Offers(d.Choice)
	decide := Question{ID: QuestionID{AskDecide, t.Line}, Answered: decided}
	for _, c := range Choices() {
		if t.Offers(c) {
			decide.Options = append(decide.Options, Option{
				Digit: len(decide.Options) + 1, Code: string(c), Chosen: decided && d.Choice == c, Needs: t.needs(c, f.By),
			})
		}
	}
	qs := []Question{decide}
	if !decided {
		return append(qs, Question{ID: QuestionID{AskWhy, t.Line}})
	}
	if f.needsLine(t, d, a) {
		lines := f.changeable()
		qs = append(qs, Question{
			ID: QuestionID{AskOnLine, t.Line}, Part: true, Answered: slices.Contains(lines, strconv.Itoa(d.OnLine)),
			Options: options(lines, strconv.Itoa(d.OnLine)),
		})
	}
	if f.needsQuantity(t, d, a) {
		_, problem := f.CheckQuantity(d.line(), d.Quantity)
		qs = append(qs, Question{ID: QuestionID{AskQuantity, t.Line}, Part: true, Answered: problem == nil})
	}
	reasons := Reasons(t.Lead().Kind, d.Choice)
	return append(qs, Question{
		ID: QuestionID{AskWhy, t.Line}, Options: options(reasons, d.Why),
		Answered: slices.Contains(reasons, d.Why) && (d.Why != WhyOther || d.WhyText != ""),
	})
}

// needsLine tells whether a decision about the whole order has to say which line it
// changes: not where a decision about a line changes the order already.
func (f Form) needsLine(t Target, d Decision, a Answers) bool {
	return t.Line == 0 && d.Choice.changes() && !f.lineChanges(a)
}

func (f Form) needsQuantity(t Target, d Decision, a Answers) bool {
	return d.Choice == ChooseChange && (t.Line != 0 || f.needsLine(t, d, a))
}

func (f Form) lineChanges(a Answers) bool {
	for _, t := range f.Targets {
		if d, ok := a.Decision(t.Line); ok && t.Line != 0 && d.Choice.changes() && t.Offers(d.Choice) {
			return true
		}
	}
	return false
}

// changeable lists the lines a decision about the whole order may change: the odd
// ones first, and none that has a decision of its own.
func (f Form) changeable() []string {
	t, _ := f.Target(0)
	var odd []int
	for _, a := range t.Anomalies {
		odd = append(odd, a.Evidence.OddLines...)
	}
	var first, rest []string
	for _, l := range f.Order.Lines {
		if _, own := f.Target(l.No); own || l.Cancelled {
			continue
		}
		if slices.Contains(odd, l.No) {
			first = append(first, strconv.Itoa(l.No))
		} else {
			rest = append(rest, strconv.Itoa(l.No))
		}
	}
	return append(first, rest...)
}

// Current gives the first question without an answer, and whether there is one.
// Looking is no question of its own: the record is on the form.
func (f Form) Current(a Answers) (Question, bool) {
	for _, q := range f.Questions(a) {
		if !q.Answered && q.ID.Ask != AskLook {
			return q, true
		}
	}
	return Question{}, false
}

// Missing lists the questions that keep the case from being written. A store that
// was rung and not reached keeps it too: the call is then what is missing.
func (f Form) Missing(a Answers) []QuestionID {
	var out []QuestionID
	for _, q := range f.Questions(a) {
		failed := q.ID.Ask == AskCall && a.Call != nil && a.Call.Outcome.Failed()
		if (!q.Answered && q.ID.Ask != AskLook) || failed {
			out = append(out, q.ID)
		}
	}
	return out
}

func options[S ~string](codes []S, chosen S) []Option {
	out := make([]Option, len(codes))
	for i, c := range codes {
		out[i] = Option{Digit: i + 1, Code: string(c), Chosen: c == chosen && c != ""}
	}
	return out
}

func chosenIf(yes bool, code string) string {
	if yes {
		return code
	}
	return ""
}

func callOutcome(a Answers) CallOutcome {
	if a.Call == nil {
		return ""
	}
	return a.Call.Outcome
}
