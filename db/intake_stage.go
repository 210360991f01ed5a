package db

import (
	"cmp"
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// StagedLine is one line of an order on its way in.
type StagedLine struct {
	Row      int64 // of the source; lines of an order without numbers stand in this order
	Run      int64 // the first row of the lines of this order that stand together
	Order    domain.OrderNo
	Store    domain.StoreCode
	PlacedAt time.Time
	Product  domain.ProductCode
	Quantity domain.Quantity
	Price    domain.Money    // per base unit
	StepSeen domain.Quantity // 0: not told
	LineNo   int             // 0: not told
}

// BadLine is a line of an order that could not be read: its order is refused.
type BadLine struct {
	Row   int64
	Order domain.OrderNo
}

// StageOrders sends lines of orders to the stage, where they have no effect.
func (in *Intake) StageOrders(ctx context.Context, id uuid.UUID, chunk int, lines []StagedLine, bad []BadLine) error {
	c := &copier{head: id.String() + "\t" + itoa(chunk) + "\t"}
	err := in.stage(ctx, func(tx *copyTx) error {
		for i := range lines {
			if err := tx.row(c, lines[i].append); err != nil {
				return err
			}
		}
		return nil
	}, `COPY cleardesk.stage_order_line (import_id, chunk, row_no, run, order_no, store, placed_at, product, quantity,
		unit_price, step_seen, line_no) FROM STDIN`)
	if err != nil || len(bad) == 0 {
		return err
	}
	rows := make([]StagedRow, len(bad))
	for i, b := range bad {
		rows[i] = StagedRow{Row: b.Row, Values: map[string]any{"order_no": b.Order}}
	}
	return in.StageRows(ctx, id, chunk, rows)
}

func (l *StagedLine) append(c *copier) {
	c.int(l.Row)
	c.int(l.Run)
	c.code(string(l.Order))
	c.code(string(l.Store))
	c.moment(l.PlacedAt)
	c.code(string(l.Product))
	c.int(int64(l.Quantity))
	c.int(int64(l.Price))
	c.some(int64(l.StepSeen))
	c.some(int64(l.LineNo))
}

// StagedRow is one row of a catalogue on its way in. Values are by the columns of
// the table, only those that were told: quantities and money as whole numbers.
type StagedRow struct {
	Row    int64
	Values map[string]any
}

// StageRows sends rows of a catalogue to the stage, where they have no effect.
func (in *Intake) StageRows(ctx context.Context, id uuid.UUID, chunk int, rows []StagedRow) error {
	c := &copier{head: id.String() + "\t" + itoa(chunk) + "\t"}
	return in.stage(ctx, func(tx *copyTx) error {
		for _, r := range rows {
			raw, err := json.Marshal(r.Values)
			if err != nil {
				return &domain.Error{Code: domain.Internal, Op: "stage", Err: err}
			}
			err = tx.row(c, func(c *copier) {
				c.int(r.Row)
				c.text(string(raw))
			})
			if err != nil {
				return err
			}
		}
		return nil
	}, `COPY cleardesk.stage_row (import_id, chunk, row_no, row) FROM STDIN`)
}

// stage copies rows into one of the staging tables, all of them or none.
func (in *Intake) stage(ctx context.Context, write func(*copyTx) error, query string) error {
	conn, err := in.s.db.Conn(ctx)
	if err != nil {
		return fail(ctx, "stage", err)
	}
	defer conn.Close()
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fail(ctx, "stage", err)
	}
	err = conn.Raw(func(raw any) error {
		c, ok := raw.(driver.Conn)
		if !ok {
			return errNoCopy
		}
		return copyRows(ctx, c, query, write)
	})
	if err != nil {
		return fail(ctx, "stage", errors.Join(err, rollback(tx)))
	}
	return fail(ctx, "stage", tx.Commit())
}

