package main

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
	"time"

	"cleardesk/cmd/cleardesk/intake"
	"cleardesk/db"
)

const (
	rowsChunk    = 2_000     // rows of a catalogue applied at once
	maxCodes     = 2_000_000 // codes remembered to find those that come twice; more than any catalogue has
	shownRepeats = 20
)

// catalogueRow is a row of a catalogue ready for the stage.
type catalogueRow struct {
	line   int
	code   string
	values map[string]any // by the columns of the table
}

// importRows imports a catalogue chunk by chunk.
func importRows[T any](ctx context.Context, j *importJob, kind intake.Kind[T], values func(T) catalogueRow) error {
	r, err := intake.NewReader(j.src, kind, j.bind)
	if err != nil {
		return err
	}
	rejects := intake.NewRejects(intake.RejectPath(j.path), r.Header())
	codes := &codeBook{seed: maphash.MakeSeed(), seen: map[uint64]struct{}{}}
	for chunk := 1; ; chunk++ {
		c, err := r.NextChunk(rowsChunk)
		if errors.Is(err, io.EOF) {
			j.tellRepeats(codes)
			return j.finish(rejects, nil)
		}
		if err == nil {
			err = rejects.Write(c.Rejects...)
		}
		j.got.rejected += int64(len(c.Rejects))
		rows := make([]db.StagedRow, 0, len(c.Rows))
		for _, row := range c.Rows {
			if v := values(row); codes.fresh(v) {
				rows = append(rows, db.StagedRow{Row: int64(v.line), Values: v.values})
			}
		}
		if err == nil {
			err = j.applyRows(ctx, chunk, rows)
		}
		if err != nil {
			return j.finish(rejects, err)
		}
	}
}

func (j *importJob) applyRows(ctx context.Context, chunk int, rows []db.StagedRow) error {
	if len(rows) == 0 {
		return nil
	}
	a, err := untilThere(ctx, j, func() (db.AppliedRows, bool, error) {
		if err := j.in.StageRows(ctx, j.id, chunk, rows); err != nil {
			return db.AppliedRows{}, false, err
		}
		a, err := j.in.ApplyRows(ctx, j.id, chunk, int64(len(rows)))
		return a, a.Lost, err
	})
	if err != nil {
		return err
	}
	j.got.taken += a.New + a.Changed
	j.got.same += int64(len(rows)) - a.New - a.Changed - a.Rejected
	j.got.rejected += a.Rejected
	j.got.clashed += a.Clashed
	j.got.clashes = append(j.got.clashes, a.Clashes[:min(len(a.Clashes), max(0, shownRepeats-len(j.got.clashes)))]...)
	return nil
}

// codeBook finds codes that come twice: of two rows for one product nobody knows
// which is right, so the first counts and the second is reported. It remembers
// hashes, so that it stays small.
type codeBook struct {
	seed  maphash.Seed
	seen  map[uint64]struct{}
	twice int64
	first []catalogueRow // of those that came twice
}

func (b *codeBook) fresh(row catalogueRow) bool {
	h := maphash.String(b.seed, row.code)
	if _, twice := b.seen[h]; twice {
		b.twice++
		if len(b.first) < shownRepeats {
			b.first = append(b.first, row)
		}
		return false
	}
	if len(b.seen) < maxCodes {
		b.seen[h] = struct{}{}
	}
	return true
}

func (j *importJob) tellRepeats(b *codeBook) {
	j.got.rejected += b.twice
	for _, row := range b.first {
		_, _ = fmt.Fprintf(j.stderr, "line %d: %s stands in this file already; the first counts\n", row.line, intake.Show(row.code))
	}
	if more := b.twice - int64(len(b.first)); more > 0 {
		_, _ = fmt.Fprintf(j.stderr, "and %d more codes that come twice\n", more)
	}
}

// rowByRow tells whether each row of a kind stands for itself: a catalogue, or day totals.
func rowByRow(k db.ImportKind) bool {
	return k == db.ImportStores || k == db.ImportProducts || k == db.ImportTotals
}

// totalRow lays a day's count out for the table; its code is the day.
func totalRow(t intake.TotalRow) catalogueRow {
	day := t.Day.Format(time.DateOnly)
	v := map[string]any{"code": day, "orders": t.Orders, "amount": int64(t.Amount)}
	if t.CountedAt != nil {
		v["counted_at"] = t.CountedAt.Format(time.RFC3339Nano)
	}
	return catalogueRow{line: t.Row, code: day, values: v}
}

// storeRow lays a store's columns out for the table. A name that is empty is the
// code's, so that no row is without one.
func storeRow(s intake.StoreRow) catalogueRow {
	v := map[string]any{"code": string(s.Code)}
	for _, column := range s.Given {
		switch column {
		case "name":
			v["name"], v["initials"] = orCode(s.Name, string(s.Code)), initials(s.Name)
		case "name_en":
			v["name_en"] = s.NameEn
		case "manager":
			v["manager"] = s.Manager
		case "manager_en":
			v["manager_en"] = s.ManagerEn
		case "phone":
			v["phone"] = s.Phone
		case "expansion":
			v["expansion"] = s.Expansion
		case "route":
			v["route"] = s.Route
		case "cod_limit":
			v["cod_limit"] = s.CODLimit
		case "opened_on":
			v["opened_on"] = nil
			if s.OpenedOn != nil {
				v["opened_on"] = s.OpenedOn.Format("2006-01-02")
			}
		}
	}
	return catalogueRow{line: s.Row, code: string(s.Code), values: v}
}

// productRow lays a product's columns out for the table.
func productRow(p intake.ProductRow) catalogueRow {
	v := map[string]any{"code": string(p.Code)}
	for _, column := range p.Given {
		switch column {
		case "name":
			v["name"], v["initials"] = orCode(p.Name, string(p.Code)), initials(p.Name)
		case "supplier":
			v["supplier"] = nil
			if p.Supplier != "" {
				v["supplier"] = string(p.Supplier)
			}
		case "supplier_name":
			if p.Supplier != "" && p.SupplierName != "" {
				v["supplier_name"] = p.SupplierName
			}
		case "status":
			if p.Status != "" {
				v["status"] = string(p.Status)
			}
		case "price":
			if p.Price != nil {
				v["price"] = int64(*p.Price)
			}
		default:
			productColumn(v, column, p)
		}
	}
	return catalogueRow{line: p.Row, code: string(p.Code), values: v}
}

// productColumn writes a column whose value stands as it was told.
func productColumn(v map[string]any, column string, p intake.ProductRow) {
	switch column {
	case "name_en":
		v["name_en"] = p.NameEn
	case "unit":
		v["unit"] = p.Unit
	case "unit_en":
		v["unit_en"] = p.UnitEn
	case "weighed":
		v["weighed"] = p.Weighed
	case "category":
		v["category"] = p.Category
	case "step":
		v["step"] = p.Step
	case "case":
		v["case_size"] = p.Case
	case "min_order":
		v["min_order"] = p.Least
	case "stock":
		v["stock"] = p.Stock
	case "verify_above":
		v["verify_above"] = p.VerifyAbove
	case "tolerance_permille":
		v["tolerance_permille"] = p.ToleranceRate
	case "tolerance_abs":
		v["tolerance_abs"] = p.ToleranceAbs
	}
}

func orCode(name, code string) string {
	if name == "" {
		return code
	}
	return name
}
