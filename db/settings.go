package db

import (
	"context"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// PutSetting sets a value from v.From on, the zero time for now. Earlier values stay
// as they were. Managers may, and the administrator. Invalid: there is no such
// setting, not at this scope, or the value cannot be one.
func (s *Store) PutSetting(ctx context.Context, op uuid.UUID, v domain.Setting) error {
	def, ok := domain.FindSetting(v.Name)
	switch {
	case !ok:
		return domain.Errorf(domain.Invalid, "settings", "there is no setting %q", v.Name)
	case !def.Allows(v.Scope):
		return domain.Errorf(domain.Invalid, "settings", "%s cannot be set for a %s", v.Name, v.Scope)
	}
	if err := def.Check(v.Value); err != nil {
		return err
	}
	var from any
	if !v.From.IsZero() {
		from = v.From
	}
	return s.act(ctx, nil, "put_setting", op, v.Name, string(v.Scope), v.Key, from, v.Value)
}
