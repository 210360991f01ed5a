package db

import "testing"

// The budget and the floor steer what is flagged; the floor is that of the narrowest
// scope.
func TestBudgetAndFloorSteerWhatIsFlagged(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ setting, scope, key, value, want string }{
		"as they are":           {"detect.floor", "platform", "", "50.00", "quantity_surge 1"},
		"no budget":             {"detect.budget", "platform", "", "0", "null"},
		"floor for all":         {"detect.floor", "platform", "", "301", "null"},
		"floor that is reached": {"detect.floor", "product", "P1", "250", "quantity_surge 1"},
		"floor of the product":  {"detect.floor", "product", "P1", "301", "null"},
		"floor of the store":    {"detect.floor", "store", "S1", "301", "null"},
		"floor of another one":  {"detect.floor", "store_product", "S2/P1", "301", "quantity_surge 1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newJudgeWorld(t)
			w.exec(`INSERT INTO cleardesk.setting (name, scope, key, valid_from, value, by_login) VALUES ($1, $2, $3, '2020-01-01', $4, 'mao')`,
				c.setting, c.scope, c.key, c.value)
			w.learnt(20, usualLines(10)...)
			no := w.order(usualLines(40)...) // thirty more than usual, of ten yuan each
			w.run()
			w.want(c.want, anomalies, no)
		})
	}
}
