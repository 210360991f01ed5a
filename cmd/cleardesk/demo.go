package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"

	"cleardesk/cmd/cleardesk/demo"
	"cleardesk/db"
	"cleardesk/db/embedded"
	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
)

// demoFlags are what the demo can be told.
type demoFlags struct {
	seed  uint64
	speed float64
	reset bool
}

// demoPerson sits at the demo's desk unless --as says otherwise.
const demoPerson = "lin"

func newDemoCmd(a *app) *cobra.Command {
	var f demoFlags
	cmd := &cobra.Command{
		Use: "demo", Short: "Open the desk on a made-up platform, with orders arriving",
		Long: "Starts a private server, makes up a platform with ninety days of orders, and opens the desk while orders go on\n" +
			"arriving, some of them wrong. People: lin, wang, zhao, zhou, he (customer service), zheng (manager), sun (expansion),\n" +
			"jian (procurement), qian (logistics), gao (finance), xu (training), lu (two roles).",
		Example: "  cleardesk demo\n  cleardesk demo --as zheng --lang zh\n  cleardesk demo --reset --seed 7 --speed 4",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.runDemo(cmd.Context(), f) },
	}
	cmd.Flags().Uint64Var(&f.seed, "seed", 1, "the platform to make up; the same seed makes the same")
	cmd.Flags().Float64Var(&f.speed, "speed", 1, "how many times faster orders arrive, 0.1 to 100")
	cmd.Flags().BoolVar(&f.reset, "reset", false, "start over")
	return cmd
}

func (a *app) runDemo(ctx context.Context, f demoFlags) error {
	if !isTerminal(a.stdout) || !isTerminal(a.stdin) {
		return errNoTerminal()
	}
	if f.speed < 0.1 || f.speed > 100 {
		return domain.Errorf(domain.Invalid, "demo", "--speed takes 0.1 to 100")
	}
	a.demo = true
	if a.flags.as == "" {
		a.flags.as = demoPerson
	}
	if err := a.makeDemo(ctx, f); err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	var work sync.WaitGroup
	defer func() { stop(); work.Wait() }()
	work.Go(func() {
		if err := a.keepFeeding(ctx, f); err != nil && ctx.Err() == nil {
			a.log().Error("No more demo orders", "err", err)
		}
	})
	return a.desk(ctx)
}

// keepFeeding feeds, and begins again where the server went away under it.
func (a *app) keepFeeding(ctx context.Context, f demoFlags) error {
	for {
		err := a.feed(ctx, f)
		if code := domain.CodeOf(err); err == nil || code != domain.Unavailable && code != domain.Timeout {
			return err
		}
		a.log().Warn("Demo orders begin again", "err", err)
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Second):
		}
	}
}

// demoMark is what the demo's folder remembers of how it was made.
type demoMark struct {
	Seed uint64 `json:"seed"`
}

// makeDemo makes the platform the first time, and adds the days since when it is
// opened again. Two demos that are opened at once do it one after the other.
func (a *app) makeDemo(ctx context.Context, f demoFlags) error {
	dir, err := a.stateDir()
	if err != nil {
		return err
	}
	if f.reset {
		if err := embedded.Reset(dir); err != nil {
			return err
		}
		if err := os.Remove(markFile(dir)); err != nil && !os.IsNotExist(err) {
			return &domain.Error{Code: domain.Unavailable, Op: "demo", Err: err}
		}
	}
	if err := a.startPrivate(ctx); err != nil {
		return err
	}
	unlock, err := lockFile(filepath.Join(dir, "demo.lock"), true)
	if err != nil {
		return err
	}
	defer unlock()
	mark, made := readMark(dir)
	switch {
	case made && mark.Seed != f.seed:
		return domain.Errorf(domain.Conflict, "demo", "the demo here was made with --seed %d; add --reset to start over with %d", mark.Seed, f.seed)
	case made:
		return a.continueDemo(ctx, f)
	}
	if err := a.fillDemo(ctx, f); err != nil {
		return err
	}
	return writeMark(dir, demoMark{Seed: f.seed})
}

func markFile(dir string) string { return filepath.Join(dir, "demo.json") }

func readMark(dir string) (demoMark, bool) {
	var m demoMark
	raw, err := os.ReadFile(markFile(dir))
	return m, err == nil && json.Unmarshal(raw, &m) == nil
}

func writeMark(dir string, m demoMark) error {
	raw, err := json.Marshal(m)
	if err == nil {
		err = os.WriteFile(markFile(dir), raw, 0o600)
	}
	if err != nil {
		return &domain.Error{Code: domain.Unavailable, Op: "demo", Err: err}
	}
	return nil
}

// lockFile takes a lock that ends with the process at the latest. Without wait it
// fails with Taken where another has it.
func lockFile(path string, wait bool) (unlock func(), err error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, &domain.Error{Code: domain.Unavailable, Op: "demo", Err: err}
	}
	how := syscall.LOCK_EX
	if !wait {
		how |= syscall.LOCK_NB
	}
	if err := syscall.Flock(int(f.Fd()), how); err != nil {
		_ = f.Close()
		return nil, &domain.Error{Code: domain.Taken, Op: "demo", Err: err}
	}
	return func() { _ = f.Close() }, nil
}

