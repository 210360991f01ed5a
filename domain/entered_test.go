package domain_test

import (
	"testing"

	"cleardesk/domain"

	"pgregory.net/rapid"
)

func TestEnteredQuantities(t *testing.T) {
	t.Parallel()
	milk := domain.Product{Unit: "袋", UnitEn: "bag", Case: ptr(domain.Units(12))}
	pork := domain.Product{Unit: "kg", UnitEn: "kg", Weighed: true}
	bare := domain.Product{Unit: "个"}
	for in, c := range map[string]struct {
		product domain.Product
		want    string // "": refused
		unit    domain.EnteredUnit
	}{
		"48":          {milk, "48", domain.EnteredBase},
		" ４８ ":        {milk, "48", domain.EnteredBase},
		"48袋":         {milk, "48", domain.EnteredBase},
		"48 bags":     {milk, "48", domain.EnteredBase},
		"4箱":          {milk, "48", domain.EnteredCase},
		"4 cs":        {milk, "48", domain.EnteredCase},
		"0.5 cases":   {milk, "6", domain.EnteredCase},
		"1,200":       {milk, "1200", domain.EnteredBase},
		"1，200":       {milk, "1200", domain.EnteredBase},
		"12,00":       {milk, "", ""},
		"4kg":         {milk, "", ""},
		"4个":          {milk, "", ""},
		"2箱 ":         {bare, "", ""},
		"":            {milk, "", ""},
		"袋":           {milk, "", ""},
		"0":           {milk, "", ""},
		"-4":          {milk, "", ""},
		"4.":          {milk, "", ""},
		"40斤":         {pork, "20", domain.EnteredJin},
		"36斤8两":       {pork, "18.4", domain.EnteredJin},
		"36 斤 8 两":    {pork, "18.4", domain.EnteredJin},
		"36jin8liang": {pork, "18.4", domain.EnteredJin},
		"３６斤８两":       {pork, "18.4", domain.EnteredJin},
		"18kg400g":    {pork, "18.4", domain.EnteredBase},
		"18公斤8两5克":    {pork, "18.405", domain.EnteredKilo},
		"2两500g":      {pork, "", ""}, // more than a liang
		"8两36斤":       {pork, "", ""},
		"36斤8":        {pork, "", ""},
		"36斤8斤":       {pork, "", ""},
		"36斤8箱":       {pork, "", ""},
		"3箱2袋":        {milk, "", ""},
		"3两":          {pork, "0.15", domain.EnteredLiang},
		"18。4":        {pork, "18.4", domain.EnteredBase},
		"18．4公斤":      {pork, "18.4", domain.EnteredKilo},
		"250g":        {pork, "0.25", domain.EnteredGram},
		"250克":        {pork, "0.25", domain.EnteredGram},
		"0.001kg":     {pork, "0.001", domain.EnteredBase},
		"0.0001kg":    {pork, "", ""},
		"0.5g":        {pork, "", ""},
		"0.001斤":      {pork, "", ""},
		"9999999999":  {pork, "", ""},
		"1000000001":  {pork, "", ""},
	} {
		got, err := domain.ParseEntered(in, c.product)
		switch {
		case c.want == "" && domain.CodeOf(err) != domain.Invalid:
			t.Errorf("%q is taken as %v (%v)", in, got, err)
		case c.want != "" && (err != nil || got.Quantity.String() != c.want || got.Unit != c.unit):
			t.Errorf("%q: %v %q, %v", in, got.Quantity, got.Unit, err)
		}
	}
}

func TestEnteredComesBackAsShown(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		q := domain.Quantity(rapid.Int64Range(1, int64(domain.MaxQuantity)).Draw(t, "quantity"))
		p := domain.Product{Unit: "kg", Weighed: rapid.Bool().Draw(t, "weighed")}
		for _, shown := range []string{q.String(), q.Grouped(3), q.Grouped(0) + "kg"} {
			got, err := domain.ParseEntered(shown, p)
			if err != nil || got.Quantity != q {
				t.Fatalf("%q comes back as %v, %v", shown, got.Quantity, err)
			}
		}
	})
}
