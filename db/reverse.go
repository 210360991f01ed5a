package db

import (
	"context"
	"encoding/json"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// Reverse takes back the last write of a case by a counter-entry: its effects are
// undone, the records stay, the case is open again and the caller's. Whoever wrote it
// may, and a manager, until picking. Forbidden and Conflict say why not in Detail
// "reverse" (domain.ReversalBar); Taken: somebody else holds it.
func (s *Store) Reverse(ctx context.Context, op uuid.UUID, id domain.CaseID, version int64, reason string) (domain.Reversed, error) {
	var out domain.Reversed
	err := s.act(ctx, &out, "reverse", op, int64(id), version, reason)
	return out, err
}

// LastWritten is the case the caller wrote last today and has not taken back; 0: none.
func (s *Store) LastWritten(ctx context.Context) (domain.CaseID, error) {
	var id int64
	err := s.db.GetContext(ctx, &id, `
		SELECT w.case_id FROM cleardesk.written w
		WHERE w.by_login = cleardesk.me() AND w.at >= date_trunc('day', now() AT TIME ZONE `+zoneSetting+`) AT TIME ZONE `+zoneSetting+`
		  AND NOT EXISTS (SELECT FROM cleardesk.reversal v WHERE v.written_id = w.id)
		ORDER BY w.id DESC LIMIT 1`)
	if noRows(err) {
		return 0, nil
	}
	return domain.CaseID(id), fail(ctx, "read last write", err)
}

// writtenRow is the last write of a case, with what has happened since.
type writtenRow struct {
	Records  pq.Int64Array
	By       string `db:"by_login"`
	Name     string
	NameEn   string `db:"name_en"`
	At       time.Time
	Found    []byte
	Judged   bool
	Lessons  int
	Unlearnt int
	Quieter  pq.Int64Array
	Reserved pq.Int64Array
	Past     string
	Linked   []byte
	Later    []byte
	Reversal []byte
}

// readWritten reads the last write of the case.
func (s *Store) readWritten(ctx context.Context, f *domain.CaseFile) error {
	var r writtenRow
	err := s.db.GetContext(ctx, &r, `
		SELECT ARRAY(SELECT r.id FROM cleardesk.resolution_record r WHERE r.op = w.op ORDER BY r.id) AS records,
		       w.by_login, p.name, p.name_en, w.at, w.found,
		       EXISTS (SELECT FROM cleardesk.anomaly a WHERE a.order_id = w.order_id AND a.id > (w.found ->> 'anomaly')::bigint) AS judged,
		       cardinality(l.lines) AS lessons,
		       (SELECT count(DISTINCT x.line_no) FROM cleardesk.waiting x
		        WHERE x.what = 'learn' AND x.order_id = w.order_id AND x.line_no = ANY (l.lines)) AS unlearnt,
		       ARRAY(SELECT e.id FROM cleardesk.resolution_record r JOIN cleardesk.exemption e ON e.record_id = r.id
		             WHERE r.op = w.op AND e.until_at > now()
		               AND NOT EXISTS (SELECT FROM cleardesk.exemption_end d WHERE d.exemption_id = e.id) ORDER BY e.id) AS quieter,
		       ARRAY(SELECT k.line_no::bigint FROM cleardesk.order_line k WHERE k.order_id = w.order_id AND k.reserved ORDER BY k.line_no) AS reserved,
		       coalesce(cleardesk.past_undoing(w), '') AS past,
		       (SELECT jsonb_object_agg(x.product, x.n) FROM (
		            SELECT k.product, sum(k.quantity)::bigint AS n FROM jsonb_array_elements(w.found -> 'did') d (e)
		            JOIN cleardesk.order_line k ON k.order_id = (d.e ->> 'order_id')::bigint AND k.reserved GROUP BY k.product) x) AS linked,
		       (SELECT jsonb_build_object('by', y.by_login, 'byname', n.name, 'bynameen', n.name_en, 'at', y.at)
		        FROM cleardesk.written y JOIN cleardesk.staff n ON n.login = y.by_login
		        WHERE y.order_id = w.order_id AND y.id > w.id
		          AND NOT EXISTS (SELECT FROM cleardesk.reversal v WHERE v.written_id = y.id) ORDER BY y.id DESC LIMIT 1) AS later,
		       (SELECT jsonb_build_object('by', v.by_login, 'byname', n.name, 'bynameen', n.name_en, 'at', v.at, 'reason', v.reason)
		        FROM cleardesk.reversal v JOIN cleardesk.staff n ON n.login = v.by_login WHERE v.written_id = w.id) AS reversal
		FROM cleardesk.written w
		JOIN cleardesk.staff p ON p.login = w.by_login
		CROSS JOIN LATERAL (
		    SELECT ARRAY(SELECT DISTINCT coalesce((e.e ->> 'line')::integer, 0)
		                 FROM cleardesk.resolution_record r, jsonb_array_elements(r.effects) e (e)
		                 WHERE r.op = w.op AND e.e ->> 'op' = 'learn') AS lines) l
		WHERE w.case_id = $1 ORDER BY w.id DESC LIMIT 1`, int64(f.Row.Case))
	if noRows(err) {
		return nil
	}
	if err != nil {
		return fail(ctx, "read last write", err)
	}
	f.Written, err = r.toDomain()
	return err
}

func (r writtenRow) toDomain() (*domain.Written, error) {
	w := domain.Written{
		By: domain.Login(r.By), ByName: r.Name, ByNameEn: r.NameEn, At: r.At, Judged: r.Judged, Lessons: r.Lessons, Unlearnt: r.Unlearnt,
		Past: domain.ReversalBar(r.Past),
	}
	for _, id := range r.Records {
		w.Records = append(w.Records, domain.RecordID(id))
	}
	for _, id := range r.Quieter {
		w.Quieter = append(w.Quieter, domain.ExemptionID(id))
	}
	for _, no := range r.Reserved {
		w.Reserved = append(w.Reserved, int(no))
	}
	for raw, into := range map[*[]byte]any{&r.Found: &w.Found, &r.Linked: &w.Linked, &r.Later: &w.Later, &r.Reversal: &w.Reversal} {
		if *raw == nil {
			continue
		}
		if err := json.Unmarshal(*raw, into); err != nil {
			return nil, domain.Errorf(domain.Internal, "read last write", "%v", err)
		}
	}
	return &w, nil
}
