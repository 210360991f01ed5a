// Package returns is the list of what stores want to return, by how far it has come:
// procurement looks at the goods and deals with the supplier, customer service carries
// out what was agreed to (§3.1.13, §4.3).
package returns

import (
	"context"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// Store is what the list reads and writes.
type Store interface {
	Returns(ctx context.Context) ([]domain.ReturnLine, error)
	RecordFinding(ctx context.Context, op uuid.UUID, id domain.CaseID, f domain.Finding) (domain.Moved, error)
}

const (
	readLimit  = 10 * time.Second
	writeLimit = 30 * time.Second
	fieldLimit = 80
)

// What a load brings.
type (
	linesRead struct{ lines []domain.ReturnLine }
	written   struct {
		said   string // "": nothing is to be said but the failure
		failed error
	}
)

// View is the list of returns. Its methods run in the root's goroutine.
type View struct {
	ui.Base

	env   *ui.Env
	store Store

	read   bool
	all    []domain.ReturnLine
	rows   map[domain.AnomalyID]*domain.ReturnLine
	list   *widget.List[domain.AnomalyID]
	stage  int // which stage is shown, from 1; 0: all that is not done
	order  domain.ReturnOrder
	hidden int
	// wasLate is how many suppliers were past their time when the rows were put in order.
	wasLate int
	letIn   bool // the next read puts the rows in order and lets new ones in
	gen     ui.Gen
	actGen  ui.Gen

	filter  *widget.Field
	editing bool
	before  string

	ask *asked
}

// New makes the list.
func New(env *ui.Env, store Store) *View {
	return &View{
		env: env, store: store, list: widget.NewList[domain.AnomalyID](), rows: map[domain.AnomalyID]*domain.ReturnLine{},
		order: domain.ReturnsByStage, filter: widget.NewField(fieldLimit),
	}
}

// Init reads the returns.
func (v *View) Init() tea.Cmd { return v.reload() }

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Returns.Name }

// CapturesText is true while the filter or an answer is typed.
func (v *View) CapturesText() bool { return v.editing || v.ask != nil && v.ask.Typing() }

// Asks is true while a question stands.
func (v *View) Asks() bool { return v.ask != nil }

// FootLines is how many lines the messages take.
func (v *View) FootLines() int {
	if v.ask != nil {
		return 3
	}
	return 1
}

// Update takes keys, results and hints.
func (v *View) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keys.Press:
		return v.press(msg)
	case ui.Loaded[linesRead]:
		return v.came(msg)
	case ui.Loaded[written]:
		return v.wrote(msg)
	case widget.Drawn:
		if v.ask != nil {
			v.ask.Seen(msg)
		}
	case ui.Changed:
		if msg.Has("queue") {
			return v.reload()
		}
	case ui.CaseWritten:
		return v.reload()
	case ui.Tick:
		if v.late() != v.wasLate { // a supplier's time has passed: its row rises
			v.arrange(false)
		}
	case ui.Shown:
		if msg.Stale {
			return v.reload()
		}
	}
	return nil
}

func (v *View) reload() tea.Cmd {
	store := v.store
	return ui.Load(v.env, v.gen.Next(), "read returns", readLimit, func(ctx context.Context) (linesRead, error) {
		lines, err := store.Returns(ctx)
		return linesRead{lines}, err
	})
}

func (v *View) came(msg ui.Loaded[linesRead]) tea.Cmd {
	if msg.Gen != v.gen {
		return nil
	}
	if msg.Err != nil {
		return ui.Fail(v.env, msg.Err)
	}
	first := !v.read
	v.read, v.all = true, msg.Value.lines
	v.arrange(first)
	return nil
}

// arrange puts the rows into the list: those of the stage that is shown, in the order that
// is chosen. Anew it begins at the top; else rows keep their places until they are let in.
func (v *View) arrange(anew bool) {
	words := strings.Fields(strings.ToLower(v.filter.Value()))
	domain.SortReturns(v.all, v.order, v.env.Now())
	var ids []domain.AnomalyID
	v.rows, v.hidden, v.wasLate = map[domain.AnomalyID]*domain.ReturnLine{}, 0, v.late()
	for i := range v.all {
		r := &v.all[i]
		v.rows[r.Anomaly] = r
		switch {
		case !v.shows(r.Stage()):
		case !v.fits(r, words):
			v.hidden++
		default:
			ids = append(ids, r.Anomaly)
		}
	}
	if anew {
		v.list.Reset(ids)
		return
	}
	v.list.Set(ids)
	if v.letIn || v.list.Index() == 0 {
		v.list.Refresh()
	}
	v.letIn = false
}

// late counts the returns whose supplier was to have answered.
func (v *View) late() int {
	n := 0
	for i := range v.all {
		if v.all[i].Late(v.env.Now()) {
			n++
		}
	}
	return n
}

// shows tells whether a stage is among those shown.
func (v *View) shows(s domain.ReturnStage) bool {
	if v.stage == 0 {
		return s != domain.ReturnDone
	}
	return s == domain.ReturnStages()[v.stage-1]
}

func (v *View) fits(r *domain.ReturnLine, words []string) bool {
	text := strings.ToLower(strings.Join([]string{
		string(r.Store), r.StoreName, r.StoreNameEn, string(r.OrderNo), string(r.Product.Code), r.Product.Name, r.Product.NameEn, r.Supplier,
		string(r.Product.Supplier), v.env.Text.Returns.Stages[r.Stage()],
	}, " "))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// current is the row under the cursor, nil where there is none.
func (v *View) current() *domain.ReturnLine {
	id, ok := v.list.Cursor()
	if !ok {
		return nil
	}
	return v.rows[id]
}

// asked is a question; write works out what is written once it is answered.
type asked struct {
	*dialog.Ask

	write func(a *dialog.Ask) func(ctx context.Context) written
}

// run runs the act that was asked for.
func (v *View) run() tea.Cmd {
	write := v.ask.write(v.ask.Ask)
	return ui.Load(v.env, v.actGen.Next(), "write finding", writeLimit, func(ctx context.Context) (written, error) {
		return write(ctx), nil
	})
}

// wrote says what was done. Where no answer came the question stays, with its key.
func (v *View) wrote(msg ui.Loaded[written]) tea.Cmd {
	if msg.Gen != v.actGen || v.ask == nil {
		return nil
	}
	failed := msg.Err
	if failed == nil {
		failed = msg.Value.failed
	}
	if code := domain.CodeOf(failed); code == domain.Unavailable || code == domain.Timeout {
		v.ask.Again()
		return ui.Send(ui.Say{Text: v.env.Text.Dialog.Unknown, Tone: ui.Problem})
	}
	v.ask = nil
	if failed != nil && msg.Value.said == "" {
		return tea.Batch(ui.Fail(v.env, failed), v.reload())
	}
	v.list.Unmark()
	v.letIn = true
	tone := ui.Result
	if failed != nil {
		tone = ui.Problem
	}
	return tea.Batch(ui.Send(ui.Say{Text: msg.Value.said, Tone: tone}), v.reload())
}
