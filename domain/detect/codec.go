package detect

import (
	"encoding/binary"
	"errors"
	"math"
)

var (
	errUnknownScope   = errors.New("its scope is unknown")
	errUnknownVersion = errors.New("it is of another version")
	errDamaged        = errors.New("it is cut short or damaged")
)

// writer appends numbers exactly as they stand in memory.
type writer struct{ buf []byte }

func (w *writer) byte(b byte)     { w.buf = append(w.buf, b) }
func (w *writer) uint(n uint64)   { w.buf = binary.AppendUvarint(w.buf, n) }
func (w *writer) int(n int64)     { w.buf = binary.AppendVarint(w.buf, n) }
func (w *writer) bits(n uint64)   { w.buf = binary.LittleEndian.AppendUint64(w.buf, n) }
func (w *writer) float(f float64) { w.bits(math.Float64bits(f)) }

func (w *writer) small(f float32) {
	w.buf = binary.LittleEndian.AppendUint32(w.buf, math.Float32bits(f))
}

func (w *writer) text(s string) {
	w.uint(uint64(len(s)))
	w.buf = append(w.buf, s...)
}

// reader reads what writer wrote. The first failure is kept, and everything after it
// reads as nought.
type reader struct {
	buf []byte
	err error
}

func newReader(data []byte) *reader {
	r := &reader{buf: data}
	if v := r.take(1); r.err == nil && v[0] != stateVersion {
		r.err, r.buf = errUnknownVersion, nil
	}
	return r
}

func (r *reader) fail() {
	if r.err == nil {
		r.err = errDamaged
	}
	r.buf = nil
}

// take gives the next n bytes, or n zero bytes after a failure.
func (r *reader) take(n int) []byte {
	if len(r.buf) < n {
		r.fail()
		return make([]byte, n)
	}
	out := r.buf[:n]
	r.buf = r.buf[n:]
	return out
}

func (r *reader) uint() uint64 {
	v, n := binary.Uvarint(r.buf)
	return skip(r, v, n)
}

func (r *reader) int() int64 {
	v, n := binary.Varint(r.buf)
	return skip(r, v, n)
}

func skip[T any](r *reader, v T, n int) T {
	if n <= 0 {
		var none T
		r.fail()
		return none
	}
	r.buf = r.buf[n:]
	return v
}

func (r *reader) bits() uint64   { return binary.LittleEndian.Uint64(r.take(8)) }
func (r *reader) float() float64 { return math.Float64frombits(r.bits()) }
func (r *reader) small() float32 { return math.Float32frombits(binary.LittleEndian.Uint32(r.take(4))) }

func (r *reader) text() string {
	n := r.uint()
	if n > uint64(len(r.buf)) {
		r.fail()
		return ""
	}
	return string(r.take(int(n)))
}

// count reads a number of items of at least size bytes each.
func (r *reader) count(size int) int {
	n := r.uint()
	if n > uint64(len(r.buf)/size) {
		r.fail()
		return 0
	}
	return int(n)
}

// end reports the first failure, or bytes left over.
func (r *reader) end() error {
	if r.err == nil && len(r.buf) > 0 {
		r.fail()
	}
	return r.err
}
