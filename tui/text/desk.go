package text

import "strconv"

// DeskWords are the words of the frame around the views.
type DeskWords struct {
	Tabs       map[string]string // the numbered views by their ids
	TooSmall   func(w, h int) string
	ClosesIn   func(left string) string
	OpensIn    func(left string) string
	Until      func(moment, left string) string
	Closed     string
	Held       func(orders, money string) string
	OnDuty     func(n int) string
	JudgedTo   func(clock string) string
	JudgeStood func(orders, age string) string
	Live       string
	Reconnect  func(age string) string
	Down       func(clock, age string) string
	Connecting string

	Stray       func(typed string) string // letters came in outside a field
	NoSense     func(key string) string   // the key has no sense here
	KeyNames    map[string]string         // of keys that are called by a word
	NotHere     string                    // why a menu entry is grey when the view lacks it
	Unavailable func(why string) string
	Copied      func(what string) string
	NothingCopy string
	LangSwitch  string
	Fault       string

	HelpTitle    func(screen string) string
	HelpEnd      string
	HelpEndKinds string // on the page of the kinds
	MenuTitle    string
	RestTitle    string
	LeaveAgain   string
	LeaveTitle   func(n int) string
	LeaveKeep    string
	LeaveGive    string
	LeaveKeys    string
	LeaveFailed  func(why string) string
	LeaveLoading string
	FirstScreen  string

	Away     func(since string) string // beside my name
	ComeBack string                    // in the menu
	WentAway string
	CameBack string
}

func deskEnglish() DeskWords {
	return DeskWords{
		Tabs: map[string]string{
			"queue": "Queue", "deliveries": "Deliveries", "returns": "Returns", "catalogue": "Catalogue",
			"roster": "Roster", "settlement": "Settlement", "reports": "Reports", "counts": "Counts",
			"training": "Training", "handover": "Handover",
		},
		TooSmall:   func(w, h int) string { return "too small: " + dims(w, h) + ", needs 80x24" },
		ClosesIn:   func(left string) string { return "closes in " + left },
		OpensIn:    func(left string) string { return "opens in " + left },
		Until:      func(moment, left string) string { return moment + " in " + left },
		Closed:     "closed",
		Held:       func(orders, money string) string { return "held " + orders + " " + money },
		OnDuty:     func(n int) string { return "on duty " + strconv.Itoa(n) },
		JudgedTo:   func(clock string) string { return "judged to " + clock },
		JudgeStood: func(orders, age string) string { return "!not judging: " + orders + " wait, " + age },
		Live:       "live",
		Reconnect:  func(age string) string { return "!reconnecting " + age },
		Down:       func(clock, age string) string { return "!stale since " + clock + ", " + age },
		Connecting: "starting",

		Stray: func(typed string) string {
			return "\"" + typed + "\" came in as text; is an input method on? shift or ctrl+space switches it off"
		},
		NoSense: func(key string) string { return key + " does nothing here" },
		KeyNames: map[string]string{
			"left": "left", "right": "right", "up": "up", "down": "down", "left/right": "left/right", "space": "space",
		},
		NotHere:     "not on this screen",
		Unavailable: func(why string) string { return "no: " + why },
		Copied:      func(what string) string { return what + " copied" },
		NothingCopy: "nothing here to copy",
		LangSwitch:  "中文",
		Fault:       "a fault of the desk: it is in the log; go on, nothing that was written is lost",

		HelpTitle:    func(screen string) string { return "Help: " + screen },
		HelpEnd:      "up/down scroll   tab the thirteen kinds   esc back",
		HelpEndKinds: "up/down scroll   tab this screen   esc back",
		MenuTitle:    "Actions",
		RestTitle:    "The rest",
		LeaveAgain:   "ctrl+c again within 2 s leaves; any other key stays",
		LeaveTitle:   func(n int) string { return "Leave? " + strconv.Itoa(n) + " still yours" },
		LeaveKeep:    "keep",
		LeaveGive:    "give back",
		LeaveKeys:    "1 keep  2 give back  3 hand over with a note  enter leaves  esc stays",
		LeaveFailed:  func(why string) string { return "not given back: " + why + "; ctrl+c twice leaves all the same" },
		LeaveLoading: "looking what you hold; ctrl+c again within 2 s leaves",
		FirstScreen:  "this is the first screen; ctrl+c leaves",

		Away: func(since string) string { return "away " + since }, ComeBack: "back at the desk",
		WentAway: "away: the next is given to nobody but who is there; . comes back",
		CameBack: "back: the next comes to you again",
	}
}