// fillDemo puts the whole platform into an empty database.
func (a *app) fillDemo(ctx context.Context, f demoFlags) error {
	now := time.Now()
	p := demo.New(f.seed, now, demo.Zone(now))
	admin, err := a.adminStore(ctx)
	if err != nil {
		return err
	}
	defer admin.Close()
	for _, s := range p.Staff {
		s.Active = true
		if err := admin.AddStaff(ctx, uuid.New(), s); err != nil {
			return err
		}
	}
	if err := putAll(ctx, admin, demo.Settings(now)); err != nil {
		return err
	}
	if err := a.syncLogins(ctx); err != nil {
		return err
	}
	in, err := a.intake(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := stageCatalogue(ctx, in, p); err != nil {
		return err
	}
	if err := a.publishDemo(ctx, demo.Calendar(now), now); err != nil {
		return err
	}
	if err := a.dispute(ctx, in, p); err != nil {
		return err
	}
	if err := takePast(ctx, in, p, time.Time{}, now); err != nil {
		return err
	}
	return admin.PutDecided(ctx, p.Decided(), p.Lessons())
}

// takePast brings the orders of the days after last: those that only teach, those of
// the last days, and today's until now.
func takePast(ctx context.Context, in *db.Intake, p *demo.Platform, last, now time.Time) error {
	since := func(orders []domain.Order) []domain.Order {
		return slices.DeleteFunc(orders, func(o domain.Order) bool { return !o.BusinessDay.After(last) })
	}
	if err := takeOrders(ctx, in, since(p.Settled()), true); err != nil {
		return err
	}
	if err := takeOrders(ctx, in, since(p.Lately()), false); err != nil {
		return err
	}
	if err := takeOrders(ctx, in, backlog(p, now), false); err != nil {
		return err
	}
	return takeTotals(ctx, in, p, last, now)
}

// continueDemo adds the days since the demo was last open, and a new window when
// the last one has closed.
func (a *app) continueDemo(ctx context.Context, f demoFlags) error {
	now := time.Now()
	admin, err := a.adminStore(ctx)
	if err != nil {
		return err
	}
	defer admin.Close()
	settings, err := admin.Settings(ctx)
	if err != nil {
		return err
	}
	cal := settings.Calendar()
	if now.Before(cal.Closes.On(now, cal.Zone)) && !now.Before(cal.Opens.On(now, cal.Zone)) {
		return nil
	}
	if err := putAll(ctx, admin, demo.Settings(now)); err != nil {
		return err
	}
	if err := a.publishDemo(ctx, demo.Calendar(now), now); err != nil {
		return err
	}
	last, _, err := admin.LastOrder(ctx)
	if err != nil {
		return err
	}
	cal = demo.Calendar(now)
	today := cal.BusinessDay(now)
	if !last.Before(today) {
		return nil
	}
	p := demo.New(f.seed, now, cal.Zone)
	in, err := a.intake(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	return takePast(ctx, in, p, last, now)
}

func putAll(ctx context.Context, admin *db.Store, all []domain.Setting) error {
	for _, v := range all {
		v.From = time.Time{} // by the server's clock
		if err := admin.PutSetting(ctx, uuid.New(), v); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) intake(ctx context.Context) (*db.Intake, error) {
	dsn, err := a.Open(ctx, asIntake)
	if err != nil {
		return nil, err
	}
	return db.OpenIntake(dsn)
}

func backlog(p *demo.Platform, now time.Time) []domain.Order {
	var out []domain.Order
	arrivals := p.Backlog(now, demo.Calendar(now))
	lost := demo.Lost(arrivals)
	for i, arrival := range arrivals {
		if i != lost {
			out = append(out, arrival.Order)
		}
	}
	return out
}

// feed lets orders arrive while the demo is open; of several desks one does it.
func (a *app) feed(ctx context.Context, f demoFlags) error {
	dir, err := a.stateDir()
	if err != nil {
		return err
	}
	unlock, err := waitForLock(ctx, filepath.Join(dir, "feed.lock"))
	if err != nil {
		return err
	}
	defer unlock()
	admin, err := a.adminStore(ctx)
	if err != nil {
		return err
	}
	defer admin.Close()
	settings, err := admin.Settings(ctx)
	if err != nil {
		return err
	}
	_, last, err := admin.LastOrder(ctx)
	if err != nil {
		return err
	}
	now, cal := time.Now(), settings.Calendar()
	p := demo.New(f.seed, now, cal.Zone)
	feed := p.Feed(now, cal, f.speed, last)
	in, err := a.intake(ctx)
	if err != nil {
		return err
	}
	defer in.Close()
	if err := tellOpening(ctx, admin, in, p, cal, now); err != nil {
		return err
	}
	if err := a.askProcurement(ctx, p); err != nil {
		return err
	}
	if err := a.signPast(ctx, cal, now); err != nil {
		return err
	}
	if err := a.followUps(ctx, admin, in); err != nil {
		return err
	}
	if err := a.leaveWork(ctx, p); err != nil {
		return err
	}
	for {
		arrival, more := feed.Next()
		if !more {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(time.Until(arrival.Order.PlacedAt)):
		}
		if err := takeOrders(ctx, in, []domain.Order{arrival.Order}, false); err != nil {
			return err
		}
		if err := takeEvents(ctx, in, p.Along(arrival)); err != nil {
			return err
		}
	}
}

// waitForLock takes the lock when whoever has it is gone.
func waitForLock(ctx context.Context, path string) (func(), error) {
	again := time.NewTicker(2 * time.Second)
	defer again.Stop()
	for {
		unlock, err := lockFile(path, false)
		if domain.CodeOf(err) != domain.Taken {
			return unlock, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-again.C:
		}
	}
}
