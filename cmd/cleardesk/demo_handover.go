package main

import (
	"context"

	"cleardesk/cmd/cleardesk/demo"
	"cleardesk/domain"

	"github.com/google/uuid"
)

// demoLeaver is who went home with work in hand; mostLeft of it waits for the next shift.
const (
	demoLeaver = "he"
	mostLeft   = 2
)

// leaveWork hands some of the least urgent cases to the next shift, as their holder would
// have done when the shift ended.
func (a *app) leaveWork(ctx context.Context, p *demo.Platform) error {
	agent, err := a.asPerson(demoLeaver)
	if err != nil {
		return err
	}
	defer agent.Close()
	with := []domain.Department{domain.CustomerService}
	now, err := agent.Handover(ctx, with)
	if err != nil || len(now.Offers) > 0 {
		return err
	}
	page, err := agent.QueuePage(ctx, domain.QueueFilter{With: domain.CustomerService, Kinds: []domain.Kind{domain.QuantitySurge}, Holding: domain.Free}, nil, 100)
	if err != nil {
		return err
	}
	left := mostLeft
	for i := len(page.Rows) - 1; i >= 0 && left > 0; i-- {
		if p.Drawn(page.Rows[i].Why.Product) {
			continue
		}
		got, err := agent.Claim(ctx, uuid.New(), page.Rows[i].Case)
		if err == nil {
			_, err = agent.OfferWork(ctx, uuid.New(), got.Case, got.No, "", demo.LeftNote)
		}
		switch domain.CodeOf(err) {
		case "":
			left--
		case domain.Conflict, domain.Taken: // somebody at a desk was faster
		default:
			return err
		}
	}
	return nil
}
