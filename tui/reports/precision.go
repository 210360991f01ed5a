package reports

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/theme"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
)

// ruleKey is a row of the precision: a version of a rule in one month, or in all.
type ruleKey struct {
	rule    string
	version int
	month   time.Time // zero: all months
}

// precisionReport is how often each rule was right: over all months, and month by month.
type precisionReport struct {
	v      *View
	all    []domain.Precision
	months [][]domain.Precision // of each
}

func (v *View) newPrecision() *precisionReport {
	r := &precisionReport{v: v}
	words := v.words(precision)
	for _, p := range domain.PrecisionSums(v.judged) {
		if !matches(words, ruleName(p), v.ruleName(p)) {
			continue
		}
		r.all = append(r.all, p)
		var months []domain.Precision
		for _, m := range v.judged {
			if m.Rule == p.Rule && m.Version == p.Version {
				months = append(months, m)
			}
		}
		r.months = append(r.months, months)
	}
	return r
}

func ruleName(p domain.Precision) string {
	if p.Version == 0 {
		return p.Rule
	}
	return p.Rule + " v" + strconv.Itoa(p.Version)
}

func (v *View) ruleName(p domain.Precision) string {
	if p.Rule == domain.NoRule {
		return v.env.Text.Report.NoRule
	}
	return ruleName(p)
}

func (r *precisionReport) period() string {
	return r.v.env.Text.Report.Since(r.v.since.Format("2006-01"))
}

func (r *precisionReport) command() string {
	return "cleardesk report precision --since " + r.v.since.Format("2006-01") + " --format csv"
}

func (r *precisionReport) cols(part, w int) []widget.Column {
	words := r.v.env.Text.Report
	name := words.HeadRule
	if part == 1 {
		name = words.HeadMonth
	}
	cols := []widget.Column{
		{Title: name, W: 12},
		{Title: words.HeadRaised, W: 6, Right: true},
		{Title: words.HeadDecided, W: 7, Right: true},
		{Title: words.HeadRight, W: 5, Right: true},
		{Title: words.HeadFalse, W: 5, Right: true},
		{Title: words.HeadMissed, W: 6, Right: true},
	}
	if w >= wide {
		cols[0].W = 12 + min(8, w-wide)
		cols = append(cols, widget.Column{Title: words.HeadUnusual, W: 7, Right: true}, widget.Column{Title: words.HeadMaster, W: 6, Right: true},
			widget.Column{Title: words.HeadOpen, W: 4, Right: true}, widget.Column{Title: words.HeadQuiet, W: 5, Right: true})
	}
	return append(cols, widget.Column{Title: words.HeadShare, W: 8, Right: true}, widget.Column{Title: words.HeadBetween, W: 13}, widget.Column{Title: words.PastPlot, W: 8, Grow: true})
}

func (r *precisionReport) rows(part, of int) int {
	switch {
	case part == 0:
		return len(r.all)
	case of < len(r.months):
		return len(r.months[of])
	}
	return 0
}

func (r *precisionReport) cells(part, of, i, w int) []cell.Span {
	var p domain.Precision
	var name string
	var pic cell.Span
	if part == 0 {
		p = r.all[i]
		name = r.v.ruleName(p)
		pic = cell.Own(theme.Accent, r.v.env.Glyphs.Curve(r.shares(i), 12, true))
	} else {
		p = r.months[of][i]
		name = p.Month.Format("2006-01")
		pic = cell.Span{Text: interval(p, widget.NewTable(r.cols(part, w), w).Width(len(r.cols(part, w))-1)), Role: theme.Accent}
	}
	out := []cell.Span{{Text: name}, {Text: number(p.Raised)}, {Text: number(p.Decided)}, {Text: number(p.Right)}, {Text: number(p.Wrong)}, {Text: number(p.Missed)}}
	if w >= wide {
		out = append(out, cell.Span{Text: number(p.Unusual)}, cell.Span{Text: number(p.Master)}, cell.Span{Text: number(p.Open)}, cell.Span{Text: number(p.Quietens)})
	}
	share, between := "-", ""
	if s, ok := p.Share(); ok {
		low, high := p.Interval()
		share, between = percent(s)+" %", percent(low)+r.v.env.Text.Report.To+percent(high)
	}
	return append(out, cell.Span{Text: share}, cell.Span{Text: between}, pic)
}

