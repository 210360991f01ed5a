package intake

import (
	"errors"
	"hash"
	"io"
	"os"
)

// maxSpool bounds what is kept of a pipe for a second look.
const maxSpool = 4 << 30

// stored counts the bytes as they lie on disk, tells the progress, and ends when
// the context does.
type stored struct {
	s *Source
	r io.Reader
}

func (c *stored) Read(p []byte) (int, error) {
	if err := c.s.ctx.Err(); err != nil {
		return 0, err
	}
	n, err := c.r.Read(p)
	c.s.read += int64(n)
	c.s.meter.tick(c.s.read)
	return n, err
}

// counting counts the bytes after decompression and notices when a file is not
// the one that was surveyed.
type counting struct {
	s   *Source
	r   io.Reader
	sum hash.Hash // nil in a pass whose hash is known
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.s.plain += int64(n)
	if c.sum != nil {
		c.sum.Write(p[:n])
	}
	if errors.Is(err, io.EOF) {
		if c.s.expect >= 0 && c.s.plain != c.s.expect {
			return n, c.s.fail("the file changed while it was read; start again when it is complete")
		}
		c.s.ended = true
	}
	return n, err
}

// spool keeps what passes in a file without a name, up to a bound.
type spool struct {
	f    *os.File
	n    int64
	max  int64
	full bool
}

func newSpool(most int64) (*spool, error) {
	f, err := os.CreateTemp("", "cleardesk-intake-*")
	if err != nil {
		return nil, err
	}
	// Without a name it goes with the process, however that ends.
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &spool{f: f, max: most}, nil
}

// Write never fails for want of room: what is past the bound is not kept, and
// Revisit says so.
func (sp *spool) Write(p []byte) (int, error) {
	if sp.full || sp.n+int64(len(p)) > sp.max {
		sp.full = true
		return len(p), nil
	}
	n, err := sp.f.WriteAt(p, sp.n)
	sp.n += int64(n)
	if err != nil {
		sp.full = true
	}
	return len(p), nil
}

func (sp *spool) Close() error { return sp.f.Close() }
