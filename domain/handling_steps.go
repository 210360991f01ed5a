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

	// Further parts of decisions. Those that are typed begin with a value.
	AskProduct   Ask = "product"   // by digit or code: what stands in
	AskItem      Ask = "item"      // a quantity: one line of the order that is made
	AskAmount    Ask = "amount"    // money
	AskWhen      Ask = "when"      // a time
	AskConfirmed Ask = "confirmed" // by digit: who confirms the weight
	AskRestock   Ask = "restock"   // by digit: whether what comes back is sold again
)

// Asks lists every question there is.
func Asks() []Ask {
	return []Ask{
		AskLook, AskCall, AskWho, AskSaid, AskDecide, AskOnLine, AskProduct, AskQuantity, AskItem, AskAmount, AskWhen,
		AskConfirmed, AskRestock, AskWhy, AskRest,
	}
}

// QuestionID names a question of a form.
type QuestionID struct {
	Ask    Ask
	Target int // the decision's target; 0 for the order and for questions about the whole case
	Item   int // of an order that is made: which of its lines, from 0
}

// Question is one question, as it stands.
type Question struct {
	ID       QuestionID
	No       int  // its number; parts have the number of what they are part of
	Part     bool // it belongs to the question before it
	Answered bool
	Options  []Option // answers by digit
	Barred   []Barred // choices of the procedure that cannot be made now, and why
}

// Option is one numbered answer.
type Option struct {
	Digit  int
	Code   string // CallOutcome, CallWho, Said, Choice, ReasonCode, Confirmer, Restocking, a product's code or a line's number
	Chosen bool
	Needs  []Role     // not empty: it takes one of these roles, which the person has not
	HandTo Department // not empty: it may be prepared here, and that department goes on with it
}

