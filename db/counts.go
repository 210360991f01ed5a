package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// ImportCounts brings counts of the stock.
const ImportCounts ImportKind = "counts"

const (
	countsShown = 2000 // counts read at most
	countsOfOne = 50   // of one product
	// countProducts is how many products can be counted at the desk; no catalogue has more.
	countProducts = 20_000
)

const countColumns = `
	v.id, v.product, v.quantity, v.at, v.counter, v.known, v.diff, v.amount, v.state, v.taken_at, coalesce(v.correction, 0) AS correction,
	coalesce(v.by_login, '') AS by_login, coalesce(b.name, '') AS by_name, coalesce(b.name_en, '') AS by_name_en,
	coalesce(v.review, '') AS review, coalesce(v.review_note, '') AS review_note, coalesce(v.review_by, '') AS review_by, v.review_at,
	coalesce(w.name, '') AS review_name, coalesce(w.name_en, '') AS review_name_en, ` + productColumns

const countTables = `
	cleardesk.stock_counted v JOIN cleardesk.product p ON p.code = v.product
	LEFT JOIN cleardesk.staff b ON b.login = v.by_login LEFT JOIN cleardesk.staff w ON w.login = v.review_by`

type countRow struct {
	productRow
	ID           int64
	Product      string
	Quantity     domain.Quantity
	At           time.Time
	Counter      string
	Known        *domain.Quantity
	Diff         domain.Quantity
	Amount       domain.Money
	State        string
	TakenAt      time.Time `db:"taken_at"`
	Correction   int64
	By           string `db:"by_login"`
	ByName       string `db:"by_name"`
	ByNameEn     string `db:"by_name_en"`
	Review       string
	ReviewNote   string     `db:"review_note"`
	ReviewBy     string     `db:"review_by"`
	ReviewAt     *time.Time `db:"review_at"`
	ReviewName   string     `db:"review_name"`
	ReviewNameEn string     `db:"review_name_en"`
}

func (r *countRow) toDomain() domain.StockCount {
	out := domain.StockCount{
		ID: domain.CountID(r.ID), Product: r.productRow.toDomain(), Counted: r.Quantity, At: r.At, Counter: r.Counter, Known: r.Known,
		Diff: r.Diff, Amount: r.Amount, State: domain.CountState(r.State), By: domain.Login(r.By), ByName: r.ByName, ByNameEn: r.ByNameEn,
		TakenAt: r.TakenAt, Corrected: domain.CorrectionID(r.Correction),
	}
	if r.ReviewAt != nil {
		out.Review = &domain.CountReview{
			What: domain.CountState(r.Review), Note: r.ReviewNote, By: domain.Login(r.ReviewBy), ByName: r.ReviewName,
			ByNameEn: r.ReviewNameEn, At: *r.ReviewAt,
		}
	}
	return out
}

// Counts reads the counts of the stock of the last 31 days, those at work first, as a
// manager looks at them (§4.1.6).
func (s *Store) Counts(ctx context.Context) ([]domain.StockCount, error) {
	return s.counts(ctx, `SELECT `+countColumns+` FROM `+countTables+`
		WHERE v.taken_at > now() - interval '31 days'
		ORDER BY v.state NOT IN ('differs', 'recount', 'verified'), v.at DESC, v.id DESC LIMIT $1`, countsShown)
}

func (s *Store) counts(ctx context.Context, query string, args ...any) ([]domain.StockCount, error) {
	var rows []countRow
	if err := s.db.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, fail(ctx, "read counts", err)
	}
	out := make([]domain.StockCount, 0, len(rows))
	for i := range rows {
		out = append(out, rows[i].toDomain())
	}
	domain.SortCounts(out, domain.CountDiffers)
	return out, nil
}

// CountFile reads the story of a product's counts: the last of them, and the corrections
// of its stock.
func (s *Store) CountFile(ctx context.Context, product domain.ProductCode) (domain.CountFile, error) {
	f := domain.CountFile{Product: product}
	var err error
	f.Counts, err = s.counts(ctx, `SELECT `+countColumns+` FROM `+countTables+`
		WHERE v.product = $1 ORDER BY v.at DESC, v.id DESC LIMIT $2`, string(product), countsOfOne)
	if err != nil {
		return f, err
	}
	c := domain.CorrectionFile{Product: domain.Product{Code: product}}
	err = s.readCorrections(ctx, &c)
	for _, k := range c.Corrections {
		if k.What == domain.CorrectStock {
			f.Corrections = append(f.Corrections, k)
		}
	}
	return f, err
}

// Countable reads the products that can be counted, by code.
func (s *Store) Countable(ctx context.Context) ([]domain.Product, error) {
	var rows []productRow
	err := s.db.SelectContext(ctx, &rows, `SELECT `+productColumns+` FROM cleardesk.product p ORDER BY p.code LIMIT $1`, countProducts)
	out := make([]domain.Product, 0, len(rows))
	for i := range rows {
		out = append(out, rows[i].toDomain())
	}
	return out, fail(ctx, "read products", err)
}

// RecordCount enters a count: managers only. NotFound: there is no such product. Invalid:
// it was not made within the last seven days.
func (s *Store) RecordCount(ctx context.Context, op uuid.UUID, c domain.Count) (domain.CountEntered, error) {
	var out domain.CountEntered
	err := s.act(ctx, &out, "record_count", op, string(c.Product), int64(c.Counted), c.At, c.Counter)
	return out, err
}

// ReviewCount does something about a count's difference: a manager verifies it, which
// makes it a task of procurement, or has it counted again with a note; procurement may
// send back what was verified. diff is what the caller saw. Conflict: it is another by now
// (Detail: diff), or the count stands elsewhere (Detail: state; "old": it is too old).
func (s *Store) ReviewCount(ctx context.Context, op uuid.UUID, id domain.CountID, what domain.CountState, diff domain.Quantity, note string) error {
	return s.act(ctx, nil, "review_count", op, int64(id), string(what), int64(diff), note)
}

// ApplyCounts takes a staged chunk of counts in. Applied once more it gives the same
// answer and does nothing.
func (in *Intake) ApplyCounts(ctx context.Context, id uuid.UUID, chunk int, rows int64) (AppliedRows, error) {
	var a AppliedRows
	err := in.s.act(ctx, &a, "apply_counts", id, chunk, rows)
	return a, err
}

// countFollowUps counts the returns and the counts of the stock that wait for somebody.
func (s *Store) countFollowUps(ctx context.Context, into *domain.DeskStatus) error {
	var rows []struct {
		What, With string
		N          int
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT 'return' AS what, c.lies_with AS "with", count(*) AS n
		FROM cleardesk.anomaly a JOIN cleardesk.cases c ON c.id = a.case_id WHERE a.kind = 'return' AND a.closed_at IS NULL GROUP BY 2
		UNION ALL
		SELECT 'count', t.lies_with, sum(coalesce((t.detail ->> 'counts')::integer, 1))
		FROM cleardesk.task t WHERE t.what = 'count_difference' AND t.closed_at IS NULL GROUP BY 2`)
	for _, r := range rows {
		switch with := domain.Department(r.With); {
		case r.What == "return":
			into.Returns[with] = r.N
		case with == domain.Manager:
			into.ToVerify = r.N
		default:
			into.ToCorrect = r.N
		}
	}
	return fail(ctx, "count returns and counts", err)
}
