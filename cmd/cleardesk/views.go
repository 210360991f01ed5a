package main

import (
	"cleardesk/domain"
	"cleardesk/tui"
	"cleardesk/tui/casefile"
	"cleardesk/tui/catalogue"
	"cleardesk/tui/correct"
	"cleardesk/tui/counts"
	"cleardesk/tui/deliveries"
	"cleardesk/tui/entry"
	"cleardesk/tui/find"
	"cleardesk/tui/handover"
	past "cleardesk/tui/history"
	"cleardesk/tui/order"
	"cleardesk/tui/queue"
	"cleardesk/tui/reports"
	"cleardesk/tui/returns"
	"cleardesk/tui/roster"
	"cleardesk/tui/settlement"
	"cleardesk/tui/store"
	"cleardesk/tui/training"
	"cleardesk/tui/ui"
)

// views makes the screens over one seat.
func (a *app) views(s *seat) tui.ViewSet {
	numbered := map[ui.ViewID]func(*ui.Env) ui.View{
		ui.Catalogue:  func(env *ui.Env) ui.View { return catalogue.New(env, s) },
		ui.Queue:      func(env *ui.Env) ui.View { return queue.New(env, s) },
		ui.Deliveries: func(env *ui.Env) ui.View { return deliveries.New(env, s) },
		ui.Returns:    func(env *ui.Env) ui.View { return returns.New(env, s) },
		ui.Roster:     func(env *ui.Env) ui.View { return roster.New(env, s) },
		ui.Settlement: func(env *ui.Env) ui.View { return settlement.New(env, s) },
		ui.Counts:     func(env *ui.Env) ui.View { return counts.New(env, s) },
		ui.Reports:    func(env *ui.Env) ui.View { return reports.New(env, s) },
		ui.Training:   func(env *ui.Env) ui.View { return training.New(env, s) },
	}
	var shown []ui.ViewID
	for _, id := range ui.Numbered() {
		if numbered[id] != nil {
			shown = append(shown, id)
		}
	}
	return tui.ViewSet{
		Numbered: numbered,
		Case:     func(env *ui.Env, id domain.CaseID) ui.View { return casefile.New(env, s, s.drafts, id) },
		Store:    func(env *ui.Env, code domain.StoreCode) ui.View { return store.New(env, s, code) },
		Order:    func(env *ui.Env, id domain.OrderID) ui.View { return order.New(env, s, id) },
		History: func(env *ui.Env, code domain.StoreCode, from domain.OrderID) ui.View {
			return past.New(env, s, code, from)
		},
		Entry:    func(env *ui.Env, ask ui.OpenEntry) ui.View { return entry.New(env, s, ask) },
		Correct:  func(env *ui.Env, ask ui.OpenCorrection) ui.View { return correct.New(env, s, ask) },
		Product:  func(env *ui.Env, code domain.ProductCode) ui.View { return catalogue.NewProduct(env, s, code) },
		Find:     func(env *ui.Env) ui.View { return find.New(env, s, shown) },
		Handover: func(env *ui.Env) ui.View { return handover.New(env, s) },
	}
}
