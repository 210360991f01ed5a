package db

import (
	"context"
	"encoding/json"
	"time"

	"cleardesk/domain"
)

// CaseFile reads all there is to know to handle a case. NotFound: there is none.
func (s *Store) CaseFile(ctx context.Context, id domain.CaseID) (domain.CaseFile, error) {
	var f domain.CaseFile
	rows, err := s.queueRows(ctx, `SELECT `+queueColumns+` FROM cleardesk.queue q WHERE q.id = $1`, int64(id))
	if err != nil {
		return f, err
	}
	if len(rows) == 0 {
		return f, domain.Errorf(domain.NotFound, "read case", "there is no case %d", id)
	}
	f.Row = rows[0]
	var moments []byte
	if err := s.db.GetContext(ctx, &moments, `SELECT moments FROM cleardesk.cases WHERE id = $1`, int64(id)); err != nil {
		return f, fail(ctx, "read case", err)
	}
	if err := json.Unmarshal(moments, &f.Moments); err != nil {
		return f, domain.Errorf(domain.Internal, "read case", "moments of case %d: %v", id, err)
	}
	for _, part := range []func(context.Context, *domain.CaseFile) error{
		s.readAnomalies, s.readCaseOrder, s.readForm, s.readHolds, s.readStory, s.readWritten, s.readDraft, s.readSameStore, s.readToldOf,
		s.readBeside, s.readPeople,
	} {
		if err := part(ctx, &f); err != nil {
			return f, err
		}
	}
	return f, s.addBusy(ctx, []domain.QueueRow{f.Row})
}

type anomalyRow struct {
	ID       int64
	Kind     string
	OrderID  int64 `db:"order_id"`
	LineNo   int   `db:"line_no"`
	Evidence []byte
	AtRisk   domain.Money `db:"at_risk"`
	Hard     bool
	Blocks   bool
	RaisedAt time.Time `db:"raised_at"`
	Outcome  *string
	ClosedAt *time.Time `db:"closed_at"`
}

func (s *Store) readAnomalies(ctx context.Context, f *domain.CaseFile) error {
	var rows []anomalyRow
	err := s.db.SelectContext(ctx, &rows, `
		SELECT id, kind, coalesce(order_id, 0) AS order_id, line_no, evidence, at_risk, hard, blocks, raised_at, outcome, closed_at
		FROM cleardesk.anomaly WHERE case_id = $1 ORDER BY closed_at IS NOT NULL, at_risk DESC, id`, int64(f.Row.Case))
	if err != nil {
		return fail(ctx, "read anomalies", err)
	}
	for _, r := range rows {
		a := domain.Anomaly{
			ID: domain.AnomalyID(r.ID), Case: f.Row.Case, Kind: domain.Kind(r.Kind), Order: domain.OrderID(r.OrderID), Line: r.LineNo,
			AtRisk: r.AtRisk, Hard: r.Hard, Blocks: r.Blocks, RaisedAt: r.RaisedAt, Outcome: domain.Outcome(deref(r.Outcome)),
			ClosedAt: r.ClosedAt,
		}
		if err := json.Unmarshal(r.Evidence, &a.Evidence); err != nil {
			return domain.Errorf(domain.Internal, "read anomalies", "evidence of anomaly %d: %v", r.ID, err)
		}
		f.Anomalies = append(f.Anomalies, a)
	}
	return nil
}

// readCaseOrder reads the order and the store of a case. A cause has no order, and where its
// members are of several stores no store either.
func (s *Store) readCaseOrder(ctx context.Context, f *domain.CaseFile) error {
	var err error
	if f.Row.OrderID != 0 {
		if f.Order, err = s.order(ctx, f.Row.OrderID); err != nil {
			return err
		}
	}
	if f.Products, err = s.productsOf(ctx, f.Row.OrderID); err != nil || f.Row.Store == "" {
		return err
	}
	if f.Store, err = s.store(ctx, f.Row.Store); err != nil {
		return err
	}
	if f.Memory, err = s.memory(ctx, f.Row.Store); err != nil {
		return err
	}
	f.Recent, err = s.recentOrders(ctx, f.Row.Store, recentOrders)
	return err
}

