package domain

import (
	"errors"
	"fmt"
)

// Code says what class of failure an Error is, so that callers can decide what
// to do without reading its text.
type Code string

// The classes of failure a person or program can meet.
const (
	Invalid     Code = "invalid"     // the input breaks a rule; nothing was done
	NotFound    Code = "not_found"   // what was named does not exist
	Conflict    Code = "conflict"    // it changed since it was read
	Taken       Code = "taken"       // somebody else holds it
	Forbidden   Code = "forbidden"   // the caller's role may not do this
	Unavailable Code = "unavailable" // the database cannot be reached; not applied or not known
	Timeout     Code = "timeout"     // no answer in time; whether it was applied is not known
	Canceled    Code = "canceled"    // the caller gave up
	Internal    Code = "internal"    // anything else: a defect
)

// Error is a failure with a class. Detail carries the values a message needs
// (the holder's name, the limit that was passed); it is never shown unescaped.
type Error struct {
	Code   Code
	Op     string            // what was being done, e.g. "claim"
	Field  string            // the offending field, if one
	Msg    string            // one English line for logs and the command line
	Detail map[string]string // values for the words in the person's language
	Err    error             // the cause, for logs
}

// Error gives one line: what failed and why.
func (e *Error) Error() string {
	s := e.Msg
	if s == "" && e.Err != nil {
		s = e.Err.Error()
	}
	if s == "" {
		s = string(e.Code)
	}
	if e.Field != "" {
		s = e.Field + ": " + s
	}
	if e.Op != "" {
		s = e.Op + ": " + s
	}
	return s
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error of class c with a formatted line.
func Errorf(c Code, op, format string, args ...any) *Error {
	return &Error{Code: c, Op: op, Msg: fmt.Sprintf(format, args...)}
}

// CodeOf gives the class of err: the class of the first Error in its chain,
// Internal for any other error, and "" for nil.
func CodeOf(err error) Code {
	if err == nil {
		return ""
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}
