package intake

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf8"
)

// survey reads the whole source once: its hash, and its encoding on all of it.
func (s *Source) survey() error {
	raw, err := s.unpacked(io.NewSectionReader(s.again, 0, s.size))
	if err != nil {
		return err
	}
	plain := &counting{s: s, r: raw, sum: s.sum}
	block := make([]byte, readSize)
	n, err := io.ReadFull(plain, block)
	if why := notText(block[:n]); why != "" {
		return s.fail("%s", why)
	}
	known, ok := sniff(block[:n])
	var t tally
	for {
		if !ok {
			t.add(block[:n])
		}
		if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) && s.ended {
			break
		}
		if err != nil {
			return s.wrap(err)
		}
		n, err = plain.Read(block)
	}
	if ok {
		s.enc = known
		return nil
	}
	if s.enc, ok = t.decide(); !ok {
		return s.fail("line %d is neither UTF-8 nor GB18030 nor UTF-16; save the file as UTF-8", t.badLine)
	}
	return nil
}

// tally counts what speaks for UTF-8 and for GB18030. It is fed in blocks.
type tally struct {
	multi, bad     int64 // sequences that are and are not UTF-8
	gbMulti, gbBad int64
	badLine        int64 // of the first bad one
	lines          int64
	tail           []byte // an unfinished sequence at the end of the last block
	gb             [4]byte
	gbLen          int
}

func (t *tally) add(block []byte) {
	if len(t.tail) == 0 && t.gbLen == 0 && isASCII(block) {
		if t.bad == 0 {
			t.lines += int64(bytes.Count(block, []byte{'\n'}))
		}
		return
	}
	t.addGB(block)
	p := block
	if len(t.tail) > 0 {
		p = append(t.tail, block...)
		t.tail = nil
	}
	for len(p) > 0 {
		if p[0] < utf8.RuneSelf {
			if p[0] == '\n' {
				t.lines++
			}
			p = p[1:]
			continue
		}
		if !utf8.FullRune(p) {
			t.tail = append([]byte(nil), p...)
			return
		}
		r, size := utf8.DecodeRune(p)
		if r == utf8.RuneError && size == 1 {
			t.miss()
		} else {
			t.multi++
		}
		p = p[size:]
	}
}

func (t *tally) miss() {
	if t.bad == 0 {
		t.badLine = t.lines + 1
	}
	t.bad++
}

// addGB follows the structure of GB18030: one byte, two, or four. What is well
// formed but stands for nothing is found row by row.
func (t *tally) addGB(block []byte) {
	for _, c := range block {
		if t.gbLen == 0 && c < utf8.RuneSelf {
			continue
		}
		t.gb[t.gbLen] = c
		t.gbLen++
		ok, whole := gbState(t.gb[:t.gbLen])
		switch {
		case !ok:
			t.gbBad++
			t.gbLen = 0
		case whole:
			t.gbMulti++
			t.gbLen = 0
		}
	}
}

// gbState says whether p can begin a GB18030 sequence and whether it is one.
func gbState(p []byte) (ok, whole bool) {
	c := p[len(p)-1]
	lead := c >= 0x81 && c <= 0xFE
	digit := c >= '0' && c <= '9'
	switch len(p) {
	case 1:
		return lead, false
	case 2:
		two := c >= 0x40 && c <= 0xFE && c != 0x7F
		return two || digit, two
	case 3:
		return lead, false
	default:
		return digit, true
	}
}

// decide gives the encoding: UTF-8 when all of it is, GB18030 when that is well
// formed throughout. A few broken places in what is plainly one or the other cost
// their rows, not the file.
func (t *tally) decide() (Encoding, bool) {
	if len(t.tail) > 0 {
		t.miss()
		t.tail = nil
	}
	if t.gbLen > 0 {
		t.gbBad++
		t.gbLen = 0
	}
	switch {
	case t.bad == 0, t.multi >= 10*t.bad:
		return UTF8, true
	case t.gbBad == 0, t.gbMulti >= 10*t.gbBad:
		return GB18030, true
	}
	return "", false
}

func isASCII(p []byte) bool {
	for len(p) >= 8 {
		if binary.LittleEndian.Uint64(p)&0x8080808080808080 != 0 {
			return false
		}
		p = p[8:]
	}
	for _, c := range p {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
