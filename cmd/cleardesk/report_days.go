package main

import (
	"encoding/csv"
	"io"
	"strconv"
	"time"

	"cleardesk/domain"

	"github.com/spf13/cobra"
)

// mostDays is how many business days one report or export counts at most.
const mostDays = 3660

// dayFlags say of which business days something is told, both included.
type dayFlags struct{ from, to string }

func (f *dayFlags) add(cmd *cobra.Command, from, to string) {
	cmd.Flags().StringVar(&f.from, "from", "", "the first business day, such as 2026-11-16 (default: "+from+")")
	cmd.Flags().StringVar(&f.to, "to", "", "the last one (default: "+to+")")
}

// days gives the first and the last day, as midnight UTC of their dates, for those not
// named the ones given.
func (f *dayFlags) days(op string, first, last time.Time) (from, to time.Time, err error) {
	from, to = first, last
	if f.from != "" {
		if from, err = time.Parse(time.DateOnly, f.from); err != nil {
			return from, to, domain.Errorf(domain.Invalid, op, "--from %q is not a day such as 2026-11-16", f.from)
		}
	}
	if f.to != "" {
		if to, err = time.Parse(time.DateOnly, f.to); err != nil {
			return from, to, domain.Errorf(domain.Invalid, op, "--to %q is not a day such as 2026-11-22", f.to)
		}
	}
	switch {
	case to.Before(from):
		return from, to, domain.Errorf(domain.Invalid, op, "%s is before %s; --from names the first day and --to the last",
			to.Format(time.DateOnly), from.Format(time.DateOnly))
	case to.Sub(from) >= mostDays*24*time.Hour:
		return from, to, domain.Errorf(domain.Invalid, op, "%s to %s are more than ten years; --from and --to name a part of them",
			from.Format(time.DateOnly), to.Format(time.DateOnly))
	}
	return from, to, nil
}

// moments gives when the first of the days begins in a zone and when the last has ended.
func moments(from, to time.Time, zone *time.Location) (begin, end time.Time) {
	return time.Date(from.Year(), from.Month(), from.Day(), 0, 0, 0, 0, zone), time.Date(to.Year(), to.Month(), to.Day()+1, 0, 0, 0, 0, zone)
}

// weekOf gives Monday and Sunday of a day's week.
func weekOf(day time.Time) (monday, sunday time.Time) {
	monday = day.AddDate(0, 0, -(int(day.Weekday())+6)%7)
	return monday, monday.AddDate(0, 0, 6)
}

// namedWeek gives Monday and Sunday of the week in which a day lies; "" names this one.
func namedWeek(op, named string, c domain.Calendar) (monday, sunday time.Time, err error) {
	day := c.BusinessDay(time.Now())
	if named != "" {
		if day, err = time.Parse(time.DateOnly, named); err != nil {
			return day, day, domain.Errorf(domain.Invalid, op, "--week %q is not a day such as 2026-11-16", named)
		}
	}
	monday, sunday = weekOf(day)
	return monday, sunday, nil
}

// sheet writes CSV that a spreadsheet opens without computing anything of it. The first
// thing that goes wrong is said at the end.
type sheet struct {
	out *csv.Writer
	row []string
}

func newSheet(w io.Writer, columns ...string) *sheet {
	s := &sheet{out: csv.NewWriter(w)}
	s.words(columns...)
	s.end()
	return s
}

// words puts cells of text, which no spreadsheet takes for formulas.
func (s *sheet) words(cells ...string) {
	for _, c := range cells {
		s.row = append(s.row, formulaSafe(c))
	}
}

// figures puts cells as they are: numbers, also below nought, and nothing for none.
func (s *sheet) figures(cells ...string) { s.row = append(s.row, cells...) }

func (s *sheet) counts(cells ...int) {
	for _, n := range cells {
		s.figures(strconv.Itoa(n))
	}
}

func (s *sheet) end() {
	_ = s.out.Write(s.row) // kept by the writer
	s.row = s.row[:0]
}

func (s *sheet) flush() error {
	s.out.Flush()
	if err := s.out.Error(); err != nil {
		return &domain.Error{Code: domain.Internal, Op: "write", Err: err}
	}
	return nil
}

// dayText is a day as reports write it; empty for all days.
func dayText(day time.Time) string {
	if day.IsZero() {
		return ""
	}
	return day.Format(time.DateOnly)
}

// inMinutes is a span of n times for a spreadsheet: minutes with one decimal, nothing of
// no times.
func inMinutes(d time.Duration, n int) string {
	if n == 0 {
		return ""
	}
	return strconv.FormatFloat(d.Minutes(), 'f', 1, 64)
}

// orAll is what a table shows where a row is of all.
func orAll(s string) string {
	if s == "" {
		return "all"
	}
	return s
}
