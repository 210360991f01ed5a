package main

import (
	"cleardesk/domain"
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
		"step": p.Step, "case_size": p.Case, "stock": p.Stock, "verify_above": p.VerifyAbove,
	} {
		if q != nil {
			v[column] = *q
		}
	}
	return v
}
