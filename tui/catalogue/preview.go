package catalogue

import (
	"strconv"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
)

// preview is what there is to know of the row under the cursor, in w cells and at most h
// lines.
func (v *View) preview(w, h int) []cell.Line {
	id := v.cursor()
	switch {
	case v.at == toVerify && v.verify[id] != nil:
		return v.verifyPreview(v.verify[id], w, h)
	case v.at == clashing && v.clash[id] != nil:
		return v.clashPreview(v.clash[id], w)
	case v.at == toStandard && v.goods[id] != nil:
		return v.goodsPreview(v.goods[id], w, h)
	}
	return nil
}

// wrapped is a text over as many lines as it takes, at most two.
func wrapped(role theme.Role, text string, w int) []cell.Line {
	var out []cell.Line
	for i, s := range cell.Wrap(cell.Clean(text), w-3, 2) {
		if i > 0 {
			s = "  " + s
		}
		out = append(out, cell.Painted(role, " "+s))
	}
	return out
}

// facts are a product's values in a line.
func (v *View) facts(p domain.Product, supplier string) string {
	t := v.env.Text
	say := func(f domain.ProductField) string { return t.ProductField(f) + " " + t.FieldValue(f, p.Raw(f), p, nil) }
	name := supplier
	if name == "" {
		name = "-"
	}
	return say(domain.FieldStep) + "  " + say(domain.FieldCase) + "  " + say(domain.FieldPrice) + "  " + say(domain.FieldStock) + "  " +
		t.ProductField(domain.FieldSupplier) + " " + name
}

// goodsPreview is a product with each fault in words, and where it is mended.
func (v *View) goodsPreview(s *domain.Standing, w, h int) []cell.Line {
	t := v.env.Text
	out := []cell.Line{}
	if v.beside() {
		out = append(out, cell.Painted(theme.Head, " "+v.name(string(s.Product.Code))))
	}
	out = append(out, wrapped(theme.Text, v.facts(s.Product, t.Pick(s.Supplier, s.SupplierEn)), w)...)
	room := h - len(out) - 1
	for i, f := range s.Faults {
		role := theme.Text
		if f.Rule.Grave() {
			role = theme.Near
		}
		lines := wrapped(role, "- "+t.FaultSays(f, s.Product, v.read.Limits)+" ("+t.Mended(f.Rule.Field())+")", w)
		if rest := len(s.Faults) - i; room < len(lines) || room == len(lines) && rest > 1 {
			out = append(out, cell.Painted(theme.Muted, "   "+t.Goods.MoreLines(rest)))
			break
		}
		room -= len(lines)
		out = append(out, lines...)
	}
	return append(out, cell.Painted(theme.Muted, " "+t.Goods.Stake(s.Stake.Orders, t.MoneyExact(s.Stake.Money), s.Stake.Cases)))
}

// verifyPreview is each line that waits for a word, with what there is to know.
func (v *View) verifyPreview(r *domain.Verification, w, h int) []cell.Line {
	t := v.env.Text
	var out []cell.Line
	if v.beside() {
		out = append(out, cell.Painted(theme.Head, " "+v.name(v.cursor())))
	}
	room := h - len(out) - 2
	for i := range r.Lines {
		l := &r.Lines[i]
		p := l.Product
		free := "-"
		if q, known := p.Available(); known {
			free = t.Quantity(q, p.Unit, p.UnitEn)
		}
		text := t.Goods.VerifyLine(l.Line, t.Pick(p.Name, p.NameEn)+" "+string(p.Code), t.Quantity(l.Quantity, p.Unit, p.UnitEn), v.usual(l), free,
			t.FieldValue(domain.FieldVerifyAbove, p.Raw(domain.FieldVerifyAbove), p, nil))
		why := ""
		if l.AboveLimit() {
			why += "  " + t.Goods.AboveLimit
		}
		if l.AboveStock() {
			why += "  " + t.Goods.AboveStock
		}
		lines := wrapped(theme.Text, text+why, w)
		if rest := len(r.Lines) - i; room < len(lines) || room == len(lines) && rest > 1 {
			out = append(out, cell.Painted(theme.Muted, "   "+t.Goods.MoreLines(rest)))
			break
		}
		room -= len(lines)
		out = append(out, lines...)
	}
	if note := r.Lines[0].Note; note != "" {
		out = append(out, wrapped(theme.Text, t.Goods.Asked(note), w)...)
	}
	who := "-"
	if hold := r.Row.Holder; hold != nil {
		who = t.Person(hold.Name, hold.NameEn, hold.Login)
	}
	return append(out, cell.Painted(theme.Muted, " "+string(r.Row.OrderNo)+"  "+string(r.Row.Store)+"  "+t.MoneyExact(r.Row.AtRisk)+"  "+t.Goods.With(who)))
}

// clashPreview is both values, how ours came about, and what either choice does.
func (v *View) clashPreview(c *domain.Clash, w int) []cell.Line {
	t, p, now := v.env.Text, c.Product, v.env.Now()
	var out []cell.Line
	if v.beside() {
		out = append(out, cell.Painted(theme.Head, " "+v.name(strconv.FormatInt(int64(c.Task), 10))))
	}
	out = append(out, cell.Plain(" "+t.ProductField(c.Field)+": "+t.Goods.Ours+" "+t.FieldValue(c.Field, p.Raw(c.Field), p, nil)+"   "+
		t.Goods.Theirs+" "+t.FieldValue(c.Field, c.File, p, nil)))
	if l := c.Last; l != nil {
		what := t.FieldValue(c.Field, l.Old, p, nil) + " > " + t.FieldValue(c.Field, l.New, p, nil) + ", " + named(t.Goods.Reasons, l.Reason)
		if l.Note != "" {
			what += ": " + l.Note
		}
		out = append(out, wrapped(theme.Text, t.Goods.ClashBy(what, t.Person(l.ByName, l.ByNameEn, l.By), t.When(l.At.In(v.env.Zone), now)), w)...)
	}
	out = append(out, wrapped(theme.Muted, t.Goods.ClashSince(t.When(c.At.In(v.env.Zone), now)), w)...)
	does := t.Goods.ClashWords
	switch {
	case !c.Takeable():
		does = t.Goods.CannotTake
	case c.Field.Correction() != "":
		does = t.Goods.ClashStep
	}
	return append(out, wrapped(theme.Muted, does, w)...)
}

func named(words map[domain.CorrectionReason]string, r domain.CorrectionReason) string {
	if s, ok := words[r]; ok {
		return s
	}
	return string(r)
}
