package text

import (
	"time"

	"cleardesk/domain"
)

// SlowWords are the words of slow fulfilment (§3.1.5).
type SlowWords struct {
	Late     func(reached, stage, due string) string
	Foreseen func(stage, due string) string
	Odd      func(stage, due, since string) string
	OddWill  func(stage, due, since string) string
	Since    func(reached, clock string) string
	Plan     func(due, route string) string
	NoPlan   string
	Say      func(order string) string
	SayPlan  func(order, due string) string
}

func slowEnglish() SlowWords {
	return SlowWords{
		Late:     func(reached, _, due string) string { return listed(", ", "not "+reached, during("due ", due)) },
		Foreseen: func(stage, due string) string { return listed(", ", stage+" late", during("due ", due)) },
		Odd: func(stage, due, since string) string {
			return listed(", ", upper(stage)+" is late", during("due ", due), since)
		},
		OddWill: func(stage, due, since string) string {
			return listed(", ", upper(stage)+" will be late", during("due ", due), since)
		},
		Since: func(reached, c string) string { return reached + " since " + c },
		Plan:  func(due, route string) string { return listed(", ", "planned for "+due, route) }, NoPlan: "no delivery planned",
		Say: func(o string) string {
			return "Say: \"Your order " + o + " is late. We find out when it comes and ring back.\""
		},
		SayPlan: func(o, due string) string {
			return "Say: \"Your order " + o + ", due " + due + ", is late. We ring back with the new time.\""
		},
	}
}

func slowChinese() SlowWords {
	return SlowWords{
		Late:     func(_, stage, due string) string { return listed(", ", "未"+stage, during("应", due)) },
		Foreseen: func(stage, due string) string { return listed(", ", stage+"要误", during("应", due)) },
		Odd: func(stage, due, since string) string {
			return listed(", ", stage+"超时", during("应在", due), since)
		},
		OddWill: func(stage, due, since string) string {
			return listed(", ", stage+"看来要误", during("应在", due), since)
		},
		Since: func(reached, c string) string { return c + reached },
		Plan:  func(due, route string) string { return listed(" ", "排定"+due, route) }, NoPlan: "还没排送货",
		Say: func(o string) string {
			return "念: 「您" + o + "这单晚了, 我们问清几时到, 马上告诉您。」"
		},
		SayPlan: func(o, due string) string {
			return "念: 「您" + o + "这单晚了, 原定" + due + "到, 我们问清新的时间就告诉您。」"
		},
	}
}

func (w SlowWords) why(t telling) string {
	s, due := t.c.Kinds.Shared, t.clock(t.e.StageDue)
	if t.e.Foreseen {
		return w.Foreseen(named(s.Stages, t.e.Stage), due)
	}
	return w.Late(named(s.Reached, t.e.Stage), named(s.Stages, t.e.Stage), due)
}

// since is where the order has been standing, and since when.
func (w SlowWords) since(t telling) string {
	at := t.clock(t.e.Since)
	if at == "" {
		return ""
	}
	state := t.state()
	if state == "" {
		state = t.c.OrderState(domain.Accepted)
	}
	return w.Since(state, at)
}

func (w SlowWords) odd(t telling) string { return w.late(t, w.since(t)) }

// late says which stage is, or will be.
func (w SlowWords) late(t telling, since string) string {
	stage, due := named(t.c.Kinds.Shared.Stages, t.e.Stage), t.clock(t.e.StageDue)
	if t.e.Foreseen {
		return w.OddWill(stage, due, since)
	}
	return w.Odd(stage, due, since)
}

// planned is when the order is to be at the store, by the plan that counts.
func (t telling) planned() *domain.DeliveryPlan {
	var last *domain.DeliveryPlan
	for i := range t.f.Plans {
		if p := &t.f.Plans[i]; last == nil || p.At.After(last.At) {
			last = p
		}
	}
	return last
}

func (w SlowWords) facts(t telling) (first, second []string) {
	plan := w.NoPlan
	if p := t.planned(); p != nil {
		plan = w.Plan(t.clock(ptr(p.Due)), p.Route)
	}
	stands := w.since(t)
	if stands == "" {
		stands = t.state()
	}
	return parts(t.whole(), stands, t.moment()), parts(w.late(t, ""), plan)
}

func ptr(at time.Time) *time.Time { return &at }

func (w SlowWords) say(t telling) []string {
	no := string(t.row.OrderNo)
	if p := t.planned(); p != nil {
		if due := t.clock(ptr(p.Due)); due != "" {
			return []string{w.SayPlan(no, due), w.Say(no)}
		}
	}
	return []string{w.Say(no)}
}
