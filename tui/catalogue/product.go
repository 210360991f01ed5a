package catalogue

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// ProductStore is what a product's screen reads and writes.
type ProductStore interface {
	ProductFile(ctx context.Context, code domain.ProductCode) (domain.ProductFile, error)
	EditProduct(ctx context.Context, op uuid.UUID, e domain.ProductEdit) error
	SettleClash(ctx context.Context, op uuid.UUID, c domain.Clash, side domain.ClashSide, note string) error
}

type fileCame struct{ file domain.ProductFile }

// input is a field that is typed into: with proposals where there are some.
type input interface {
	Update(p keys.Press) bool
	Value() string
	SetValue(s string)
}

// Product is the screen of one product: its information, what is wrong with it, and what
// was set here. Its methods run in the root's goroutine.
type Product struct {
	ui.Base

	env   *ui.Env
	store ProductStore
	code  domain.ProductCode

	file   *domain.ProductFile
	failed error
	reads  ui.Reading
	actGen ui.Gen

	list    *widget.List[domain.ProductField]
	typed   map[domain.ProductField]string // what was entered and is not written yet
	number  *widget.Number                 // the field at hand, where it has proposals or holds a number
	words   *widget.Field                  // the field at hand, where it holds words
	leaving bool                           // esc was pressed over what is not written
	scroll  int                            // of the history

	ask *asked
}

// NewProduct makes the screen of a product.
func NewProduct(env *ui.Env, store ProductStore, code domain.ProductCode) *Product {
	v := &Product{env: env, store: store, code: code, list: widget.NewList[domain.ProductField](), typed: map[domain.ProductField]string{}}
	v.list.Reset(domain.ProductFields())
	return v
}

// Init reads the product.
func (v *Product) Init() tea.Cmd { return v.reload() }

// Title names the screen for the help.
func (v *Product) Title() string { return v.env.Text.Goods.Name }

// CapturesText is true while a field or a note is typed.
func (v *Product) CapturesText() bool { return v.field() != nil || v.ask != nil && v.ask.Typing() }

// Asks is true while a question stands.
func (v *Product) Asks() bool { return v.ask != nil }

// FootLines is how many lines the messages take.
func (v *Product) FootLines() int {
	if v.ask != nil {
		return 3
	}
	return 1
}

// field is what is typed into, nil while nothing is.
func (v *Product) field() input {
	switch {
	case v.number != nil:
		return v.number
	case v.words != nil:
		return v.words
	}
	return nil
}

// Update takes keys, the product and hints.
func (v *Product) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keys.Press:
		return v.press(msg)
	case ui.Loaded[fileCame]:
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

func (v *Product) reload() tea.Cmd {
	gen, ok := v.reads.Start()
	if !ok {
		return nil
	}
	store, code := v.store, v.code
	return ui.Load(v.env, gen, "read product", readLimit, func(ctx context.Context) (fileCame, error) {
		f, err := store.ProductFile(ctx, code)
		return fileCame{f}, err
	})
}

// came takes the product in; what was entered stays. The cursor begins at the first fault.
func (v *Product) came(msg ui.Loaded[fileCame]) tea.Cmd {
	mine, again := v.reads.End(msg.Gen)
	if !mine {
		return nil
	}
	if msg.Err == nil {
		first := v.file == nil
		f := msg.Value.file
		v.file, v.failed = &f, nil
		if first && len(f.Clashes) > 0 {
			v.list.To(f.Clashes[0].Field)
		} else if first && len(f.Faults) > 0 {
			v.list.To(f.Faults[0].Rule.Field())
		}
	}
	switch {
	case again:
		return v.reload()
	case msg.Err == nil:
		return nil
	case v.file == nil:
		v.failed = msg.Err
		return ui.Fail(v.env, msg.Err)
	}
	return ui.FailRead(v.env, msg.Err)
}

// now is the product as it would be once what was entered is written.
func (v *Product) now() domain.Product {
	p := v.file.Product
	for _, f := range domain.ProductFields() {
		if text, ok := v.typed[f]; ok {
			if next, err := p.With(f, text); err == nil {
				p = next
			}
		}
	}
	return p
}

// changed lists the fields that would be written.
func (v *Product) changed() []domain.ProductField {
	return domain.ChangedFields(v.file.Product, v.now())
}

// faults are those of the product as it would be.
func (v *Product) faults() []domain.Fault {
	p := v.now()
	for _, s := range domain.Standings(append([]domain.Product{p}, v.file.Others...), v.file.Limits) {
		if s.Product.Code == p.Code {
			return s.Faults
		}
	}
	return nil
}

// cursor is the field under the cursor.
func (v *Product) cursor() domain.ProductField {
	f, _ := v.list.Cursor()
	return f
}

