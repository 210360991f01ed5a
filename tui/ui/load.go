package ui

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/domain"
)

// Gen numbers the questions a view has put, so that an answer to an old one is told
// from the answer to the last. Views compare: msg.Gen != v.gen means drop it.
type Gen int64

// Next gives the number of a new question and makes answers to older ones old.
func (g *Gen) Next() Gen {
	*g++
	return *g
}

// To is the address of a result: the page and its question.
type To struct {
	Page Page
	Gen  Gen
}

// Address is the page the result goes to, shown or hidden.
func (t To) Address() Page { return t.Page }

// Addressed is a message for one page.
type Addressed interface{ Address() Page }

// Loaded is the result of Load. Give T a named type of your own, so that results
// are told apart by their type.
type Loaded[T any] struct {
	To
	Value T
	Err   error // a *domain.Error, or nil
	At    time.Time
}

// Load runs fn outside the update loop, with a deadline and under the program's
// life, and brings its result back to the page of env. A panic in fn is logged with
// its stack and comes back as an Internal error. op names the act in the log. fn
// must use only values it was given, nothing of the view or of env.
func Load[T any](env *Env, gen Gen, op string, timeout time.Duration, fn func(ctx context.Context) (T, error)) tea.Cmd {
	to, parent, clock, log := To{Page: env.Page, Gen: gen}, env.ctx, env.Clock, env.Log
	return func() (msg tea.Msg) {
		defer func() {
			if p := recover(); p != nil {
				log.Error("Panic in command", "op", op, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
				msg = Loaded[T]{To: to, Err: domain.Errorf(domain.Internal, op, "panic"), At: clock()}
			}
		}()
		ctx, cancel := context.WithTimeout(parent, timeout)
		defer cancel()
		v, err := fn(ctx)
		if err != nil {
			err = classed(ctx, parent, op, err)
			log.Info("Command failed", "op", op, "code", string(domain.CodeOf(err)), "error", err.Error())
		}
		return Loaded[T]{To: to, Value: v, Err: err, At: clock()}
	}
}

// classed gives an error that has no class the one its context tells.
func classed(ctx, parent context.Context, op string, err error) error {
	if domain.CodeOf(err) != domain.Internal {
		return err
	}
	code := domain.Internal
	switch {
	case parent.Err() != nil:
		code = domain.Canceled
	case ctx.Err() != nil:
		code = domain.Timeout
	}
	return &domain.Error{Code: code, Op: op, Err: err}
}

// Woken is what After sends.
type Woken struct{ To }

// After wakes the page of env once, after d.
func After(env *Env, gen Gen, d time.Duration) tea.Cmd {
	to := To{Page: env.Page, Gen: gen}
	return env.Timer(d, func(time.Time) tea.Msg { return Woken{To: to} })
}
