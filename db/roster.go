package db

import (
	"context"
	"encoding/json"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// RosterWeek reads the roster of a week, of which week is any day, with the reader's own
// draft over it (process.md, "Roster", §4.1.6). What history says of its days is read by
// RosterFacts.
func (s *Store) RosterWeek(ctx context.Context, week time.Time) (domain.RosterWeek, error) {
	w := domain.RosterWeek{Week: domain.WeekOf(week), Published: map[domain.RosterKey][]domain.RosterShift{}}
	settings, err := s.Settings(ctx)
	if err != nil {
		return w, err
	}
	w.Rules = settings.RosterRules()
	err = s.steady(ctx, "read roster", func(tx *sqlx.Tx) error {
		for _, read := range []func(context.Context, *sqlx.Tx, *domain.RosterWeek) error{
			readRosterHead, readRosterShifts, readRosterPeople, readAbsences, readRosterDraft, readSwaps, readTemplates,
		} {
			if err := read(ctx, tx, &w); err != nil {
				return err
			}
		}
		return nil
	})
	return w, err
}

func readRosterHead(ctx context.Context, tx *sqlx.Tx, w *domain.RosterWeek) error {
	if err := tx.GetContext(ctx, &w.ReadAt, `SELECT now()`); err != nil {
		return err
	}
	versions, err := rosterVersions(ctx, tx, w.Week, 1)
	if len(versions) > 0 {
		w.Version = &versions[0]
	}
	return err
}

// rosterVersions reads the newest versions of a week, the last first.
func rosterVersions(ctx context.Context, tx *sqlx.Tx, week time.Time, most int) ([]domain.RosterVersion, error) {
	var rows []struct {
		No      int
		Why     string
		Note    string
		By      string `db:"by_login"`
		Name    string
		NameEn  string `db:"name_en"`
		At      time.Time
		Changes []byte
	}
	err := tx.SelectContext(ctx, &rows, `
		SELECT v.no, v.why, v.note, v.by_login, p.name, p.name_en, v.at, v.changes
		FROM cleardesk.roster_version v JOIN cleardesk.staff p ON p.login = v.by_login
		WHERE v.week = $1 ORDER BY v.no DESC LIMIT $2`, dateArg(week), most)
	if err != nil {
		return nil, err
	}
	var out []domain.RosterVersion
	for _, r := range rows {
		v := domain.RosterVersion{
			Week: week, No: r.No, Why: domain.RosterWhy(r.Why), Note: r.Note, By: domain.Login(r.By), ByName: r.Name, ByNameEn: r.NameEn, At: r.At,
		}
		var changes []struct {
			Login   domain.Login
			Day     string
			Was, Is []domain.RosterShift
		}
		if err := json.Unmarshal(r.Changes, &changes); err != nil {
			return nil, &domain.Error{Code: domain.Internal, Op: "read roster", Err: err}
		}
		for _, c := range changes {
			v.Changes = append(v.Changes, domain.RosterChange{RosterKey: domain.RosterKey{Login: c.Login, Day: dayOf(c.Day)}, Was: c.Was, Is: c.Is})
		}
		out = append(out, v)
	}
	return out, nil
}

// dayOf reads a date as the database writes it; one it wrote can be read.
func dayOf(s string) time.Time {
	t, _ := time.Parse(time.DateOnly, s)
	return t
}

// readRosterShifts reads the shifts of the week, and of the days at its two ends.
func readRosterShifts(ctx context.Context, tx *sqlx.Tx, w *domain.RosterWeek) error {
	var rows []struct {
		Login        string
		Day          time.Time
		Starts, Ends time.Time
		Role         string
		StandsFor    string `db:"stands_for"`
	}
	err := tx.SelectContext(ctx, &rows, `
		SELECT x.login, x.day, x.starts, x.ends, x.role, coalesce(x.stands_for, '') AS stands_for
		FROM unnest(ARRAY[$1::date - 7, $1::date, $1::date + 7]) k
		JOIN cleardesk.roster_shift x ON x.version = cleardesk.roster_of(k)
		WHERE x.day BETWEEN $1::date - 1 AND $1::date + 7 ORDER BY x.login, x.starts`, dateArg(w.Week))
	for _, r := range rows {
		k := domain.RosterKey{Login: domain.Login(r.Login), Day: r.Day.UTC()}
		shift := domain.RosterShift{Starts: r.Starts, Ends: r.Ends, Role: domain.Role(r.Role), StandsFor: domain.Login(r.StandsFor)}
		if k.Day.Before(w.Week) || !k.Day.Before(w.Day(7)) {
			w.Beside = append(w.Beside, domain.RosterCell{RosterKey: k, Shifts: []domain.RosterShift{shift}})
			continue
		}
		w.Published[k] = append(w.Published[k], shift)
	}
	return err
}

// readRosterPeople reads who stands in the week: the staff by department, and those who
// left and have a shift in it.
func readRosterPeople(ctx context.Context, tx *sqlx.Tx, w *domain.RosterWeek) error {
	var rows []staffRow
	err := tx.SelectContext(ctx, &rows, `
		SELECT s.login, s.name, s.name_en, s.roles, s.active FROM cleardesk.staff s
		WHERE s.active OR EXISTS (SELECT FROM cleardesk.roster_shift x WHERE x.login = s.login AND x.version = cleardesk.roster_of($1::date))
		ORDER BY array_position(ARRAY['agent', 'expansion', 'procurement', 'logistics', 'finance', 'training', 'manager'], s.roles[1]),
		         s.since, s.login`, dateArg(w.Week))
	for _, r := range rows {
		w.People = append(w.People, r.toDomain())
	}
	return err
}

func readAbsences(ctx context.Context, tx *sqlx.Tx, w *domain.RosterWeek) error {
	var rows []struct {
		ID           int64
		Login        string
		Starts, Ends time.Time
		Reason, Note string
		By           string `db:"by_login"`
		Name         string
		NameEn       string `db:"name_en"`
		At           time.Time
	}
	err := tx.SelectContext(ctx, &rows, `
		SELECT a.id, a.login, a.starts, a.ends, a.reason, a.note, a.by_login, p.name, p.name_en, a.at
		FROM cleardesk.absent a JOIN cleardesk.staff p ON p.login = a.by_login
		WHERE a.starts < cleardesk.day_begins($1::date + 9) AND a.ends > cleardesk.day_begins($1::date - 2) ORDER BY a.starts, a.id`, dateArg(w.Week))
	for _, r := range rows {
		w.Absences = append(w.Absences, domain.RosterAbsence{
			ID: r.ID, Login: domain.Login(r.Login), Starts: r.Starts, Ends: r.Ends, Reason: domain.AbsenceReason(r.Reason), Note: r.Note,
			By: domain.Login(r.By), ByName: r.Name, ByNameEn: r.NameEn, At: r.At,
		})
	}
	return err
}

// cellDoc is a cell of the roster as the database keeps it.
type cellDoc struct {
	Login   domain.Login         `json:"login"`
	Day     string               `json:"day"`
	Shifts  []domain.RosterShift `json:"shifts"`
	Absence domain.AbsenceReason `json:"absence,omitempty"`
}

func cellsArg(cells []domain.RosterCell) (string, error) {
	docs := make([]cellDoc, 0, len(cells))
	for _, c := range cells {
		d := cellDoc{Login: c.Login, Day: dateArg(c.Day), Shifts: []domain.RosterShift{}, Absence: c.Absence}
		docs = append(docs, cellDoc{d.Login, d.Day, append(d.Shifts, c.Shifts...), d.Absence})
	}
	return jsonArg(docs)
}

func readRosterDraft(ctx context.Context, tx *sqlx.Tx, w *domain.RosterWeek) error {
	var row struct {
		Base    int
		Cells   []byte
		SavedAt time.Time `db:"saved_at"`
	}
	err := tx.GetContext(ctx, &row, `SELECT base, cells, saved_at FROM cleardesk.roster_draft WHERE login = cleardesk.me() AND week = $1`, dateArg(w.Week))
	if noRows(err) {
		w.Draft.Base = w.No()
		return nil
	}
	if err != nil {
		return err
	}
	var docs []cellDoc
	if err := json.Unmarshal(row.Cells, &docs); err != nil {
		return &domain.Error{Code: domain.Internal, Op: "read roster", Err: err}
	}
	w.Draft = domain.RosterDraft{Base: row.Base, SavedAt: row.SavedAt}
	for _, d := range docs {
		w.Draft.Cells = append(w.Draft.Cells, domain.RosterCell{
			RosterKey: domain.RosterKey{Login: d.Login, Day: dayOf(d.Day)}, Shifts: d.Shifts, Absence: d.Absence,
		})
	}
	return nil
}

// swapColumns are read by readSwaps and RosterHistory.
const swapColumns = `x.id, x.asked_by, x.gives_day, x.gives, x.asked_of, x.takes_day, x.takes, x.note, x.at, y.agreed, coalesce(y.note, '') AS answer,
	coalesce(y.by_login, '') AS answerer, coalesce(y.at, x.at) AS answered`

type swapRow struct {
	ID       int64
	By       string    `db:"asked_by"`
	GivesDay time.Time `db:"gives_day"`
	Gives    []byte
	Of       string    `db:"asked_of"`
	TakesDay time.Time `db:"takes_day"`
	Takes    []byte
	Note     string
	At       time.Time
	Agreed   *bool
	Answer   string
	Answerer string
	Answered time.Time
}

func (r *swapRow) toDomain() (domain.RosterSwap, error) {
	x := domain.RosterSwap{
		ID: r.ID, By: domain.Login(r.By), Of: domain.Login(r.Of), GivesDay: r.GivesDay.UTC(), TakesDay: r.TakesDay.UTC(), Note: r.Note, At: r.At,
		Agreed: r.Agreed, Answer: r.Answer, Answerer: domain.Login(r.Answerer), Answered: r.Answered,
	}
	if err := decode(r.Gives, &x.Gives); err != nil {
		return x, err
	}
	return x, decode(r.Takes, &x.Takes)
}

func readSwaps(ctx context.Context, tx *sqlx.Tx, w *domain.RosterWeek) error {
	var err error
	w.Swaps, err = swaps(ctx, tx, `y.swap_id IS NULL AND x.gives_day >= cleardesk.day_of(now()) AND x.takes_day >= cleardesk.day_of(now())`)
	return err
}

func swaps(ctx context.Context, tx *sqlx.Tx, where string, args ...any) ([]domain.RosterSwap, error) {
	var rows []swapRow
	err := tx.SelectContext(ctx, &rows, `
		SELECT `+swapColumns+` FROM cleardesk.roster_swap x LEFT JOIN cleardesk.roster_swap_answer y ON y.swap_id = x.id
		WHERE `+where+` ORDER BY x.id DESC LIMIT 100`, args...)
	if err != nil {
		return nil, err
	}
	var out []domain.RosterSwap
	for i := range rows {
		x, err := rows[i].toDomain()
		if err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

func readTemplates(ctx context.Context, tx *sqlx.Tx, w *domain.RosterWeek) error {
	var rows []struct {
		Name  string
		Cells []byte
	}
	err := tx.SelectContext(ctx, &rows, `
		SELECT x.name, x.cells FROM (SELECT DISTINCT ON (name) name, cells FROM cleardesk.roster_template ORDER BY name, id DESC) x
		WHERE x.cells <> '[]' ORDER BY x.name LIMIT 9`)
	if err != nil {
		return err
	}
	for _, r := range rows {
		t := domain.RosterTemplate{Name: r.Name}
		if err := decode(r.Cells, &t.Cells); err != nil {
			return err
		}
		w.Templates = append(w.Templates, t)
	}
	return nil
}

// RosterFacts reads what history says of the days of a week: what is expected in each
// hour, and how long a case takes.
func (s *Store) RosterFacts(ctx context.Context, week time.Time) ([7]domain.RosterFacts, error) {
	var out [7]domain.RosterFacts
	settings, err := s.Settings(ctx)
	if err != nil {
		return out, err
	}
	var rows []struct {
		N        int
		Expected pq.Int64Array
		Days     int
		Weekday  bool
		Pace     *int64
	}
	err = s.db.SelectContext(ctx, &rows, `
		SELECT n, e.expected, coalesce(e.days, 0) AS days, coalesce(e.weekday, false) AS weekday, cleardesk.roster_pace($1::date + n) AS pace
		FROM generate_series(0, 6) n, LATERAL (
		    SELECT array_agg(x.expected ORDER BY x.hour) AS expected, max(x.days) AS days, bool_and(x.weekday) AS weekday
		    FROM cleardesk.roster_expected($1::date + n) x) e ORDER BY n`, dateArg(domain.WeekOf(week)))
	for _, r := range rows {
		f := domain.RosterFacts{Days: r.Days, Weekday: r.Weekday, Pace: settings.RosterRules().Minutes}
		for _, n := range r.Expected {
			f.Expected = append(f.Expected, int(n))
		}
		if r.Pace != nil {
			f.Pace, f.Paced = time.Duration(*r.Pace)*time.Second, true
		}
		out[r.N] = f
	}
	return out, fail(ctx, "read roster facts", err)
}

// SaveRosterDraft keeps what the caller has changed of a week and not published; no cells
// throw it away. It tells nobody. Forbidden: no manager.
func (s *Store) SaveRosterDraft(ctx context.Context, week time.Time, d domain.RosterDraft) error {
	raw, err := cellsArg(d.Cells)
	if err != nil {
		return err
	}
	_, err = s.db.ExecContext(ctx, `SELECT cleardesk.save_roster_draft($1, $2, $3)`, dateArg(week), d.Base, raw)
	return fail(ctx, "save roster draft", err)
}

// PublishRoster makes the cells part of the week's roster, as seen on version d.Base.
// Conflict: another was published meanwhile (Detail: version, name), or somebody is absent
// already. Invalid: nothing changes, a day is over, shifts overlap, a role is not the
// person's. Forbidden: no manager.
func (s *Store) PublishRoster(ctx context.Context, op uuid.UUID, week time.Time, d domain.RosterDraft, why domain.RosterWhy, note string) error {
	raw, err := cellsArg(d.Cells)
	if err != nil {
		return err
	}
	return s.act(ctx, nil, "publish_roster", op, dateArg(week), d.Base, raw, string(why), note)
}

// TakeShift gives what is left of somebody's shifts of a day to another: from now where one
// runs, else as a stand-in. NotFound: there is no shift left. Conflict: the other is on duty
// then. Invalid: they have not the role. Forbidden: no manager.
func (s *Store) TakeShift(ctx context.Context, op uuid.UUID, of domain.RosterKey, to domain.Login, note string) error {
	return s.act(ctx, nil, "take_shift", op, string(of.Login), dateArg(of.Day), string(to), note)
}

// NoteAbsence writes that somebody is not there from a first day to a last; standIn, where
// named, takes their shifts. Conflict: they are absent then already, or the stand-in is on
// duty. Invalid: the days are over. Forbidden: no manager.
func (s *Store) NoteAbsence(ctx context.Context, op uuid.UUID, first domain.RosterKey, last time.Time, why domain.AbsenceReason, note string, standIn domain.Login) error {
	return s.act(ctx, nil, "note_absence", op, string(first.Login), dateArg(first.Day), dateArg(last), string(why), note, orNull(string(standIn)))
}

// EndAbsence says that somebody is there again: from now on, or not to be absent at all.
// NotFound: it is over. Forbidden: no manager.
func (s *Store) EndAbsence(ctx context.Context, op uuid.UUID, id int64) error {
	return s.act(ctx, nil, "end_absence", op, id)
}

// AskSwap asks a colleague to change the caller's shifts of a day with theirs. Invalid:
// there is nothing to change, or a shift has begun. Conflict: it was asked.
func (s *Store) AskSwap(ctx context.Context, op uuid.UUID, gives time.Time, takes domain.RosterKey, note string) error {
	return s.act(ctx, nil, "ask_swap", op, dateArg(gives), string(takes.Login), dateArg(takes.Day), note)
}

// AnswerSwap agrees to a swap, which publishes it, or refuses it. Conflict: the shifts are
// others by now, or it was answered. Forbidden: somebody else was asked. Invalid: shifts
// would overlap, or a role is missing.
func (s *Store) AnswerSwap(ctx context.Context, op uuid.UUID, id int64, agreed bool, note string) error {
	return s.act(ctx, nil, "answer_swap", op, id, agreed, note)
}

// SaveTemplate keeps a week's pattern under a name; without cells it forgets it.
// Forbidden: no manager.
func (s *Store) SaveTemplate(ctx context.Context, op uuid.UUID, t domain.RosterTemplate) error {
	raw, err := jsonArg(append([]domain.TemplateCell{}, t.Cells...))
	if err != nil {
		return err
	}
	return s.act(ctx, nil, "save_template", op, t.Name, raw)
}
