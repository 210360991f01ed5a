package embedded

import (
	"testing"
	"time"
)

func TestOpenFirstWarmAndJoin(t *testing.T) {
	t.Parallel()
	state := newState(t)
	begun := time.Now()
	s := mustOpen(t, Options{StateDir: state})
	t.Log("first start", time.Since(begun))
	begun = time.Now()
	again := mustOpen(t, Options{StateDir: state})
	t.Log("join", time.Since(begun))
	if dsn, ok := Running(state); !ok || dsn != s.DSN(AdminLogin) {
		t.Errorf("Running = %q, %v", dsn, ok)
	}
	mustClose(t, again)
	if got, err := one(t.Context(), s.DSN(AdminLogin), "SELECT current_user || current_setting('lc_ctype')"); err != nil || got != AdminLogin+"C.UTF-8" {
		t.Errorf("admin's session: %q, %v", got, err)
	}
	begun = time.Now()
	mustClose(t, s)
	t.Log("stop", time.Since(begun))
	if _, ok := Running(state); ok {
		t.Error("the server outlived its last user")
	}
	begun = time.Now()
	s = mustOpen(t, Options{StateDir: state})
	t.Log("warm", time.Since(begun))
	mustClose(t, s)
}
