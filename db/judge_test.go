package db

import (
	"testing"
)

func TestCleanOrderIsAcceptedAtOnce(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	w.learnt(12, testLine{product: "P1", quantity: 10})
	no := w.order(testLine{product: "P1", quantity: 11})
	got := w.run()
	if got != (Judged{Orders: 13, Lines: 13}) {
		t.Errorf("judged %+v", got)
	}
	w.want("accepted", `SELECT state FROM cleardesk.orders WHERE order_no = $1 AND judged AND accepted_at IS NOT NULL`, no)
	w.want(`1 order_accepted {"lines": [1]}`, `SELECT n || ' ' || what || ' ' || detail FROM cleardesk.decision WHERE order_no = $1`, no)
	w.want("0/0", `SELECT (SELECT count(*) FROM cleardesk.waiting) || '/' || (SELECT count(*) FROM cleardesk.cases)`)
	w.want("true", `SELECT judged_to > now() - interval '1 minute' FROM cleardesk.judge`)
	w.want("12", `SELECT count(*) FROM cleardesk.orders WHERE history AND judged AND state = 'settled'`)
}
