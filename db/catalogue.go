package db

import (
	"context"

	"github.com/google/uuid"
)

// AppliedRows is what became of a chunk of stores or products.
type AppliedRows struct {
	Lost     bool    `json:"again"` // the stage did not hold what was sent; nothing is done: stage it again
	New      int64   `json:"new"`
	Changed  int64   `json:"changed"`
	Same     int64   `json:"same"`
	Rejected int64   `json:"rejected"` // codes that came twice; Refused names them
	Clashed  int64   `json:"clashed"`  // values the import would have undone
	Clashes  []Clash `json:"clashes"`  // the first of them
}

// Clash is a value that was corrected here and that an import brings otherwise. The
// correction stands.
type Clash struct {
	Code  string `json:"code"`  // of the store or product
	Field string `json:"field"` // the column
	Here  string `json:"here"`  // the value that stands
	File  string `json:"file"`  // the value that came
}

// ApplyRows takes a staged chunk of stores or products in. Only what changed since
// the last import is applied. Applied once more it gives the same answer and does
// nothing.
func (in *Intake) ApplyRows(ctx context.Context, id uuid.UUID, chunk int, rows int64) (AppliedRows, error) {
	var a AppliedRows
	err := in.s.act(ctx, &a, "apply_rows", id, chunk, rows)
	return a, err
}
