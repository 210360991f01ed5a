// Package correct is where procurement corrects a product's step, its stock or its
// listing: what speaks for it, and what it clears, leaves and raises, before it is
// written (§1.3, §1.7).
package correct

import (
	"context"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// Store is what the screen reads and writes.
type Store interface {
	CorrectionFile(ctx context.Context, product domain.ProductCode, of domain.CaseID) (domain.CorrectionFile, error)
	Correct(ctx context.Context, op uuid.UUID, c domain.Correction) (domain.Corrected, error)
	ExchangeProduct(ctx context.Context, op uuid.UUID, e domain.ProductExchange) (domain.ExchangeOpened, error)
}

const (
	readLimit  = 8 * time.Second
	writeLimit = 30 * time.Second
	noteLimit  = 300
	// momentLimit is how long the time of a count is, with its day.
	momentLimit = 11
)

type (
	fileRead  domain.CorrectionFile
	corrected domain.Corrected
)

// View is the screen of a product's corrections. Its methods run in the root's
// goroutine.
type View struct {
	ui.Base

	env     *ui.Env
	store   Store
	product domain.ProductCode
	called  domain.CaseID // the case that called for it, 0: none
	wanted  domain.CorrectionKind
	op      uuid.UUID // of the write, from the beginning: sent again it is not done twice

	file   domain.CorrectionFile
	read   bool
	failed error
	reads  ui.Reading

	what    domain.CorrectionKind
	focus   stop
	step    *widget.Number
	count   *widget.Number
	counted *widget.Field // the time of the count
	told    time.Time     // the time of a count that is on record, to the second; zero: there is none
	toldAs  string        // as it stands in the field
	status  domain.ProductStatus
	reason  domain.CorrectionReason
	note    *widget.Field
	list    answer
	tell    answer
	row     domain.AnomalyID // under the cursor of the table

	confirm  widget.Confirm
	sure     bool // the step that fits less was asked about
	writes   bool
	asked    []domain.CorrectionRow // what becomes of the anomalies, as it was asked
	writeGen ui.Gen
	touched  bool
	leaving  bool

	ask *exchange // a product-wide exchange is asked for
}

// answer is yes, no, or not yet.
type answer int

const (
	unsaid answer = iota
	yes
	no
)

// New makes the screen of a product; of is the case that called for it.
func New(env *ui.Env, store Store, ask ui.OpenCorrection) *View {
	v := &View{
		env: env, store: store, product: ask.Product, called: ask.Case, wanted: ask.What, op: uuid.New(), what: domain.CorrectStep,
		status: ask.Status,
		step:   widget.NewNumber(nil), count: widget.NewNumber(nil), counted: widget.NewField(momentLimit), note: widget.NewField(noteLimit),
	}
	v.counted.SetValue(env.Text.Clock(env.Now().In(env.Zone)))
	if ask.Counted != nil {
		v.prefill(*ask.Counted, ask.At.In(env.Zone))
	}
	return v
}

// prefill begins with a count that is on record.
func (v *View) prefill(q domain.Quantity, at time.Time) {
	v.told, v.toldAs = at, at.Format("01-02 15:04")
	v.count.SetValue(q.String())
	v.counted.SetValue(v.toldAs)
}

// Init reads the product's file.
func (v *View) Init() tea.Cmd { return v.reload() }

// Update takes keys, the file and hints.
func (v *View) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keys.Press:
		return v.press(msg)
	case ui.Loaded[fileRead]:
		return v.came(msg)
	case ui.Loaded[corrected]:
		return v.wrote(msg)
	case ui.Loaded[opened]:
		return v.exchanged(msg)
	case widget.Drawn:
		v.seen(msg)
	case ui.Changed, ui.CaseWritten:
		return v.reload()
	case ui.Shown:
		if msg.Stale {
			return v.reload()
		}
	}
	return nil
}

// reload reads the file again.
func (v *View) reload() tea.Cmd {
	gen, ok := v.reads.Start()
	if !ok {
		return nil
	}
	store, product, called := v.store, v.product, v.called
	return ui.Load(v.env, gen, "read product", readLimit, func(ctx context.Context) (fileRead, error) {
		f, err := store.CorrectionFile(ctx, product, called)
		return fileRead(f), err
	})
}

