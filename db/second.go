package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// Propose puts down what the caller would write of a case they hold, where it takes a
// second person to sign (domain.Plan.Second). The case goes where the settings say; the
// draft stays. Invalid: it takes nobody else. Otherwise as Resolve.
func (s *Store) Propose(ctx context.Context, op uuid.UUID, h domain.Handled) (domain.Moved, error) {
	var out domain.Moved
	records, err := jsonArg(h.Resolutions)
	if err != nil {
		return out, err
	}
	answers, err := jsonArg(h.Answers)
	if err != nil {
		return out, err
	}
	err = s.act(ctx, &out, "propose", op, int64(h.Case), int64(h.Claim), h.Version, records, answers, h.Answers.Note)
	return out, err
}

// Sign answers the proposal of another agent or a manager. A yes writes it in the name of
// who proposed it; a no takes a note and sends the case back to customer service. version is
// the case's as it was read. Forbidden: nobody signs their own (Detail: needs "second").
// Conflict: it is answered, or the case has changed since; then only a no is left.
func (s *Store) Sign(ctx context.Context, op uuid.UUID, proposal, version int64, yes bool, note string) (domain.Resolved, error) {
	var out domain.Resolved
	err := s.act(ctx, &out, "sign", op, proposal, version, yes, note)
	return out, err
}

// RecordFinding is procurement's word on a case that lies with it. A finding that decides
// the matter sends the case back to customer service: goods that are not as told, any answer
// of a supplier, stock that is not there. A no takes a note, a part its quantity, and a
// supplier that was asked until when it answers.
func (s *Store) RecordFinding(ctx context.Context, op uuid.UUID, id domain.CaseID, f domain.Finding) (domain.Moved, error) {
	var out domain.Moved
	var quantity *int64
	if f.Quantity != nil {
		quantity = new(int64(*f.Quantity))
	}
	err := s.act(ctx, &out, "record_finding", op, int64(id), string(f.What), string(f.Answer), f.Line, quantity, f.Due, f.Note)
	return out, err
}

// PromiseStore writes down what was promised to the store of a case, and until when: a
// time within 31 days. It is a moment of the case from then on.
func (s *Store) PromiseStore(ctx context.Context, op uuid.UUID, id domain.CaseID, due time.Time, what string) error {
	return s.act(ctx, nil, "promise_store", op, int64(id), due, what)
}

// Merge makes a case that the caller holds part of another one of the same store and
// order, and answers where that one lies. Taken: somebody else holds the other. Invalid: it
// is no duplicate of it.
func (s *Store) Merge(ctx context.Context, op uuid.UUID, id domain.CaseID, no domain.ClaimNo, into domain.CaseID, note string) (domain.Moved, error) {
	var out domain.Moved
	err := s.act(ctx, &out, "merge", op, int64(id), int64(no), int64(into), note)
	return out, err
}
