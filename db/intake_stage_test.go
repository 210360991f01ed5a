package db

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
	"github.com/google/uuid"
)

func TestScatteredOrdersAreBroughtTogether(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	id := g.start(ImportOrders, ImportOptions{})
	g.stage(id, 1, line(1, "A", "P1", 1000, 100), line(2, "B", "P1", 1000, 100), line(3, "T", "P1", 1000, 100))
	g.stage(id, 2, line(4, "C", "P1", 1000, 100), line(5, "A", "P2", 2000, 100), line(6, "T", "P1", 1000, 100))
	if err := g.in.StageOrders(t.Context(), id, 3, nil, []BadLine{{Row: 7, Order: "B"}}); err != nil {
		t.Fatal(err)
	}
	got, err := g.in.Gather(t.Context(), id, 6, 1)
	want := Gathered{Repeated: 1, Apart: 3, Chunks: []StagedChunk{{1, 4}, {2, 1}}}
	if err != nil || !cmp.Equal(got, want) {
		t.Fatalf("%v %s", err, cmp.Diff(want, got))
	}
	first, second := g.apply(id, 1, 4), g.apply(id, 2, 1)
	if first.Taken != 2 || first.Rejected != 1 || second.Taken != 1 {
		t.Errorf("%+v, %+v", first, second)
	}
	g.want("A 2, C 1, T 1", `SELECT string_agg(order_no || ' ' || line_count, ', ' ORDER BY order_no) FROM cleardesk.orders`)
	refused, err := g.in.Refused(t.Context(), id, []string{"B"})
	if err != nil || len(refused) != 1 || refused[0].Reason() != "line 7 of this order cannot be taken" {
		t.Errorf("%+v, %v", refused, err)
	}
	if lost, err := g.in.Gather(t.Context(), id, 6, 1); err != nil || !lost.Lost {
		t.Errorf("gathered a stage that does not hold what was sent: %+v, %v", lost, err)
	}
}

func TestStageTakesAnyText(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	for _, hostile := range []string{`\N`, `\.`, `a\tb`, "'; DROP TABLE x; --", "\u202e右", strings.Repeat("长", 64)} {
		_, got := g.take(ImportOptions{CreateMissing: true}, line(1, hostile, hostile, 1000, 100))
		if got.Taken != 1 {
			t.Errorf("%q: %+v", hostile, got)
		}
		g.want(hostile, `SELECT product FROM cleardesk.order_line l JOIN cleardesk.orders o ON o.id = l.order_id WHERE o.order_no = $1`, hostile)
	}
	for _, bad := range []string{"", "a\tb", "a\nb", "a\x1bb", strings.Repeat("x", 65)} {
		id := g.start(ImportOrders, ImportOptions{})
		err := g.in.StageOrders(t.Context(), id, 1, []StagedLine{line(1, "A", "P1", 1000, 100), line(2, bad, "P1", 1000, 100)}, nil)
		if domain.CodeOf(err) != domain.Invalid {
			t.Errorf("%q is staged: %v", bad, err)
		}
	}
	g.want("0", `SELECT count(*) FROM cleardesk.stage_order_line`)
}

func TestOnlyTheProgramThatBeganMayApply(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	id := g.start(ImportOrders, ImportOptions{})
	g.stage(id, 1, line(1, "A", "P1", 1000, 100))
	other, err := OpenIntake(g.db.DSN(g.db.Login(t, "other", "intake")))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if _, err := other.Apply(t.Context(), id, 1, 1); domain.CodeOf(err) != domain.Forbidden {
		t.Errorf("another program applied it: %v", err)
	}
	person := g.db.Open(t, g.db.Login(t, "lin", "agent", "manager"))
	for _, query := range []string{
		`SELECT cleardesk.start_import(gen_random_uuid(), 'orders', 'x', '{}')`, `SELECT cleardesk.apply_stage('` + id.String() + `', 1, 1)`,
		`SELECT cleardesk.gather_stage('` + id.String() + `', 1, 0)`, `SELECT cleardesk.apply_rows('` + id.String() + `', 1, 1)`,
		`SELECT * FROM cleardesk.import_rejects('` + id.String() + `', '{}')`, `SELECT cleardesk.take_orders('` + id.String() + `', 1, NULL, false)`,
	} {
		if _, err := person.ExecContext(t.Context(), query); domain.CodeOf(fail(t.Context(), "", err)) != domain.Forbidden {
			t.Errorf("a person may %s: %v", query, err)
		}
	}
}

func TestTwoProgramsBringTheSameFileAtOnce(t *testing.T) {
	t.Parallel()
	g := newGate(t)
	const programs = 4
	var lines []StagedLine
	for i := range 200 {
		lines = append(lines, line(int64(i+1), fmt.Sprintf("A%d", i/2), "P1", int64(1000*(i+1)), 100))
	}
	answers := make(chan Applied, programs)
	failed := make(chan error, programs)
	for range programs {
		go func(ctx context.Context) {
			id := uuid.New()
			_, err := g.in.Start(ctx, id, ImportOrders, "orders.csv", ImportOptions{})
			if err == nil {
				err = g.in.StageOrders(ctx, id, 1, lines, nil)
			}
			var a Applied
			if err == nil {
				a, err = g.in.Apply(ctx, id, 1, int64(len(lines)))
			}
			answers <- a
			failed <- err
		}(t.Context())
	}
	var sum Applied
	for range programs {
		a := <-answers
		if err := <-failed; err != nil {
			t.Error(err)
		}
		sum.Taken += a.Taken
		sum.Same += a.Same
		sum.Rejected += a.Rejected
	}
	if sum.Taken != 100 || sum.Same != 300 || sum.Rejected != 0 {
		t.Errorf("%+v", sum)
	}
}
