package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// Claim takes a case. Claiming what one holds already extends the claim. Taken:
// somebody else holds it (Detail: holder, name, name_en, since). Forbidden: it lies
// with another department. Conflict: it is closed.
func (s *Store) Claim(ctx context.Context, op uuid.UUID, id domain.CaseID) (domain.Claimed, error) {
	var out domain.Claimed
	err := s.act(ctx, &out, "claim", op, int64(id))
	return out, err
}

// ClaimNext takes the most urgent free case of a department whose store nobody else
// is busy with. With none Claimed.Case is 0.
func (s *Store) ClaimNext(ctx context.Context, op uuid.UUID, from domain.Department) (domain.Claimed, error) {
	var out domain.Claimed
	err := s.act(ctx, &out, "claim_next", op, string(from))
	return out, err
}

// GiveBack ends the caller's claim; the draft stays. Conflict: it is not theirs any
// more (Detail: claim says how it ended, holder who has it).
func (s *Store) GiveBack(ctx context.Context, op uuid.UUID, id domain.CaseID, no domain.ClaimNo) error {
	return s.act(ctx, nil, "give_back", op, int64(id), int64(no))
}

// TakeOver takes a case from whoever holds it: managers only, with a reason.
func (s *Store) TakeOver(ctx context.Context, op uuid.UUID, id domain.CaseID, reason string) (domain.Claimed, error) {
	var out domain.Claimed
	err := s.act(ctx, &out, "take_over", op, int64(id), reason)
	return out, err
}

// ExtendClaim keeps a claim alive and gives the time it now lapses. Conflict: it is
// not the caller's any more.
func (s *Store) ExtendClaim(ctx context.Context, id domain.CaseID, no domain.ClaimNo) (time.Time, error) {
	return s.keep(ctx, `SELECT cleardesk.extend_claim($1, $2)`, int64(id), int64(no))
}

// SaveDraft keeps the answers so far with the key the act will have, and extends the
// claim. It is sent again at the next change, so it is not repeated here.
func (s *Store) SaveDraft(ctx context.Context, id domain.CaseID, no domain.ClaimNo, a domain.Answers, act uuid.UUID) (time.Time, error) {
	raw, err := jsonArg(a)
	if err != nil {
		return time.Time{}, err
	}
	return s.keep(ctx, `SELECT cleardesk.save_draft($1, $2, $3, $4)`, int64(id), int64(no), raw, act)
}

// ClearDraft forgets the answers so far, and extends the claim.
func (s *Store) ClearDraft(ctx context.Context, id domain.CaseID, no domain.ClaimNo) (time.Time, error) {
	return s.keep(ctx, `SELECT cleardesk.clear_draft($1, $2)`, int64(id), int64(no))
}

// keep calls one of the functions that keep a claim alive. Done twice they do the
// same, so they have no key.
func (s *Store) keep(ctx context.Context, query string, args ...any) (time.Time, error) {
	var until time.Time
	err := s.db.GetContext(ctx, &until, query, args...)
	return until, fail(ctx, "keep claim", err)
}

// May foretells what the caller may do to a case.
func (s *Store) May(ctx context.Context, id domain.CaseID) (domain.May, error) {
	var out domain.May
	var raw []byte
	if err := s.db.GetContext(ctx, &raw, `SELECT cleardesk.may($1)`, int64(id)); err != nil {
		return out, fail(ctx, "may", err)
	}
	return out, decode(raw, &out)
}