// Questions lists the questions that the answers so far lead to, in order. While
// the store is not reached there is none beyond the call, and after a decision
// to cancel the order there is none about what that settles.
func (f Form) Questions(a Answers) []Question {
	qs := []Question{
		{ID: QuestionID{Ask: AskLook}, No: 1, Answered: a.Look != nil, Options: options([]string{"seen"}, chosenIf(a.Look != nil, "seen"))},
	}
	no := 2
	if f.asksCall() {
		qs = append(qs, Question{
			ID: QuestionID{Ask: AskCall}, No: no, Answered: a.Call != nil, Options: options(CallOutcomes(), callOutcome(a)),
		})
		qs = append(qs, f.callParts(a)...)
		if a.Call != nil && a.Call.Outcome.Failed() {
			return qs
		}
		no++
	}
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

// asksCall tells whether the store is rung at all. What the platform refused is put
// right in the catalogue, and procurement looks after stock without the store.
func (f Form) asksCall() bool {
	buyer := f.By.Has(RoleProcurement) && !f.By.Has(RoleAgent) && !f.By.Has(RoleManager)
	return slices.ContainsFunc(f.Anomalies, func(a Anomaly) bool {
		return a.Kind != NotOrderable && (a.Kind != ZeroStock || !buyer)
	})
}

// fewAlike is how many targets are simply asked one by one.
const fewAlike = 2

// asksRest tells whether the first decision may hold for the others too: an order
// that is wrong, or right, as a whole has many odd lines and one answer.
func (f Form) asksRest(a Answers) bool {
	if len(f.Targets) <= fewAlike {
		return false
	}
	d, decided := a.Decision(f.Targets[0].ID)
	if !decided || d.Choice.dropsOrder() || d.Why == "" {
		return false
	}
	for _, q := range f.about(f.Targets[0], a) {
		if !q.Answered {
			return false
		}
	}
	return slices.ContainsFunc(f.Targets[1:], func(t Target) bool { return f.offers(t, d.Choice) })
}

func (f Form) allDecided(a Answers) bool {
	for _, t := range f.Targets {
		if _, ok := a.Decision(t.ID); !ok {
			return false
		}
	}
	return true
}

// decideAlike gives the answers with the first decision made for every other target
// that offers it. A change sets each line to the likeliest quantity. Those that offer
// it not, or have no likely quantity, are still asked.
func (f Form) decideAlike(a Answers, at Stamp) Answers {
	first, _ := a.Decision(f.Targets[0].ID)
	for _, t := range f.Targets[1:] {
		d := Decision{
			Stamp: at, Target: t.ID, Choice: first.Choice, Why: first.Why, WhyText: first.WhyText, Confirmed: first.Confirmed,
		}
		if !f.offers(t, d.Choice) || len(f.refusedFor(t, d.Choice)) > 0 {
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
		a = a.decide(f.begin(d))
	}
	return a
}

// asked lists the targets that still need a decision of their own.
func (f Form) asked(a Answers) []Target {
	d, drops := f.dropsOrder(a)
	if !drops {
		return f.Targets
	}
	var out []Target
	for _, t := range f.Targets {
		if t.ID == d.Target || !t.settledBy(d.Choice) {
			out = append(out, t)
		}
	}
	return out
}

// dropsOrder gives the first decision that cancels the order.
func (f Form) dropsOrder(a Answers) (Decision, bool) {
	for _, t := range f.Targets {
		if d, ok := a.Decision(t.ID); ok && d.Choice.dropsOrder() && f.offers(t, d.Choice) {
			return d, true
		}
	}
	return Decision{}, false
}

// offers tells whether a choice can be made about a target now.
func (f Form) offers(t Target, c Choice) bool { return t.Offers(c) && f.bar(t, c) == "" }

// refusedFor gives the roles a choice takes where the person may not even prepare it.
func (f Form) refusedFor(t Target, c Choice) []Role {
	if t.takesPart(f.By) {
		return nil
	}
	return t.needs(c, f.By)
}

// about lists the questions about one target.
func (f Form) about(t Target, a Answers) []Question {
	d, decided := a.Decision(t.ID)
	decided = decided && f.offers(t, d.Choice)
	decide := Question{ID: QuestionID{Ask: AskDecide, Target: t.ID}, Answered: decided}
	for _, c := range t.choices() {
		if why := f.bar(t, c); why != "" {
			decide.Barred = append(decide.Barred, Barred{c, why})
			continue
		}
		o := Option{Digit: len(decide.Options) + 1, Code: string(c), Chosen: decided && d.Choice == c, Needs: f.refusedFor(t, c)}
		if roles := t.needs(c, f.By); len(roles) > 0 && len(o.Needs) == 0 {
			o.HandTo = roles[0].Department()
		}
		decide.Options = append(decide.Options, o)
	}
	qs := []Question{decide}
	if !decided {
		return append(qs, Question{ID: QuestionID{Ask: AskWhy, Target: t.ID}})
	}
	for _, ask := range f.asksOf(t, d.Choice) {
		qs = append(qs, f.part(t, d, ask, a)...)
	}
	reasons := Reasons(t.Lead().Kind, d.Choice)
	return append(qs, Question{
		ID: QuestionID{Ask: AskWhy, Target: t.ID}, Options: options(reasons, d.Why),
		Answered: slices.Contains(reasons, d.Why) && (d.Why != WhyOther || d.WhyText != ""),
	})
}

// asksOf lists what else a choice about a target asks.
func (f Form) asksOf(t Target, c Choice) []Ask {
	var out []Ask
	for _, a := range t.Anomalies {
		w, _ := wayOf(a.Kind, c)
		for _, ask := range w.asks {
			if !slices.Contains(out, ask) {
				out = append(out, ask)
			}
		}
	}
	return out
}

// part gives a part of a decision, where it is asked: one question, of an order that
// is made one for each of its lines.
func (f Form) part(t Target, d Decision, ask Ask, a Answers) []Question {
	q := Question{ID: QuestionID{Ask: ask, Target: t.ID}, Part: true}
	switch ask {
	case AskOnLine:
		if !f.needsLine(t, d, a) {
			return nil
		}
		lines := f.changeable()
		q.Options, q.Answered = options(lines, strconv.Itoa(d.OnLine)), slices.Contains(lines, strconv.Itoa(d.OnLine))
	case AskQuantity:
		if d.Choice == ChooseChange && !f.needsQuantity(t, d, a) {
			return nil
		}
		_, problem := f.checkGoods(t, d, d.Quantity)
		q.Answered = problem == nil
	case AskAmount:
		q.Answered = f.checkAmount(t, d, d.Amount) == nil
	case AskWhen:
		q.Answered = d.When != nil && f.checkWhen(d, *d.When) == nil
	case AskProduct:
		q.Options, q.Answered = options(f.standIns(t), d.Product), f.CheckProduct(t.ID, d.Product) == nil
	case AskConfirmed:
		q.Options, q.Answered = options(Confirmers(), d.Confirmed), slices.Contains(Confirmers(), d.Confirmed)
	case AskRestock:
		can := Restockings()
		if !f.hasLeft() {
			can = can[1:] // what never left cannot come back
		}
		q.Options, q.Answered = options(can, d.Restock), slices.Contains(can, d.Restock)
	case AskItem:
		return f.items(t, d)
	default:
	}
	return []Question{q}
}

// items asks for each line of an order that is made. What is missing is not ordered
// without a line.
func (f Form) items(t Target, d Decision) []Question {
	some := d.Choice == ChooseReorder || len(f.linked(d)) > 0
	var out []Question
	for i, w := range d.Items {
		_, problem := f.checkItem(d, i, w.Quantity)
		out = append(out, Question{ID: QuestionID{Ask: AskItem, Target: t.ID, Item: i}, Part: true, Answered: some && problem == nil})
	}
	if len(out) == 0 && !some {
		out = append(out, Question{ID: QuestionID{Ask: AskItem, Target: t.ID}, Part: true})
	}
	return out
}

// needsLine tells whether a decision about the whole order has to say which line it
// changes: not where a decision about a line changes the order already.
func (f Form) needsLine(t Target, d Decision, a Answers) bool {
	return t.Line == 0 && f.HasOrder() && d.Choice.changes() && !f.lineChanges(a)
}

func (f Form) needsQuantity(t Target, d Decision, a Answers) bool {
	return d.Choice == ChooseChange && (t.Line != 0 || f.needsLine(t, d, a))
}

func (f Form) lineChanges(a Answers) bool {
	for _, t := range f.Targets {
		if d, ok := a.Decision(t.ID); ok && t.Line != 0 && d.Choice.changes() && f.offers(t, d.Choice) {
			return true
		}
	}
	return false
}

// changeable lists the lines a decision about the whole order may change: the odd ones
// first and those the store names, and none that has a decision of its own.
func (f Form) changeable() []string {
	t, _ := f.Target(0)
	var odd []int
	for _, a := range t.Anomalies {
		odd = append(odd, a.Evidence.OddLines...)
		for _, it := range a.Evidence.Items {
			odd = append(odd, it.Line)
		}
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
