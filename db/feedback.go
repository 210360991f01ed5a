package db

import (
	"context"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

type exemptionRow struct {
	ID            int64
	Store         string
	Product       *string
	Kind          string
	Quantity      *domain.Quantity
	Amount        *domain.Money
	Ratio100      int64      `db:"ratio_100"`
	From          time.Time  `db:"from_at"`
	Until         time.Time  `db:"until_at"`
	Record        int64      `db:"record_id"`
	By            string     `db:"by_login"`
	EndedAt       *time.Time `db:"ended_at"`
	EndedBy       *string    `db:"ended_by"`
	ProductName   string     `db:"product_name"`
	ProductNameEn string     `db:"product_name_en"`
	Unit          string
	UnitEn        string `db:"unit_en"`
	ByName        string `db:"by_name"`
	ByNameEn      string `db:"by_name_en"`
}

func (r exemptionRow) toDomain() domain.Exemption {
	return domain.Exemption{
		ID: domain.ExemptionID(r.ID), Store: domain.StoreCode(r.Store), Product: domain.ProductCode(deref(r.Product)),
		Kind: domain.Kind(r.Kind), Quantity: deref(r.Quantity), Amount: deref(r.Amount), Ratio100: r.Ratio100,
		From: r.From, Until: r.Until, Record: domain.RecordID(r.Record), By: domain.Login(r.By),
		EndedAt: r.EndedAt, EndedBy: deref(r.EndedBy), ProductName: r.ProductName, ProductNameEn: r.ProductNameEn,
		Unit: r.Unit, UnitEn: r.UnitEn, ByName: r.ByName, ByNameEn: r.ByNameEn,
	}
}

// exemptions reads those that where picks, the nearest end first.
func (s *Store) exemptions(ctx context.Context, where string, args ...any) ([]domain.Exemption, error) {
	var rows []exemptionRow
	err := s.db.SelectContext(ctx, &rows, `
		SELECT x.id, x.store, x.product, x.kind, x.quantity, x.amount, x.ratio_100, x.from_at, x.until_at, x.record_id, x.by_login,
		       e.at AS ended_at, e.by_login AS ended_by, coalesce(p.name, '') AS product_name, coalesce(p.name_en, '') AS product_name_en,
		       coalesce(p.unit, '') AS unit, coalesce(p.unit_en, '') AS unit_en, f.name AS by_name, f.name_en AS by_name_en
		FROM cleardesk.exemption x JOIN cleardesk.staff f ON f.login = x.by_login
		LEFT JOIN cleardesk.product p ON p.code = x.product
		LEFT JOIN cleardesk.exemption_end e ON e.exemption_id = x.id
		WHERE `+where+` ORDER BY x.until_at, x.id`, args...)
	out := make([]domain.Exemption, len(rows))
	for i, r := range rows {
		out[i] = r.toDomain()
	}
	return out, fail(ctx, "read exemptions", err)
}

// inForce picks the exemptions that hold now.
const inForce = `x.until_at > now() AND e.exemption_id IS NULL`

// quieterAt reads a store's exemptions in force. There may be many of one product;
// what a person is told of each product is the widest.
func (s *Store) quieterAt(ctx context.Context, store domain.StoreCode) ([]domain.Exemption, error) {
	all, err := s.exemptions(ctx, `x.store = $1 AND `+inForce, string(store))
	var out []domain.Exemption
	at := map[domain.ProductCode]int{}
	for _, x := range all {
		i, have := at[x.Product]
		switch {
		case !have:
			at[x.Product] = len(out)
			out = append(out, x)
		case x.Wider(out[i]):
			out[i] = x
		}
	}
	return out, err
}

// Exemptions lists those in force, the nearest end first; with ended also those whose
// time is over or that a manager ended.
func (s *Store) Exemptions(ctx context.Context, ended bool) ([]domain.Exemption, error) {
	if ended {
		return s.exemptions(ctx, `true`)
	}
	return s.exemptions(ctx, inForce)
}

// EndExemption ends one before its date, from now on. Managers may, and the
// administrator. NotFound: there is none; Conflict: it has ended already.
func (s *Store) EndExemption(ctx context.Context, op uuid.UUID, id domain.ExemptionID, why string) error {
	return s.act(ctx, nil, "end_exemption", op, int64(id), why)
}

// SettingChange is one value that was set.
type SettingChange struct {
	domain.Setting

	By     string
	ByName string // empty for who is not on the staff
	At     time.Time
}

// SettingHistory lists what was ever set under a name, the newest first. Invalid:
// there is no such setting.
func (s *Store) SettingHistory(ctx context.Context, name string) ([]SettingChange, error) {
	if _, ok := domain.FindSetting(name); !ok {
		return nil, domain.Errorf(domain.Invalid, "settings", "there is no setting %q", name)
	}
	var rows []struct {
		Scope, Key, Value string
		From              time.Time `db:"valid_from"`
		By                string    `db:"by_login"`
		ByName            string    `db:"by_name"`
		At                time.Time
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT s.scope, s.key, s.value, s.valid_from, s.by_login, coalesce(f.name, '') AS by_name, s.at
		FROM cleardesk.setting s LEFT JOIN cleardesk.staff f ON f.login = s.by_login
		WHERE s.name = $1 ORDER BY s.id DESC`, name)
	out := make([]SettingChange, len(rows))
	for i, r := range rows {
		out[i] = SettingChange{
			Setting: domain.Setting{Name: name, Scope: domain.Scope(r.Scope), Key: r.Key, From: r.From, Value: r.Value},
			By:      r.By, ByName: r.ByName, At: r.At,
		}
	}
	return out, fail(ctx, "read the history of a setting", err)
}
