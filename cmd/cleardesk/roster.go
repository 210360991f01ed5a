package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"cleardesk/cmd/cleardesk/intake"
	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
)

func newExportRosterCmd(a *app) *cobra.Command {
	var week string
	cmd := &cobra.Command{
		Use: "roster", Short: "The published roster of a week, as CSV",
		Long: "Writes a line for each person and day of a week as it is published: shifts as they are typed at the desk (09-12 16-20, a role\n" +
			"after a shift where it is not the person's first), rest, and the reason of an absence. import roster takes the file in again.",
		Example: "  cleardesk export roster --week 2026-11-23 > roster.csv",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			day, err := weekDay("export roster", week)
			if err != nil {
				return err
			}
			store, calendar, err := a.reporting(cmd.Context())
			if err != nil {
				return err
			}
			defer store.Close()
			if day.IsZero() {
				day = calendar.BusinessDay(time.Now())
			}
			w, err := store.RosterWeek(cmd.Context(), day)
			if err != nil {
				return err
			}
			return rosterCSV(cmd.OutOrStdout(), &w)
		},
	}
	cmd.Flags().StringVar(&week, "week", "", "any day of the week, such as 2026-11-23 (default: this week)")
	return cmd
}

// weekDay reads a day of a week, the zero time where none is named.
func weekDay(op, day string) (time.Time, error) {
	if day == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return t, domain.Errorf(domain.Invalid, op, "--week %q is not a day such as 2026-11-23", day)
	}
	return t, nil
}

// rosterCSV writes what is published of a week: no draft.
func rosterCSV(out io.Writer, w *domain.RosterWeek) error {
	w.Draft = domain.RosterDraft{}
	s := newSheet(out, "login", "name", "day", "shifts", "absence")
	for _, p := range w.People {
		for i := range 7 {
			seen := w.Cell(domain.RosterKey{Login: p.Login, Day: w.Day(i)})
			shifts := "rest"
			if len(seen.Shifts) > 0 {
				shifts = domain.CellText(seen.Shifts, p.Roles[0], w.Rules.Zone, domain.RoleCode)
			}
			s.words(string(p.Login), p.Name, w.Day(i).Format(time.DateOnly), shifts, string(seen.Absence))
			s.end()
		}
	}
	return s.flush()
}

func newImportRosterCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "roster FILE", Short: "Publish what a file says of people's days",
		Long: "Reads CSV or JSON Lines with login, day, shifts (09-12 16-20, 22-06, a role after a shift, rest) and absence, and publishes it as\n" +
			"the person of --as, who must be a manager. Days of people the file does not name stay as they are, and so do days that are over.\n" +
			"What cannot be taken goes to FILE.rejected.csv with its reason. The same file again changes nothing.\n" +
			"Exit code 0: all in; 3: some rejected; 1: nothing done.",
		Example: "  cleardesk import roster roster.csv --as zheng",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dsn, err := a.Open(cmd.Context(), asDesk)
			if err != nil {
				return err
			}
			store, err := db.Open(dsn, db.Options{App: "cleardesk/import"})
			if err != nil {
				return err
			}
			defer store.Close()
			return importRoster(cmd.Context(), store, args[0], cmd.InOrStdin(), cmd.OutOrStdout())
		},
	}
}

// rosterFile is what a file says, by week.
type rosterFile struct {
	store   *db.Store
	weeks   map[time.Time]*domain.RosterWeek
	order   []time.Time
	changed map[domain.RosterKey]bool
	seen    map[domain.RosterKey]bool
	header  []string
	bad     []intake.Reject
	same    int
	today   time.Time
}

// importRoster takes a file in: all its good days of a week are published together.
func importRoster(ctx context.Context, store *db.Store, path string, stdin io.Reader, out io.Writer) error {
	settings, err := store.Settings(ctx)
	if err != nil {
		return err
	}
	cal := settings.Calendar()
	src, err := intake.Open(ctx, path, intake.Options{Stdin: stdin})
	if err != nil {
		return err
	}
	defer src.Close()
	r, err := intake.NewReader(src, intake.Roster(), intake.Binding{Zone: cal.Zone})
	if err != nil {
		return err
	}
	f := &rosterFile{
		store: store, weeks: map[time.Time]*domain.RosterWeek{}, changed: map[domain.RosterKey]bool{}, seen: map[domain.RosterKey]bool{},
		header: r.Header(), today: cal.BusinessDay(time.Now()),
	}
	for {
		c, err := r.NextChunk(1000)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		f.bad = append(f.bad, c.Rejects...)
		for _, row := range c.Rows {
			if err := f.take(ctx, row); err != nil {
				return err
			}
		}
	}
	return f.publish(ctx, path, out)
}

