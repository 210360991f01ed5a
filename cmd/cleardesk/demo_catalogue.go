package main

import (
	"context"
	"strconv"

	"cleardesk/cmd/cleardesk/demo"
	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// storeValues are a store's columns as intake stages them.
func storeValues(s domain.Store) map[string]any {
	v := map[string]any{
		"code": s.Code, "name": s.Name, "name_en": s.NameEn, "initials": initials(s.Name), "manager": s.Manager, "manager_en": s.ManagerEn,
		"phone": s.Phone, "expansion": s.Expansion, "route": s.Route,
	}
	if s.CODLimit != nil {
		v["cod_limit"] = *s.CODLimit
	}
	if !s.OpenedOn.IsZero() {
		v["opened_on"] = s.OpenedOn.Format("2006-01-02")
	}
	return v
}

// productValues are a product's columns as intake stages them.
func productValues(p domain.Product, supplier string) map[string]any {
	v := map[string]any{
		"code": p.Code, "name": p.Name, "name_en": p.NameEn, "initials": initials(p.Name), "unit": p.Unit, "unit_en": p.UnitEn,
		"weighed": p.Weighed, "category": p.Category, "price": p.Price, "status": p.Status,
		"tolerance_permille": p.ToleranceRate, "tolerance_abs": p.ToleranceAbs,
	}
	if p.Supplier != "" {
		v["supplier"], v["supplier_name"] = p.Supplier, supplier
	}
	for column, q := range map[string]*domain.Quantity{
		"step": p.Step, "case_size": p.Case, "min_order": p.Least, "stock": p.Stock, "verify_above": p.VerifyAbove,
	} {
		if q != nil {
			v[column] = *q
		}
	}
	return v
}

// stageLines bounds a chunk of staged lines.
const stageLines = 20_000

// takeOrders brings orders in the way files do.
func takeOrders(ctx context.Context, in *db.Intake, orders []domain.Order, history bool) error {
	id := uuid.New()
	if _, err := in.Start(ctx, id, db.ImportOrders, "demo", db.ImportOptions{History: history}); err != nil {
		return err
	}
	var lines []db.StagedLine
	chunk, row := 0, int64(0)
	flush := func() error {
		if len(lines) == 0 {
			return nil
		}
		chunk++
		if err := in.StageOrders(ctx, id, chunk, lines, nil); err != nil {
			return err
		}
		got, err := in.Apply(ctx, id, chunk, int64(len(lines)))
		if err == nil && got.Rejected > 0 {
			err = domain.Errorf(domain.Internal, "demo", "%d orders were refused", got.Rejected)
		}
		lines = lines[:0]
		return err
	}
	for _, o := range orders {
		if len(lines)+len(o.Lines) > stageLines {
			if err := flush(); err != nil {
				return err
			}
		}
		run := row + 1
		for _, l := range o.Lines {
			row++
			staged := db.StagedLine{
				Row: row, Run: run, Order: o.No, Store: o.Store, PlacedAt: o.PlacedAt, Product: l.Product, Quantity: l.Quantity,
				Price: l.Price, LineNo: l.No,
			}
			if l.StepSeen != nil {
				staged.StepSeen = *l.StepSeen
			}
			lines = append(lines, staged)
		}
	}
	return flush()
}

// stageCatalogue brings stores and products in the way files do.
func stageCatalogue(ctx context.Context, in *db.Intake, p *demo.Platform) error {
	var stores, products []db.StagedRow
	for i, s := range p.Stores {
		stores = append(stores, db.StagedRow{Row: int64(i + 1), Values: storeValues(s)})
	}
	suppliers := map[domain.SupplierCode]demo.Supplier{}
	for _, s := range p.Suppliers {
		suppliers[s.Code] = s
	}
	for i, pr := range p.Catalogue() {
		products = append(products, db.StagedRow{Row: int64(i + 1), Values: productValues(pr, suppliers[pr.Supplier].Name)})
	}
	for kind, rows := range map[db.ImportKind][]db.StagedRow{db.ImportStores: stores, db.ImportProducts: products} {
		id := uuid.New()
		if _, err := in.Start(ctx, id, kind, "demo", db.ImportOptions{}); err != nil {
			return err
		}
		if err := in.StageRows(ctx, id, 1, rows); err != nil {
			return err
		}
		got, err := in.ApplyRows(ctx, id, 1, int64(len(rows)))
		if err != nil {
			return err
		}
		if got.Rejected > 0 {
			return domain.Errorf(domain.Internal, "demo", "%s", strconv.FormatInt(got.Rejected, 10)+" rows of "+string(kind)+" were refused")
		}
	}
	return nil
}
