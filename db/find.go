package db

import (
	"context"
	"strings"

	"cleardesk/domain"

	"github.com/lib/pq"
)

// findReach is how many of the newest orders the tail of a number is looked for in.
const findReach = 100_000

// Find looks for what a person types into the find box: the tail of a phone or
// order number, a name or part of it, the initials of its pinyin, a code. It gives
// at most limit findings of each kind; nothing for an empty text.
func (s *Store) Find(ctx context.Context, text string, limit int) ([]domain.Found, error) {
	text = strings.ToLower(strings.TrimSpace(text))
	if text == "" {
		return nil, nil
	}
	var out []domain.Found
	for _, part := range []func(context.Context, string, int) ([]domain.Found, error){
		s.findStores, s.findOrders, s.findProducts, s.findStaff,
	} {
		found, err := part(ctx, text, limit)
		if err != nil {
			return nil, err
		}
		out = append(out, found...)
	}
	return out, nil
}

func (s *Store) findStores(ctx context.Context, text string, limit int) ([]domain.Found, error) {
	var rows []struct {
		storeRow
		Open int
	}
	// A phone number is kept with spaces or without, and typed either way.
	err := s.db.SelectContext(ctx, &rows, `
		SELECT `+storeColumns+`, (SELECT count(*) FROM cleardesk.cases c WHERE c.store = s.code AND c.state <> 'closed') AS open
		FROM cleardesk.store s
		WHERE right(regexp_replace(s.phone, '[^0-9]', '', 'g'), length($2)) = $2 AND length($2) >= 2
		   OR starts_with(s.initials, $1) OR position($1 IN lower(s.name)) > 0 OR position($1 IN lower(s.name_en)) > 0
		   OR starts_with(lower(s.code), $1) OR position($1 IN lower(s.manager)) > 0 OR position($1 IN lower(s.manager_en)) > 0
		ORDER BY starts_with(s.initials, $1) DESC, starts_with(lower(s.name), $1) DESC, s.code
		LIMIT $3`, text, digits(text), limit)
	out := make([]domain.Found, len(rows))
	for i, r := range rows {
		out[i] = domain.Found{Kind: domain.FoundStore, Store: r.toDomain(), OpenCases: r.Open}
	}
	return out, fail(ctx, "find stores", err)
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

func (s *Store) findOrders(ctx context.Context, text string, limit int) ([]domain.Found, error) {
	if len(text) < 3 {
		return nil, nil
	}
	var ids pq.Int64Array
	err := s.db.QueryRowContext(ctx, `
		SELECT ARRAY(
		    SELECT id FROM (
		        SELECT id FROM cleardesk.orders WHERE order_no = upper($1) OR order_no = $1
		        UNION
		        SELECT id FROM (SELECT id, order_no FROM cleardesk.orders ORDER BY id DESC LIMIT $3) newest
		        WHERE right(lower(order_no), length($1)) = $1) hits
		    ORDER BY id DESC LIMIT $2)`, text, limit, findReach).Scan(&ids)
	if err != nil || len(ids) == 0 {
		return nil, fail(ctx, "find orders", err)
	}
	briefs, err := s.orderBriefs(ctx, `o.id = ANY ($1) ORDER BY o.id DESC`, ids)
	if err != nil {
		return nil, err
	}
	out := make([]domain.Found, len(briefs))
	for i, b := range briefs {
		out[i] = domain.Found{Kind: domain.FoundOrder, Order: b}
		if err := s.addOrderPlace(ctx, &out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// addOrderPlace adds the order's store and its open case.
func (s *Store) addOrderPlace(ctx context.Context, f *domain.Found) error {
	var r storeRow
	err := s.db.GetContext(ctx, &r, `SELECT `+storeColumns+` FROM cleardesk.store s
		WHERE s.code = (SELECT store FROM cleardesk.orders WHERE id = $1)`, int64(f.Order.ID))
	if err != nil {
		return fail(ctx, "find orders", err)
	}
	f.Store = r.toDomain()
	var id int64
	err = s.db.GetContext(ctx, &id, `SELECT coalesce(max(id) FILTER (WHERE state <> 'closed'), max(id), 0) FROM cleardesk.cases
		WHERE order_id = $1`, int64(f.Order.ID))
	f.Case = domain.CaseID(id)
	return fail(ctx, "find orders", err)
}

func (s *Store) findProducts(ctx context.Context, text string, limit int) ([]domain.Found, error) {
	var rows []productRow
	err := s.db.SelectContext(ctx, &rows, `
		SELECT `+productColumns+` FROM cleardesk.product p
		WHERE position($1 IN lower(p.name)) > 0 OR position($1 IN lower(p.name_en)) > 0 OR starts_with(p.initials, $1)
		   OR starts_with(lower(p.code), $1)
		ORDER BY starts_with(p.initials, $1) DESC, p.code LIMIT $2`, text, limit)
	out := make([]domain.Found, len(rows))
	for i, r := range rows {
		out[i] = domain.Found{Kind: domain.FoundProduct, Product: r.toDomain()}
	}
	return out, fail(ctx, "find products", err)
}

func (s *Store) findStaff(ctx context.Context, text string, limit int) ([]domain.Found, error) {
	var rows []struct {
		staffRow
		OnDuty bool `db:"on_duty"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT f.login, f.name, f.name_en, f.roles, f.active,
		       EXISTS (SELECT FROM cleardesk.presence p WHERE p.login = f.login AND p.at > now() - $3 * interval '1 second') AS on_duty
		FROM cleardesk.staff f
		WHERE f.active AND (starts_with(f.login, $1) OR position($1 IN lower(f.name)) > 0 OR position($1 IN lower(f.name_en)) > 0)
		ORDER BY f.login LIMIT $2`, text, limit, atDesk.Seconds())
	out := make([]domain.Found, len(rows))
	for i, r := range rows {
		out[i] = domain.Found{Kind: domain.FoundStaff, Staff: r.toDomain(), OnDuty: r.OnDuty}
	}
	return out, fail(ctx, "find staff", err)
}
