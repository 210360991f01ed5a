package casefile_test

import (
	"testing"

	"cleardesk/domain"
	"cleardesk/tui/text"
)

// kindScene is one case of a kind, answered to the end by the middle keys alone.
type kindScene struct {
	kind   domain.Kind
	change func(*domain.CaseFile)
	me     domain.Staff
	keys   []string
}

func kindScenes() map[string]kindScene {
	return map[string]kindScene{
		"exchange":        {domain.Exchange, nil, lin(), []string{"1", "1", "3", "1", "enter", "1"}},
		"quantity_surge":  {domain.QuantitySurge, nil, lin(), []string{"1", "1", "1", "2", "enter", "1"}},
		"amount_surge":    {domain.AmountSurge, nil, zheng(), []string{"5", "6", "enter", "1"}},
		"step_mismatch":   {domain.StepMismatch, nil, lin(), []string{"1", "1", "3", "1", "down", "enter", "1"}},
		"slow_fulfilment": {domain.SlowFulfilment, nil, qian(), []string{"1", "1", "2", "1", "enter", "1"}},
		"order_change":    {domain.OrderChange, nil, lin(), []string{"1", "1", "3", "1", "enter", "1"}},
		"short_weight":    {domain.ShortWeight, nil, lin(), []string{"1", "1", "2", "1", "enter", "3", "1"}},
		"replenishment":   {domain.Replenishment, nil, lin(), []string{"1", "1", "2", "1", "enter", "1"}},
		"zero_stock":      {domain.ZeroStock, counted, lin(), []string{"1", "1", "3", "5", "1", "enter", "2"}},
		"not_orderable":   {domain.NotOrderable, nil, zhao(), []string{"1", "2"}},
		"overweight":      {domain.Overweight, nil, lin(), []string{"1", "1", "2", "2", "enter", "1", "1"}},
		"wrong_order":     {domain.WrongOrder, nil, lin(), []string{"1", "1", "1", "1", "1"}},
		"return":          {domain.Return, agreed, lin(), []string{"5", "1", "enter", "2"}},

		"return_handed": {domain.Return, nil, lin(), []string{"1", "1", "2", "1", "enter", "2"}},
		"return_goods":  {domain.Return, func(f *domain.CaseFile) { f.Row.With = domain.Procurement }, zhao(), []string{"1"}},
		"return_supplier": {domain.Return, func(f *domain.CaseFile) {
			looked(f)
			f.Row.With = domain.Procurement
		}, zhao(), []string{"4"}},
		"stock_check": {domain.ZeroStock, nil, zhao(), []string{"2"}},
		"to_sign":     {domain.ShortWeight, toSign, zheng(), []string{"1"}},
		"signs_not":   {domain.ShortWeight, toSign, lin(), nil},
		"cause":       {domain.Exchange, oneCause, lin(), []string{"down"}},
	}
}

// Every kind has one case that is answered to the end at 80x24, in both languages.
func TestGoldenKinds(t *testing.T) {
	t.Parallel()
	for name, k := range kindScenes() {
		for _, lang := range []text.Lang{text.Chinese, text.English} {
			t.Run(name+" "+string(lang), func(t *testing.T) {
				t.Parallel()
				d := kindDesk(k.kind)
				if k.change != nil {
					k.change(&d.file)
				}
				s := open(t, d, newMemory(), lang, k.me, 80, 20)
				s.Press(k.keys...)
				golden(t, "kind_"+name+"_"+string(lang), s.screen())
			})
		}
	}
}