// recentOrders is how many orders of a store are listed.
const recentOrders = 12

func (s *Store) readHolds(ctx context.Context, f *domain.CaseFile) error {
	var rows []struct {
		ID         int64
		LineNo     int   `db:"line_no"`
		AnomalyID  int64 `db:"anomaly_id"`
		Kind       string
		PlacedAt   time.Time `db:"placed_at"`
		Pending    bool
		ReleasedAt *time.Time `db:"released_at"`
		ReleasedBy *string    `db:"released_by"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT h.id, h.line_no, h.anomaly_id, a.kind, h.placed_at, h.pending, h.released_at, h.released_by
		FROM cleardesk.hold h JOIN cleardesk.anomaly a ON a.id = h.anomaly_id WHERE h.order_id = $1 ORDER BY h.id`,
		int64(f.Row.OrderID))
	for _, r := range rows {
		f.Holds = append(f.Holds, domain.Hold{
			ID: domain.HoldID(r.ID), Line: r.LineNo, Anomaly: domain.AnomalyID(r.AnomalyID), Kind: domain.Kind(r.Kind),
			PlacedAt: r.PlacedAt, Pending: r.Pending, ReleasedAt: r.ReleasedAt, ReleasedBy: deref(r.ReleasedBy),
		})
	}
	return fail(ctx, "read holds", err)
}

// readStory reads calls, notes and records of the case.
func (s *Store) readStory(ctx context.Context, f *domain.CaseFile) error {
	var notes []struct {
		At      time.Time
		By      string `db:"by_login"`
		What    string
		LayWith *string `db:"lay_with"`
		Text    string
	}
	err := s.db.SelectContext(ctx, &notes, `
		SELECT at, coalesce(by_login, '') AS by_login, what, lay_with, text FROM cleardesk.case_note WHERE case_id = $1 ORDER BY at, id`, int64(f.Row.Case))
	if err != nil {
		return fail(ctx, "read notes", err)
	}
	for _, n := range notes {
		f.Notes = append(f.Notes, domain.CaseNote{At: n.At, By: n.By, What: n.What, With: domain.Department(deref(n.LayWith)), Text: n.Text})
	}
	if f.Calls, err = s.calls(ctx, `c.id IN (SELECT call_id FROM cleardesk.call_case WHERE case_id = $1)`, int64(f.Row.Case)); err != nil {
		return err
	}
	f.Records, err = s.records(ctx, `r.case_id = $1`, int64(f.Row.Case))
	return err
}

func (s *Store) calls(ctx context.Context, where string, arg any) ([]domain.CallRecord, error) {
	var rows []struct {
		At        time.Time
		By        string `db:"by_login"`
		Outcome   string
		Who, Said string
		Text      string     `db:"said_text"`
		Again     *time.Time `db:"again_at"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT c.at, c.by_login, c.outcome, c.who, c.said, c.said_text, c.again_at
		FROM cleardesk.call_record c WHERE `+where+` ORDER BY c.at DESC, c.id DESC LIMIT 50`, arg)
	out := make([]domain.CallRecord, len(rows))
	for i, r := range rows {
		out[i] = domain.CallRecord{At: r.At, By: r.By, Outcome: r.Outcome, Who: r.Who, Said: r.Said, Text: r.Text, Again: r.Again}
	}
	return out, fail(ctx, "read calls", err)
}

