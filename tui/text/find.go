package text

import "cleardesk/domain"

// FindWords are the words of the find box.
type FindWords struct {
	Name     string // as it is named in tabs, titles and the help
	Hint     string
	Nothing  string
	Waiting  string
	Failed   string
	Kinds    map[domain.FoundKind]string
	StoreNow func(open int) string
	OrderNow func(state string) string
	Product  func(status, step, stock string) string
	OnDuty   string
	NoStep   string
	View     string
	States   map[domain.ProductStatus]string
}

func findEnglish() FindWords {
	return FindWords{
		Name: "Find", Hint: "tail of a phone or order number, store, pinyin initials, product, person, view",
		Nothing: "nothing found", Waiting: "looking...", Failed: "!no line: nothing can be looked up now",
		Kinds: map[domain.FoundKind]string{
			domain.FoundStore: "store", domain.FoundOrder: "order", domain.FoundProduct: "product", domain.FoundStaff: "person",
		},
		StoreNow: func(n int) string { return count(n, "open case", "open cases") },
		OrderNow: func(s string) string { return s },
		Product:  func(status, step, stock string) string { return status + ", step " + step + ", stock " + stock },
		OnDuty:   "at the desk", NoStep: "none", View: "view",
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
		StoreNow: func(n int) string { return "未结" + itoa(n) },
		OrderNow: func(s string) string { return s },
		Product:  func(status, step, stock string) string { return status + ", 步长" + step + ", 库存" + stock },
		OnDuty:   "在岗", NoStep: "无", View: "视图",
		States: map[domain.ProductStatus]string{
			domain.ProductNormal: "正常", domain.ProductPaused: "暂停", domain.ProductDelisted: "下架",
		},
	}
}

// ProductState is a product's state in the catalogue.
func (c *Catalog) ProductState(s domain.ProductStatus) string { return named(c.Find.States, s) }
