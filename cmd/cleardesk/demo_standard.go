package main

import (
	"context"
	"time"

	"cleardesk/cmd/cleardesk/demo"
	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// The people who act in the demo before anybody sits down.
const (
	demoBuyer = "jian" // procurement
	demoAgent = "zhao" // customer service
)

// asPerson connects as one of the demo's people.
func (a *app) asPerson(login string) (*db.Store, error) {
	return db.Open(a.server.DSN(login), db.Options{App: "cleardesk/demo", KindWords: kindWords()})
}

// dispute lets procurement set a product's step and name right, and the platform's next
// catalogue come with other ones: what clashes waits to be settled.
func (a *app) dispute(ctx context.Context, in *db.Intake, p *demo.Platform) error {
	buyer, err := a.asPerson(demoBuyer)
	if err != nil {
		return err
	}
	defer buyer.Close()
	ours, theirs := p.Disputed()
	f, err := buyer.ProductFile(ctx, ours.Code)
	if err != nil {
		return err
	}
	edit := domain.ProductEdit{Was: f.Product, Version: f.Version, Now: f.Product, Reason: domain.SupplierChange}
	edit.Now.NameEn = ours.NameEn
	if err := buyer.EditProduct(ctx, uuid.New(), edit, ""); err != nil {
		return err
	}
	step := domain.Correction{What: domain.CorrectStep, Product: ours.Code, Step: ours.Step, Seen: f.Product.StepVersion, Reason: domain.NewPack}
	if _, err := buyer.Correct(ctx, uuid.New(), step); err != nil {
		return err
	}
	id := uuid.New()
	if _, err := in.Start(ctx, id, db.ImportProducts, "demo", db.ImportOptions{}); err != nil {
		return err
	}
	row := productValues(theirs, "")
	delete(row, "supplier_name")
	delete(row, "stock")
	if err := in.StageRows(ctx, id, 1, []db.StagedRow{{Row: 1, Values: row}}); err != nil {
		return err
	}
	_, err = in.ApplyRows(ctx, id, 1, 1)
	return err
}

// mostAsked is how many cases an agent has handed to procurement by the time the demo is
// opened.
const mostAsked = 2

// askProcurement lets an agent hand cases to procurement whose quantities it verifies
// (§4.1), unless some were handed over before.
func (a *app) askProcurement(ctx context.Context, p *demo.Platform) error {
	agent, err := a.asPerson(demoAgent)
	if err != nil {
		return err
	}
	defer agent.Close()
	me, err := agent.Welcome(ctx)
	if err != nil {
		return err
	}
	page, err := agent.QueuePage(ctx, domain.QueueFilter{With: domain.CustomerService, Kinds: []domain.Kind{domain.QuantitySurge}, Holding: domain.Free}, nil, 100)
	if err != nil {
		return err
	}
	asked, err := agent.Catalogue(ctx)
	left := mostAsked - len(asked.Verify)
	for i := len(page.Rows) - 1; err == nil && i >= 0 && left > 0; i-- {
		r := page.Rows[i]
		if p.Drawn(r.Why.Product) {
			continue
		}
		var file domain.CaseFile
		if file, err = agent.CaseFile(ctx, r.Case); err != nil {
			return err
		}
		if len(domain.NewForm(domain.FormCaseOf(file, me.Me, time.Now())).Unverified()) == 0 {
			continue
		}
		if _, err = agent.HandOver(ctx, uuid.New(), r.Case, file.Row.Version, domain.Procurement, demo.AskedNote); err == nil {
			left--
		}
		if domain.CodeOf(err) == domain.Conflict || domain.CodeOf(err) == domain.Taken {
			err = nil // somebody at a desk was faster
		}
	}
	return err
}
