package db

import (
	"context"
	"encoding/json"
	"time"

	"cleardesk/domain"

	"github.com/lib/pq"
)

// readBeside reads what stands beside a case's anomalies: its members, what departments
// found out and proposed, what the store was promised, and what its order belongs with.
func (s *Store) readBeside(ctx context.Context, f *domain.CaseFile) error {
	for _, part := range []func(context.Context, *domain.CaseFile) error{
		s.readMembers, s.readFindings, s.readToSign, s.readPromises, s.readMerged,
	} {
		if err := part(ctx, f); err != nil {
			return err
		}
	}
	if f.Row.OrderID == 0 {
		return nil
	}
	var err error
	f.Links, err = s.links(ctx, f.Row.OrderID)
	return err
}

func (s *Store) readMembers(ctx context.Context, f *domain.CaseFile) error {
	if !f.Row.IsCause() {
		return nil
	}
	var err error
	f.Members, err = s.Members(ctx, f.Row.Case)
	return err
}

func (s *Store) readFindings(ctx context.Context, f *domain.CaseFile) error {
	var rows []struct {
		What     string
		Answer   string
		LineNo   int `db:"line_no"`
		Quantity *domain.Quantity
		Due      *time.Time
		Note     string
		By       string `db:"by_login"`
		Name     string
		NameEn   string `db:"name_en"`
		At       time.Time
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT x.what, x.answer, x.line_no, x.quantity, x.due, x.note, x.by_login, p.name, p.name_en, x.at
		FROM cleardesk.finding x JOIN cleardesk.staff p ON p.login = x.by_login WHERE x.case_id = $1 ORDER BY x.id`, int64(f.Row.Case))
	for _, r := range rows {
		f.Findings = append(f.Findings, domain.Finding{
			What: domain.FindingKind(r.What), Answer: domain.FindingAnswer(r.Answer), Line: r.LineNo, Quantity: r.Quantity, Due: r.Due,
			Note: r.Note, By: domain.Login(r.By), ByName: r.Name, ByNameEn: r.NameEn, At: r.At,
		})
	}
	return fail(ctx, "read findings", err)
}

// readToSign reads the newest proposal that was made since the case was last written.
func (s *Store) readToSign(ctx context.Context, f *domain.CaseFile) error {
	var r struct {
		ID       int64
		Version  int64 `db:"case_version"`
		Records  []byte
		Answers  []byte
		Stake    domain.Money
		By       string `db:"by_login"`
		Name     string
		NameEn   string `db:"name_en"`
		At       time.Time
		Signed   *bool
		Note     *string
		SignedBy *string    `db:"signed_by"`
		Signer   *string    `db:"signer"`
		SignerEn *string    `db:"signer_en"`
		SignedAt *time.Time `db:"signed_at"`
	}
	err := s.db.GetContext(ctx, &r, `
		SELECT x.id, x.case_version, x.records, x.answers, x.stake, x.by_login, p.name, p.name_en, x.at,
		       g.signed, g.note, g.by_login AS signed_by, q.name AS signer, q.name_en AS signer_en, g.at AS signed_at
		FROM cleardesk.proposal x JOIN cleardesk.staff p ON p.login = x.by_login
		LEFT JOIN cleardesk.signature g ON g.proposal_id = x.id LEFT JOIN cleardesk.staff q ON q.login = g.by_login
		WHERE x.case_id = $1 AND NOT EXISTS (SELECT FROM cleardesk.written w WHERE w.case_id = x.case_id AND w.at >= x.at)
		ORDER BY x.id DESC LIMIT 1`, int64(f.Row.Case))
	if noRows(err) {
		return nil
	} else if err != nil {
		return fail(ctx, "read proposal", err)
	}
	f.ToSign = &domain.ToSign{
		ID: r.ID, Version: r.Version, Answers: r.Answers, Stake: r.Stake, By: domain.Login(r.By), ByName: r.Name, ByNameEn: r.NameEn, At: r.At,
	}
	if r.Signed != nil {
		f.ToSign.Signed = &domain.Signature{
			Signed: *r.Signed, Note: deref(r.Note), By: domain.Login(deref(r.SignedBy)), ByName: deref(r.Signer), ByNameEn: deref(r.SignerEn),
			At: deref(r.SignedAt),
		}
	}
	if err := json.Unmarshal(r.Records, &f.ToSign.Resolutions); err != nil {
		return domain.Errorf(domain.Internal, "read proposal", "records of proposal %d: %v", r.ID, err)
	}
	return nil
}

func (s *Store) readPromises(ctx context.Context, f *domain.CaseFile) error {
	var err error
	f.Promises, err = s.promisesMade(ctx, `m.case_id = $1`, int64(f.Row.Case))
	return err
}

func (s *Store) readMerged(ctx context.Context, f *domain.CaseFile) error {
	err := s.db.GetContext(ctx, &f.Merged, `SELECT coalesce(merged_into, 0) FROM cleardesk.cases WHERE id = $1`, int64(f.Row.Case))
	return fail(ctx, "read case", err)
}

// readPeople reads what those are called whom the story of the case knows by login.
func (s *Store) readPeople(ctx context.Context, f *domain.CaseFile) error {
	var logins []string
	for _, n := range f.Notes {
		logins = append(logins, n.By)
	}
	for _, c := range f.Calls {
		logins = append(logins, c.By)
	}
	for _, e := range f.Events {
		logins = append(logins, string(e.By))
	}
	for _, p := range f.Plans {
		logins = append(logins, string(p.By))
	}
	if len(logins) == 0 {
		return nil
	}
	var rows []struct {
		Login string
		domain.PersonName
	}
	err := s.db.SelectContext(ctx, &rows, `SELECT login, name, name_en FROM cleardesk.staff WHERE login = ANY ($1)`, pq.Array(logins))
	f.People = make(map[domain.Login]domain.PersonName, len(rows))
	for _, r := range rows {
		f.People[domain.Login(r.Login)] = r.PersonName
	}
	return fail(ctx, "read people of case", err)
}
