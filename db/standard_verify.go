package db

import (
	"context"
	"encoding/json"

	"cleardesk/domain"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// readVerifyLines reads the lines procurement is asked about: those of open surges in
// cases that lie with it, as domain.Form.Unverified names them.
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
		WITH asked AS (
		    SELECT c.id AS case_id, c.rank, c.order_id, l.line_no, l.product, l.quantity, l.reserved AS taken, a.evidence,
		           row_number() OVER (PARTITION BY c.id, l.line_no ORDER BY a.kind DESC, a.id) AS nth
		    FROM cleardesk.cases c JOIN cleardesk.anomaly a ON a.case_id = c.id AND a.closed_at IS NULL
		    JOIN cleardesk.order_line l ON l.order_id = c.order_id AND (a.kind = 'quantity_surge' AND l.line_no = a.line_no
		        OR a.kind = 'amount_surge' AND a.evidence -> 'odd_lines' @> to_jsonb(l.line_no))
		    WHERE c.lies_with = 'procurement' AND c.state <> 'closed' AND NOT l.cancelled AND l.verified IS NULL)
		SELECT `+productColumns+`, q.case_id, q.line_no, q.quantity, q.taken, q.evidence, coalesce((
		    SELECT n.text FROM cleardesk.case_note n WHERE n.case_id = q.case_id AND n.what = 'handed_over' ORDER BY n.id DESC LIMIT 1), '') AS note
		FROM asked q JOIN cleardesk.product p ON p.code = q.product
		WHERE q.nth = 1 AND (q.quantity > p.verify_above OR q.quantity > p.stock - p.reserved AND NOT q.taken)
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
