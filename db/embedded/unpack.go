package embedded

import (
	"archive/tar"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// maxUnpacked bounds what a tarball may become on the disk: the pinned ones are about 60 MB (macOS 150 MB).
const maxUnpacked = 500 << 20

// unpack writes the server's tree (package/native in the tarball) to dir, which must not exist. Nothing can be written
// outside dir. told is given the packed bytes read so far.
func unpack(tarball io.Reader, dir string, told func(int64)) error {
	if err := os.Mkdir(dir, 0o755); err != nil {
		return fmt.Errorf("unpacking: %w", err)
	}
	// A strict umask must not shut out the account that runs the server.
	if err := os.Chmod(dir, 0o755); err != nil {
		return fmt.Errorf("unpacking: %w", err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("unpacking: %w", err)
	}
	defer root.Close()
	packed := &counter{from: tarball}
	unzipped, err := gzip.NewReader(packed)
	if err != nil {
		return fmt.Errorf("unpacking: %w", err)
	}
	if err := writeTree(root, tar.NewReader(unzipped), func() { told(packed.n) }); err != nil {
		return fmt.Errorf("unpacking: %w", err)
	}
	if err := makeLinks(root); err != nil {
		return fmt.Errorf("unpacking, links: %w", err)
	}
	return nil
}

func writeTree(root *os.Root, from *tar.Reader, told func()) error {
	left := int64(maxUnpacked)
	for {
		head, err := from.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		name, ok := strings.CutPrefix(path.Clean(head.Name), "package/native/")
		if !ok || head.Typeflag != tar.TypeReg {
			continue
		}
		if left -= head.Size; left < 0 {
			return fmt.Errorf("more than %d MB", maxUnpacked>>20)
		}
		if err := writeFile(root, name, from); err != nil {
			return err
		}
		told()
	}
}

func writeFile(root *os.Root, name string, from io.Reader) error {
	mode := os.FileMode(0o644)
	if strings.HasPrefix(name, "bin/") {
		mode = 0o755
	}
	if err := makeParents(root, name); err != nil {
		return err
	}
	f, err := root.OpenFile(filepath.FromSlash(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, from)
	return errors.Join(err, f.Chmod(mode), f.Close())
}

func makeParents(root *os.Root, name string) error {
	for i := range name {
		if name[i] != '/' {
			continue
		}
		dir := filepath.FromSlash(name[:i])
		err := root.Mkdir(dir, 0o755)
		if errors.Is(err, os.ErrExist) {
			continue
		}
		if err = errors.Join(err, root.Chmod(dir, 0o755)); err != nil {
			return err
		}
	}
	return nil
}

// makeLinks makes the symbolic links that the tarball cannot carry and lists instead; without them the server does not load.
func makeLinks(root *os.Root) error {
	text, err := root.ReadFile("pg-symlinks.json")
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(text, &links); err != nil {
		return err
	}
	for _, l := range links {
		source, ok1 := strings.CutPrefix(path.Clean(l.Source), "native/")
		target, ok2 := strings.CutPrefix(path.Clean(l.Target), "native/")
		if !ok1 || !ok2 || !filepath.IsLocal(source) || !filepath.IsLocal(target) {
			return fmt.Errorf("%q to %q leads outside", l.Target, l.Source)
		}
		to, err := filepath.Rel(filepath.Dir(target), source)
		if err != nil {
			return err
		}
		if err := root.Symlink(to, target); err != nil {
			return err
		}
	}
	return nil
}

// counter counts what is read through it.
type counter struct {
	from io.Reader
	n    int64
}

// Read reads from the source beneath.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.from.Read(p)
	c.n += int64(n)
	return n, err
}
