package db

import (
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"cleardesk/domain"

	"github.com/lib/pq"
)

// findReach is how many of the newest orders the tail of a number is looked for in.
const findReach = 100_000

// longestFind is how many characters a text may have to be looked for: no name, code
// or number is longer.
const longestFind = 100

// Find looks for what a person types into the find box: the tail of a phone or
// order number, a name or part of it, the initials of its pinyin, a code. It gives
// at most limit findings of each kind; nothing for a text that is empty or longer
// than anything that could be found.
func (s *Store) Find(ctx context.Context, text string, limit int) ([]domain.Found, error) {
	text = findable(text)
	if text == "" || utf8.RuneCountInString(text) > longestFind {
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

// findable brings a text to the form things are found by: lower case, the wide forms
// of an input method as ASCII, and nothing that no name can hold.
func findable(text string) string {
	return strings.ToLower(strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\u3000':
			return ' '
		case r >= '\uff01' && r <= '\uff5e':
			return r - 0xfee0
		case r == utf8.RuneError || unicode.IsControl(r):
			return -1
		}
		return r
	}, text)))
}

// phoneTail is the digits of a text that can be a phone number or its tail, written
// with spaces, dashes or brackets or without; "" for any other text.
func phoneTail(text string) string {
	var digits strings.Builder
	for _, r := range text {
		switch {
		case r >= '0' && r <= '9':
			digits.WriteRune(r)
		case !strings.ContainsRune(" -+()", r):
			return ""
		}
	}
	if digits.Len() < 2 {
		return ""
	}
	return digits.String()
}

// findStores looks through all stores, of which there are thousands at most. A phone
// number is kept with spaces or without; a typed one may have a country's code more.
func (s *Store) findStores(ctx context.Context, text string, limit int) ([]domain.Found, error) {
	var rows []struct {
		storeRow
		Open  int
		Today int
		Held  int
	}
	err := s.db.SelectContext(ctx, &rows, `
		WITH hit AS MATERIALIZED (
		    SELECT s.*, p.tail FROM cleardesk.store s, LATERAL (SELECT regexp_replace(s.phone, '[^0-9]', '', 'g') AS phone) d,
		         LATERAL (SELECT $2 <> '' AND (right(d.phone, length($2)) = $2 OR length(d.phone) >= 7 AND right($2, length(d.phone)) = d.phone) AS tail) p
		    WHERE p.tail OR starts_with(s.initials, $1) OR position($1 IN lower(s.name)) > 0 OR position($1 IN lower(s.name_en)) > 0
		       OR starts_with(lower(s.code), $1) OR position($1 IN lower(s.manager)) > 0 OR position($1 IN lower(s.manager_en)) > 0
		    ORDER BY p.tail DESC, lower(s.code) = $1 DESC, starts_with(s.initials, $1) DESC,
		             starts_with(lower(s.name), $1) OR starts_with(lower(s.name_en), $1) DESC, s.code
		    LIMIT $3)
		SELECT `+storeColumns+`, t.today, t.held,
		       (SELECT count(*) FROM cleardesk.cases c WHERE c.store = s.code AND c.state <> 'closed') AS open
		FROM hit s, LATERAL (
		    SELECT count(*) AS today, count(*) FILTER (WHERE EXISTS (
		        SELECT FROM cleardesk.hold h WHERE h.order_id = o.id AND h.released_at IS NULL)) AS held
		    FROM cleardesk.orders o WHERE o.store = s.code AND o.placed_at > now() - interval '2 days'
		      AND o.business_day = (now() AT TIME ZONE `+zoneSetting+`)::date) t
		ORDER BY s.tail DESC, lower(s.code) = $1 DESC, starts_with(s.initials, $1) DESC,
		         starts_with(lower(s.name), $1) OR starts_with(lower(s.name_en), $1) DESC, s.code`, text, phoneTail(text), limit)
	out := make([]domain.Found, len(rows))
	for i, r := range rows {
		out[i] = domain.Found{Kind: domain.FoundStore, Store: r.toDomain(), OpenCases: r.Open, Today: r.Today, HeldToday: r.Held}
	}
	return out, fail(ctx, "find stores", err)
}

// tailOrders finds the newest orders by a whole number, and by the tail of one among
// the newest findReach: a number's tail cannot be looked up in an index, so what is
// read is bounded, however many orders there are.
const tailOrders = `
	SELECT id FROM (
	    SELECT id FROM cleardesk.orders WHERE order_no IN ($1, upper($1))
	    UNION
	    SELECT id FROM (SELECT id, order_no FROM cleardesk.orders ORDER BY id DESC LIMIT $3) newest
	    WHERE right(lower(order_no), length($1)) = $1) hits
	ORDER BY id DESC LIMIT $2`

func (s *Store) findOrders(ctx context.Context, text string, limit int) ([]domain.Found, error) {
	if utf8.RuneCountInString(text) < 3 {
		return nil, nil
	}
	var ids pq.Int64Array
	err := s.db.QueryRowContext(ctx, `SELECT ARRAY(`+tailOrders+`)`, text, limit, findReach).Scan(&ids)
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
	}
	return out, s.addOrderPlaces(ctx, out, ids)
}

// addOrderPlaces adds the orders' stores and their open cases, else the last ones.
func (s *Store) addOrderPlaces(ctx context.Context, found []domain.Found, ids pq.Int64Array) error {
	var rows []struct {
		storeRow
		OrderID int64 `db:"order_id"`
		CaseID  int64 `db:"case_id"`
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT `+storeColumns+`, o.id AS order_id,
		       (SELECT coalesce(max(c.id) FILTER (WHERE c.state <> 'closed'), max(c.id), 0) FROM cleardesk.cases c WHERE c.order_id = o.id) AS case_id
		FROM cleardesk.orders o JOIN cleardesk.store s ON s.code = o.store WHERE o.id = ANY ($1)`, ids)
	for i := range found {
		for _, r := range rows {
			if r.OrderID == int64(found[i].Order.ID) {
				found[i].Store, found[i].Case = r.toDomain(), domain.CaseID(r.CaseID)
			}
		}
	}
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
		       EXISTS (SELECT FROM cleardesk.presence p WHERE p.login = f.login AND p.at > now() - $3 * interval '1 second')
		         AND cleardesk.is_here(f.login) AS on_duty
		FROM cleardesk.staff f
		WHERE f.active AND (starts_with(f.login, $1) OR position($1 IN lower(f.name)) > 0 OR position($1 IN lower(f.name_en)) > 0)
		ORDER BY f.login LIMIT $2`, text, limit, atDesk.Seconds())
	out := make([]domain.Found, len(rows))
	for i, r := range rows {
		out[i] = domain.Found{Kind: domain.FoundStaff, Staff: r.toDomain(), OnDuty: r.OnDuty}
	}
	return out, fail(ctx, "find staff", err)
}
