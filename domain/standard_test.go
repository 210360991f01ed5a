package domain_test

import (
	"slices"
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// yoghurt and pork are complete: one counted, one weighed.
func yoghurt() domain.Product {
	step, box, stock := domain.Units(6), domain.Units(12), domain.Units(600)
	return domain.Product{
		Code: "P1006", Name: "酸奶", NameEn: "Yoghurt", Unit: "盒", UnitEn: "box", Category: "dairy", Step: &step, Case: &box, Price: 980,
		Supplier: "V1", Status: domain.ProductNormal, Stock: &stock,
	}
}

func pork() domain.Product {
	step := domain.Unit / 2
	return domain.Product{
		Code: "P4011", Name: "五花肉", NameEn: "Pork belly", Unit: "kg", UnitEn: "kg", Weighed: true, Category: "pork", Step: &step, Price: 2790,
		Supplier: "V2", Status: domain.ProductNormal, ToleranceRate: 10, ToleranceAbs: 100,
	}
}

func q(n domain.Quantity) *domain.Quantity { return &n }

// Each rule on both sides: what just breaks it, and what just does not.
func TestEveryRuleOfTheStandard(t *testing.T) {
	t.Parallel()
	type change func(p *domain.Product)
	tried := map[domain.StandardRule]bool{}
	for _, c := range []struct {
		rule    domain.StandardRule
		of      func() domain.Product
		breaks  []change
		allowed []change
	}{
		{domain.NoUnit, yoghurt, []change{func(p *domain.Product) { p.Unit = " " }}, []change{func(p *domain.Product) { p.Unit = "x" }}},
		{
			domain.WeightUnit, pork,
			[]change{func(p *domain.Product) { p.Unit = "斤" }, func(p *domain.Product) { p.Unit = "袋" }},
			[]change{func(p *domain.Product) { p.Unit = "KG" }, func(p *domain.Product) { p.Unit = "公斤" }, func(p *domain.Product) { p.Unit = "千克" }},
		},
		{
			domain.PieceUnit, yoghurt,
			[]change{func(p *domain.Product) { p.Unit = "kg" }, func(p *domain.Product) { p.Unit = "斤" }},
			[]change{func(p *domain.Product) { p.Unit = "箱" }},
		},
		{domain.NoStep, yoghurt, []change{func(p *domain.Product) { p.Step = nil }}, []change{func(p *domain.Product) { p.Step = q(domain.Unit) }}},
		{domain.NoStep, pork, nil, []change{func(p *domain.Product) { p.Step = nil }}}, // any weight is right
		{domain.StepFraction, yoghurt, []change{func(p *domain.Product) { p.Step = q(1500) }}, []change{func(p *domain.Product) { p.Step = q(2000) }}},
		{domain.StepFraction, pork, nil, []change{func(p *domain.Product) { p.Step = q(1) }}},
		{
			domain.StepCase, yoghurt,
			[]change{func(p *domain.Product) { p.Step = q(domain.Units(5)) }, func(p *domain.Product) { p.Case = q(domain.Units(13)) }},
			[]change{func(p *domain.Product) { p.Step = q(domain.Units(24)) }, func(p *domain.Product) { p.Step = q(domain.Units(12)) }, func(p *domain.Product) { p.Case = nil }},
		},
		{domain.CaseFraction, yoghurt, []change{func(p *domain.Product) { p.Case = q(domain.Units(12) + 1) }}, []change{func(p *domain.Product) { p.Case = q(domain.Units(18)) }}},
		{
			domain.LeastStep, yoghurt,
			[]change{func(p *domain.Product) { p.Least = q(domain.Units(7)) }},
			[]change{func(p *domain.Product) { p.Least = q(domain.Units(12)) }, func(p *domain.Product) { p.Least = q(0) }},
		},
		{
			domain.VerifyLow, yoghurt,
			[]change{
				func(p *domain.Product) { p.VerifyAbove = q(domain.Units(6) - 1) },
				func(p *domain.Product) { p.Least, p.VerifyAbove = q(domain.Units(12)), q(domain.Units(11)) },
			},
			[]change{func(p *domain.Product) { p.VerifyAbove = q(domain.Units(6)) }},
		},
		{
			domain.NoTolerance, pork,
			[]change{func(p *domain.Product) { p.ToleranceRate, p.ToleranceAbs = 0, 0 }},
			[]change{func(p *domain.Product) { p.ToleranceRate = 0 }, func(p *domain.Product) { p.ToleranceAbs = 0 }},
		},
		{
			domain.WideTolerance, pork,
			[]change{func(p *domain.Product) { p.ToleranceRate = 51 }, func(p *domain.Product) { p.ToleranceAbs = 500 }},
			[]change{
				func(p *domain.Product) { p.ToleranceRate = 50 }, func(p *domain.Product) { p.ToleranceAbs = 499 },
				func(p *domain.Product) { p.Step, p.ToleranceAbs = nil, 500 },
			},
		},
		{domain.StrayTolerance, yoghurt, []change{func(p *domain.Product) { p.ToleranceRate = 1 }, func(p *domain.Product) { p.ToleranceAbs = 1 }}, nil},
		{
			domain.NoPrice, yoghurt,
			[]change{func(p *domain.Product) { p.Price = 0 }},
			[]change{func(p *domain.Product) { p.Price = 1 }, func(p *domain.Product) { p.Price, p.Status = 0, domain.ProductPaused }},
		},
		{
			domain.Oversold, yoghurt,
			[]change{func(p *domain.Product) { p.Reserved = *p.Stock + 1 }},
			[]change{func(p *domain.Product) { p.Reserved = *p.Stock }, func(p *domain.Product) { p.Stock, p.Reserved = nil, domain.Unit }},
		},
		{domain.NoName, yoghurt, []change{func(p *domain.Product) { p.Name = "" }, func(p *domain.Product) { p.Name = "P1006" }}, nil},
		{domain.NoNameEn, yoghurt, []change{func(p *domain.Product) { p.NameEn = " " }}, nil},
		{domain.NoUnitEn, yoghurt, []change{func(p *domain.Product) { p.UnitEn = "" }}, nil},
		{domain.NoCategory, yoghurt, []change{func(p *domain.Product) { p.Category = "" }}, nil},
		{domain.NoSupplier, yoghurt, []change{func(p *domain.Product) { p.Supplier = "" }}, nil},
	} {
		tried[c.rule] = true
		breaks := func(do change) []domain.Fault {
			p := c.of()
			do(&p)
			return p.Faults(domain.StandardLimits{ToleranceRate: 50})
		}
		is := func(f domain.Fault) bool { return f.Rule == c.rule }
		if f := breaks(func(*domain.Product) {}); len(f) != 0 {
			t.Errorf("complete: %v", f)
		}
		for i, do := range c.breaks {
			if f := breaks(do); !slices.ContainsFunc(f, is) {
				t.Errorf("%s %d: faults %v", c.rule, i, f)
			}
			p := c.of()
			do(&p)
			p.Status = domain.ProductDelisted
			if f := p.Faults(domain.StandardLimits{ToleranceRate: 50}); len(f) != 0 {
				t.Errorf("%s %d: delisted and at fault: %v", c.rule, i, f)
			}
		}
		for i, do := range c.allowed {
			if f := breaks(do); slices.ContainsFunc(f, is) {
				t.Errorf("%s %d is a fault: %v", c.rule, i, f)
			}
		}
	}
	for _, r := range domain.StandardRules() {
		if !tried[r] && r != domain.Twice || r.Field() == "" {
			t.Errorf("%s is not tried, or has no field", r)
		}
	}
}

func TestTwins(t *testing.T) {
	t.Parallel()
	named := func(code domain.ProductCode, name, unit string) domain.Product {
		p := yoghurt()
		p.Code, p.Name, p.Unit = code, name, unit
		return p
	}
	gone := named("P5", "酸奶", "盒")
	gone.Status = domain.ProductDelisted
	all := []domain.Product{
		named("P1", "酸奶", "盒"), named("P2", "酸 奶", " 盒"), named("P3", "酸奶", "箱"), named("P4", "Milk", "盒"), gone,
		named("P6", "P6", "盒"), named("P7", "P7", "盒"), // an import without names
	}
	got := map[domain.ProductCode][]domain.Fault{}
	for _, s := range domain.Standings(all, domain.StandardLimits{ToleranceRate: 50}) {
		got[s.Product.Code] = s.Faults
	}
	want := map[domain.ProductCode][]domain.Fault{
		"P1": {{Rule: domain.Twice, Other: "P2"}}, "P2": {{Rule: domain.Twice, Other: "P1"}}, "P6": {{Rule: domain.NoName}}, "P7": {{Rule: domain.NoName}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestTheWorstStandsFirst(t *testing.T) {
	t.Parallel()
	row := func(code domain.ProductCode, rule domain.StandardRule, orders, cases int, money domain.Money) domain.Standing {
		return domain.Standing{
			Product: domain.Product{Code: code}, Faults: []domain.Fault{{Rule: rule}}, Stake: domain.Stake{Orders: orders, Cases: cases, Money: money},
		}
	}
	all := []domain.Standing{
		row("idle", domain.NoStep, 0, 0, 0), row("mild", domain.NoNameEn, 900, 0, 1), row("rare", domain.NoStep, 1, 0, 900), row("open", domain.NoStep, 9, 2, 1), row("much", domain.NoStep, 10, 0, 5),
		row("little", domain.NoStep, 10, 0, 4), row("also", domain.NoStep, 10, 0, 4),
	}
	domain.SortStandings(all)
	var got []domain.ProductCode
	for _, s := range all {
		got = append(got, s.Product.Code)
	}
	if d := cmp.Diff([]domain.ProductCode{"open", "much", "also", "little", "rare", "mild", "idle"}, got); d != "" {
		t.Error(d)
	}
}

// What people type into a product's fields, and what is refused.
func TestWhatIsTypedIntoAProduct(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		field       domain.ProductField
		typed, want string // as Raw has it; "!": refused
	}{
		{domain.FieldName, " 低脂酸奶 ", "低脂酸奶"},
		{domain.FieldName, " ", "!"},
		{domain.FieldUnit, "-", "!"},
		{domain.FieldNameEn, "-", ""},
		{domain.FieldToleranceRate, "1.5", "15"},
		{domain.FieldToleranceRate, "１．５%", "15"},
		{domain.FieldToleranceRate, "", "0"},
		{domain.FieldToleranceRate, "0.05", "!"},
		{domain.FieldToleranceRate, "100.1", "!"},
		{domain.FieldToleranceRate, "-1", "!"},
		{domain.FieldToleranceAbs, "0", "0"},
		{domain.FieldToleranceAbs, "", "0"},
		{domain.FieldToleranceAbs, "2", "2000"},
		{domain.FieldCase, "24", "24000"},
		{domain.FieldCase, "0", "!"},
		{domain.FieldCase, "", ""},
		{domain.FieldCase, "2箱", "!"},
		{domain.FieldLeast, "0", "0"},
		{domain.FieldLeast, "2箱", "24000"},
		{domain.FieldLeast, "1.0005", "!"},
		{domain.FieldVerifyAbove, "0", "!"},
		{domain.FieldVerifyAbove, "120", "120000"},
		{domain.FieldWeighed, "是", "true"},
		{domain.FieldWeighed, "no", "false"},
		{domain.FieldWeighed, "maybe", "!"},
		{domain.FieldPrice, "1", "!"},
		{domain.FieldStep, "1", "!"},
		{domain.FieldStock, "1", "!"},
		{domain.FieldStatus, "paused", "!"},
		{domain.FieldSupplier, "V2", "V2"},
		{domain.FieldSupplier, "-", ""},
	} {
		p, err := yoghurt().With(c.field, c.typed)
		switch {
		case c.want == "!":
			if domain.CodeOf(err) != domain.Invalid {
				t.Errorf("%s %q is %q: %v", c.field, c.typed, p.Raw(c.field), err)
			}
		case err != nil || p.Raw(c.field) != c.want:
			t.Errorf("%s %q is %q, want %q: %v", c.field, c.typed, p.Raw(c.field), c.want, err)
		case len(domain.ChangedFields(yoghurt(), p)) > 1:
			t.Errorf("%s %q changes %v", c.field, c.typed, domain.ChangedFields(yoghurt(), p))
		}
	}
}

func TestAnEditIsChecked(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(e *domain.ProductEdit)
		good   bool
	}{
		"a field":         {func(e *domain.ProductEdit) { e.Now.NameEn = "x" }, true},
		"nothing":         {func(*domain.ProductEdit) {}, false},
		"the price":       {func(e *domain.ProductEdit) { e.Now.Price++ }, false},
		"the step":        {func(e *domain.ProductEdit) { e.Now.Step = nil }, false},
		"no name":         {func(e *domain.ProductEdit) { e.Now.Name = " " }, false},
		"no reason":       {func(e *domain.ProductEdit) { e.Now.NameEn, e.Reason = "x", "" }, false},
		"other, no note":  {func(e *domain.ProductEdit) { e.Now.NameEn, e.Reason, e.Note = "x", domain.OtherReason, " " }, false},
		"other, a note":   {func(e *domain.ProductEdit) { e.Now.NameEn, e.Reason, e.Note = "x", domain.OtherReason, "y" }, true},
		"an unknown unit": {func(e *domain.ProductEdit) { e.Was.Unit, e.Now.Unit, e.Now.NameEn = "", "", "x" }, true},
	} {
		e := domain.ProductEdit{Was: yoghurt(), Now: yoghurt(), Version: 1, Reason: domain.WrongEntry}
		c.change(&e)
		if err := e.Check(); (err == nil) != c.good {
			t.Errorf("%s: %v", name, err)
		}
	}
}