// take puts a row into its week's draft, or among the rejects.
func (f *rosterFile) take(ctx context.Context, row intake.RosterRow) error {
	week := domain.WeekOf(row.Day)
	w := f.weeks[week]
	if w == nil {
		read, err := f.store.RosterWeek(ctx, week)
		if err != nil {
			return err
		}
		w = &read
		w.Draft = domain.RosterDraft{Base: w.No()}
		f.weeks[week], f.order = w, append(f.order, week)
	}
	k := domain.RosterKey{Login: row.Login, Day: row.Day}
	p, known := w.Person(row.Login)
	c, err := domain.ParseRosterCell(row.Shifts, p, row.Day, w.Rules.Zone, func(string) (domain.RosterWord, bool) { return domain.RosterWord{}, false })
	reason := domain.AbsenceReason(row.Absence)
	was := w.Cell(k)
	switch {
	case !known || !p.Active:
		f.reject(row, "is not on the staff")
	case f.seen[k]:
		f.reject(row, "the day is there twice")
	case err != nil:
		f.reject(row, oneLine(err))
	case c.Absence != "" || reason != "" && !isReason(reason):
		f.reject(row, "absence is one of sick, leave, training, other, beside the shifts")
	case domain.SameShifts(c.Shifts, was.Shifts) && (reason == "" || reason == was.Absence):
		f.seen[k] = true
		f.same++
	case w.Version != nil && row.Day.Before(f.today):
		f.reject(row, "the day is over: what was published of it stays")
	default:
		f.seen[k] = true
		if reason != was.Absence {
			c.Absence = reason
		}
		w.Put(c)
	}
	return nil
}

func isReason(r domain.AbsenceReason) bool {
	for _, known := range domain.AbsenceReasons() {
		if r == known {
			return true
		}
	}
	return false
}

// reject keeps a row with why it was not taken, in the file's own columns.
func (f *rosterFile) reject(row intake.RosterRow, why string) {
	cells := map[string]string{"login": string(row.Login), "day": row.Day.Format(time.DateOnly), "shifts": row.Shifts, "absence": row.Absence}
	line := make([]string, len(f.header))
	for i, h := range f.header {
		line[i] = cells[strings.ToLower(strings.TrimSpace(h))]
	}
	f.bad = append(f.bad, intake.Reject{Line: row.Row, Reason: why, Rows: [][]string{line}})
}

// publish publishes each week that changes and says what became of the file.
func (f *rosterFile) publish(ctx context.Context, path string, out io.Writer) error {
	taken, failed := 0, error(nil)
	for _, week := range f.order {
		w := f.weeks[week]
		if len(w.Draft.Cells) == 0 {
			continue
		}
		if err := f.store.PublishRoster(ctx, uuid.New(), week, w.Draft, domain.RosterImported, path); err != nil {
			failed = errors.Join(failed, err)
			continue
		}
		taken += len(w.Draft.Cells)
	}
	note := ""
	if len(f.bad) > 0 {
		rejects := intake.NewRejects(intake.RejectPath(path), f.header)
		if err := rejects.Write(f.bad...); err != nil {
			return errors.Join(err, rejects.Abort())
		}
		placed, err := rejects.Close()
		if err != nil {
			return err
		}
		note = ": " + placed
	}
	if _, err := fmt.Fprintf(out, "%d days published, %d the same, %d rejected%s\n", taken, f.same, len(f.bad), note); err != nil {
		return err
	}
	switch {
	case failed != nil:
		return failed
	case len(f.bad) > 0 && taken+f.same == 0:
		return exitError{1}
	case len(f.bad) > 0:
		return exitError{3}
	}
	return nil
}

// newImportsCmd is the import of what programs bring, and of rosters, which a manager does.
func newImportsCmd(a *app) *cobra.Command {
	cmd := newImportCmd(a)
	cmd.AddCommand(newImportRosterCmd(a))
	return cmd
}
