package tui

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"cleardesk/tui/cell"
)

// lastWait is how long the end of the program waits for a terminal that does not
// take its output any more.
const lastWait = 2 * time.Second

// Run shows the desk until the person leaves, the terminal goes away, or ctx ends;
// all three are a good end. Nothing may be written to the terminal meanwhile.
func Run(ctx context.Context, o Options) error {
	cell.Setup()
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGHUP, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()

	out := o.Out
	if out == nil {
		out = os.Stdout
	}
	d := New(ctx, o)
	d.screen = NewScreen(out)
	options := []tea.ProgramOption{
		tea.WithAltScreen(), tea.WithOutput(d.screen), tea.WithoutSignalHandler(),
	}
	if o.In != nil {
		options = append(options, tea.WithInput(o.In))
	}
	p := tea.NewProgram(d, options...)
	if o.Hints != nil {
		go func() {
			defer recovered(d.desk.Log, "relay", p.Kill)
			relay(ctx, o.Hints, p.Send)
		}()
	}
	return wait(ctx, d, p)
}

// wait runs the program in a goroutine of its own, so that a terminal that takes no
// output any more cannot keep the process. The end of ctx quits rather than kills:
// killed, Bubble Tea closes its input while it is still being read.
func wait(ctx context.Context, d *Desk, p *tea.Program) error {
	done := make(chan error, 1)
	go func() {
		defer recovered(d.desk.Log, "program", func() { done <- errors.New("the desk failed: see the log") })
		_, err := p.Run()
		done <- err
	}()
	select {
	case err := <-done:
		return ended(ctx, err)
	case <-ctx.Done():
	}
	go p.Quit() // it waits for the event loop, which a stuck terminal holds up
	select {
	case err := <-done:
		return ended(ctx, err)
	case <-time.After(lastWait):
		p.Kill()
		return nil
	}
}

// ended tells a good end from a bad one: a signal is a good end, and so is a
// terminal that went away.
func ended(ctx context.Context, err error) error {
	switch {
	case err == nil, errors.Is(err, syscall.EIO):
		return nil
	case ctx.Err() != nil && !errors.Is(err, tea.ErrProgramPanic):
		return nil
	}
	return err
}
