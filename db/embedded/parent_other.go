//go:build !linux

package embedded

import "syscall"

// endWithParent does nothing here: a server whose supervisor was killed is ended by the next supervisor.
func endWithParent(*syscall.SysProcAttr) {}
