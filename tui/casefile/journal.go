package casefile

import (
	"os"
	"path/filepath"
	"strings"
)

// Journal keeps what the database does not have yet on this machine, so that a
// broken line or a killed desk loses nothing.
type Journal interface {
	Save(key string, data []byte) error
	Load(key string) ([]byte, bool)
	Remove(key string)
}

// Dir is a journal in a folder: a file for each key, readable by its owner only.
type Dir struct{ path string }

// NewDir makes a journal in a folder, which is made when something is first kept.
func NewDir(path string) *Dir { return &Dir{path: path} }

// Save puts data in the place of what the key held, whole or not at all.
func (d *Dir) Save(key string, data []byte) error {
	if err := os.MkdirAll(d.path, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(d.path, ".draft-*") // made with 0600
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if end := f.Close(); err == nil {
		err = end
	}
	if err == nil {
		err = os.Rename(f.Name(), d.file(key))
	}
	if err != nil {
		_ = os.Remove(f.Name()) // what was kept before stays
	}
	return err
}

// Load gives what a key holds, and whether it holds anything.
func (d *Dir) Load(key string) ([]byte, bool) {
	data, err := os.ReadFile(d.file(key))
	return data, err == nil
}

// Remove forgets a key.
func (d *Dir) Remove(key string) { _ = os.Remove(d.file(key)) } // one that is not there is gone already

// file is the key's file; nothing in a key leads out of the folder.
func (d *Dir) file(key string) string {
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			return r
		}
		return '_'
	}, strings.ToLower(key))
	return filepath.Join(d.path, name+".json")
}

// nowhere is the journal of a desk that has no place for one.
type nowhere struct{}

func (nowhere) Save(string, []byte) error  { return nil }
func (nowhere) Load(string) ([]byte, bool) { return nil, false }
func (nowhere) Remove(string)              {}
