package db

import (
	"context"
	"database/sql"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Settlement reads a week of all stores, of which week is any day; the one to look at
// first stands first (process.md, "Settlements").
func (s *Store) Settlement(ctx context.Context, week time.Time) (domain.Settlement, error) {
	w := domain.Settlement{Week: domain.WeekOf(week)}
	err := s.steady(ctx, "read settlement", func(tx *sqlx.Tx) error {
		if err := readWeek(ctx, tx, &w); err != nil {
			return err
		}
		if err := readStores(ctx, tx, &w, ""); err != nil {
			return err
		}
		return readProof(ctx, tx, &w)
	})
	w.Sort()
	return w, err
}

// steady runs several reads on one state of the database, so that sums agree.
func (s *Store) steady(ctx context.Context, op string, read func(tx *sqlx.Tx) error) error {
	tx, err := s.db.BeginTxx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		return fail(ctx, op, err)
	}
	defer func() { _ = tx.Rollback() }()
	return fail(ctx, op, read(tx))
}

func dateArg(t time.Time) string { return t.Format(time.DateOnly) }

// readWeek reads what is known of the week as a whole.
func readWeek(ctx context.Context, tx *sqlx.Tx, w *domain.Settlement) error {
	var head struct {
		Rounding domain.Money
		Ended    bool
		First    *time.Time
		By       *string `db:"by_login"`
		Name     *string
		NameEn   *string    `db:"name_en"`
		At       *time.Time `db:"signed_at"`
		ReadAt   time.Time  `db:"read_at"`
	}
	err := tx.GetContext(ctx, &head, `
		SELECT coalesce(w.rounding, cleardesk.settle_rounding()) AS rounding, now() >= cleardesk.week_begins($1::date + 7) AS ended,
		       (SELECT max(x.week) + 7 FROM cleardesk.settlement_week x) AS first,
		       w.by_login, p.name, p.name_en, w.at AS signed_at, now() AS read_at
		FROM (SELECT) one LEFT JOIN cleardesk.settlement_week w ON w.week = $1 LEFT JOIN cleardesk.staff p ON p.login = w.by_login`, dateArg(w.Week))
	if err != nil {
		return err
	}
	w.Rounding, w.Ended, w.ReadAt = head.Rounding, head.Ended, head.ReadAt
	if head.First != nil {
		w.First = head.First.UTC()
	}
	if head.At != nil {
		w.Signed = &domain.WeekSigned{By: domain.Login(deref(head.By)), ByName: deref(head.Name), ByNameEn: deref(head.NameEn), At: *head.At}
	}
	return nil
}

type storeWeekRow struct {
	Store                                                          string
	Name                                                           string
	NameEn                                                         string `db:"name_en"`
	Deliveries                                                     int
	Delivered, Credits, Charges, Returns, Collected, Carried, Diff domain.Money
	Refused                                                        int
	RefusedSum                                                     domain.Money `db:"refused_sum"`
	Open                                                           int
	OpenSum                                                        domain.Money  `db:"open_sum"`
	OpenCases                                                      pq.Int64Array `db:"open_cases"`
	Mine                                                           bool
	What, Dept, Note, By, ByName, ByNameEn                         *string
	Reviewed                                                       *domain.Money
	ReviewedAt                                                     *time.Time `db:"reviewed_at"`
}

// readStores reads the stores' sums with what was last done about each; one store only
// where it is named.
func readStores(ctx context.Context, tx *sqlx.Tx, w *domain.Settlement, only domain.StoreCode) error {
	var rows []storeWeekRow
	err := tx.SelectContext(ctx, &rows, `
		WITH mine AS (
		    SELECT DISTINCT f.store FROM cleardesk.settlement_facts($1) f JOIN cleardesk.adjustment a ON a.id = f.ref AND a.what = f.what
		    JOIN cleardesk.resolution_record r ON r.id = a.record_id WHERE cleardesk.me() IN (a.by_login, r.by_login))
		SELECT x.store, s.name, s.name_en, x.deliveries, x.delivered, x.credits, x.charges, x.returns, x.collected, x.carried, x.refused,
		       x.refused_sum, x.open, x.open_sum, x.open_cases, x.diff, x.store IN (SELECT store FROM mine) AS mine,
		       v.what, v.dept, v.note, v.by_login AS by, p.name AS byname, p.name_en AS bynameen, v.diff AS reviewed, v.at AS reviewed_at
		FROM cleardesk.settlement_stores($1) x JOIN cleardesk.store s ON s.code = x.store
		LEFT JOIN LATERAL (SELECT * FROM cleardesk.settlement_review r WHERE r.week = $1 AND r.store = x.store ORDER BY r.id DESC LIMIT 1) v ON true
		LEFT JOIN cleardesk.staff p ON p.login = v.by_login
		WHERE $2 IN ('', x.store) ORDER BY x.store`, dateArg(w.Week), string(only))
	for i := range rows {
		w.Stores = append(w.Stores, rows[i].toDomain())
	}
	return err
}

