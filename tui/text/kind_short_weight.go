package text

import "cleardesk/domain"

// ShortWords are the words of short weights (§3.1.7).
type ShortWords struct {
	WeightWords
	Say func(name, ordered, received, less, complaint string) []string
}

// WeightWords are what short weights and overweights have in common.
type WeightWords struct {
	Why       func(name, received, ordered, orderedUnit string) string
	Odd       func(name, difference, share, tolerance string) string
	Got       func(received string) string
	Off       func(difference, worth string) string
	Tolerance func(q string) string
	Complaint func(no string) string
}

func shortEnglish() ShortWords {
	return ShortWords{
		WeightWords: weightEnglish("short"),
		Say: func(n, of, got, less, no string) []string {
			return []string{
				"Say: \"" + upper(n) + ": " + got + " came of " + of + ", " + less + " short." + during(" Your complaint is ", no) + "\"",
				"Say: \"" + upper(n) + ": " + less + " short." + during(" Complaint ", no) + "\"",
			}
		},
	}
}

func shortChinese() ShortWords {
	return ShortWords{
		WeightWords: weightChinese("少"),
		Say: func(n, of, got, less, no string) []string {
			return []string{
				"念: 「" + n + "订" + of + "收" + got + ", 少" + less + during(", 投诉号", no) + ", 查实就答复您。」",
				"念: 「" + n + "少" + less + during(", 投诉号", no) + ", 查实就答复您。」",
			}
		},
	}
}

func weightEnglish(off string) WeightWords {
	return WeightWords{
		Why: func(n, got, _, of string) string { return n + " " + got + " of " + of },
		Odd: func(n, d, share, tol string) string {
			return n + " " + d + " " + off + during(" (", share) + closing(share) + ", tolerance " + tol
		},
		Got: func(q string) string { return "received " + q }, Off: func(d, worth string) string { return d + " " + off + during(", ", worth) },
		Tolerance: func(q string) string { return "tolerance " + q }, Complaint: func(no string) string { return "complaint " + no },
	}
}

func weightChinese(off string) WeightWords {
	return WeightWords{
		Why: func(n, got, _, of string) string { return n + " 收" + got + "/订" + of },
		Odd: func(n, d, share, tol string) string {
			return n + off + d + during("(", share) + closing(share) + ", 容差" + tol
		},
		Got: func(q string) string { return "收" + q }, Off: func(d, worth string) string { return off + d + during(" 值", worth) },
		Tolerance: func(q string) string { return "容差" + q }, Complaint: func(no string) string { return "投诉号 " + no },
	}
}

// got is what was received, nought where nobody told.
func (t telling) got() domain.Quantity {
	if t.e.Received == nil {
		return t.e.Quantity + t.e.Difference
	}
	return *t.e.Received
}

// off is by how much it differs, whichever way.
func (t telling) off() domain.Quantity { return max(t.e.Difference, -t.e.Difference) }

func (w WeightWords) why(t telling) string {
	n := t.decimals(2)
	return w.Why(t.name(), t.got().Grouped(n), t.e.Quantity.Grouped(n), t.c.Weight(t.e.Quantity, n, t.p.Unit, t.p.UnitEn))
}

func (w WeightWords) odd(t telling) string {
	share := ""
	if t.e.Quantity > 0 {
		share = tenths(int64(t.off())*100, int64(t.e.Quantity)) + "%"
	}
	return t.onLine(w.Odd(t.short(), t.weight(t.off(), 3), share, t.weight(t.e.Tolerance, 3)))
}

func (w WeightWords) facts(t telling) (first, second []string) {
	s := t.c.Kinds.Shared
	first = append(t.which(), s.OfOrder(t.weight(t.e.Quantity, 3)), w.Got(t.weight(t.got(), 3)))
	worth := ""
	if t.e.Price > 0 {
		first = append(first, t.price(t.e.Price))
		worth = t.c.MoneyExact(domain.Amount(t.off(), t.e.Price))
	}
	second = []string{w.Off(t.weight(t.off(), 3), worth), w.Tolerance(t.weight(t.e.Tolerance, 3))}
	if t.e.Slip != "" {
		second = append(second, s.Slip(t.e.Slip))
	}
	if at := t.clock(t.e.ReceivedAt); at != "" {
		second = append(second, s.Received(at))
	}
	return parts(first...), parts(append(second, t.quoted(), t.caller())...)
}

func (w ShortWords) say(t telling) []string {
	return w.Say(t.spoken(), t.weight(t.e.Quantity, 0), t.weight(t.got(), 0), t.weight(t.off(), 0), t.row.Complaint)
}
