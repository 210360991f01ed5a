package text

import "cleardesk/domain"

// FindWords are the words of the find box.
type FindWords struct {
	Name      string // as it is named in tabs, titles and the help
	Hint      string
	Nothing   string
	Waiting   string
	Failed    string
	Kinds     map[domain.FoundKind]string
	StoreNow  func(today, held, open int) string // of its orders of today, held ones, open cases
	OrderHeld func(state string) string
	NoScreen  string // what is found has no screen of its own
	Product   func(status, step, stock string) string
	OnDuty    string
	NoStep    string
	View      string
	States    map[domain.ProductStatus]string
}

func findEnglish() FindWords {
	return FindWords{
		Name: "Find", Hint: "end of phone or order number, store, pinyin initials, product, person, view",
		Nothing: "nothing found", Waiting: "looking...", Failed: "!no line: nothing can be looked up now",
		Kinds: map[domain.FoundKind]string{
			domain.FoundStore: "store", domain.FoundOrder: "order", domain.FoundProduct: "product", domain.FoundStaff: "person",
		},
		StoreNow: func(today, held, open int) string {
			said := "no order today"
			switch {
			case held > 0:
				said = itoa(held) + " held today"
			case today > 0:
				said = count(today, "order", "orders") + " today"
			}
			return said + ", " + count(open, "open case", "open cases")
		},
		OrderHeld: func(s string) string { return s + ", held" }, NoScreen: "this has no screen yet; the row tells what is known",
		Product: func(status, step, stock string) string { return status + ", step " + step + ", stock " + stock },
		OnDuty:  "at the desk", NoStep: "none", View: "view",
		States: map[domain.ProductStatus]string{
			domain.ProductNormal: "normal", domain.ProductPaused: "paused", domain.ProductDelisted: "delisted",
		},
	}
}

func findChinese() FindWords {
	return FindWords{
		Name: "查找", Hint: "电话尾号, 单号尾号, 店名, 拼音首字母, 商品, 人, 视图",
		Nothing: "没有找到", Waiting: "查找中...", Failed: "!断线: 现在查不了",
		Kinds: map[domain.FoundKind]string{
			domain.FoundStore: "门店", domain.FoundOrder: "订单", domain.FoundProduct: "商品", domain.FoundStaff: "人",
		},
		StoreNow: func(today, held, open int) string {
			said := "今天未下单"
			switch {
			case held > 0:
				said = "今天" + itoa(held) + "单挂起"
			case today > 0:
				said = "今天" + itoa(today) + "单"
			}
			return said + ", 未结" + itoa(open)
		},
		OrderHeld: func(s string) string { return s + ", 有挂起" }, NoScreen: "还没有它的专屏; 已知的都在这一行",
		Product: func(status, step, stock string) string { return status + ", 步长" + step + ", 库存" + stock },
		OnDuty:  "在岗", NoStep: "无", View: "视图",
		States: map[domain.ProductStatus]string{
			domain.ProductNormal: "正常", domain.ProductPaused: "暂停", domain.ProductDelisted: "下架",
		},
	}
}

// ProductState is a product's state in the catalogue.
func (c *Catalog) ProductState(s domain.ProductStatus) string { return named(c.Find.States, s) }
