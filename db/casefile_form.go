package db

import (
	"context"
	"slices"

	"cleardesk/domain"

	"github.com/lib/pq"
)

// readForm reads what the form of a case needs beside its order: what is set, the
// products its evidence names, those that may stand in for what is out, and what was
// adjusted for its order.
func (s *Store) readForm(ctx context.Context, f *domain.CaseFile) error {
	settings, err := s.Settings(ctx)
	if err != nil {
		return err
	}
	f.Quiet, f.Terms = settings.QuietTerms(), settings.HandlingTerms()
	if f.Row.Store != "" {
		f.Store.CODLimit = (&rules{settings: settings}).storeFor(f.Store, f.Row.Store).CODLimit // as it holds now, whoever set it
	}
	named, out := []string{string(f.Row.Why.Product)}, []string(nil)
	for _, a := range f.Anomalies {
		named = append(named, string(a.Evidence.Product))
		for _, it := range a.Evidence.Items {
			named = append(named, string(it.Product))
		}
		if a.Outcome == "" && slices.Contains(domain.WaysOut(a.Kind), domain.ChooseSubstitute) {
			out = append(out, string(a.Evidence.Product))
		}
	}
	found, err := s.products(ctx, `p.code = ANY ($1)`, pq.Array(named))
	if err != nil {
		return err
	}
	for _, p := range found {
		f.Products[p.Code] = p
	}
	if f.Others, err = s.standIns(ctx, out); err != nil {
		return err
	}
	f.Adjustments, err = s.adjustmentsOf(ctx, f.Row.OrderID)
	return err
}

// mostStandIns is how many products that may stand in for one are read.
const mostStandIns = 9

// standIns reads products of the same category as those that are out, which can be
// ordered, those that cost most alike first.
func (s *Store) standIns(ctx context.Context, out []string) ([]domain.Product, error) {
	slices.Sort(out)
	var all []domain.Product
	for _, code := range slices.Compact(out) {
		found, err := s.products(ctx, `p.code IN (
			SELECT b.code FROM cleardesk.product a JOIN cleardesk.product b ON b.category = a.category
			WHERE a.code = $1 AND b.code <> a.code AND b.status = 'normal' AND (b.stock IS NULL OR b.stock > b.reserved)
			ORDER BY b.unit <> a.unit, abs(b.price - a.price), b.code LIMIT $2)
			ORDER BY abs(p.price - (SELECT a.price FROM cleardesk.product a WHERE a.code = $1)), p.code`, code, mostStandIns)
		if err != nil {
			return nil, err
		}
		for _, p := range found {
			if !slices.ContainsFunc(all, func(have domain.Product) bool { return have.Code == p.Code }) {
				all = append(all, p)
			}
		}
	}
	return all, nil
}

func (s *Store) products(ctx context.Context, where string, args ...any) ([]domain.Product, error) {
	var rows []productRow
	err := s.db.SelectContext(ctx, &rows, `SELECT `+productColumns+` FROM cleardesk.product p WHERE `+where, args...)
	out := make([]domain.Product, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, fail(ctx, "read products", err)
}
