package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"cleardesk/cmd/cleardesk/intake"
	"cleardesk/db"
)

// tell writes what became of a file.
func (im *importer) tell(w io.Writer, name string, o outcome) {
	unit := string(im.kind)
	if w := im.lines(); w != "" {
		unit = w
	}
	seconds := max(o.took, time.Millisecond).Seconds()
	say := func(format string, args ...any) { _, _ = fmt.Fprintf(w, format+"\n", args...) }
	say("%s: %s %s in %.1f s (%s a second)%s", intake.Show(name), grouped(o.rows()), unit, seconds,
		grouped(int64(float64(o.rows())/seconds)), im.dry())
	say("  in        %s", im.count(o.taken, o.orders.taken))
	if o.same > 0 {
		words := im.count(o.same, o.orders.same)
		if o.taken == 0 && o.rejected == 0 {
			words += ": nothing is new"
		}
		say("  same      %s", words)
	}
	if o.repeated > 0 {
		say("  repeated  %s lines stood in the file twice", grouped(o.repeated))
	}
	if o.rejected > 0 {
		words := im.count(o.rejected, o.orders.rejected)
		if o.rejects != "" {
			words += ", see " + o.rejects
		}
		say("  rejected  %s", words)
	}
	if o.clashed == 0 {
		return
	}
	say("  clashes   %s: corrected here, and the correction stands", grouped(o.clashed))
	for _, c := range o.clashes {
		say("            %s %s: here %s, in the file %s", intake.Show(c.Code), c.Field, intake.Show(c.Here), intake.Show(c.File))
	}
}

func (im *importer) dry() string {
	if im.options.DryRun {
		return ", dry run: nothing was written"
	}
	return ""
}

// lines is the word for the rows of a kind that has several to one.
func (im *importer) lines() string {
	what := eventKind(im.kind)
	switch {
	case im.kind == db.ImportOrders:
		return "lines"
	case what != "" && !intake.OneRow(what):
		return "rows"
	}
	return ""
}

// count gives rows, and orders or events where the rows are their lines.
func (im *importer) count(rows, whole int64) string {
	w := im.lines()
	switch {
	case w == "":
		return grouped(rows)
	case whole == 0:
		return grouped(rows) + " " + w
	}
	return grouped(rows) + " " + w + " of " + grouped(whole) + " " + string(im.kind)
}

// grouped writes a whole number with separators.
func grouped(n int64) string {
	s := strconv.FormatInt(n, 10)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// importColumns tells the columns of each kind of event, for the help.
func importColumns() string {
	out := "Columns of events; without id an event is known by its order (an attempt by store and product) and time, a stage by its\n" +
		"order and name. Rows of one event stand together or not. Weights are in kg, or with kg, g, jin (\u65a4) or liang (\u4e24) behind them.\n"
	for _, k := range importKinds() {
		if what := eventKind(db.ImportKind(k)); what != "" {
			out += fmt.Sprintf("  %-13s %s\n", k, strings.Join(intake.Events(what, false).Columns(), ", "))
		}
	}
	return out + "Columns of counts, known by product and time, of the last seven days; weights may say so as above.\n" +
		fmt.Sprintf("  %-13s %s", db.ImportCounts, strings.Join(intake.Counts().Columns(), ", "))
}