func (r *storeWeekRow) toDomain() domain.StoreWeek {
	out := domain.StoreWeek{
		Store: domain.StoreCode(r.Store), Name: r.Name, NameEn: r.NameEn, Deliveries: r.Deliveries, Delivered: r.Delivered,
		Credits: r.Credits, Charges: r.Charges, Returns: r.Returns, Collected: r.Collected, Carried: r.Carried, Refused: r.Refused,
		RefusedSum: r.RefusedSum, Open: r.Open, OpenSum: r.OpenSum, MineToo: r.Mine,
	}
	for _, id := range r.OpenCases {
		out.OpenCases = append(out.OpenCases, domain.CaseID(id))
	}
	if r.What != nil {
		out.Review = &domain.SettlementReview{
			What: domain.ReviewWhat(*r.What), Dept: domain.Department(deref(r.Dept)), Diff: deref(r.Reviewed), Note: deref(r.Note),
			By: domain.Login(deref(r.By)), ByName: deref(r.ByName), ByNameEn: deref(r.ByNameEn), At: deref(r.ReviewedAt),
		}
	}
	return out
}

// readProof sums the week's adjustments from the effects their records wrote, not from
// the entries themselves: sum over cases = adjustments in the settlement.
func readProof(ctx context.Context, tx *sqlx.Tx, w *domain.Settlement) error {
	return tx.GetContext(ctx, &w.Records, `
		WITH its AS (
		    SELECT DISTINCT a.record_id, a.reverses IS NOT NULL AS back
		    FROM cleardesk.settlement_facts($1) f JOIN cleardesk.adjustment a ON a.id = f.ref AND a.what = f.what
		), said AS (
		    SELECT i.record_id, r.kind, (e.e ->> 'amount')::bigint AS amount, CASE WHEN i.back THEN -1 ELSE 1 END AS sign
		    FROM its i JOIN cleardesk.resolution_record r ON r.id = i.record_id, jsonb_array_elements(r.effects) e (e)
		    WHERE e.e ->> 'op' = 'adjust')
		SELECT count(DISTINCT s.record_id) AS records,
		       coalesce(sum(s.sign * s.amount) FILTER (WHERE s.kind <> 'return' AND s.amount < 0), 0)::bigint AS credits,
		       coalesce(sum(s.sign * s.amount) FILTER (WHERE s.kind <> 'return' AND s.amount > 0), 0)::bigint AS charges,
		       coalesce(sum(s.sign * s.amount) FILTER (WHERE s.kind = 'return'), 0)::bigint AS returns
		FROM said s`, dateArg(w.Week))
}

// ReviewDifference does something about a store's difference: the accountant sends it to
// a department, where it becomes a task, or accepts it; the department gives it back with
// what it found. Forbidden: another role's, or the one who wrote an adjustment of it would
// accept it. Conflict: the difference is another by now (Detail: diff), or the week is
// signed.
func (s *Store) ReviewDifference(ctx context.Context, op uuid.UUID, r domain.DifferenceReview) error {
	var dept *string
	if r.Dept != "" {
		d := string(r.Dept)
		dept = &d
	}
	return s.act(ctx, nil, "review_difference", op, dateArg(r.Week), string(r.Store), string(r.What), dept, int64(r.Diff), r.Note)
}

// SignWeek signs a week off as it was seen; after that only counter-entries of a later
// week change anything. Conflict: the sums are others by now, something is left to look at
// (Detail: look), or it is signed. Invalid: it is not over, or another comes first.
func (s *Store) SignWeek(ctx context.Context, op uuid.UUID, week time.Time, seen domain.WeekSeen) error {
	raw, err := jsonArg(seen)
	if err != nil {
		return err
	}
	return s.act(ctx, nil, "sign_week", op, dateArg(week), raw)
}
