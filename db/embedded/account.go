package embedded

import (
	"errors"
	"fmt"
	"os"
	"os/user"
	"path/filepath"
	"strconv"
	"syscall"
)

// account is the operating system's account that runs the server: PostgreSQL refuses to run as root.
type account struct {
	Name     string
	UID, GID int
}

// sysProc makes a child run as the account.
func (a account) sysProc() *syscall.SysProcAttr {
	attr := &syscall.SysProcAttr{}
	if os.Geteuid() == 0 {
		attr.Credential = &syscall.Credential{Uid: uint32(a.UID), Gid: uint32(a.GID)}
	}
	return attr
}

// serverAccount says who runs the server on data: the owner of data when it exists, for it must not change hands; the
// caller when that is not root; else the first of preferred that this system knows.
func serverAccount(data string, preferred []string) (account, error) {
	me := os.Geteuid()
	owner, exists := me, false
	if info, err := os.Stat(data); err == nil {
		owner, exists = ownerOf(info)
	}
	if me != 0 && exists && owner != me {
		return account{}, fmt.Errorf("%s belongs to another account (uid %d): name your own folder with --state", data, owner)
	}
	if me != 0 || exists {
		u, err := user.LookupId(strconv.Itoa(owner))
		if err != nil {
			return account{}, fmt.Errorf("uid %d has no name on this system, which PostgreSQL asks for: name a server with --dsn", owner)
		}
		return newAccount(u)
	}
	for _, name := range preferred {
		if u, err := user.Lookup(name); err == nil {
			return newAccount(u)
		}
	}
	return account{}, fmt.Errorf("PostgreSQL does not run as root, and none of the accounts %q exists: run as an ordinary user, or name a server with --dsn", preferred)
}

func newAccount(u *user.User) (account, error) {
	uid, err1 := strconv.Atoi(u.Uid)
	gid, err2 := strconv.Atoi(u.Gid)
	if err := errors.Join(err1, err2); err != nil {
		return account{}, fmt.Errorf("account %s: %w", u.Username, err)
	}
	return account{Name: u.Username, UID: uid, GID: gid}, nil
}

// deskAccount is the name of the account that this process runs as.
func deskAccount() (string, error) {
	u, err := user.LookupId(strconv.Itoa(os.Geteuid()))
	if err != nil {
		return "", fmt.Errorf("uid %d has no name on this system, which PostgreSQL asks for: name a server with --dsn", os.Geteuid())
	}
	return u.Username, nil
}

// canReach says whether the account may enter dir and all folders above it; if not it names the first that stops it.
func (a account) canReach(dir string) error {
	if os.Geteuid() == a.UID {
		return nil
	}
	for d := dir; ; d = filepath.Dir(d) {
		info, err := os.Stat(d)
		if err != nil {
			return fmt.Errorf("state folder: %w", err)
		}
		if !a.mayEnter(info) {
			return fmt.Errorf("the account %s, which runs the server, may not enter %s: name another folder with --state", a.Name, d)
		}
		if d == filepath.Dir(d) {
			return nil
		}
	}
}

func (a account) mayEnter(info os.FileInfo) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	if !ok {
		return true
	}
	switch mode := info.Mode().Perm(); {
	case int(stat.Uid) == a.UID:
		return mode&0o100 != 0
	case int(stat.Gid) == a.GID:
		return mode&0o010 != 0
	default:
		return mode&0o001 != 0
	}
}
