package text_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
)

func TestLeft(t *testing.T) {
	t.Parallel()
	zh, en := text.For(text.Chinese), text.For(text.English)
	for _, c := range []struct {
		d      time.Duration
		zh, en string
	}{
		{6*time.Minute + 59*time.Second, "6分", "6m"},
		{80 * time.Minute, "1时20", "1h20"},
		{time.Hour, "1时00", "1h00"},
		{3*24*time.Hour + time.Hour, "3天", "3d"},
		{30 * time.Second, "<1分", "<1m"},
		{0, "<1分", "<1m"},
		{-time.Second, "超1分", "-1m"},
		{-4 * time.Minute, "超4分", "-4m"},
		{-4*time.Minute - time.Second, "超5分", "-5m"},
		{-61 * time.Minute, "超1时", "-1h"},
		{-50 * time.Hour, "超2天", "-2d"},
	} {
		if got := zh.Left(c.d); got != c.zh {
			t.Errorf("%v: %q, want %q", c.d, got, c.zh)
		}
		if got := en.Left(c.d); got != c.en {
			t.Errorf("%v: %q, want %q", c.d, got, c.en)
		}
	}
}

func TestLeftFitsItsColumn(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		c := text.For(lang)
		rapid.Check(t, func(t *rapid.T) {
			d := time.Duration(rapid.Int64Range(-99*24*3600, 999*24*3600).Draw(t, "seconds")) * time.Second
			if s := c.Left(d); cell.Width(s) > 6 {
				t.Fatalf("%v is %q", d, s)
			}
		})
	}
}

func TestMoneyAndQuantities(t *testing.T) {
	t.Parallel()
	zh, en := text.For(text.Chinese), text.For(text.English)
	for _, c := range []struct{ got, want string }{
		{zh.Money(3_840_000), "¥38,400"},
		{zh.Money(-49), "¥0"},
		{zh.MoneyExact(-518_400), "-¥5,184.00"},
		{zh.MoneyExact(3_840_000), "¥38,400.00"},
		{zh.MoneyChange(31_200), "+¥312.00"},
		{zh.MoneyChange(0), "¥0.00"},
		{zh.Quantity(domain.Units(480), "袋", "bag"), "480袋"},
		{en.Quantity(domain.Units(480), "袋", "bag"), "480 bags"},
		{en.Quantity(domain.Unit, "袋", "bag"), "1 bag"},
		{en.Quantity(domain.Units(2), "盒", "box"), "2 boxes"},
		{zh.Quantity(18_400, "kg", "kg"), "18.4kg"},
		{zh.Weight(18_400, 3, "kg", "kg"), "18.400kg"},
		{en.Weight(18_400, 2, "kg", "kg"), "18.40 kg"},
		{en.Quantity(domain.Units(1240), "袋", ""), "1,240 袋"},
		{en.Quantity(domain.Units(3), "", ""), "3"},
		{zh.Number(1240), "1,240"},
		{zh.Values.Ranged("24", "60"), "24-60"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

func TestDays(t *testing.T) {
	t.Parallel()
	zh, en := text.For(text.Chinese), text.For(text.English)
	shanghai := time.FixedZone("CST", 8*3600)
	now := time.Date(2026, 11, 23, 13, 40, 0, 0, shanghai) // a Monday
	at := func(day, hour int) time.Time { return time.Date(2026, 11, day, hour, 20, 0, 0, shanghai) }
	for _, c := range []struct {
		t      time.Time
		zh, en string
	}{
		{at(23, 13), "今13:20", "today 13:20"},
		{at(23, 0).UTC(), "今00:20", "today 00:20"},
		{at(22, 14), "昨14:20", "yest. 14:20"},
		{at(24, 7), "明07:20", "tomor. 07:20"},
		{at(21, 13), "周六13:20", "Sat 13:20"},
		{at(16, 13), "11-16 13:20", "11-16 13:20"},
		{at(23, 13).AddDate(-1, 0, 0), "2025-11-23 13:20", "2025-11-23 13:20"},
	} {
		if got := zh.When(c.t, now); got != c.zh {
			t.Errorf("%v: %q, want %q", c.t, got, c.zh)
		}
		if got := en.When(c.t, now); got != c.en {
			t.Errorf("%v: %q, want %q", c.t, got, c.en)
		}
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	c := text.For(text.English)
	taken := &domain.Error{Code: domain.Taken, Op: "claim", Detail: map[string]string{
		"holder": "wang", "name": "王磊", "name_en": "Wang Lei",
	}}
	for err, want := range map[error]string{
		taken: "somebody else has it: Wang Lei",
		&domain.Error{Code: domain.Forbidden, Detail: map[string]string{"needs": "procurement"}}: "your role may not do this: needs procurement",
		&domain.Error{Code: domain.Taken, Detail: map[string]string{"holder": "wang"}}:           "somebody else has it: wang",
		fmt.Errorf("wrapped: %w", taken): "somebody else has it: Wang Lei",
		errors.New("anything"):           c.Errors.ByCode[domain.Internal],
	} {
		if got := c.Error(err); got != want {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
	for _, code := range []domain.Code{
		domain.Invalid, domain.NotFound, domain.Conflict, domain.Taken, domain.Forbidden, domain.Unavailable, domain.Timeout,
		domain.Canceled, domain.Internal,
	} {
		for _, lang := range []text.Lang{text.Chinese, text.English} {
			if text.For(lang).Errors.ByCode[code] == "" {
				t.Errorf("%s: no words for %s", lang, code)
			}
		}
	}
}
