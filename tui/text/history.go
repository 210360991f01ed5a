package text

import (
	"strings"
	"time"

	"cleardesk/domain"
)

// HistoryWords are the words of a store's history.
type HistoryWords struct {
	Name     string
	Each     map[domain.Measure]string // what is shown of each order
	Span     func(first, last string, orders int) string
	Measures map[domain.Measure]string // for the line of choices
	Another  string                    // after the third measure: it asks which product
	Moves    string                    // the keys of the period
	Periods  [3]string
	Turn     string // the key that goes to the next period

	Usual, Limit string // beside their lines in the plot, at most 6 cells
	Legend       func(this bool) string
	Log, Linear  string
	None         string // no orders in the period

	HeadDay, HeadOrder, HeadAmount, HeadLines, HeadProduct, HeadState, HeadSeen string

	Which    string // the question for a product
	WhichKey string
	Tip      string // in the message line, where there is nothing else to say

	Memory HistoryMemoryWords
	Keys   HistoryKeyWords
}

// HistoryMemoryWords are the words of what is remembered. Counted ones have a name and
// what there is to say beside the number.
type HistoryMemoryWords struct {
	Title                        string
	Wrong, Genuine, False, Doors string
	Quieter                      func(until string) string
	Promised                     string
	NoPromise                    string
	Promise                      func(by, when, no string) string
	Orders                       string
	Usual                        func(low, high string) string
	NoUsual                      string
	Between                      func(days []string, from, to string) string
	Short                        func(wrong, genuine, falses, doors int) string // in one line
}

// HistoryKeyWords are the words of the key line.
type HistoryKeyWords struct{ Open, Point, Measure, Period, Turn string }

func historyEnglish() HistoryWords {
	return HistoryWords{
		Name: "History",
		Each: map[domain.Measure]string{
			domain.ByAmount: "amount of each order", domain.ByLines: "lines of each order", domain.ByProduct: "in each order",
		},
		Span:     func(a, b string, n int) string { return a + " to " + b + ", " + count(n, "order", "orders") },
		Measures: map[domain.Measure]string{domain.ByAmount: "amount", domain.ByLines: "lines", domain.ByProduct: "a product"},
		Another:  "..", Moves: "[ earlier  ] later",
		Periods: [3]string{"26 orders", "8 weeks", "26 weeks"}, Turn: "tab",
		Usual: "usual", Limit: "limit",
		Legend: func(this bool) string {
			s := "o an order  T a true surge  W a wrong order"
			if this {
				s += "  # this one"
			}
			return s
		},
		Log: "logarithmic", Linear: "linear", None: "no orders in this period",
		HeadDay: "DAY", HeadOrder: "ORDER", HeadAmount: "AMOUNT", HeadLines: "LINES", HeadProduct: "QUANTITY", HeadState: "STATE",
		HeadSeen: "WHAT WAS SEEN",
		Which:    "Which product? A digit chooses", WhichKey: "choose",
		Tip: "The sign ^ is under the point of the row; amounts are as the store placed them.",
		Memory: HistoryMemoryWords{
			Title: "what we remember, 90 days",
			Wrong: "wrong orders", Genuine: "true surges", False: "false alarms", Doors: "refused at door",
			Quieter:  func(until string) string { return "quieter to " + until },
			Promised: "promised", NoPromise: "nothing promised",
			Promise: func(by, at, no string) string { return by + ": call again " + at + ", " + no },
			Orders:  "orders", Usual: func(a, b string) string { return "usual " + a + " to " + b }, NoUsual: "too few to tell what is usual",
			Between: func(days []string, from, to string) string {
				return listed(", ", strings.Join(days, " "), from+" to "+to)
			},
			Short: func(w, g, f, d int) string {
				return "90 days: wrong " + itoa(w) + " surges " + itoa(g) + " false " + itoa(f) + " refused " + itoa(d)
			},
		},
		Keys: HistoryKeyWords{Open: "order", Point: "point", Measure: "measure", Period: "earlier, later", Turn: "period"},
	}
}

func historyChinese() HistoryWords {
	return HistoryWords{
		Name: "走势",
		Each: map[domain.Measure]string{
			domain.ByAmount: "每单金额", domain.ByLines: "每单行数", domain.ByProduct: "每单数量",
		},
		Span:     func(a, b string, n int) string { return a + " 至 " + b + ", " + itoa(n) + "单" },
		Measures: map[domain.Measure]string{domain.ByAmount: "金额", domain.ByLines: "行数", domain.ByProduct: "商品"},
		Another:  "..", Moves: "[ 早  ] 晚",
		Periods: [3]string{"26单", "8周", "26周"}, Turn: "tab",
		Usual: "平常", Limit: "上限",
		Legend: func(this bool) string {
			s := "o 订单   T 真大单   W 下错"
			if this {
				s += "   # 本单"
			}
			return s
		},
		Log: "对数刻度", Linear: "等距刻度", None: "这段时间没有订单",
		HeadDay: "日期", HeadOrder: "单号", HeadAmount: "金额", HeadLines: "行", HeadProduct: "数量", HeadState: "状态",
		HeadSeen: "见到什么",
		Which:    "看哪个商品? 按数字选", WhichKey: "选",
		Tip: "图上光标(^)的点就是表里光标的行; 金额按门店下单时算。",
		Memory: HistoryMemoryWords{
			Title: "记得的事, 90天",
			Wrong: "下错", Genuine: "真大单", False: "误报", Doors: "拒收",
			Quieter:  func(until string) string { return "放宽至" + until },
			Promised: "答应过的", NoPromise: "没有答应的事",
			Promise: func(by, at, no string) string { return by + ": " + at + "再打, " + no },
			Orders:  "下单", Usual: func(a, b string) string { return "平常 " + a + " 至 " + b }, NoUsual: "太少, 说不出平常",
			Between: func(days []string, from, to string) string {
				return listed(", ", strings.Join(days, " "), from+"-"+to)
			},
			Short: func(w, g, f, d int) string {
				return "90天: 下错" + itoa(w) + "  真大单" + itoa(g) + "  误报" + itoa(f) + "  拒收" + itoa(d)
			},
		},
		Keys: HistoryKeyWords{Open: "看订单", Point: "移点", Measure: "看什么", Period: "早晚", Turn: "时段"},
	}
}

// SeenIn tells what was found in an order and how it ended.
func (c *Catalog) SeenIn(o domain.PastOrder) string {
	var out []string
	for _, s := range o.Seen {
		p := s.Product
		what := c.Kind(s.Kind) + ": " + c.Why(domain.QueueRow{
			Kind: s.Kind, Why: s.Evidence, OrderNo: o.No, ProductName: p.Name, ProductNameEn: p.NameEn, Unit: p.Unit, UnitEn: p.UnitEn,
		}, time.Time{})
		if s.Outcome != "" {
			what += " > " + c.Outcome(string(s.Outcome))
		}
		out = append(out, what)
	}
	return strings.Join(out, "; ")
}

// DaysShort lists at most n days as month and day.
func (c *Catalog) DaysShort(days []time.Time, n int, zone *time.Location) string {
	var out []string
	for _, d := range days[:min(n, len(days))] {
		out = append(out, c.Date(d.In(zone)))
	}
	return strings.Join(out, c.Values.Join)
}