// clash is the open clash of a field, nil without one.
func (v *Product) clash(f domain.ProductField) *domain.Clash {
	i := slices.IndexFunc(v.file.Clashes, func(c domain.Clash) bool { return c.Field == f })
	if i < 0 {
		return nil
	}
	return &v.file.Clashes[i]
}

// value is a field's value in words.
func (v *Product) value(f domain.ProductField, p domain.Product) string {
	return v.env.Text.FieldValue(f, p.Raw(f), p, v.file.Suppliers)
}

// name is how the product is called in a sentence.
func (v *Product) name() string {
	if v.file == nil {
		return string(v.code)
	}
	return v.env.Text.Pick(v.file.Product.Name, v.file.Product.NameEn) + " " + string(v.code)
}

// start is what a field begins with: its value as it would be typed.
func (v *Product) start(f domain.ProductField) string {
	p := v.now()
	raw := p.Raw(f)
	if raw == "" {
		return ""
	}
	switch f {
	case domain.FieldToleranceAbs, domain.FieldCase, domain.FieldLeast, domain.FieldVerifyAbove:
		n, err := strconv.ParseInt(raw, 10, 64)
		if err == nil {
			return domain.Quantity(n).String()
		}
	case domain.FieldToleranceRate, domain.FieldWeighed:
		return v.value(f, p)
	default:
	}
	return raw
}

// proposals are what a field offers by up and down: the suppliers there are, the
// categories that others have, yes and no.
func (v *Product) proposals(f domain.ProductField) []widget.Proposal {
	var out []widget.Proposal
	offer := func(s string) { out = append(out, widget.Proposal{Value: s}) }
	switch f {
	case domain.FieldSupplier:
		for _, s := range v.file.Suppliers {
			offer(string(s.Code))
		}
	case domain.FieldCategory:
		for _, c := range v.file.Categories {
			offer(c)
		}
	case domain.FieldWeighed:
		offer(v.env.Text.Goods.Yes)
		offer(v.env.Text.Goods.No)
	default:
	}
	return out
}

// edit opens the field under the cursor for typing.
func (v *Product) edit(f domain.ProductField) {
	if offers := v.proposals(f); len(offers) > 0 || !slices.Contains([]domain.ProductField{
		domain.FieldName, domain.FieldNameEn, domain.FieldUnit, domain.FieldUnitEn,
	}, f) {
		v.number = widget.NewNumber(offers)
		v.number.SetValue(v.start(f))
		return
	}
	v.words = widget.NewField(fieldLimit)
	v.words.SetValue(v.start(f))
}

// supplier finds the one that was typed: by its code, or by a part of its name that only
// one has.
func (v *Product) supplier(text string) (domain.Supplier, bool) {
	text = strings.ToLower(strings.TrimSpace(text))
	var found []domain.Supplier
	for _, s := range v.file.Suppliers {
		if strings.ToLower(string(s.Code)) == text {
			return s, true
		}
		if text != "" && (strings.Contains(strings.ToLower(s.Name), text) || strings.Contains(strings.ToLower(s.NameEn), text)) {
			found = append(found, s)
		}
	}
	if len(found) == 1 {
		return found[0], true
	}
	return domain.Supplier{}, false
}

// meant is what a typed text comes to in a field: what is kept of it, and what it is said
// to be understood as.
func (v *Product) meant(f domain.ProductField, text string) (kept, said string, good bool) {
	w := v.env.Text.Goods
	if f == domain.FieldSupplier && strings.TrimSpace(text) != "" && strings.TrimSpace(text) != "-" {
		s, ok := v.supplier(text)
		if !ok {
			return "", w.NoSupplier, false
		}
		text = string(s.Code)
	}
	p, err := v.now().With(f, text)
	if err != nil {
		return "", v.env.Text.Error(err), false
	}
	said = w.Understood + v.value(f, p)
	if f == domain.FieldUnit && v.file.Product.Unit != "" && v.file.Product.Unit != p.Unit || f == domain.FieldWeighed {
		said += "; " + w.UnitsStay
	}
	return text, said, true
}

func (v *Product) writtenCame(msg ui.Loaded[written]) tea.Cmd {
	if msg.Gen != v.actGen || v.ask == nil {
		return nil
	}
	failed := msg.Err
	if failed == nil {
		failed = msg.Value.failed
	}
	switch domain.CodeOf(failed) {
	case "":
	case domain.Unavailable, domain.Timeout, domain.Canceled:
		v.ask.Again()
		return ui.Send(ui.Say{Text: v.env.Text.Dialog.Unknown, Tone: ui.Problem})
	default:
		v.ask = nil
		return tea.Batch(ui.Fail(v.env, failed), v.reload())
	}
	if v.ask.clears {
		clear(v.typed)
	}
	v.ask = nil
	return tea.Batch(ui.Done(msg.Value.said), v.reload())
}
