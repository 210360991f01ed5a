package intake

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Encoding is how a source's text is encoded.
type Encoding string

// The encodings read. GB18030 takes in GBK and GB2312.
const (
	UTF8    Encoding = "utf-8"
	UTF16LE Encoding = "utf-16le"
	UTF16BE Encoding = "utf-16be"
	GB18030 Encoding = "gb18030"
)

// replacement is what a decoder puts where it could not read.
const replacement = "\uFFFD"

// decode turns r into UTF-8 and takes a byte order mark off. UTF-8 passes as it
// is: its broken rows are found row by row.
func (e Encoding) decode(r io.Reader) io.Reader {
	var enc encoding.Encoding
	switch e {
	case UTF16LE:
		enc = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	case UTF16BE:
		enc = unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case GB18030:
		enc = simplifiedchinese.GB18030
	default:
		return &bomless{r: r}
	}
	return transform.NewReader(r, enc.NewDecoder())
}

// bomless takes a UTF-8 byte order mark off the front.
type bomless struct {
	r    io.Reader
	past bool
}

func (b *bomless) Read(p []byte) (int, error) {
	if b.past || len(p) < 3 {
		return b.r.Read(p)
	}
	b.past = true
	n, err := io.ReadAtLeast(b.r, p, 1)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	for n > 0 && n < 3 && err == nil && bytes.HasPrefix(bomUTF8(), p[:n]) {
		var more int
		more, err = b.r.Read(p[n:3])
		n += more
	}
	if bytes.HasPrefix(p[:n], bomUTF8()) {
		return copy(p, p[3:n]), err
	}
	return n, err
}

func bomUTF8() []byte { return []byte{0xEF, 0xBB, 0xBF} }

// sniff decides on the first block alone where that can be done: by a byte order
// mark, or by the noughts UTF-16 has in it. Otherwise ok is false.
func sniff(block []byte) (e Encoding, ok bool) {
	switch {
	case bytes.HasPrefix(block, bomUTF8()):
		return UTF8, true
	case bytes.HasPrefix(block, []byte{0xFF, 0xFE}):
		return UTF16LE, true
	case bytes.HasPrefix(block, []byte{0xFE, 0xFF}):
		return UTF16BE, true
	}
	if bytes.IndexByte(block, 0) < 0 || len(block) < 2 {
		return "", false
	}
	var le, be int // code units that are ASCII
	units := len(block) / 2
	for i := 0; i+1 < len(block); i += 2 {
		lo, hi := block[i], block[i+1]
		if hi == 0 && lo != 0 && lo < utf8.RuneSelf {
			le++
		}
		if lo == 0 && hi != 0 && hi < utf8.RuneSelf {
			be++
		}
	}
	// Text of ASCII only is half noughts; Chinese text still has the separators,
	// and is no valid UTF-8. A stray NUL in UTF-8 is neither.
	most := max(le, be)
	if most*10 < units || (most*10 < units*6 && utf8.Valid(block)) {
		return "", false
	}
	if le > 4*be {
		return UTF16LE, true
	}
	if be > 4*le {
		return UTF16BE, true
	}
	return "", false
}

// notText says why a block is no text at all, "" when it may be.
func notText(block []byte) string {
	switch {
	case bytes.HasPrefix(block, []byte("PK\x03\x04")), bytes.HasPrefix(block, []byte{0xD0, 0xCF, 0x11, 0xE0}):
		return "it is a workbook or an archive; save the sheet as CSV and import that"
	case bytes.HasPrefix(block, []byte{0xFF, 0xFE, 0, 0}), bytes.HasPrefix(block, []byte{0, 0, 0xFE, 0xFF}):
		return "it is UTF-32; save it as UTF-8"
	}
	return ""
}

// lateDecoder passes ASCII on and decides on the first block that holds more: a
// pipe cannot be looked through first. It is read into buffers of more than four
// bytes.
type lateDecoder struct {
	r       io.Reader
	decided func(Encoding)
	text    io.Reader // once decided
	held    []byte    // the start of a sequence whose end has not come
}

func (d *lateDecoder) Read(p []byte) (int, error) {
	for d.text == nil {
		had := copy(p, d.held)
		n, err := d.r.Read(p[had:])
		block := p[:had+n]
		d.held = nil
		if isASCII(block) {
			return len(block), err
		}
		var t tally
		t.add(block)
		if t.multi+t.bad == 0 && err == nil {
			d.held = t.tail
			if n := len(block) - len(t.tail); n > 0 {
				return n, nil
			}
			continue
		}
		t.tail, t.gbLen = nil, 0
		enc, ok := t.decide()
		if !ok {
			enc = UTF8 // its rows fail one by one, each with its line
		}
		d.settle(enc, block, err)
	}
	return d.text.Read(p)
}

func (d *lateDecoder) settle(enc Encoding, block []byte, after error) {
	d.decided(enc)
	rest := d.r
	if after != nil {
		rest = failing{after}
	}
	d.text = enc.decode(io.MultiReader(bytes.NewReader(bytes.Clone(block)), rest))
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }
