package embedded

import (
	"errors"
	"fmt"
	"os"

	"cleardesk/domain"
)

// Reset throws the private server's data in a state folder away, all of it. Other files in the folder stay. It refuses
// with a *domain.Error of code Conflict while a server runs there.
func Reset(stateDir string) error {
	p, err := newPaths(stateDir)
	if err != nil {
		return &domain.Error{Code: domain.Invalid, Err: err}
	}
	if _, err := os.Stat(p.root); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	lock, err := tryLock(p.lock())
	if err != nil {
		return &domain.Error{Code: domain.Unavailable, Err: err}
	}
	if lock == nil {
		return domain.Errorf(domain.Conflict, "reset", "a private server runs in %s: leave the desks that use it, then try again", p.state)
	}
	defer lock.Close()
	aside := fmt.Sprintf("%s.gone-%d", p.root, os.Getpid())
	if err := os.Rename(p.root, aside); err != nil {
		return &domain.Error{Code: domain.Unavailable, Op: "reset", Err: err}
	}
	if err := os.RemoveAll(aside); err != nil {
		return &domain.Error{Code: domain.Unavailable, Op: "reset", Err: err}
	}
	return nil
}
