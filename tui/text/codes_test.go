package text_test

import (
	"testing"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
)

// lacks lists the codes that have no word.
func lacks[K ~string](words map[K]string, codes []K) []string {
	var out []string
	for _, c := range codes {
		if words[c] == "" {
			out = append(out, string(c))
		}
	}
	return out
}

// Every code of the form has a word in both languages: a choice, a reason or a warning
// that is added fails here until it is named.
func TestEveryCodeOfTheFormHasAWord(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		c := text.For(lang)
		w := c.Case.Ask
		for what, missing := range map[string][]string{
			"asks": lacks(w.Names, domain.Asks()), "choices": lacks(w.Choices, domain.Choices()), "reasons": lacks(w.Reasons, domain.ReasonCodes()),
			"bars": lacks(w.Bars, domain.Bars()), "proposals": lacks(w.Proposals, domain.ProposalWhys()), "amounts": lacks(w.AmountWhys, domain.AmountWhys()),
			"times": lacks(w.TimeWhys, domain.TimeWhys()), "confirmers": lacks(w.Confirmers, domain.Confirmers()),
			"restocking": lacks(w.Restockings, domain.Restockings()), "calls": lacks(w.Calls, domain.CallOutcomes()),
			"stages": lacks(c.Kinds.Shared.Stages, domain.Stages()), "reached": lacks(c.Kinds.Shared.Reached, domain.Stages()),
			"events": lacks(c.Case.Tells.Events, domain.EventKinds()),
		} {
			if len(missing) > 0 {
				t.Errorf("%s: %s without a word: %v", lang, what, missing)
			}
		}
		for _, k := range domain.EventKinds() {
			if missing := lacks(c.Kinds.Shared.Told, domain.WhysTold(k)); len(missing) > 0 {
				t.Errorf("%s: reasons of %s without a word: %v", lang, k, missing)
			}
		}
		for _, k := range domain.WarningKinds() {
			if c.Case.Say.Warnings[k] == nil || c.Case.Say.Warnings[k]("3m") == "" {
				t.Errorf("%s: no warning %s", lang, k)
			}
		}
		for _, why := range domain.HandWhys() {
			if c.Case.Effects.HandTo[why] == nil || c.Case.Effects.HandNote[why] == nil || c.Case.Effects.Hands[why] == nil {
				t.Errorf("%s: no words for handing on to %s", lang, why)
			}
		}
	}
}

// The names of the questions and of what will be written fit their cells.
func TestNamesOfTheFormFitTheirCells(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		w := text.For(lang).Case
		for _, ask := range []domain.Ask{domain.AskLook, domain.AskCall, domain.AskDecide, domain.AskWhy} {
			if cell.Width(w.Ask.Names[ask])+1 > w.Indent {
				t.Errorf("%s: %q is too wide", lang, w.Ask.Names[ask])
			}
		}
		for _, s := range []string{w.Finds.Ask[domain.FindGoods], w.Finds.Ask[domain.FindSupplier], w.Finds.Ask[domain.FindStock], w.Signs.Ask} {
			if cell.Width(s)+1 > w.Indent {
				t.Errorf("%s: %q is too wide", lang, s)
			}
		}
		e := w.Effects
		for _, s := range []string{e.Settle, e.Order, e.Stock, e.Delivery, e.Limit, e.Return, e.Catalogue, e.Sign} {
			if cell.Width(s) > w.Rows {
				t.Errorf("%s: %q is too wide", lang, s)
			}
		}
	}
}
