package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// correctionArg is a correction as the database wants it: quantities in thousandths.
type correctionArg struct {
	What      domain.CorrectionKind   `json:"what"`
	Product   domain.ProductCode      `json:"product"`
	Step      *domain.Quantity        `json:"step,omitempty"`
	Seen      int64                   `json:"seen,omitempty"`
	Counted   *domain.Quantity        `json:"counted,omitempty"`
	CountedAt *time.Time              `json:"counted_at,omitempty"`
	Status    domain.ProductStatus    `json:"status,omitempty"`
	Reason    domain.CorrectionReason `json:"reason"`
	Note      string                  `json:"note"`
	Case      domain.CaseID           `json:"case,omitempty"`
	List      bool                    `json:"list"`
	Tell      bool                    `json:"tell"`
	Moments   []domain.Moment         `json:"moments"` // of the orders of today
	Words     map[domain.Kind]string  `json:"words,omitempty"`
}

// Correct corrects a product's step, stock or listing (§1.3, §1.7), with all that follows
// from it: procurement only. Conflict: the step was changed since it was read (Detail:
// changed, by, name, name_en, at, step, version). Invalid: domain.CorrectionFile.Preview
// says why.
func (s *Store) Correct(ctx context.Context, op uuid.UUID, c domain.Correction) (domain.Corrected, error) {
	var out domain.Corrected
	settings, err := s.Settings(ctx)
	if err != nil {
		return out, err
	}
	arg := correctionArg{
		What: c.What, Product: c.Product, Reason: c.Reason, Note: c.Note, Case: c.Case, List: c.List, Tell: c.Tell,
		Moments: settings.Calendar().Moments(time.Now()), Words: s.kindWords,
	}
	switch c.What {
	case domain.CorrectStep:
		arg.Step, arg.Seen = c.Step, c.Seen
	case domain.CorrectStock:
		arg.Counted, arg.CountedAt = c.Counted, &c.CountedAt
	case domain.CorrectListing:
		arg.Status = c.Status
	}
	raw, err := jsonArg(arg)
	if err != nil {
		return out, err
	}
	return out, s.act(ctx, &out, "correct", op, raw)
}

// ExchangeProduct opens an exchange of one product at every store that received it on the
// business days named (§2.1): agents, managers, procurement. What was opened for the same
// first day before is not opened again. NotFound: there is nothing to open.
func (s *Store) ExchangeProduct(ctx context.Context, op uuid.UUID, x domain.ProductExchange) (domain.ExchangeOpened, error) {
	var out domain.ExchangeOpened
	err := s.act(ctx, &out, "exchange_product", op, string(x.Product), x.From.Format(time.DateOnly), x.To.Format(time.DateOnly),
		string(x.Why), x.Text)
	return out, err
}
