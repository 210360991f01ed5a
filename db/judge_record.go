package db

import (
	"slices"

	"cleardesk/domain"
	"cleardesk/domain/detect"
)

// flagRecord is one flag as the database wants it.
type flagRecord struct {
	Kind     domain.Kind        `json:"kind"`
	Line     int                `json:"line"`
	Product  domain.ProductCode `json:"product,omitempty"`
	Event    domain.EventID     `json:"event,omitempty"`
	Cause    string             `json:"cause,omitempty"`
	Evidence domain.Evidence    `json:"evidence"`
	AtRisk   domain.Money       `json:"at_risk"`
	Hard     bool               `json:"hard"`
	Blocks   bool               `json:"blocks"`
}

// flaggedRecord is what is raised into one case as the database wants it, the worst flag
// first. What is not of an order names its store.
type flaggedRecord struct {
	Order    domain.OrderID       `json:"order,omitempty"`
	Store    domain.StoreCode     `json:"store,omitempty"`
	Version  int64                `json:"version,omitempty"`
	With     domain.Department    `json:"with"`
	Moments  []domain.Moment      `json:"moments"`
	Lines    []int                `json:"lines"`
	Products []domain.ProductCode `json:"products,omitempty"` // beside those of the flags
	Words    string               `json:"words"`
	Flags    []flagRecord         `json:"flags"`
}

// toldRecord is one thing found beside orders' own verdicts.
type toldRecord struct {
	Ends    []int64        `json:"ends,omitempty"`    // anomalies that the facts took back
	Advance domain.OrderID `json:"advance,omitempty"` // to be brought to the stage it was told to have come to
	Raise   *flaggedRecord `json:"raise,omitempty"`
}

// sortFlags puts the worst first: by money at risk, then by weight. The money of a case
// is that of the worst and not their sum, for the anomalies of one order mostly tell of
// the same goods.
func sortFlags(flags []detect.Flag) {
	slices.SortStableFunc(flags, func(a, b detect.Flag) int {
		if a.AtRisk != b.AtRisk {
			return int(min(max(b.AtRisk-a.AtRisk, -1), 1))
		}
		return b.Kind.Weight() - a.Kind.Weight()
	})
}

// record makes the record of an order's verdict. Its moments are those of the worst.
func (f *flagged) record(words map[domain.Kind]string) flaggedRecord {
	out := recordOf(f.flags, words)
	out.Order, out.Version = f.order.ID, f.order.Version
	if out.Moments = f.flags[0].Moments; out.Moments == nil {
		out.Moments = domain.MomentsFor(f.flags[0].Kind, domain.MomentFacts{Calendar: f.rules, Placed: f.order.PlacedAt})
	}
	return out
}

// recordOf makes the record of flags that go into one case, with the moments they bring.
func recordOf(flags []detect.Flag, words map[domain.Kind]string) flaggedRecord {
	sortFlags(flags)
	out := flaggedRecord{With: flags[0].Kind.FirstWith(), Moments: []domain.Moment{}, Lines: []int{}}
	for i := range flags {
		f := &flags[i]
		out.Flags = append(out.Flags, flagRecord{
			Kind: f.Kind, Line: f.Line, Product: f.Evidence.Product, Event: f.Evidence.Event, Cause: f.Cause, Evidence: f.Evidence,
			AtRisk: f.AtRisk, Hard: f.Hard, Blocks: f.Blocks,
		})
		out.Lines = append(append(out.Lines, f.Evidence.OddLines...), f.Line)
		for _, it := range f.Evidence.Items {
			out.Products = append(out.Products, it.Product)
		}
		out.Words += string(f.Kind) + " " + words[f.Kind] + " "
		out.Moments = append(out.Moments, f.Moments...)
	}
	slices.Sort(out.Lines)
	out.Lines = slices.Compact(out.Lines)
	slices.SortStableFunc(out.Moments, func(a, b domain.Moment) int { return a.At.Compare(b.At) })
	out.Moments = slices.CompactFunc(out.Moments, func(a, b domain.Moment) bool { return a.What == b.What && a.At.Equal(b.At) })
	return out
}

func (b *batch) flaggedJSON(words map[domain.Kind]string) (string, error) {
	records := make([]flaggedRecord, len(b.flagged))
	for i := range b.flagged {
		records[i] = b.flagged[i].record(words)
	}
	return jsonArg(records)
}

func (b *batch) againJSON() (string, error) {
	if b.again == nil {
		return "[]", nil
	}
	return jsonArg(b.again)
}
