package detect

import (
	"math"
	"strconv"

	"cleardesk/domain"
)

// What a slip looks like, as it stands in Evidence.Multiple.
const (
	Times10    = "x10"
	Times100   = "x100"
	Doubled    = "doubled"
	Case       = "case"
	ExtraDigit = "extra_digit"
	Jin        = "jin" // jin, half a kilogram each, typed as kilograms
)

// closeEnough is how far, in ln, the quantity without the slip may lie from the
// expected and still explain it.
const closeEnough = 0.8

// jinClose is the same for jin typed as kilograms: a doubling is so common that only
// one that comes out near the usual is taken for it.
const jinClose = 0.15

// looksLike names the slip that explains a quantity best, and the quantity without
// it; "" when none does. It is for the wording and the proposals alone: as a part of
// the score it gained nothing on real errors.
func looksLike(q, expected domain.Quantity, facts *domain.Product) (string, domain.Quantity) {
	if expected <= 0 || q <= expected {
		return "", 0
	}
	best, likely, far := "", domain.Quantity(0), closeEnough
	for _, c := range slips(q, facts) {
		if c.likely <= 0 || facts.Step != nil && !c.likely.IsMultipleOf(*facts.Step) {
			continue
		}
		d := math.Abs(math.Log(c.likely.Float() / expected.Float()))
		if d < far && (c.name != Jin || d < jinClose) {
			best, likely, far = c.name, c.likely, d
		}
	}
	return best, likely
}

type slip struct {
	name   string
	likely domain.Quantity
}

// slips lists what q may have come from, the surest reading first: the first of
// equally near ones is taken.
func slips(q domain.Quantity, facts *domain.Product) []slip {
	var out []slip
	grain := domain.Unit
	if facts.Weighed {
		grain = 1
	}
	exact := func(name string, by domain.Quantity) {
		if q%by == 0 && q/by%grain == 0 {
			out = append(out, slip{name, q / by})
		}
	}
	exact(Times10, 10)
	exact(Times100, 100)
	if facts.Case != nil && *facts.Case > domain.Unit && *facts.Case%domain.Unit == 0 {
		exact(Case, *facts.Case/domain.Unit)
	}
	if facts.Weighed {
		exact(Jin, 2)
	}
	if facts.Weighed || q%domain.Unit != 0 {
		return out
	}
	digits := strconv.FormatInt(int64(q/domain.Unit), 10)
	n := len(digits)
	if n%2 == 0 && digits[:n/2] == digits[n/2:] {
		out = append(out, slip{Doubled, whole(digits[:n/2])})
	}
	if n > 1 {
		out = append(out, slip{ExtraDigit, whole(digits[:n-1])})
	}
	return out
}

func whole(digits string) domain.Quantity {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0
	}
	return domain.Units(n)
}
