// Package catalogue is where procurement keeps product information to standard: what is
// missing or does not fit, quantities that wait to be verified, and values in which the
// platform's catalogue and ours are at odds (§4.1, §4.3.1).
package catalogue

import (
	"context"
	"strconv"
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

// Store is what the catalogue reads and writes.
type Store interface {
	Catalogue(ctx context.Context) (domain.Catalogue, error)
	VerifyQuantity(ctx context.Context, op uuid.UUID, id domain.CaseID, lines []int, ok bool, note string) (domain.Moved, error)
	SettleClash(ctx context.Context, op uuid.UUID, c domain.Clash, side domain.ClashSide, note string) error
}

const (
	readLimit  = 10 * time.Second
	writeLimit = 30 * time.Second
	fieldLimit = 80
)

// part is one of the three lists.
type part int

const (
	toStandard part = iota
	toVerify
	clashing
	parts // how many there are
)

// What a load brings.
type (
	cameIn  struct{ catalogue domain.Catalogue }
	written struct {
		said   string
		failed error
		wrote  bool
	}
)

// asked is a question with what is written once it is answered.
type asked struct {
	*dialog.Ask

	clears bool // what was entered is done with once it is written
	write  func(ctx context.Context, a *dialog.Ask) written
}

// View is the catalogue. Its methods run in the root's goroutine.
type View struct {
	ui.Base

	env   *ui.Env
	store Store

	read   *domain.Catalogue
	at     part
	lists  [parts]*widget.List[string]
	hidden [parts]int
	goods  map[string]*domain.Standing
	verify map[string]*domain.Verification
	clash  map[string]*domain.Clash
	reads  ui.Reading
	actGen ui.Gen

	filter  *widget.Field
	editing bool
	before  string

	ask *asked
}

// New makes the catalogue; it begins with the first list that has work.
func New(env *ui.Env, store Store) *View {
	v := &View{env: env, store: store, filter: widget.NewField(fieldLimit)}
	for i := range v.lists {
		v.lists[i] = widget.NewList[string]()
	}
	return v
}

// Init reads the lists.
func (v *View) Init() tea.Cmd { return v.reload() }

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Goods.Name }

// CapturesText is true while the filter or a note is typed.
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
	case ui.Loaded[cameIn]:
		return v.came(msg)
	case ui.Loaded[written]:
		return v.writtenCame(msg)
	case widget.Drawn:
		if v.ask != nil {
			v.ask.Seen(msg)
		}
	case ui.Changed:
		if msg.Has("queue", "catalogue") {
			return v.reload()
		}
	case ui.Shown:
		if msg.Stale {
			return v.reload()
		}
	}
	return nil
}

func (v *View) reload() tea.Cmd {
	gen, ok := v.reads.Start()
	if !ok {
		return nil
	}
	store := v.store
	return ui.Load(v.env, gen, "read catalogue", readLimit, func(ctx context.Context) (cameIn, error) {
		c, err := store.Catalogue(ctx)
		return cameIn{c}, err
	})
}

func (v *View) came(msg ui.Loaded[cameIn]) tea.Cmd {
	mine, again := v.reads.End(msg.Gen)
	if !mine {
		return nil
	}
	if msg.Err == nil {
		first := v.read == nil
		c := msg.Value.catalogue
		v.read = &c
		v.index()
		v.arrange(first)
	}
	if again {
		return v.reload()
	}
	switch {
	case msg.Err == nil:
		return nil
	case v.read == nil:
		return ui.Fail(v.env, msg.Err)
	}
	return ui.FailRead(v.env, msg.Err)
}

// index finds the rows by their ids.
func (v *View) index() {
	c := v.read
	v.goods, v.verify, v.clash = map[string]*domain.Standing{}, map[string]*domain.Verification{}, map[string]*domain.Clash{}
	for i := range c.Standings {
		v.goods[string(c.Standings[i].Product.Code)] = &c.Standings[i]
	}
	for i := range c.Verify {
		v.verify[strconv.FormatInt(int64(c.Verify[i].Row.Case), 10)] = &c.Verify[i]
	}
	for i := range c.Clashes {
		v.clash[strconv.FormatInt(int64(c.Clashes[i].Task), 10)] = &c.Clashes[i]
	}
}

// ids are the rows of a list in their order.
func (v *View) ids(p part) []string {
	var out []string
	switch p {
	case toVerify:
		for i := range v.read.Verify {
			out = append(out, strconv.FormatInt(int64(v.read.Verify[i].Row.Case), 10))
		}
	case clashing:
		for i := range v.read.Clashes {
			out = append(out, strconv.FormatInt(int64(v.read.Clashes[i].Task), 10))
		}
	default:
		for i := range v.read.Standings {
			out = append(out, string(v.read.Standings[i].Product.Code))
		}
	}
	return out
}

// arrange puts the rows the filter leaves into the lists; anew they stand as they came.
func (v *View) arrange(anew bool) {
	if v.read == nil {
		return
	}
	words := strings.Fields(strings.ToLower(v.filter.Value()))
	for p := range parts {
		var ids []string
		v.hidden[p] = 0
		for _, id := range v.ids(p) {
			if fits(v.searched(p, id), words) {
				ids = append(ids, id)
			} else {
				v.hidden[p]++
			}
		}
		l := v.lists[p]
		if anew {
			l.Reset(ids)
			continue
		}
		at, _ := l.Cursor()
		l.Set(ids)
		l.Refresh()
		l.To(at)
	}
}

func fits(text string, words []string) bool {
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// searched is what a row is found by.
func (v *View) searched(p part, id string) string {
	t := v.env.Text
	var all []string
	product := func(g *domain.Product) {
		all = append(all, string(g.Code), g.Name, g.NameEn, g.Category)
	}
	switch p {
	case toVerify:
		r := v.verify[id]
		all = append(all, r.Row.StoreName, r.Row.StoreNameEn, string(r.Row.Store), string(r.Row.OrderNo))
		for i := range r.Lines {
			product(&r.Lines[i].Product)
		}
	case clashing:
		c := v.clash[id]
		product(&c.Product)
		all = append(all, t.ProductField(c.Field))
	default:
		s := v.goods[id]
		product(&s.Product)
		all = append(all, s.Supplier)
		for _, f := range s.Faults {
			all = append(all, t.FaultShort(f))
		}
	}
	return strings.ToLower(strings.Join(all, " "))
}

// cursor is the row under the cursor of the list on the screen, "" without one.
func (v *View) cursor() string {
	id, _ := v.lists[v.at].Cursor()
	return id
}

func (v *View) writtenCame(msg ui.Loaded[written]) tea.Cmd {
	if msg.Gen != v.actGen || v.ask == nil {
		return nil
	}
	failed := msg.Err
	if failed == nil {
		failed = msg.Value.failed
	}
	if failed != nil && !msg.Value.wrote {
		v.ask.Again()
		if code := domain.CodeOf(failed); code == domain.Unavailable || code == domain.Timeout {
			return ui.Send(ui.Say{Text: v.env.Text.Dialog.Unknown, Tone: ui.Problem})
		}
		v.ask = nil
		return tea.Batch(ui.Fail(v.env, failed), v.reload())
	}
	v.ask = nil
	v.lists[v.at].Unmark()
	tone := ui.Result
	if failed != nil {
		tone = ui.Problem
	}
	return tea.Batch(ui.Send(ui.Say{Text: msg.Value.said, Tone: tone}), v.reload())
}
