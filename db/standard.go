package db

import (
	"context"
	"database/sql"
	"encoding/json"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// standardReach is how many orders, the newest of the last domain.StakeDays days, are
// looked through for what is at stake.
const standardReach = 50_000

// Catalogue reads the products that break a rule of the standard (§4.3.1), the worst
// first; what waits for procurement to verify quantities (§4.1); and the values in which
// the platform's catalogue and ours are at odds.
func (s *Store) Catalogue(ctx context.Context) (domain.Catalogue, error) {
	var out domain.Catalogue
	limits, err := s.standardLimits(ctx)
	if err != nil {
		return out, err
	}
	out.Limits = limits
	err = s.steady(ctx, "read catalogue", func(tx *sqlx.Tx) error {
		all, err := readProducts(ctx, tx, &out)
		if err != nil {
			return err
		}
		out.Standings = domain.Standings(all, limits)
		if err := addStakes(ctx, tx, out.Standings); err != nil {
			return err
		}
		if err := readVerifyLines(ctx, tx, &out); err != nil {
			return err
		}
		out.Clashes, err = readClashes(ctx, tx, "")
		return err
	})
	domain.SortStandings(out.Standings)
	if err != nil || len(out.Verify) == 0 {
		return out, err
	}
	return out, s.addVerifyCases(ctx, &out)
}

func (s *Store) standardLimits(ctx context.Context) (domain.StandardLimits, error) {
	settings, err := s.Settings(ctx)
	return domain.StandardLimits{ToleranceRate: settings.Int("standard.tolerance")}, err
}

func readProducts(ctx context.Context, tx *sqlx.Tx, out *domain.Catalogue) ([]domain.Product, error) {
	var rows []productRow
	if err := tx.SelectContext(ctx, &rows, `SELECT `+productColumns+` FROM cleardesk.product p ORDER BY p.code`); err != nil {
		return nil, err
	}
	all := make([]domain.Product, len(rows))
	for i, r := range rows {
		all[i] = r.toDomain()
		if all[i].Status != domain.ProductDelisted {
			out.Products++
		}
	}
	return all, tx.GetContext(ctx, &out.ReadAt, `SELECT now()`)
}

// addStakes adds what stores ordered of the products lately, the open cases about them,
// and the names of their suppliers.
func addStakes(ctx context.Context, tx *sqlx.Tx, all []domain.Standing) error {
	codes := make(pq.StringArray, len(all))
	at := map[domain.ProductCode]*domain.Standing{}
	for i := range all {
		codes[i], at[all[i].Product.Code] = string(all[i].Product.Code), &all[i]
	}
	var rows []struct {
		Code     domain.ProductCode
		Orders   int
		Money    domain.Money
		Cases    int
		Supplier string
		NameEn   string `db:"name_en"`
	}
	err := tx.SelectContext(ctx, &rows, `
		WITH lately AS MATERIALIZED (
		    SELECT x.id FROM (SELECT o.id, o.business_day, o.state FROM cleardesk.orders o ORDER BY o.id DESC LIMIT $2) x
		    WHERE x.business_day > (now() AT TIME ZONE `+zoneSetting+`)::date - $3::integer AND x.state <> 'cancelled'
		), ordered AS (
		    SELECT l.product, count(DISTINCT l.order_id) AS orders, sum(l.amount) AS money
		    FROM lately o JOIN cleardesk.order_line l ON l.order_id = o.id
		    WHERE l.product = ANY ($1) AND NOT l.cancelled GROUP BY l.product
		)
		SELECT p.code, coalesce(r.orders, 0) AS orders, coalesce(r.money, 0)::bigint AS money, coalesce(v.name, '') AS supplier, coalesce(v.name_en, '') AS name_en,
		       (SELECT count(DISTINCT a.case_id) FROM cleardesk.anomaly a WHERE a.product = p.code AND a.closed_at IS NULL) AS cases
		FROM cleardesk.product p LEFT JOIN ordered r ON r.product = p.code LEFT JOIN cleardesk.supplier v ON v.code = p.supplier
		WHERE p.code = ANY ($1)`, codes, standardReach, domain.StakeDays)
	for _, r := range rows {
		st := at[r.Code]
		st.Stake, st.Supplier, st.SupplierEn = domain.Stake{Orders: r.Orders, Money: r.Money, Cases: r.Cases}, r.Supplier, r.NameEn
	}
	return err
}

// ProductFile reads what there is to know of a product's information, and its history.
// NotFound: there is no such product.
func (s *Store) ProductFile(ctx context.Context, code domain.ProductCode) (domain.ProductFile, error) {
	var f domain.ProductFile
	limits, err := s.standardLimits(ctx)
	if err != nil {
		return f, err
	}
	f.Limits = limits
	err = s.steady(ctx, "read product", func(tx *sqlx.Tx) error {
		var rows []productRow
		if err := tx.SelectContext(ctx, &rows, `SELECT `+productColumns+` FROM cleardesk.product p
			WHERE p.code = $1 OR lower(p.name) = (SELECT lower(x.name) FROM cleardesk.product x WHERE x.code = $1)
			ORDER BY p.code <> $1, p.code LIMIT 20`, string(code)); err != nil {
			return err
		}
		if len(rows) == 0 || rows[0].Code != string(code) {
			return sql.ErrNoRows
		}
		all := make([]domain.Product, len(rows))
		for i, r := range rows {
			all[i] = r.toDomain()
		}
		f.Product, f.Others = all[0], all[1:]
		for _, st := range domain.Standings(all, limits) {
			if st.Product.Code == code {
				f.Faults = st.Faults
			}
		}
		return readProductParts(ctx, tx, &f)
	})
	return f, err
}

func readProductParts(ctx context.Context, tx *sqlx.Tx, f *domain.ProductFile) error {
	one := []domain.Standing{f.Standing}
	if err := addStakes(ctx, tx, one); err != nil {
		return err
	}
	f.Standing = one[0]
	var head struct {
		Version int64
		Waiting pq.StringArray
	}
	if err := tx.GetContext(ctx, &head, `SELECT p.version, `+waitingFields+` AS waiting FROM cleardesk.product p WHERE p.code = $1`,
		string(f.Product.Code)); err != nil {
		return err
	}
	f.Version = head.Version
	for _, w := range head.Waiting {
		f.Waiting = append(f.Waiting, domain.ProductField(w))
	}
	if err := tx.SelectContext(ctx, &f.Suppliers, `SELECT code, name, name_en AS nameen FROM cleardesk.supplier ORDER BY code`); err != nil {
		return err
	}
	if err := tx.SelectContext(ctx, &f.Categories, `SELECT DISTINCT category::text FROM cleardesk.product WHERE category <> '' ORDER BY 1 LIMIT 200`); err != nil {
		return err
	}
	var err error
	if f.Changes, err = readChanges(ctx, tx, f.Product.Code); err != nil {
		return err
	}
	f.Clashes, err = readClashes(ctx, tx, f.Product.Code)
	return err
}

// waitingFields are the fields of product p that were set here and that the platform's
// catalogue has not told since as they are: a stock was not told at all.
const waitingFields = `ARRAY(
	SELECT DISTINCT e.field FROM cleardesk.product_edit e
	WHERE e.product = p.code AND e.field NOT IN ('step', 'status', 'initials') AND p.imported ? e.field
	  AND p.imported -> e.field <> to_jsonb(p) -> e.field
	UNION
	SELECT v.field FROM (VALUES ('step', 'step'), ('listing', 'status')) v (what, field)
	WHERE EXISTS (SELECT FROM cleardesk.correction k WHERE k.product = p.code AND k.what = v.what)
	  AND p.imported -> v.field IS DISTINCT FROM to_jsonb(p) -> v.field
	UNION
	SELECT 'stock' FROM cleardesk.correction k
	WHERE k.product = p.code AND k.what = 'stock' AND NOT EXISTS (
	    SELECT FROM cleardesk.stock_move m WHERE m.product = p.code AND m.why = 'told' AND m.at > k.at)
	ORDER BY 1)`

// changesShown is how many changes of a product are read at most.
const changesShown = 100

// readChanges reads what was set here of a product, edited or corrected, newest first.
func readChanges(ctx context.Context, tx *sqlx.Tx, code domain.ProductCode) ([]domain.ProductChange, error) {
	var rows []changeRow
	err := tx.SelectContext(ctx, &rows, `
		SELECT x.field, x.what, x.old, x.new, x.reason, x.note, x.by_login AS by, n.name, n.name_en, x.at
		FROM (SELECT e.field, e.what, e.old_value::text AS old, e.new_value::text AS new, e.reason, e.note, e.by_login, e.at FROM cleardesk.product_edit e
		      WHERE e.product = $1 AND e.field <> 'initials'
		      UNION ALL
		      SELECT CASE k.what WHEN 'listing' THEN 'status' ELSE k.what END, 'corrected', k.old_value, k.new_value, k.reason, k.note, k.by_login, k.at
		      FROM cleardesk.correction k WHERE k.product = $1) x JOIN cleardesk.staff n ON n.login = x.by_login
		ORDER BY x.at DESC, x.field LIMIT `+itoa(changesShown), string(code))
	var out []domain.ProductChange
	for i := range rows {
		out = append(out, rows[i].toDomain())
	}
	return out, err
}

type changeRow struct {
	Field, What, Old, New, Reason, Note, By, Name string
	NameEn                                        string `db:"name_en"`
	At                                            time.Time
}

func (r *changeRow) toDomain() domain.ProductChange {
	return domain.ProductChange{
		At: r.At, Field: domain.ProductField(r.Field), What: domain.ChangeWhat(r.What), Old: r.Old, New: r.New,
		Reason: domain.CorrectionReason(r.Reason), Note: r.Note, By: domain.Login(r.By), ByName: r.Name, ByNameEn: r.NameEn,
	}
}

// readClashes reads the open clashes of a product, or of all; the most urgent first.
func readClashes(ctx context.Context, tx *sqlx.Tx, code domain.ProductCode) ([]domain.Clash, error) {
	var rows []struct {
		productRow
		ID        int64
		Field     string
		File      string
		Here      []byte
		AtRisk    domain.Money `db:"at_risk"`
		OpenedAt  time.Time    `db:"opened_at"`
		ChangedBy []byte       `db:"changed_by"`
	}
	err := tx.SelectContext(ctx, &rows, `
		SELECT `+productColumns+`, t.id, t.detail ->> 'field' AS field, coalesce(t.detail ->> 'file', '') AS file,
		       to_jsonb(p) -> (t.detail ->> 'field') AS here, t.at_risk, t.opened_at, coalesce(to_jsonb(c), 'null') AS changed_by
		FROM cleardesk.task t JOIN cleardesk.product p ON p.code = t.detail ->> 'product'
		LEFT JOIN LATERAL (
		    SELECT x.what, x.old, x.new, x.reason, x.note, x.by_login AS by, n.name, n.name_en, x.at
		    FROM (SELECT e.what, e.old_value::text AS old, e.new_value::text AS new, e.reason, e.note, e.by_login, e.at FROM cleardesk.product_edit e
		          WHERE e.product = p.code AND e.field = t.detail ->> 'field'
		          UNION ALL
		          SELECT 'corrected', k.old_value, k.new_value, k.reason, k.note, k.by_login, k.at FROM cleardesk.correction k
		          WHERE k.product = p.code AND CASE k.what WHEN 'listing' THEN 'status' ELSE k.what END = t.detail ->> 'field') x
		    JOIN cleardesk.staff n ON n.login = x.by_login ORDER BY x.at DESC LIMIT 1) c ON true
		WHERE t.what = 'import_clash' AND t.closed_at IS NULL AND $1 IN ('', t.detail ->> 'product')
		ORDER BY t.rank, t.id LIMIT `+itoa(tasksShown), string(code))
	var out []domain.Clash
	for i := range rows {
		r := &rows[i]
		c := domain.Clash{
			Task: domain.TaskID(r.ID), Product: r.toDomain(), Field: domain.ProductField(r.Field), File: r.File, Here: r.Here,
			At: r.OpenedAt, AtRisk: r.AtRisk,
		}
		var last *struct {
			What, Old, New, Reason, Note, By, Name string
			NameEn                                 string `json:"name_en"`
			At                                     time.Time
		}
		if err := json.Unmarshal(r.ChangedBy, &last); err != nil {
			return nil, err
		}
		if last != nil {
			change := (&changeRow{
				Field: r.Field, What: last.What, Old: last.Old, New: last.New, Reason: last.Reason, Note: last.Note, By: last.By, Name: last.Name,
				NameEn: last.NameEn, At: last.At,
			}).toDomain()
			c.Last = &change
		}
		out = append(out, c)
	}
	return out, err
}

// EditProduct writes an edit of a product's information (§4.3.1): procurement only.
// Conflict: it was changed since it was read (Detail: changed, by, name, name_en, at).
// Invalid: domain.ProductEdit.Check says why. initials are those of the name's pinyin,
// where it was changed.
func (s *Store) EditProduct(ctx context.Context, op uuid.UUID, e domain.ProductEdit, initials string) error {
	if err := e.Check(); err != nil {
		return err
	}
	fields := map[string]any{}
	for _, f := range domain.ChangedFields(e.Was, e.Now) {
		fields[string(f)] = fieldArg(e.Now, f)
		if f == domain.FieldName {
			fields["initials"] = initials
		}
	}
	raw, err := jsonArg(fields)
	if err != nil {
		return err
	}
	return s.act(ctx, nil, "edit_product", op, string(e.Now.Code), e.Version, raw, string(e.Reason), e.Note)
}

// fieldArg is a field's value as the database wants it.
func fieldArg(p domain.Product, f domain.ProductField) any {
	switch f {
	case domain.FieldWeighed:
		return p.Weighed
	case domain.FieldSupplier:
		return orNull(string(p.Supplier))
	case domain.FieldToleranceRate:
		return p.ToleranceRate
	case domain.FieldToleranceAbs:
		return p.ToleranceAbs
	case domain.FieldCase:
		return p.Case
	case domain.FieldLeast:
		return p.Least
	case domain.FieldVerifyAbove:
		return p.VerifyAbove
	default:
		return p.Raw(f)
	}
}

// SettleClash keeps ours, and tells the platform again, or takes the platform's:
// procurement only. Conflict: it is settled, or ours was changed since it was read.
func (s *Store) SettleClash(ctx context.Context, op uuid.UUID, c domain.Clash, side domain.ClashSide, note string) error {
	settings, err := s.Settings(ctx)
	if err != nil {
		return err
	}
	beside, err := jsonArg(map[string]any{"moments": settings.Calendar().Moments(time.Now()), "words": s.kindWords})
	if err != nil {
		return err
	}
	return s.act(ctx, nil, "settle_clash", op, int64(c.Task), string(side), string(c.Here), note, beside)
}