// rollback gives up a transaction; that it ended already is no failure.
func rollback(tx *sql.Tx) error {
	if err := tx.Rollback(); err != nil && !errors.Is(err, sql.ErrTxDone) && !errors.Is(err, driver.ErrBadConn) {
		return err
	}
	return nil
}

var errNoCopy = errors.New("the driver has no COPY")

// lineCopier is the driver's statement for COPY, which takes lines as they go over
// the wire: a value at a time costs three times as much.
type lineCopier interface {
	driver.Stmt
	CopyData(ctx context.Context, line string) (driver.Result, error)
}

func copyRows(ctx context.Context, conn driver.Conn, query string, write func(*copyTx) error) error {
	stmt, err := conn.Prepare(query)
	if err != nil {
		return err
	}
	lines, ok := stmt.(lineCopier)
	if !ok {
		return errors.Join(errNoCopy, stmt.Close())
	}
	tx := &copyTx{ctx: ctx, to: lines}
	return errors.Join(write(tx), tx.flush(), lines.Close())
}

// copyBlock is how many bytes are handed to the driver at once.
const copyBlock = 32 << 10

// copyTx is a COPY that is being written.
type copyTx struct {
	ctx context.Context // of the one COPY it serves
	to  lineCopier
	buf []byte
}

func (t *copyTx) row(c *copier, write func(*copier)) error {
	if len(t.buf) > 0 {
		t.buf = append(t.buf, '\n') // the driver ends the last line itself
	}
	c.buf = append(t.buf, c.head...)
	c.first = true
	write(c)
	t.buf = c.buf
	if c.bad != "" {
		return domain.Errorf(domain.Invalid, "stage", "%q cannot be a code", c.bad)
	}
	if len(t.buf) < copyBlock {
		return nil
	}
	return t.flush()
}

func (t *copyTx) flush() error {
	if len(t.buf) == 0 {
		return nil
	}
	_, err := t.to.CopyData(t.ctx, string(t.buf))
	t.buf = t.buf[:0]
	return err
}

// copier writes the cells of rows in COPY's text format.
type copier struct {
	buf   []byte
	head  string // the cells every row begins with
	first bool   // no cell has followed the head
	bad   string // what was to be a code and is none
	at    time.Time
	atTxt []byte
}

func (c *copier) next() {
	if !c.first {
		c.buf = append(c.buf, '\t')
	}
	c.first = false
}

func (c *copier) int(n int64) {
	c.next()
	c.buf = strconv.AppendInt(c.buf, n, 10)
}

// some writes a number of which nought means that nobody told.
func (c *copier) some(n int64) {
	c.next()
	if n == 0 {
		c.buf = append(c.buf, `\N`...)
		return
	}
	c.buf = strconv.AppendInt(c.buf, n, 10)
}

// code writes a code. The stage takes any text, so that one is refused here which
// would make the whole chunk fail later.
func (c *copier) code(s string) {
	if s == "" || utf8.RuneCountInString(s) > maxCode || strings.ContainsFunc(s, unicode.IsControl) {
		c.bad = cmp.Or(s, " ")
	}
	c.text(s)
}

// maxCode is how many characters a code may have: the database's domain says the same.
const maxCode = 64

func (c *copier) text(s string) {
	c.next()
	for i := range len(s) {
		switch b := s[i]; b {
		case '\\':
			c.buf = append(c.buf, `\\`...)
		case '\t':
			c.buf = append(c.buf, `\t`...)
		case '\n':
			c.buf = append(c.buf, `\n`...)
		case '\r':
			c.buf = append(c.buf, `\r`...)
		default:
			c.buf = append(c.buf, b)
		}
	}
}

// moment writes a time; the lines of an order share one.
func (c *copier) moment(at time.Time) {
	c.next()
	if !at.Equal(c.at) || c.atTxt == nil {
		c.at, c.atTxt = at, at.UTC().AppendFormat(c.atTxt[:0], "2006-01-02T15:04:05.999999Z")
	}
	c.buf = append(c.buf, c.atTxt...)
}
