package detect

import (
	"cleardesk/domain"
)

// Scope tells whose baselines a State holds.
type Scope string

// The scopes. A store's state holds all its pairs with products.
const (
	ScopeStore    Scope = "store"
	ScopeProduct  Scope = "product"
	ScopePlatform Scope = "platform"
)

// State is a part of what an engine has learnt, to be kept by the caller: it
// replaces the earlier one of the same scope and key. Key is the code of the store
// or product, empty for the platform. Data is opaque and carries its version.
type State struct {
	Scope Scope
	Key   string
	Data  []byte
}

// stateVersion is the first byte of every Data.
const stateVersion = 1

// Changed gives the states that changed since the last call, in the order in which
// they first changed, the platform last. The caller keeps them together with the
// verdicts they come from, or throws the engine away and loads another.
func (e *Engine) Changed() []State {
	var out []State
	for _, at := range e.changedStores {
		s := &e.stores[at]
		s.changed = false
		out = append(out, State{ScopeStore, string(s.code), e.encodeStore(s)})
	}
	for _, at := range e.changedProducts {
		p := &e.products[at]
		p.changed = false
		out = append(out, State{ScopeProduct, string(p.code), encodeProduct(p)})
	}
	e.changedStores, e.changedProducts = e.changedStores[:0], e.changedProducts[:0]
	if e.platform.changed {
		e.platform.changed = false
		out = append(out, State{ScopePlatform, "", encodePlatform(&e.platform)})
	}
	return out
}

// Load takes over states, in any order, replacing what the engine holds under their
// keys. The error is an Invalid *domain.Error naming the state that cannot be read;
// the engine is then to be thrown away.
func (e *Engine) Load(states []State) error {
	for _, st := range states {
		var err error
		switch st.Scope {
		case ScopeStore:
			err = e.decodeStore(&e.stores[e.internStore(domain.StoreCode(st.Key))], st.Data)
		case ScopeProduct:
			err = decodeProduct(&e.products[e.internProduct(domain.ProductCode(st.Key))], st.Data)
		case ScopePlatform:
			err = e.decodePlatform(st.Data)
		default:
			err = errUnknownScope
		}
		if err != nil {
			return &domain.Error{
				Code: domain.Invalid, Op: "load baselines", Err: err,
				Msg: "the stored baseline of " + string(st.Scope) + " " + st.Key + " cannot be read: " + err.Error() +
					"; rebuild the baselines from the orders",
			}
		}
	}
	return nil
}

func (e *Engine) encodeStore(s *store) []byte {
	w := writer{buf: make([]byte, 0, 160+48*len(s.pairs))}
	w.byte(stateVersion)
	w.float(s.levelN)
	w.float(s.levelSum)
	for _, x := range []*series{&s.amount, &s.basket, &s.shift, &s.lines} {
		w.uint(uint64(x.n))
		w.float(x.weight)
		w.float(x.mean)
		w.float(x.squares)
	}
	w.uint(uint64(len(s.pairs)))
	for i := range s.pairs {
		p := &s.pairs[i]
		w.text(string(e.products[p.product].code))
		w.uint(uint64(p.n))
		for _, f := range [...]float32{p.weight, p.mean, p.squares, p.top, p.last} {
			w.small(f)
		}
		w.int(int64(p.day))
		w.bits(p.seen)
	}
	return w.buf
}

func (e *Engine) decodeStore(s *store, data []byte) error {
	r := newReader(data)
	*s = store{code: s.code, changed: s.changed, levelN: r.float(), levelSum: r.float()}
	for _, x := range []*series{&s.amount, &s.basket, &s.shift, &s.lines} {
		*x = series{n: uint32(r.uint()), weight: r.float(), mean: r.float(), squares: r.float()}
	}
	n := r.count(leastPairBytes)
	s.pairs = make([]pair, 0, n)
	for range n {
		p := pair{product: e.internProduct(domain.ProductCode(r.text())), n: uint32(r.uint())}
		for _, f := range [...]*float32{&p.weight, &p.mean, &p.squares, &p.top, &p.last} {
			*f = r.small()
		}
		p.day, p.seen = int32(r.int()), r.bits()
		s.add(p)
	}
	return r.end()
}

// leastPairBytes and leastCountBytes bound a count read by what can still follow it.
const (
	leastPairBytes  = 31
	leastCountBytes = 2
)

func encodeProduct(p *product) []byte {
	w := writer{buf: make([]byte, 0, 96+4*len(p.counts.n))}
	w.byte(stateVersion)
	for _, f := range p.sums() {
		w.float(*f)
	}
	w.int(int64(p.moveDay))
	w.uint(p.counts.total)
	w.uint(uint64(len(p.counts.n)))
	var last domain.Quantity
	for i, q := range p.counts.qty {
		w.int(int64(q - last))
		w.uint(uint64(p.counts.n[i]))
		last = q
	}
	return w.buf
}

func decodeProduct(p *product, data []byte) error {
	r := newReader(data)
	*p = product{code: p.code, changed: p.changed}
	for _, f := range p.sums() {
		*f = r.float()
	}
	p.moveDay = int32(r.int())
	p.counts.total = r.uint()
	n := r.count(leastCountBytes)
	p.counts.qty, p.counts.n = make([]domain.Quantity, n), make([]uint32, n)
	var last domain.Quantity
	for i := range n {
		last += domain.Quantity(r.int())
		p.counts.qty[i], p.counts.n[i] = last, uint32(r.uint())
	}
	return r.end()
}

func (p *product) sums() []*float64 {
	return []*float64{&p.levelN, &p.levelSum, &p.varN, &p.varSum, &p.coldN, &p.coldSum, &p.moveN, &p.moveSum}
}

func (g *platform) sums() []*float64 {
	out := []*float64{&g.levelN, &g.levelSum, &g.varN, &g.varSum, &g.coldN, &g.coldSum}
	for _, p := range []*pool{&g.amount, &g.basket, &g.shift, &g.lines} {
		out = append(out, &p.n, &p.sum, &p.varN, &p.sq, &p.coldN, &p.cold)
	}
	return out
}

func encodePlatform(g *platform) []byte {
	w := writer{}
	w.byte(stateVersion)
	for _, f := range g.sums() {
		w.float(*f)
	}
	g.lineThreshold.encode(&w)
	g.orderThreshold.encode(&w)
	return w.buf
}

func (e *Engine) decodePlatform(data []byte) error {
	r := newReader(data)
	g := newPlatform(e.settings)
	for _, f := range g.sums() {
		*f = r.float()
	}
	g.lineThreshold.decode(r)
	g.orderThreshold.decode(r)
	g.changed = e.platform.changed
	e.platform = g
	return r.end()
}

func (t *threshold) encode(w *writer) {
	w.uint(t.total)
	w.uint(uint64(t.cut))
	n := 0
	for _, c := range t.counts {
		if c > 0 {
			n++
		}
	}
	w.uint(uint64(n))
	for b, c := range t.counts {
		if c > 0 {
			w.uint(uint64(b))
			w.uint(uint64(c))
		}
	}
}

// decode keeps the budget, which is a setting; where it was changed meanwhile the
// cut moves to it.
func (t *threshold) decode(r *reader) {
	*t = threshold{budget: t.budget, memory: t.memory, total: r.uint(), cut: min(int(r.uint()), scoreBins-1)}
	for range r.count(leastCountBytes) {
		b, c := r.uint(), r.uint()
		if b >= scoreBins {
			r.fail()
			return
		}
		t.counts[b] = uint32(c)
		if int(b) > t.cut {
			t.above += c
		}
	}
	t.settle()
}
