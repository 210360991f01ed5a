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
				Stock: &stock, Available: &available, Cause: stockCause(j.line.Product),
				Rule: ZeroStockRule, RuleVersion: ZeroStockVersion,
			},
			Cause: stockCause(j.line.Product),
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

// outOfStock flags an attempt that was refused because there is none left, by the
// platform's word or by the stock known here (§3.1.9). No order exists to hold.
func (a *attempt) outOfStock(found domain.WhyTold) Flag {
	return a.flag(domain.ZeroStock, found, stockCause(a.line.Product))
}
