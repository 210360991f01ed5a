package detect

import "cleardesk/domain"

// zeroStock flags lines that meet no stock, or more than is available once the lines
// before them have taken theirs (§3.1.9). A line that is held for another reason
// takes nothing. Stock nobody stated is never short.
func (e *Engine) zeroStock(v *Verdict) {
	for i := range e.lines {
		j := &e.lines[i]
		if !j.again {
			continue
		}
		available, known := j.facts.Available()
		if !known {
			continue
		}
		available -= e.taken(i)
		if j.line.Quantity <= available {
			continue
		}
		stock := *j.facts.Stock
		v.raise(j, Flag{
			Kind: domain.ZeroStock, Line: j.line.No, Blocks: true,
			AtRisk: domain.Amount(j.line.Quantity, j.line.Price),
			Evidence: domain.Evidence{
				Product: j.line.Product, Line: j.line.No, Quantity: j.line.Quantity, Price: j.line.Price,
				Stock: &stock, Available: &available,
				Rule: ZeroStockRule, RuleVersion: ZeroStockVersion,
			},
		})
	}
}

// taken is what the lines before i take of its product.
func (e *Engine) taken(i int) domain.Quantity {
	var sum domain.Quantity
	for k := range e.lines[:i] {
		if j := &e.lines[k]; j.product == e.lines[i].product && j.again && !j.held {
			sum += j.line.Quantity
		}
	}
	return sum
}
