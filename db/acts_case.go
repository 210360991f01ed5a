package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// Snooze puts a case off until a time within 31 days and gives it back.
func (s *Store) Snooze(ctx context.Context, op uuid.UUID, id domain.CaseID, no domain.ClaimNo, until time.Time, note string) error {
	return s.act(ctx, nil, "snooze", op, int64(id), int64(no), until, note)
}

// HandOver gives a case to another department, with a note. Who works with the
// department it lies with may, unless somebody else holds it (Taken). Conflict: it
// changed since version was read.
func (s *Store) HandOver(ctx context.Context, op uuid.UUID, id domain.CaseID, version int64, to domain.Department, note string) (domain.Moved, error) {
	var out domain.Moved
	err := s.act(ctx, &out, "hand_over", op, int64(id), version, string(to), note)
	return out, err
}

// NoteCase adds a line to the story of a case, closed or not.
func (s *Store) NoteCase(ctx context.Context, op uuid.UUID, id domain.CaseID, text string) error {
	return s.act(ctx, nil, "note_case", op, int64(id), text)
}

// RecordCall writes one call to a store down for all the cases it was about, which
// the caller holds ("The call").
func (s *Store) RecordCall(ctx context.Context, op uuid.UUID, r domain.CallReport) (domain.Called, error) {
	var out domain.Called
	ids := make(pq.Int64Array, len(r.Cases))
	for i, c := range r.Cases {
		ids[i] = int64(c)
	}
	who := string(r.Who)
	if r.Name != "" {
		who = r.Name
	}
	err := s.act(ctx, &out, "record_call", op, ids, string(r.Outcome), who, string(r.Said), r.Text, r.Again, orNull(string(r.Then)))
	return out, err
}

// VerifyQuantity is procurement's word on lines of a case that lies with it (§4.1);
// the case goes back to customer service. A no takes a note.
func (s *Store) VerifyQuantity(ctx context.Context, op uuid.UUID, id domain.CaseID, lines []int, ok bool, note string) (domain.Moved, error) {
	var out domain.Moved
	nos := make(pq.Int32Array, len(lines))
	for i, l := range lines {
		nos[i] = int32(l)
	}
	err := s.act(ctx, &out, "verify_quantity", op, int64(id), nos, ok, note)
	return out, err
}

// Resolve writes how anomalies of a case end: records and effects, all or none, once.
// Conflict: the claim is not the caller's any more, or the case changed since it was
// read (Detail: changed, by, name, at). Forbidden: another role is needed (Detail:
// needs), or procurement has to verify first (Detail: verify).
func (s *Store) Resolve(ctx context.Context, op uuid.UUID, h domain.Handled) (domain.Resolved, error) {
	var out domain.Resolved
	records, err := jsonArg(h.Resolutions)
	if err != nil {
		return out, err
	}
	answers, err := jsonArg(h.Answers)
	if err != nil {
		return out, err
	}
	err = s.act(ctx, &out, "resolve", op, int64(h.Case), int64(h.Claim), h.Version, records, answers, h.Answers.Note)
	return out, err
}

// orNull makes the empty string NULL.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
