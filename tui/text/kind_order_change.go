package text

import "cleardesk/domain"

// ChangeWords are the words of changes of an order that stores ask for (§3.1.6).
type ChangeWords struct {
	Why     func(order, what, moment string) string
	Lines   func(n int) string
	Drop    func(n int) string
	All     string
	Some    string // what is wanted is in the store's own words only
	Odd     func(what string) string
	SayOne  func(name, from, to string) string
	SayDrop func(name string) string
	SayMany func(n int) string
	SayAll  func(order string) string
	SaySome string
}

func changeEnglish() ChangeWords {
	return ChangeWords{
		Why:   func(o, what, m string) string { return listed(", ", listed(" ", o, what), m) },
		Lines: func(n int) string { return count(n, "line", "lines") }, Drop: func(n int) string { return "drop " + itoa(n) }, All: "cancel it", Some: "to change",
		Odd: func(what string) string { return "Wanted: " + what },
		SayOne: func(n, from, to string) string {
			return "Say: \"You want " + to + " of " + n + ", not " + from + ". We cancel, you order anew: all right?\""
		},
		SayDrop: func(n string) string {
			return "Say: \"You want no " + n + ". We cancel the order and take it anew without: all right?\""
		},
		SayMany: func(n int) string {
			return "Say: \"You want " + count(n, "line", "lines") + " changed. We cancel it and take it anew: all right?\""
		},
		SayAll:  func(o string) string { return "Say: \"You want order " + o + " cancelled. Will you order anew?\"" },
		SaySome: "Say: \"What would you like changed? We cancel the order and take it anew.\"",
	}
}

func changeChinese() ChangeWords {
	return ChangeWords{
		Why:   func(o, what, m string) string { return listed(", ", o+what, m) },
		Lines: func(n int) string { return "要改" + itoa(n) + "行" }, Drop: func(n int) string { return "取消" + itoa(n) + "行" }, All: "要取消", Some: "要变更",
		Odd: func(what string) string { return "要改: " + what },
		SayOne: func(n, from, to string) string {
			return "念: 「" + n + "要" + to + ", 不是" + from + ": 取消原单重下, 可以吗?」"
		},
		SayDrop: func(n string) string { return "念: 「" + n + "不要了: 取消原单, 其余重下, 可以吗?」" },
		SayMany: func(n int) string {
			return "念: 「您要改" + itoa(n) + "行: 取消原单, 照新的重下, 可以吗?」"
		},
		SayAll:  func(o string) string { return "念: 「您要取消" + o + "整单, 还重下吗?」" },
		SaySome: "念: 「您要改哪些? 我们取消原单, 照新的重下。」",
	}
}

func (w ChangeWords) why(t telling) string {
	return w.Why(string(t.row.OrderNo), w.what(t), t.moment())
}

// what is how much of the order is to change.
func (w ChangeWords) what(t telling) string {
	n, gone := t.inAll(), 0
	for _, i := range t.e.Items {
		if i.Wanted == 0 {
			gone++
		}
	}
	switch {
	case n == 0 && (t.e.Told == domain.ToldCancel || t.e.Text == ""):
		return w.All
	case n == 0:
		return w.Some
	case gone == n && t.e.Lines > 0 && n >= t.e.Lines:
		return w.All
	case gone == n:
		return w.Drop(n)
	}
	return w.Lines(n)
}

// changes tells item by item what is wanted.
func (t telling) changes(n int) []string {
	s := t.c.Kinds.Shared
	return t.items(n, func(i domain.Item, p domain.Product, name string) string {
		to := t.c.Quantity(i.Wanted, p.Unit, p.UnitEn)
		switch {
		case i.Wanted == 0:
			return s.Dropped(name, t.c.Quantity(i.Quantity, p.Unit, p.UnitEn))
		case i.Quantity == 0:
			return s.Added(name, to)
		}
		return s.Wanted(name, i.Quantity.Grouped(0), to)
	})
}

func (w ChangeWords) itemised(t telling) []string { return t.changes(len(t.e.Items)) }

func (w ChangeWords) odd(t telling) string {
	what := listed(t.c.Values.Join, t.changes(mostItems)...)
	if what == "" {
		what = listed(t.c.Values.Join, w.what(t), t.reason())
	}
	return listed(t.c.Values.Join, w.Odd(what), t.moment())
}

func (w ChangeWords) facts(t telling) (first, second []string) {
	first = parts(t.whole(), t.state(), w.what(t), t.moment(), t.caller())
	return first, parts(append(t.changes(mostItems), t.reason(), t.quoted())...)
}

func (w ChangeWords) say(t telling) []string {
	switch {
	case w.what(t) == w.All:
		return []string{w.SayAll(string(t.row.OrderNo))}
	case len(t.e.Items) == 0:
		return []string{w.SaySome}
	case len(t.e.Items) > 1:
		return []string{w.SayMany(t.inAll()), w.SaySome}
	}
	i := t.e.Items[0]
	p := t.f.Products[i.Product]
	name := t.shortOf(p, i.Product)
	if i.Wanted == 0 {
		return []string{w.SayDrop(name)}
	}
	return []string{w.SayOne(name, t.c.Quantity(i.Quantity, p.Unit, p.UnitEn), t.c.Quantity(i.Wanted, p.Unit, p.UnitEn)), w.SayMany(1)}
}
