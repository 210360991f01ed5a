package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// Intake brings orders and the catalogue in, as the login of a program. Rows are
// staged, where they have no effect, and applied chunk by chunk; whatever is lost on
// the way can be sent again.
type Intake struct{ s *Store }

// applyLimit is how long one statement of an import may take: a chunk in which the
// scattered lines of many orders were brought together is a large one.
const applyLimit = 10 * time.Minute

// OpenIntake makes an Intake over the DSN of a program's login.
func OpenIntake(dsn string) (*Intake, error) {
	s, err := Open(dsn, Options{App: "cleardesk/import", Statement: applyLimit})
	if err != nil {
		return nil, err
	}
	return &Intake{s: s}, nil
}

// Ping tells whether the server answers, before anything is read.
func (in *Intake) Ping(ctx context.Context) error { return in.s.Ping(ctx) }

// Close ends its connections.
func (in *Intake) Close() error { return in.s.Close() }

// ImportKind is what an import brings.
type ImportKind string

// The kinds of imports.
const (
	ImportStores   ImportKind = "stores"
	ImportProducts ImportKind = "products"
	ImportOrders   ImportKind = "orders"
	ImportTotals   ImportKind = "day-totals" // what the platform counted itself
)

// ImportOptions say how an import is applied.
type ImportOptions struct {
	CreateMissing bool   `json:"create_missing,omitempty"` // make stores and products that orders name
	History       bool   `json:"history,omitempty"`        // orders of the past: settled, they only teach
	DryRun        bool   `json:"dry_run,omitempty"`        // only say what would be done
	Verdicts      bool   `json:"verdicts,omitempty"`       // name the orders that were the same
	Hash          string `json:"sha256,omitempty"`         // of the file's content, where it is known beforehand
}

// Start begins an import under the key id, and gives the platform's zone, in which
// times without one are. It may be called again with the same key.
func (in *Intake) Start(
	ctx context.Context, id uuid.UUID, kind ImportKind, file string, o ImportOptions,
) (*time.Location, error) {
	options, err := jsonArg(o)
	if err != nil {
		return nil, err
	}
	var answer struct {
		Zone string `json:"zone"`
	}
	if err := in.s.act(ctx, &answer, "start_import", id, string(kind), file, options); err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(answer.Zone)
	if err != nil {
		return nil, &domain.Error{Code: domain.Invalid, Op: "start import", Field: "platform.zone", Err: err}
	}
	return zone, nil
}

// Gathered is a staged order file whose orders each stand in one chunk.
type Gathered struct {
	Lost     bool  `json:"again"`    // the stage does not hold what was sent: the server was restarted
	Repeated int64 `json:"repeated"` // lines sent twice word for word, taken once
	Apart    int64 `json:"apart"`    // orders whose lines did not stand together
	Chunks   []StagedChunk
}

// StagedChunk is a chunk that waits to be applied, and its lines.
type StagedChunk struct {
	Chunk int
	Lines int64
}

// Gather brings the orders of a whole file together once all of it is staged: lines
// good lines and bad ones that could not be read.
func (in *Intake) Gather(ctx context.Context, id uuid.UUID, lines, bad int64) (Gathered, error) {
	var answer struct {
		Gathered
		Chunks [][2]int64 `json:"chunks"`
	}
	if err := in.s.act(ctx, &answer, "gather_stage", id, lines, bad); err != nil {
		return Gathered{}, err
	}
	for _, c := range answer.Chunks {
		answer.Gathered.Chunks = append(answer.Gathered.Chunks, StagedChunk{Chunk: int(c[0]), Lines: c[1]})
	}
	return answer.Gathered, nil
}

// Applied is what became of a chunk of orders, in orders and in lines.
type Applied struct {
	Lost          bool     `json:"again"` // the stage did not hold what was sent; nothing is done: stage it again
	Taken         int64    `json:"taken"`
	Lines         int64    `json:"lines"`
	Same          int64    `json:"same"` // they were in already, word for word
	SameLines     int64    `json:"same_lines"`
	Rejected      int64    `json:"rejected"`
	RejectedLines int64    `json:"rejected_lines"`
	SameOrders    []string `json:"same_orders"` // with ImportOptions.Verdicts
}

// Apply takes a staged chunk of orders in. Applied once more it gives the same
// answer and does nothing.
func (in *Intake) Apply(ctx context.Context, id uuid.UUID, chunk int, lines int64) (Applied, error) {
	var a Applied
	err := in.s.act(ctx, &a, "apply_stage", id, chunk, lines)
	return a, err
}

// Refusal is an order, event, store or product an import did not take.
type Refusal struct {
	Chunk    int    `db:"chunk"`
	Subject  string `db:"subject"` // the order's number, the event's key, or the code of a store or product
	FirstRow int64  `db:"first_row"`
	LastRow  int64  `db:"last_row"`
	Why      string `db:"reason"`
	About    string `db:"about"` // what Why speaks of: a code, a line
}

// Reason is the refusal in one English line.
func (r Refusal) Reason() string {
	switch r.Why {
	case "bad_line":
		return "line " + r.About + " of this order cannot be taken"
	case "mixed_store":
		return "its lines name more than one store, " + r.About + " among them"
	case "mixed_time":
		return "its lines are placed at more than one time"
	case "line_numbers":
		return "its line numbers are not one for each line"
	case "other_store":
		return "this number is an order of store " + r.About
	case "other_content":
		return "this number is in already with other content"
	case "too_large":
		return "it costs more than an order can"
	case "unknown_store":
		return "store " + r.About + " is not known"
	case "unknown_product":
		return "product " + r.About + " is not known"
	case "repeated":
		return r.About + " stands in this file more than once"
	case "unknown_order":
		return "order " + r.About + " is not known"
	case "unknown_line":
		return "its order has no line " + r.About + " of that product"
	case "which_line":
		return "its order has " + r.About + " on more than one line: give line_no"
	case "bad_row":
		return "row " + r.About + " of this event cannot be taken"
	case "mixed":
		return "its rows tell different things of one event"
	case "no_count":
		return "a count is not below nought"
	case "count_time":
		return "a count was made within the last seven days"
	case "other_count":
		return "another count of " + r.About + " is in already for that time"
	case "no_weight":
		return r.About + " is not sold by weight"
	case "no_lines":
		return "it names neither a line nor a product"
	}
	return r.Why
}

// Refused tells which of the orders the import refused, and why.
func (in *Intake) Refused(ctx context.Context, id uuid.UUID, orders []string) ([]Refusal, error) {
	var list []Refusal
	err := in.s.db.SelectContext(ctx, &list, `
		SELECT chunk, subject, first_row, last_row, reason, about FROM cleardesk.import_rejects($1, $2)`, id, pq.StringArray(orders))
	return list, fail(ctx, "read what was refused", err)
}
