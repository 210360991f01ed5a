package correct

import (
	"slices"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/dialog"
	"cleardesk/tui/widget"
)

// statuses are the states of a product, by their digits.
func statuses() []domain.ProductStatus {
	return []domain.ProductStatus{domain.ProductNormal, domain.ProductPaused, domain.ProductDelisted}
}

// quantity reads a field of quantities; nought is a count too. ok is false for an empty
// one, bad for what is not understood.
func (v *View) quantity(n *widget.Number) (q domain.Quantity, ok, bad bool) {
	text := strings.TrimSpace(n.Value())
	if text == "" {
		return 0, false, false
	}
	if q, err := domain.ParseQuantity(text); err == nil && q == 0 {
		return 0, true, false
	}
	in, err := domain.ParseEntered(text, v.file.Product)
	return in.Quantity, err == nil, err != nil
}

// countedAt is the time of the count: that of the count on record while it stands, else
// what was typed, today or where that is still to come yesterday.
func (v *View) countedAt() (time.Time, bool) {
	now := v.env.Now().In(v.env.Zone)
	switch text := v.counted.Value(); {
	case strings.TrimSpace(text) == "":
		return now, true
	case text == v.toldAs:
		return v.told, true
	default:
		return dialog.Passed(text, now)
	}
}

// correction is what would be written.
func (v *View) correction() domain.Correction {
	c := domain.Correction{
		What: v.what, Product: v.product, Reason: v.reason, Note: strings.TrimSpace(v.note.Value()), Case: v.called,
		List: v.list == yes, Tell: v.tell == yes,
	}
	switch v.what {
	case domain.CorrectStep:
		c.Seen = v.file.Product.StepVersion
		if q, ok, _ := v.quantity(v.step); ok {
			c.Step = &q
		}
	case domain.CorrectStock:
		if q, ok, _ := v.quantity(v.count); ok {
			c.Counted = &q
		}
		c.CountedAt, _ = v.countedAt()
	case domain.CorrectListing:
		c.Status = v.status
	}
	return c
}

// preview is what it would do as far as it is told; the reason has no part in it.
func (v *View) preview() (domain.CorrectionPreview, error) {
	c, f := v.correction(), v.file
	if c.Reason == "" || c.Reason == domain.OtherReason {
		c.Reason = domain.WrongEntry
	}
	if now := v.env.Now(); now.After(f.ReadAt) {
		f.ReadAt = now
	}
	return f.Preview(c)
}

// rows are the open anomalies with what becomes of them: those that stay first. As long
// as nothing is proposed they are those the correction is about.
func (v *View) rows() []domain.CorrectionRow {
	p, err := v.preview()
	rows := p.Rows
	if err != nil {
		rows = nil
		for _, c := range v.file.Open {
			if c.Wants() == v.what {
				rows = append(rows, domain.CorrectionRow{Case: c, Was: domain.FitOf(c.Quantity, v.file.Product.Step)})
			}
		}
		return rows
	}
	rows = slices.Clone(rows)
	slices.SortStableFunc(rows, func(a, b domain.CorrectionRow) int {
		switch {
		case a.Clears == b.Clears:
			return 0
		case b.Clears:
			return -1
		}
		return 1
	})
	return rows
}

func (v *View) at(rows []domain.CorrectionRow) int {
	return max(0, slices.IndexFunc(rows, func(r domain.CorrectionRow) bool { return r.Case.Anomaly == v.row }))
}

// current is the row under the cursor of the table.
func (v *View) current() (domain.CorrectionRow, bool) {
	rows := v.rows()
	if len(rows) == 0 {
		return domain.CorrectionRow{}, false
	}
	return rows[v.at(rows)], true
}