func (s *Store) records(ctx context.Context, where string, arg any) ([]domain.ResolutionRecord, error) {
	var rows []struct {
		ID          int64
		AnomalyID   int64 `db:"anomaly_id"`
		Kind        string
		Outcome     string
		CloseReason string `db:"close_reason"`
		Reason      string
		ReasonText  string `db:"reason_text"`
		Note        string
		By          string `db:"by_login"`
		Name        string
		NameEn      string `db:"name_en"`
		At          time.Time
		Changed     []byte
		Second      *string
		SecondName  *string    `db:"second_name"`
		SecondEn    *string    `db:"second_name_en"`
		BackAt      *time.Time `db:"back_at"`
		BackBy      *string    `db:"back_by"`
		BackName    *string    `db:"back_name"`
		BackNameEn  *string    `db:"back_name_en"`
		BackReason  *string    `db:"back_reason"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT r.id, r.anomaly_id, r.kind, r.outcome, r.close_reason, r.reason, r.reason_text, r.note, r.by_login, s.name, s.name_en, r.at,
		       coalesce(r.changed -> 'lines', '[]') AS changed,
		       r.answers -> 'second' ->> 'by' AS second, z.name AS second_name, z.name_en AS second_name_en,
		       v.at AS back_at, v.by_login AS back_by, b.name AS back_name, b.name_en AS back_name_en, v.reason AS back_reason
		FROM cleardesk.resolution_record r JOIN cleardesk.staff s ON s.login = r.by_login
		LEFT JOIN cleardesk.written w ON w.op = r.op LEFT JOIN cleardesk.reversal v ON v.written_id = w.id
		LEFT JOIN cleardesk.staff b ON b.login = v.by_login LEFT JOIN cleardesk.staff z ON z.login = r.answers -> 'second' ->> 'by'
		WHERE `+where+` ORDER BY r.at DESC, r.id DESC LIMIT 50`, arg)
	out := make([]domain.ResolutionRecord, len(rows))
	for i, r := range rows {
		out[i] = domain.ResolutionRecord{
			ID: domain.RecordID(r.ID), Anomaly: domain.AnomalyID(r.AnomalyID), Kind: domain.Kind(r.Kind),
			Outcome: domain.Outcome(r.Outcome), CloseReason: domain.CloseReason(r.CloseReason), Reason: r.Reason,
			ReasonText: r.ReasonText, Note: r.Note, By: domain.Login(r.By), ByName: r.Name, ByNameEn: r.NameEn, At: r.At,
		}
		if r.Second != nil {
			out[i].Second = &domain.Person{Login: domain.Login(*r.Second), Name: deref(r.SecondName), NameEn: deref(r.SecondEn)}
		}
		if r.BackAt != nil {
			out[i].Reversed = &domain.Reversal{
				By: domain.Login(deref(r.BackBy)), ByName: deref(r.BackName), ByNameEn: deref(r.BackNameEn), At: *r.BackAt, Reason: deref(r.BackReason),
			}
		}
		if err := json.Unmarshal(r.Changed, &out[i].Changed); err != nil {
			return nil, domain.Errorf(domain.Internal, "read records", "changes of record %d: %v", r.ID, err)
		}
	}
	return out, fail(ctx, "read records", err)
}

func (s *Store) readDraft(ctx context.Context, f *domain.CaseFile) error {
	var d struct {
		By      string `db:"by_login"`
		Answers []byte
		Act     string
		SavedAt time.Time `db:"saved_at"`
	}
	err := s.db.GetContext(ctx, &d, `SELECT by_login, answers, act, saved_at FROM cleardesk.draft WHERE case_id = $1`, int64(f.Row.Case))
	if noRows(err) {
		return nil
	}
	f.Draft = &domain.Draft{By: domain.Login(d.By), Answers: d.Answers, Act: d.Act, SavedAt: d.SavedAt}
	return fail(ctx, "read draft", err)
}

func (s *Store) readSameStore(ctx context.Context, f *domain.CaseFile) error {
	if f.Row.Store == "" {
		return nil
	}
	rows, err := s.openOf(ctx, f.Row.Store)
	for _, r := range rows {
		if r.Case != f.Row.Case {
			f.SameStore = append(f.SameStore, r)
		}
	}
	return err
}

// openOf reads the cases of a store that are not closed, wherever they lie.
func (s *Store) openOf(ctx context.Context, store domain.StoreCode) ([]domain.QueueRow, error) {
	return s.queueRows(ctx, `SELECT `+queueColumns+` FROM cleardesk.queue q
		WHERE q.store = $1 AND q.state <> 'closed' ORDER BY q.rank, q.id LIMIT 50`, string(store))
}