func deskChinese() DeskWords {
	return DeskWords{
		Tabs: map[string]string{
			"queue": "异常", "deliveries": "配送", "returns": "退换", "catalogue": "商品", "roster": "排班",
			"settlement": "结算", "reports": "报表", "counts": "盘点", "training": "培训", "handover": "交接",
		},
		TooSmall:   func(w, h int) string { return "窗口太小: " + dims(w, h) + ", 要80x24" },
		ClosesIn:   func(left string) string { return "距截单" + left },
		OpensIn:    func(left string) string { return "距开单" + left },
		Until:      func(moment, left string) string { return "距" + moment + left },
		Closed:     "已截单",
		Held:       func(orders, money string) string { return "挂起" + orders + "单 " + money },
		OnDuty:     func(n int) string { return "在岗" + strconv.Itoa(n) + "人" },
		JudgedTo:   func(clock string) string { return "已判到" + clock },
		JudgeStood: func(orders, age string) string { return "!判定停了: " + orders + "单未判, 最久" + age },
		Live:       "实时",
		Reconnect:  func(age string) string { return "!重连中" + age },
		Down:       func(clock, age string) string { return "!断线: 数据是" + clock + "的, " + age + "前" },
		Connecting: "连接中",

		Stray: func(typed string) string {
			return "「" + typed + "」当文字进来了, 不算命令; 输入法开着? 按shift或ctrl+空格关"
		},
		NoSense: func(key string) string { return key + " 在这里没有用" },
		KeyNames: map[string]string{
			"left": "左键", "right": "右键", "up": "上键", "down": "下键", "left/right": "左右键", "space": "空格",
		},
		NotHere:     "这里没有",
		Unavailable: func(why string) string { return "不可用: " + why },
		Copied:      func(what string) string { return "已复制 " + what },
		NothingCopy: "这里没有可复制的",
		LangSwitch:  "English",
		Fault:       "本台出错: 已记入日志; 可继续, 已写入的都在",

		HelpTitle:    func(screen string) string { return "帮助: " + screen },
		HelpEnd:      "上下键滚动   tab 十三类异常   esc 返回",
		HelpEndKinds: "上下键滚动   tab 回本屏   esc 返回",
		MenuTitle:    "操作",
		RestTitle:    "其余",
		LeaveAgain:   "2秒内再按 ctrl+c 离开; 按其他键留下",
		LeaveTitle:   func(n int) string { return "离开? 手上还有" + strconv.Itoa(n) + "条" },
		LeaveKeep:    "留着",
		LeaveGive:    "交回",
		LeaveKeys:    "1 留着  2 交回  3 写备注交班  enter 离开  esc 不走",
		LeaveFailed:  func(why string) string { return "没能交回: " + why + "; 连按两次 ctrl+c 仍可离开" },
		LeaveLoading: "正在查您手上的; 2秒内再按 ctrl+c 离开",
		FirstScreen:  "已是第一屏; ctrl+c 离开",

		Away: func(since string) string { return "离开" + since }, ComeBack: "回来了",
		WentAway: "已离开: 下条只派给在的人; 按 . 回来", CameBack: "回来了: 又会派给您",
	}
}

func dims(w, h int) string { return strconv.Itoa(w) + "x" + strconv.Itoa(h) }
