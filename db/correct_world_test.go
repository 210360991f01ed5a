package db_test

import (
	"fmt"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/google/uuid"
)

// correctWorld is a desk with orders of today in the platform's zone.
type correctWorld struct{ *deskWorld }

// odd makes an order with a case whose anomalies name their products, as the judge's do.
func (w correctWorld) odd(store string, lines ...deskLine) deskCase {
	w.Helper()
	c := w.put(store, "", lines...)
	w.exec(`UPDATE cleardesk.orders SET business_day = (now() AT TIME ZONE 'Asia/Shanghai')::date,
		accepted_at = CASE WHEN state = 'accepted' THEN now() END WHERE id = $1`, c.order)
	w.exec(`UPDATE cleardesk.anomaly a SET product = l.product FROM cleardesk.order_line l
		WHERE a.order_id = $1 AND l.order_id = $1 AND l.line_no = a.line_no`, c.order)
	w.exec(`UPDATE cleardesk.cases SET kind = coalesce((SELECT min(kind) FROM cleardesk.anomaly a WHERE a.case_id = cases.id), kind) WHERE id = $1`, int64(c.id))
	return c
}

// fine makes an order of today nothing is wrong with, and no case.
func (w correctWorld) fine(store, product string, thousandths domain.Quantity) int64 {
	w.Helper()
	w.orders++
	var id int64
	w.scan(&id, `INSERT INTO cleardesk.orders (order_no, store, placed_at, business_day, state, total, line_count, judged, content, accepted_at)
		VALUES ($1, $2, now(), (now() AT TIME ZONE 'Asia/Shanghai')::date, 'accepted', 100, 1, true, '', now()) RETURNING id`,
		fmt.Sprintf("O%05d", w.orders), store)
	w.exec(`INSERT INTO cleardesk.order_line (order_id, line_no, product, quantity, original, price, amount)
		SELECT $1, 1, code, $2::bigint, $2::bigint, price, price * $2::bigint / 1000 FROM cleardesk.product WHERE code = $3`, id, int64(thousandths), product)
	return id
}

// weigh changes a line's quantity to thousandths.
func (w correctWorld) weigh(c deskCase, line int, q domain.Quantity) {
	w.Helper()
	w.exec(`UPDATE cleardesk.order_line SET quantity = $3 WHERE order_id = $1 AND line_no = $2`, c.order, line, int64(q))
}

// attempt makes the case of a refused attempt; 0 is a quantity that was not told.
func (w correctWorld) attempt(store, product string, kind domain.Kind, why domain.WhyTold, q domain.Quantity) domain.CaseID {
	w.Helper()
	w.orders++
	var id domain.CaseID
	w.scan(&id, `INSERT INTO cleardesk.cases (store, lies_with, kind, why, at_risk, moments, rank, search)
		VALUES ($1, 'procurement', $2, '{}', 100, '[]', $3, '') RETURNING id`, store, string(kind), 1e10+float64(w.orders))
	w.exec(`INSERT INTO cleardesk.anomaly (case_id, kind, product, evidence, rule, rule_version, at_risk, hard, blocks)
		VALUES ($1, $2, $3::text, jsonb_build_object('quantity', nullif($4::bigint, 0), 'told', $5::text, 'product', $3::text), 'attempt', 1, 100, false, false)`,
		int64(id), string(kind), product, int64(q), string(why))
	return id
}

// finds tells whether customer service finds just this case by a word.
func (w correctWorld) finds(word string, id domain.CaseID) {
	w.Helper()
	page, err := w.stores["lin"].QueuePage(w.Context(), domain.QueueFilter{With: domain.CustomerService, Words: []string{word}}, nil, 9)
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Case != id {
		w.Errorf("%s finds %+v, %v", word, page.Rows, err)
	}
}

// correct makes a correction and holds it against what was told before.
func (w correctWorld) correct(c domain.Correction) domain.Corrected {
	w.Helper()
	zhao := w.stores["zhao"]
	f, err := zhao.CorrectionFile(w.Context(), c.Product, 0)
	if err != nil {
		w.Fatal(err)
	}
	if c.What == domain.CorrectStep && c.Seen == 0 {
		c.Seen = f.Product.StepVersion
	}
	p, err := f.Preview(c)
	if err != nil {
		w.Fatal(err)
	}
	out, err := zhao.Correct(w.Context(), uuid.New(), c)
	if err != nil {
		w.Fatal(err)
	}
	w.compare(c, p, out)
	return out
}

// compare fails where a preview is not what came of it.
func (w correctWorld) compare(c domain.Correction, p domain.CorrectionPreview, out domain.Corrected) {
	w.Helper()
	want := domain.Corrected{Delta: p.Delta}
	for _, r := range p.Rows {
		if r.Clears {
			want.Cleared = append(want.Cleared, r.Case.Anomaly)
		} else {
			want.Left = append(want.Left, r.Case.Anomaly)
		}
		if r.Moves {
			w.want("customer_service", `SELECT lies_with FROM cleardesk.cases WHERE id = $1`, int64(r.Case.Row.Case))
		} else if r.Case.Row.With == domain.Procurement && !c.Tell {
			w.want("procurement", `SELECT lies_with FROM cleardesk.cases WHERE id = $1`, int64(r.Case.Row.Case))
		}
	}
	if c.Tell {
		want.Told = p.Tells
	}
	if c.List {
		for _, l := range p.Lists {
			want.Listed = append(want.Listed, l.Order)
		}
	}
	same := cmp.Options{
		cmpopts.EquateEmpty(), cmpopts.IgnoreFields(domain.Corrected{}, "ID", "Old", "New", "Decision"),
		cmpopts.SortSlices(func(a, b domain.OrderID) bool { return a < b }), cmpopts.SortSlices(func(a, b domain.CaseID) bool { return a < b }),
	}
	if d := cmp.Diff(want, out, same); d != "" {
		w.Errorf("told before (-) and done (+): %s", d)
	}
	w.want(fmt.Sprint(len(p.Raises)), `SELECT count(*) FROM cleardesk.anomaly WHERE rule = 'step_correction' AND blocks`)
	if c.What == domain.CorrectStock {
		w.want(fmt.Sprint(int64(p.Stock)), `SELECT stock FROM cleardesk.product WHERE code = $1`, string(c.Product))
	}
}

func step(q domain.Quantity) domain.Correction {
	return domain.Correction{What: domain.CorrectStep, Product: "P4", Step: &q, Reason: domain.WrongImport}
}

func count(product string, q domain.Quantity, at time.Time) domain.Correction {
	return domain.Correction{What: domain.CorrectStock, Product: domain.ProductCode(product), Counted: &q, CountedAt: at, Reason: domain.WrongEntry}
}

func listing(s domain.ProductStatus) domain.Correction {
	return domain.Correction{What: domain.CorrectListing, Product: "P4", Status: s, Reason: domain.OtherReason, Note: "目录"}
}

// decisionArray is the decisions of a correction as PostgreSQL reads an array.
func decisionArray(c domain.Corrected) string {
	out := "{"
	for i, d := range c.Decision {
		if i > 0 {
			out += ","
		}
		out += fmt.Sprint(int64(d))
	}
	return out + "}"
}