// came takes the file in; what was typed stays.
func (v *View) came(msg ui.Loaded[fileRead]) tea.Cmd {
	mine, again := v.reads.End(msg.Gen)
	if !mine {
		return nil
	}
	v.failed = msg.Err
	if msg.Err == nil {
		first := !v.read
		v.file, v.read = domain.CorrectionFile(msg.Value), true
		v.product = v.file.Product.Code // of a case, where only that was told
		if first {
			v.start()
		}
	}
	if again {
		return v.reload()
	}
	if msg.Err == nil || !v.read {
		return nil
	}
	return ui.FailRead(v.env, msg.Err)
}

// start begins with what most of the open anomalies call for, those of the case that
// called first of all.
func (v *View) start() {
	count := map[domain.CorrectionKind]int{}
	for _, c := range v.file.Open {
		n := 1
		if c.Row.Case == v.called || c.Row.Parent == v.called && v.called != 0 {
			n = 1000
		}
		count[c.Wants()] += n
	}
	v.what, v.focus = domain.CorrectStep, atStep
	if v.wanted != "" {
		count = map[domain.CorrectionKind]int{v.wanted: 1}
	}
	if count[domain.CorrectStock] > count[v.what] {
		v.what, v.focus = domain.CorrectStock, atCount
	}
	if count[domain.CorrectListing] > count[v.what] {
		v.what, v.focus = domain.CorrectListing, atStatus
	}
}

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Correct.Name }

// CapturesText is true while a field has the cursor.
func (v *View) CapturesText() bool {
	if v.ask != nil {
		return v.ask.typing()
	}
	return !v.Asks() && v.focus.field()
}

// Asks is true while a question stands or an answer is waited for.
func (v *View) Asks() bool { return v.ask != nil || v.confirm.Asking() || v.writes }

// FootLines are two, of an exchange three.
func (v *View) FootLines() int {
	if v.ask != nil {
		return 3
	}
	return 2
}

// mayWrite says why the person may not correct, "" where they may.
func (v *View) mayWrite() string {
	if v.env.Me.Has(domain.RoleProcurement) {
		return ""
	}
	return v.env.Text.Errors.Needs(v.env.Text.Department(domain.Procurement))
}

// Menu is what can be done with the product and the row under the cursor.
func (v *View) Menu() ui.Menu {
	t := v.env.Text
	m := ui.Menu{Title: t.Pick(v.file.Product.Name, v.file.Product.NameEn) + " " + string(v.product), Copy: string(v.product)}
	if r, ok := v.current(); ok {
		if r.Case.Row.OrderID != 0 {
			m.Acts = append(m.Acts, ui.Act{Action: keys.Order})
		}
		if r.Case.Row.Store != "" {
			m.Acts = append(m.Acts, ui.Act{Action: keys.Store}, ui.Act{Action: keys.History})
		}
	}
	m.Rest = []ui.Act{{Action: actExchange, Name: t.Correct.Exchange.Name, Off: v.mayExchange()}}
	return m
}

// Keys are what works now.
func (v *View) Keys() []keys.Hint {
	w := v.env.Text.Correct
	switch {
	case v.confirm.Asking():
		return []keys.Hint{{Action: keys.Write, Word: w.WriteWord}, v.env.Hint(keys.Back)}
	case v.Asks():
		return nil
	}
	var out []keys.Hint
	if v.mayWrite() == "" {
		out = append(out, keys.Hint{Action: keys.Write, Word: w.WriteWord})
	}
	out = append(out, keys.Hint{Action: keys.NextPart, Word: w.NextWord})
	switch {
	case v.focus == atRows:
		out = append(out, keys.Hint{Action: keys.Open, Word: w.OpenWord}, v.env.Hint(keys.Store))
	case !v.focus.field():
		out = append(out, v.env.Hint(keys.Digit))
	}
	return append(out, keys.Hint{Action: keys.HalfDown, Word: w.MoreWord}, v.env.Hint(keys.Menu), v.env.Hint(keys.Back))
}
