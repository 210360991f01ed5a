package db_test

import (
	"encoding/json"
	"strconv"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// The form and the database agree on what takes a second person: every kind, every way
// out of it, amounts on both sides of the limits.
func TestBothAgreeOnTheSecondPerson(t *testing.T) {
	t.Parallel()
	w := newDeskWorld(t)
	forms := map[domain.Kind]domain.Form{}
	for _, k := range domain.Kinds() {
		e := w.ready(k)
		if k == domain.Return {
			w.approve(e, 0)
		}
		forms[k] = w.form("max", e.deskCase) // a manager's: of all its ways
	}
	needed, alone := 0, 0
	for _, limits := range [][2]domain.Money{{48_999, 2_400}, {49_000, 2_401}, {1, 1}} {
		for i, name := range []string{"sign.release", "sign.adjust"} {
			s := domain.Setting{Name: name, Scope: domain.ScopePlatform, Value: limits[i].String()}
			if err := w.stores["max"].PutSetting(t.Context(), uuid.New(), s); err != nil {
				t.Fatal(err)
			}
		}
		for k, f := range forms {
			f.Terms.SignRelease, f.Terms.SignAdjust = limits[0], limits[1]
			for _, choice := range domain.WaysOut(k) {
				for _, amount := range []domain.Money{2_399, 2_400, 2_401} {
					a, ok := answered(f, choice, amount)
					if !ok {
						break // not offered now
					}
					p := f.Plan(a)
					raw, err := json.Marshal(p.Resolutions)
					if err != nil {
						t.Fatal(err)
					}
					want := ""
					if p.Stake > 0 {
						want = strconv.FormatInt(int64(p.Stake), 10)
						needed++
					} else {
						alone++
					}
					if got := w.text(`SELECT coalesce(cleardesk.needs_second($1, $2)::text, '')`, int64(f.Case), string(raw)); got != want {
						t.Errorf("%s %s, %s, limits %v: the database says %q, the form %q", k, choice, amount, limits, got, want)
					}
				}
			}
		}
	}
	if needed < 50 || alone < 50 {
		t.Errorf("only %d plans take two and %d one: the test shows little", needed, alone)
	}
}

// answered answers a form with one choice: money is the amount, quantities are small, of
// lists it takes the first. false: it cannot be chosen.
func answered(f domain.Form, choice domain.Choice, amount domain.Money) (a domain.Answers, ok bool) {
	at := domain.Stamp{At: time.Now().UTC(), By: f.By.Login}
	for range 30 {
		q, asked := f.Current(a)
		if !asked {
			break
		}
		target := q.ID.Target
		switch q.ID.Ask {
		case domain.AskQuantity:
			a = f.SetQuantity(a, target, domain.Units(2), at)
			continue
		case domain.AskItem:
			a = f.SetItem(a, target, q.ID.Item, domain.Units(2), at)
			continue
		case domain.AskAmount:
			a = f.SetAmount(a, target, amount, at)
			continue
		default:
		}
		digit := 1
		for _, o := range q.Options {
			if q.ID.Ask == domain.AskCall && o.Code == string(domain.NotNeeded) || q.ID.Ask == domain.AskDecide && o.Code == string(choice) {
				digit = o.Digit
				break
			}
			if q.ID.Ask == domain.AskDecide {
				digit = 0
			}
		}
		var err error
		if a, err = f.Choose(a, q.ID, digit, at); err != nil {
			return a, false
		}
	}
	for _, d := range a.Decisions { // what began filled is the amount, too
		if d.Amount > 0 {
			a = f.SetAmount(a, d.Target, amount, at)
		}
	}
	return a, len(f.Plan(a).Resolutions) > 0
}
