package db

import (
	"testing"

	"cleardesk/domain"
)

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

// The terms the form foretells are those the database makes the exemption with,
// however the value was typed.
func TestTermsAreReadAlike(t *testing.T) {
	t.Parallel()
	w := newJudgeWorld(t)
	def, _ := domain.FindSetting("detect.quiet_ratio")
	for _, value := range []string{"1.5", "2", "2.50", "1.500", ".75", "１．２５", "1。5", "1,000", "１，０００", " 3 ", "+4", "99999.99", "1234567.89"} {
		if err := def.Check(value); err != nil {
			t.Fatalf("%q cannot be set: %v", value, err)
		}
		w.set("detect.quiet_ratio", value)
		s := domain.Settings{}
		s.Put(domain.Setting{Name: "detect.quiet_ratio", Scope: domain.ScopePlatform, Value: value})
		want := s.QuietTerms().Ratio100
		var got int64
		if err := w.admin.GetContext(t.Context(), &got, `SELECT least(10000, greatest(100, cleardesk.platform_hundredths('detect.quiet_ratio', 150)))`); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%q is %d to the database and %d to the form", value, got, want)
		}
	}
}
