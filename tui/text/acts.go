package text

// ActWords name the actions by their codes.
type ActWords struct {
	Help map[string]string // what the action does, for the help
	Menu map[string]string // its entry in the action menu
	Hint map[string]string // its short word for the key line
}

// ActHelp says what an action does.
func (c *Catalog) ActHelp(code string) string { return named(c.Acts.Help, code) }

// ActMenu is an action's entry in the action menu.
func (c *Catalog) ActMenu(code string) string { return named(c.Acts.Menu, code) }

// ActHint is an action's word for the key line.
func (c *Catalog) ActHint(code string) string { return named(c.Acts.Hint, code) }

func actsEnglish() ActWords {
	return ActWords{
		Help: map[string]string{
			"up": "up", "down": "down", "half_up": "half a page up", "half_down": "half a page down",
			"first": "the first", "last": "the last", "unfold": "unfold; to the right", "fold": "fold; to the left",
			"open": "open what the cursor is on; in a form accept and go on; never writes",
			"back": "one step back, nothing is lost", "next_part": "next part or question",
			"prev_part": "previous part or question", "help": "help for this screen", "menu": "actions, numbered",
			"find": "find anything and go there", "filter": "filter this list", "refresh": "let the new in, read again",
			"claim": "take it, or give it back", "next": "the next one; in a case of the same store first",
			"store": "the store", "later": "later: at a time, or not reached",
			"digit": "view by number; in forms and menus the numbered answer", "before": "the view before",
			"earlier": "the week, day or period before", "onward": "the week, day or period after",
			"mark": "mark and go down", "mark_up": "mark while going up", "mark_down": "mark while going down",
			"mark_all": "mark all shown, or none", "new": "new: what a store reports, a shift, a delivery",
			"hand_over": "hand over, reassign", "write": "write: asks, once more writes", "saved": "saved views",
			"take_back": "take back my last act, shows it first", "copy": "copy the number under the cursor",
			"redraw": "draw again", "suspend": "to the shell; fg comes back",
			"leave": "leave, asks about what is yours; again within 2 s leaves",
			"order": "the order", "history": "the store's history", "product": "product and correction",
			"merge": "merge into another", "assign": "assign to a person", "rest": "the rest",
			"language": "Chinese or English", "columns": "choose the columns", "sort": "order of the rows",
			"print": "print or write to a file", "away": "away from the desk, and back: while away nothing is given to you",
			"handing": "hand over my work; what the next shift has to know",
		},
		Menu: map[string]string{
			"order": "order", "store": "store", "history": "history", "product": "product, correction",
			"claim": "take or give back", "later": "later", "hand_over": "hand over", "merge": "merge into another",
			"assign": "assign to", "rest": "take back, copy, language, print, columns", "take_back": "take back my last act",
			"copy": "copy the number", "language": "language:", "print": "print", "columns": "columns",
			"sort": "order of rows", "saved": "saved views", "away": "away from the desk", "handing": "hand over my work",
		},
		Hint: map[string]string{
			"open": "open", "claim": "claim", "next": "next", "store": "store", "later": "later", "filter": "filter",
			"find": "find", "menu": "actions", "help": "help", "back": "back", "write": "write", "next_part": "next",
			"digit": "choose", "new": "new", "hand_over": "hand over", "refresh": "let in", "mark": "mark",
		},
	}
}

func actsChinese() ActWords {
	return ActWords{
		Help: map[string]string{
			"up": "上", "down": "下", "half_up": "上半页", "half_down": "下半页", "first": "最前", "last": "最后",
			"unfold": "展开; 向右", "fold": "收起; 向左", "open": "打开所指; 表单里是接受并往下; 从不写入",
			"back": "退一步, 什么都不丢", "next_part": "下一栏或下一问", "prev_part": "上一栏或上一问",
			"help": "本屏帮助", "menu": "操作, 编了号", "find": "查找并前往", "filter": "筛选本表",
			"refresh": "放入新到的, 重读", "claim": "领取, 交回", "next": "下一条; 处理中先看本店的", "store": "门店",
			"later": "稍后: 定时间, 或没接通", "digit": "按号换屏; 表单和菜单里选答案", "before": "上一个屏",
			"earlier": "上一周, 日, 期", "onward": "下一周, 日, 期", "mark": "选中并下移", "mark_up": "边上移边选",
			"mark_down": "边下移边选", "mark_all": "全选所见, 或全不选", "new": "新增: 门店来报, 班次, 配送",
			"hand_over": "转交, 改派", "write": "写入: 先问, 再按才写", "saved": "存下的筛选",
			"take_back": "撤回我刚才的, 先给看", "copy": "复制光标处的号码", "redraw": "重画", "suspend": "去命令行, fg回来",
			"leave": "离开, 先问手上的; 2秒内再按就走",
			"order": "订单", "history": "门店走势", "product": "商品与更正", "merge": "并入另一条", "assign": "指派给某人",
			"rest": "其余", "language": "中文或英文", "columns": "选列", "sort": "行的次序", "print": "打印或存成文件",
			"away": "暂离和回来: 离开时不派活给您", "handing": "交接手上的活; 下一班要知道的",
		},
		Menu: map[string]string{
			"order": "订单", "store": "门店", "history": "走势", "product": "商品与更正", "claim": "领取", "later": "稍后",
			"hand_over": "转交", "merge": "并入另一条", "assign": "指派给", "rest": "撤回, 复制, 语言, 打印, 列",
			"take_back": "撤回刚才的", "copy": "复制号码", "language": "语言:", "print": "打印", "columns": "列",
			"sort": "排序", "saved": "存下的筛选", "away": "暂离", "handing": "交接手上的活",
		},
		Hint: map[string]string{
			"open": "处理", "claim": "领取", "next": "下条", "store": "门店", "later": "稍后", "filter": "筛选",
			"find": "查找", "menu": "操作", "help": "帮助", "back": "返回", "write": "写入", "next_part": "下一问",
			"digit": "选", "new": "记来报", "hand_over": "转交", "refresh": "放入", "mark": "选中",
		},
	}
}
