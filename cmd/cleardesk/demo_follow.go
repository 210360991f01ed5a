package main

import (
	"cmp"
	"context"
	"slices"
	"time"

	"cleardesk/cmd/cleardesk/demo"
	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// demoManager looks at the counts before anybody opens a desk.
const demoManager = "zheng"

// followUps lets people have been at work on returns and counts: some of each stage, so
// that whoever opens those lists finds a day half done. It is done once a day.
func (a *app) followUps(ctx context.Context, admin *db.Store, in *db.Intake) error {
	if err := untilJudged(ctx, admin); err != nil {
		return err
	}
	all, err := admin.Returns(ctx)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(all, func(r domain.ReturnLine) bool { return r.Goods != nil }) {
		return nil
	}
	if err := a.demoReturns(ctx, all); err != nil {
		return err
	}
	return a.demoCounts(ctx, admin, in)
}

// untilJudged waits until nothing waits for the judge.
func untilJudged(ctx context.Context, admin *db.Store) error {
	again := time.NewTicker(100 * time.Millisecond)
	defer again.Stop()
	for {
		status, err := admin.Status(ctx)
		if err != nil || status.Unjudged == 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-again.C:
		}
	}
}

// demoReturns brings each of the returns so far as its place among them says.
func (a *app) demoReturns(ctx context.Context, all []domain.ReturnLine) error {
	agent, err := a.asPerson(demoAgent)
	if err != nil {
		return err
	}
	defer agent.Close()
	buyer, err := a.asPerson(demoBuyer)
	if err != nil {
		return err
	}
	defer buyer.Close()
	slices.SortFunc(all, func(a, b domain.ReturnLine) int { return cmp.Compare(a.OrderNo, b.OrderNo) })
	for i := range all {
		r := &all[i]
		if r.Ended != nil || r.With != domain.CustomerService || i == 0 { // the first is for customer service to hand on
			continue
		}
		f, err := agent.CaseFile(ctx, r.Case)
		if err != nil {
			return err
		}
		if _, err := agent.HandOver(ctx, uuid.New(), r.Case, f.Row.Version, domain.Procurement, demo.NoteLook); err != nil {
			return err
		}
		for _, said := range demoFindings(i, r, time.Now()) {
			said.Line = r.Line
			if _, err := buyer.RecordFinding(ctx, uuid.New(), r.Case, said); err != nil {
				return err
			}
		}
	}
	return nil
}

// demoFindings are what procurement has recorded of the n-th return: of the second
// nothing, of the others it has seen the goods, and dealt with the supplier.
func demoFindings(n int, r *domain.ReturnLine, now time.Time) []domain.Finding {
	seen := domain.Finding{What: domain.FindGoods, Answer: domain.FoundYes, Note: demo.NoteSeen}
	some := r.Asked / 2 / domain.Unit * domain.Unit
	if some > 0 && n%2 == 0 {
		seen = domain.Finding{What: domain.FindGoods, Answer: domain.FoundPart, Quantity: &some, Note: demo.NoteSeen}
	}
	ask := func(d time.Duration) domain.Finding {
		due := now.Add(d)
		return domain.Finding{What: domain.FindSupplier, Answer: domain.FoundAsked, Due: &due, Note: demo.NoteAsked}
	}
	switch n {
	case 1:
		return nil
	case 2:
		return []domain.Finding{seen}
	case 3:
		return []domain.Finding{seen, ask(2 * time.Minute)} // it will not have answered
	case 4:
		return []domain.Finding{seen, ask(3 * time.Hour)}
	case 5:
		return []domain.Finding{seen, {What: domain.FindSupplier, Answer: domain.FoundYes, Note: demo.NoteTakes}}
	}
	return []domain.Finding{seen}
}

// demoCounts lets a file of this morning's counts have come in, and the manager have
// looked at some of its differences.
func (a *app) demoCounts(ctx context.Context, admin *db.Store, in *db.Intake) error {
	products, err := admin.Countable(ctx)
	if err != nil {
		return err
	}
	if err := takeCounts(ctx, in, demoCounted(products, time.Now().Add(-50*time.Minute))); err != nil {
		return err
	}
	manager, err := a.asPerson(demoManager)
	if err != nil {
		return err
	}
	defer manager.Close()
	all, err := manager.Counts(ctx)
	if err != nil {
		return err
	}
	for i := range all {
		c := &all[i]
		switch {
		case c.State != domain.CountDiffers:
		case i == 1:
			err = manager.ReviewCount(ctx, uuid.New(), c.ID, domain.CountVerified, c.Diff, demo.NoteSame)
		case i == 3:
			err = manager.ReviewCount(ctx, uuid.New(), c.ID, domain.CountAgain, c.Diff, demo.NoteRecount)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// demoCounted counts every twenty-third product that has a stock, some of them other than known.
func demoCounted(products []domain.Product, at time.Time) []db.StagedRow {
	var out []db.StagedRow
	for i := range products {
		p := &products[i]
		if i%23 != 4 || p.Stock == nil || *p.Stock < 10*domain.Unit {
			continue
		}
		counted := *p.Stock
		switch len(out) % 3 {
		case 0:
			counted -= max(domain.Unit, counted/50/domain.Unit*domain.Unit)
		case 1:
			if len(out)%2 == 0 {
				counted += 3 * domain.Unit
			}
		}
		when := at.Add(time.Duration(len(out)) * 2 * time.Minute).UTC().Truncate(time.Second)
		out = append(out, db.StagedRow{Row: int64(len(out) + 2), Values: map[string]any{
			"key": string(p.Code), "product": string(p.Code), "quantity": counted, "at": when, "counter": demo.Counter,
		}})
	}
	return out
}

// takeCounts brings counts in the way files do.
func takeCounts(ctx context.Context, in *db.Intake, rows []db.StagedRow) error {
	id := uuid.New()
	if _, err := in.Start(ctx, id, db.ImportCounts, "demo", db.ImportOptions{}); err != nil {
		return err
	}
	if err := in.StageRows(ctx, id, 1, rows); err != nil {
		return err
	}
	_, err := in.ApplyCounts(ctx, id, 1, int64(len(rows)))
	return err
}