func percent(share float64) string { return fmt.Sprintf("%.1f", 100*share) }

// shares is the share of each month that has one, in thousandths.
func (r *precisionReport) shares(i int) []int64 {
	var out []int64
	for _, m := range r.months[i] {
		if s, ok := m.Share(); ok {
			out = append(out, int64(1000*s))
		}
	}
	return out
}

// interval draws a share between nought and one in w cells, with its 95 % interval.
func interval(p domain.Precision, w int) string {
	s, ok := p.Share()
	if !ok || w < 2 {
		return ""
	}
	low, high := p.Interval()
	at := func(x float64) int { return max(0, min(int(x*float64(w-1)+0.5), w-1)) }
	out := []byte(strings.Repeat(" ", w))
	for i := at(low); i <= at(high); i++ {
		out[i] = '-'
	}
	out[at(low)], out[at(high)] = '[', ']'
	out[at(s)] = 'o'
	return string(out)
}

func (r *precisionReport) second(of int) string {
	return r.v.env.Text.Report.MonthsOf(r.v.ruleName(r.all[of]))
}

// key is the row under the cursor, false where there is none.
func (r *precisionReport) key(of, i int) (ruleKey, bool) {
	if of >= len(r.all) {
		return ruleKey{}, false
	}
	k := ruleKey{rule: r.all[of].Rule, version: r.all[of].Version}
	if i >= 0 && i < len(r.months[of]) {
		k.month = r.months[of][i].Month
	}
	return k, true
}

func (r *precisionReport) behind(of, i int) listing {
	v, t, w := r.v, r.v.env.Text, r.v.env.Text.Report
	key, ok := r.key(of, i)
	if !ok {
		return listing{}
	}
	name := v.ruleName(r.all[of])
	if !key.month.IsZero() {
		name += ", " + key.month.Format("2006-01")
	}
	items, have := v.items[key]
	out := listing{name: name, waits: !have, cols: func(int) []widget.Column {
		return []widget.Column{
			{Title: w.HeadWhen, W: 11},
			{Title: w.HeadKind, W: 8},
			{Title: w.HeadOrder, W: 9},
			{Title: w.HeadStore, W: 8, Grow: true},
			{Title: w.HeadRisk, W: 9, Right: true},
			{Title: w.HeadWhat, W: 15},
		}
	}}
	for _, item := range items {
		kind, what := w.Door, w.HeadMissed
		if item.Kind != "" {
			kind, what = t.Kind(item.Kind), w.Open
			if item.Outcome != "" {
				what = t.Outcome(string(item.Outcome))
			}
			if item.Reason != "" {
				what = w.Reasons[item.Reason]
			}
		}
		out.entries = append(out.entries, entry{opens: opens(item.Of), store: item.Of.Store, cells: []cell.Span{
			{Text: v.moment(item.At)}, {Text: kind}, {Text: string(item.Of.OrderNo)}, {Text: v.storeOf(item.Of)}, {Text: v.money(item.AtRisk, 0)}, {Text: what},
		}})
	}
	return out
}

// readItems reads what is behind the row under the cursor of the precision, once.
func (v *View) readItems() tea.Cmd {
	r, ok := v.made[precision].(*precisionReport)
	if !ok || v.shown != precision {
		return nil
	}
	p := &v.places[precision]
	i := -1
	if p.part == 1 {
		i = p.at[1]
	}
	key, ok := r.key(p.at[0], i)
	if _, have := v.items[key]; !ok || have {
		return nil
	}
	from, to := v.begins(v.since), v.begins(v.today().AddDate(0, 0, 1))
	if !key.month.IsZero() {
		from, to = v.begins(key.month), v.begins(key.month.AddDate(0, 1, 0))
	}
	store := v.store
	return ui.Load(v.env, v.itGen.Next(), "read what a rule raised", readLimit, func(ctx context.Context) (itemsRead, error) {
		items, err := store.RuleItems(ctx, key.rule, key.version, from, to)
		return itemsRead{key, items}, err
	})
}

func (v *View) itemsCame(msg ui.Loaded[itemsRead]) tea.Cmd {
	switch {
	case msg.Gen != v.itGen:
		return nil
	case msg.Err != nil:
		return ui.Fail(v.env, msg.Err)
	}
	v.items[msg.Value.key] = msg.Value.items
	return nil
}
