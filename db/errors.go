package db

import (
	"context"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"io"
	"net"
	"strconv"
	"strings"

	"cleardesk/domain"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

// fail brings an error of the driver to one of the domain's classes. It returns nil
// for nil. The server's DETAIL is read only where our own functions wrote it: for
// others it may show a whole row.
func fail(ctx context.Context, op string, err error) error {
	if err == nil {
		return nil
	}
	if _, ok := errors.AsType[*domain.Error](err); ok {
		return err
	}
	if noRows(err) {
		return &domain.Error{Code: domain.NotFound, Op: op, Msg: "there is no such thing", Err: err}
	}
	if p, ok := errors.AsType[*pq.Error](err); ok {
		return fromServer(ctx, op, p)
	}
	switch {
	case errors.Is(ctx.Err(), context.Canceled):
		return &domain.Error{Code: domain.Canceled, Op: op, Msg: "given up", Err: err}
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return &domain.Error{Code: domain.Timeout, Op: op, Msg: "the server did not answer in time", Err: err}
	}
	if lost(err) {
		return &domain.Error{Code: domain.Unavailable, Op: op, Msg: "the server cannot be reached", Err: err}
	}
	return &domain.Error{Code: domain.Internal, Op: op, Err: err}
}

func lost(err error) bool {
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed)
}

// our own refusals, raised by the function deny.
var refusals = map[pqerror.Code]domain.Code{
	"CD400": domain.Invalid, "CD403": domain.Forbidden, "CD404": domain.NotFound, "CD409": domain.Conflict,
	"CD423": domain.Taken,
}

func fromServer(ctx context.Context, op string, p *pq.Error) error {
	e := &domain.Error{Op: op, Msg: p.Message, Err: p}
	if code, ours := refusals[p.Code]; ours {
		e.Code = code
		e.Detail = detail(p.Detail)
		return e
	}
	switch {
	case p.Code == "57014" && errors.Is(ctx.Err(), context.Canceled):
		e.Code = domain.Canceled
	case p.Code == "57014":
		e.Code, e.Msg = domain.Timeout, "the server did not answer in time"
	case p.Code == "42501":
		e.Code = domain.Forbidden
	case p.Code == "42883" || p.Code == "42P01" || p.Code == "3F000":
		e.Code, e.Msg = domain.Unavailable, "the database has not this version's schema: run cleardesk migrate up"
	case p.Code.Class() == "22" || p.Code.Class() == "23":
		e.Code = domain.Invalid
	case p.Code.Class() == "40" || p.Code == "55P03" || p.Code.Class() == "53" || p.Code.Class() == "57" || p.Code.Class() == "08":
		e.Code, e.Msg = domain.Unavailable, "the server cannot take it now: "+p.Message
	case p.Code.Class() == "28":
		e.Code, e.Msg = domain.Forbidden, "the server refuses this login: "+p.Message
	case p.Code.Class() == "3D":
		e.Code = domain.NotFound
	default:
		e.Code = domain.Internal
	}
	return e
}

func detail(s string) map[string]string {
	var raw map[string]any
	if json.Unmarshal([]byte(s), &raw) != nil {
		return nil
	}
	out := make(map[string]string, len(raw))
	for k, v := range raw {
		switch v := v.(type) {
		case string:
			out[k] = v
		case float64:
			out[k] = strconv.FormatFloat(v, 'f', -1, 64)
		case []any:
			var parts []string
			for _, p := range v {
				if s, ok := p.(string); ok {
					parts = append(parts, s)
				}
			}
			out[k] = strings.Join(parts, ",")
		}
	}
	return out
}

// sendAgain tells whether an act must be sent once more with the same key: it was not
// applied, or nobody knows whether it was.
func sendAgain(err error) bool {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok || e.Code != domain.Unavailable {
		return false
	}
	p, server := errors.AsType[*pq.Error](e.Err)
	return !server || (p.Code.Class() != "42" && p.Code.Class() != "3F")
}

func itoa(n int) string { return strconv.Itoa(n) }
