package db

import (
	"context"
	"encoding/json"

	"cleardesk/domain"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// askedLines are the lines procurement is asked about: those of open surges in cases that
// lie with it, as domain.Form.Unverified names them, once for each of their anomalies.
const askedLines = `
	SELECT c.id AS case_id, c.rank, c.order_id, l.line_no, l.product, l.quantity, l.reserved AS taken, a.evidence,
	       row_number() OVER (PARTITION BY c.id, l.line_no ORDER BY a.kind DESC, a.id) AS nth
	FROM cleardesk.cases c JOIN cleardesk.anomaly a ON a.case_id = c.id AND a.closed_at IS NULL
	JOIN cleardesk.order_line l ON l.order_id = c.order_id AND (a.kind = 'quantity_surge' AND l.line_no = a.line_no
	    OR a.kind = 'amount_surge' AND a.evidence -> 'odd_lines' @> to_jsonb(l.line_no))
	JOIN cleardesk.product g ON g.code = l.product
	WHERE c.lies_with = 'procurement' AND c.state <> 'closed' AND NOT l.cancelled AND l.verified IS NULL
	  AND (l.quantity > g.verify_above OR l.quantity > g.stock - g.reserved AND NOT l.reserved)`

// CatalogueWaits counts what waits for procurement's word: cases with quantities to verify
// (§4.1), and clashes with the platform's catalogue.
func (s *Store) CatalogueWaits(ctx context.Context) (int, error) {
	var n int
	err := s.db.GetContext(ctx, &n, `SELECT (SELECT count(DISTINCT q.case_id) FROM (`+askedLines+`) q)
		+ (SELECT count(*) FROM cleardesk.task t WHERE t.what = 'import_clash' AND t.closed_at IS NULL)`)
	return n, fail(ctx, "count what waits", err)
}

// readVerifyLines reads the lines procurement is asked about.
func readVerifyLines(ctx context.Context, tx *sqlx.Tx, out *domain.Catalogue) error {
	var rows []struct {
		productRow
		CaseID   int64 `db:"case_id"`
		LineNo   int   `db:"line_no"`
		Quantity domain.Quantity
		Taken    bool
		Evidence []byte
		Note     string
	}
	err := tx.SelectContext(ctx, &rows, `
		SELECT `+productColumns+`, q.case_id, q.line_no, q.quantity, q.taken, q.evidence, coalesce((
		    SELECT n.text FROM cleardesk.case_note n WHERE n.case_id = q.case_id AND n.what = 'handed_over' ORDER BY n.id DESC LIMIT 1), '') AS note
		FROM (`+askedLines+`) q JOIN cleardesk.product p ON p.code = q.product
		WHERE q.nth = 1
		ORDER BY q.rank, q.case_id, q.line_no LIMIT 2000`)
	for i := range rows {
		r := &rows[i]
		if n := len(out.Verify); n == 0 || out.Verify[n-1].Row.Case != domain.CaseID(r.CaseID) {
			out.Verify = append(out.Verify, domain.Verification{Row: domain.QueueRow{Case: domain.CaseID(r.CaseID)}})
		}
		line := domain.VerifyLine{Line: r.LineNo, Product: r.toDomain(), Quantity: r.Quantity, Reserved: r.Taken, Note: r.Note}
		var e domain.Evidence
		if err := json.Unmarshal(r.Evidence, &e); err != nil {
			return err
		}
		if e.Product == line.Product.Code {
			line.UsualLow, line.UsualHigh, line.Median, line.Earlier = e.UsualLow, e.UsualHigh, e.Median, e.Earlier
		}
		last := &out.Verify[len(out.Verify)-1]
		last.Lines = append(last.Lines, line)
	}
	return err
}

// addVerifyCases adds the rows of the cases.
func (s *Store) addVerifyCases(ctx context.Context, out *domain.Catalogue) error {
	ids := make(pq.Int64Array, len(out.Verify))
	for i := range out.Verify {
		ids[i] = int64(out.Verify[i].Row.Case)
	}
	rows, err := s.queueRows(ctx, `SELECT `+queueColumns+` FROM cleardesk.queue q WHERE q.id = ANY ($1)`, ids)
	at := map[domain.CaseID]domain.QueueRow{}
	for _, r := range rows {
		at[r.Case] = r
	}
	for i := range out.Verify {
		if r, have := at[out.Verify[i].Row.Case]; have {
			out.Verify[i].Row = r
		}
	}
	return err
}
