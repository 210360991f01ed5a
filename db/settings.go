package db

import (
	"context"
	"time"

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
	case v.Scope == domain.ScopeKind && !domain.Kind(v.Key).Valid(), v.Scope == domain.ScopeDepartment && !domain.Department(v.Key).Valid():
		return domain.Errorf(domain.Invalid, "settings", "%q is no %s", v.Key, v.Scope)
	}
	if err := def.Check(v.Value); err != nil {
		return err
	}
	var from *time.Time
	if !v.From.IsZero() {
		from = &v.From
	}
	if err := s.windowStands(ctx, v, from); err != nil {
		return err
	}
	return s.act(ctx, nil, "put_setting", op, v.Name, string(v.Scope), v.Key, from, v.Value)
}

// windowStands refuses an order window that would close before it opens: every order
// would then be past its moments.
func (s *Store) windowStands(ctx context.Context, v domain.Setting, at *time.Time) error {
	if v.Name != windowOpens && v.Name != windowCloses {
		return nil
	}
	then, err := s.settingsAt(ctx, at)
	if err != nil {
		return err
	}
	then.Put(v)
	if c := then.Calendar(); c.Closes <= c.Opens {
		return domain.Errorf(domain.Invalid, "settings", "the window would open at %s and close at %s; set the other one first", c.Opens, c.Closes)
	}
	return nil
}

// The two settings that make the order window.
const (
	windowOpens  = "window.opens"
	windowCloses = "window.closes"
)
