package text

import (
	"strings"

	"cleardesk/domain"
)

func casePlanChinese() CasePlanWords {
	return CasePlanWords{
		Title: "将写入", Line: func(l string) string { return "第" + l + "行" }, Order: "订单", Lines: "整单", AllDropped: func(n int) string { return itoa(n) + "行全部取消" }, Record: "记录", After: "此后",
		Change:    func(name, _, old, now string) string { return name + " " + old + " > " + now },
		Dropped:   func(name, old string) string { return name + " " + old + " 取消" },
		AsOrdered: func(name, q string) string { return listed(" ", name, q, "照订放行") },
		WholeAs:   func(a string) string { return "整单 " + a + " 照订放行" },
		Totals:    func(b, a string) string { return b + " > " + a }, SameTotal: func(t string) string { return t + " 不变" },
		NoHold: "再无别的挂起", Stays: func(what string) string { return "仍挂起: " + what },
		HoldOf: func(line, kind, with string) string {
			s := "整单" + kind
			if line != "0" {
				s = "第" + line + "行" + kind
			}
			if with != "" {
				s += "(" + with + ")"
			}
			return s
		},
		Cancelled: "整单取消, 不发货", RecheckedAll: "解除, 复核无异即接受", Rechecked: "本行解除, 复核无异即接受", Accepted: "解除, 订单即接受", Freed: "解除, 即并入订单", FreedAll: "解除, 照常发货",
		Records: func(k string) string { return k + ": " },
		Call:    func(who, clock string) string { return listed(" ", who, clock, "电话") }, NoCall: "未致电",
		Until: func(c string) string { return c + "拣货前可撤回" }, TooLate: "已过拣货, 不能再改",
		Learns:      func(q, _ string) string { return "平常量按" + q + "记" },
		LearnsNot:   func(q, not, _, _ string) string { return "平常量按" + q + "记, 不按" + not },
		LearnsLines: func(l string) string { return "平常量按第" + l + "行所订记" },
		LearnsSum:   func(a string) string { return "平常额按" + a + "记" }, LearnsNone: "平常量不变",
		Quiet:      func(upTo, d string) string { return d + "前到" + upTo + "不因统计挂起" },
		QuietLines: func(l, d string) string { return d + "前第" + l + "行同量不因统计挂起" },
		TellStore:  "改动须告知门店", Nothing: "还没有决定, 什么都不写", More: func(n int) string { return "另" + itoa(n) + "行" },
		Verified: func(l string) string { return "第" + l + "行数量已核实" }, NotRight: func(l string) string { return "第" + l + "行数量不能核实" },
		BackTo: func(d string) string { return "交回" + d },
	}
}

func caseSayChinese() CaseSayWords {
	return CaseSayWords{
		Ready:     func(n int) string { return countZh(n) + "问已答, 可写入" },
		Missing:   func(names string) string { return "还差: " + names },
		AndMore:   func(n int) string { return "另" + itoa(n) + "项" },
		LookFirst: "看不领取, 第一个答案即领取",
		ReadOnly:  func(name, clock string) string { return "只能看: " + name + " " + clock + "领取" },
		Faster: func(name, clock string) string {
			return listed(" ", name, clock) + "先领取了, 只能看; 您的答案没有写入"
		},
		Lost: func(name string) string {
			return "已不归您" + during(", ", name) + "; 您的答案留在本机, 没有写入"
		},
		ClosedNow: "已结, 只能看", Claiming: "正在领取, 领到即问是否写入", ClaimFails: func(why string) string { return "还没领到: " + why + "。 答案留着" },
		Given: func(o string) string { return o + " 已交回, 草稿留着" }, Taken: func(o string) string { return o + " 归您; F6 交回" },
		Writing: "正在写入", Unknown: "还不知道写没写成: 正用同一凭号再问, 不会写两次", Locked: "正在写入, 先不改",
		WillDo: func(what string) string { return "写入后: " + what },
		LineTo: func(l, q string) string { return "第" + l + "行改为" + q }, LineGone: func(l string) string { return "第" + l + "行取消" },
		OrderGone: "整单取消", AsOrdered: "照订放行",
		Less: func(a string) string { return "订单少 " + a }, More: func(a string) string { return "订单多 " + a },
		Written: func(o, what string) string { return "已写入 " + o + ": " + what },
		StillTo: func(c string) string { return c + "拣货前可撤回" }, NowAccepted: "订单已接受", ToRecheck: "等复核", IfClean: "复核无异即接受",
		Changed:   func(what string) string { return "刚有变: " + what + "。 请再看「将写入」" },
		ChangedBy: func(name, what, clock string) string { return listed(" ", name, clock, what) },
		Acts: map[string]string{
			"resolve": "写入了", "reverse": "撤回了", "hand_over": "转交了", "record_call": "记了电话", "verify_quantity": "核实了数量", "snooze": "改到稍后",
			"take_over": "接手了", "give_back": "交回了", "judged": "新判出异常", "": "改了",
		},
		ByJudge:  "判定",
		NewTotal: func(b, a string) string { return "订单金额 " + b + " > " + a }, NewFlag: "又判出异常", FlagGone: "有异常已结",
		NeedsRole: func(r string) string { return "要" + r + "才能这样做" },
		SeeAgain:  "已变, 请再看一遍, 再按 ctrl+s",
		Warnings: map[domain.WarningKind]func(string) string{
			domain.WarnReorder:    func(left string) string { return "截单只剩" + left + ", 重下来不及, 可记补单" },
			domain.WarnPicking:    func(left string) string { return "拣货只剩" + left },
			domain.WarnPast:       func(string) string { return "已过拣货, 货可能已配出, 先问物流" },
			domain.WarnSaidWrong:  func(string) string { return "门店说打错了, 而您要放行" },
			domain.WarnSaidWanted: func(string) string { return "门店说确实要, 而您要取消" },
			domain.WarnStep:       func(string) string { return "新数量不合步长, 会再挂起" },
			domain.WarnStock:      func(string) string { return "新数量超库存, 会再挂起" },

			domain.WarnNotDelivered: func(string) string { return "平台没报送达, 先问清到货没有" },
			domain.WarnUnconfirmed:  func(string) string { return "无人证实重量, 仍可写, 记录会写明" },
			domain.WarnAmount:       func(string) string { return "超过争议的货款" },
			domain.WarnNothing:      func(string) string { return "取消后没有重下" },
			domain.WarnOrderable:    func(string) string { return "其中有现在不能下的商品" },
		},
		ToVerify:   func(d string) string { return "先转" + d + "核实" },
		HandedTo:   func(o, d string) string { return o + " 已转" + d + ", 草稿留着" },
		NoCallHere: "这一类不必致电",
		NoNext:     "本店和队列都没有下一条",
		NotKept:    "连不上: 草稿存在本机, 通了再存", NotLoaded: func(why string) string { return "没读到: " + why + "。 F5 重读" },
		NoteFirst: "先写备注", VerifiedOK: func(o string) string { return o + " 核实结果已交回客服" }, PickFirst: "按数字选答案",
	}
}

// during is sep and s, or nothing.
func during(sep, s string) string {
	if s == "" {
		return ""
	}
	return sep + s
}

// countZh writes small counts as they are said.
func countZh(n int) string {
	words := strings.Split("零,一,两,三,四,五,六,七,八,九,十", ",")
	if n >= 0 && n < len(words) {
		return words[n]
	}
	return itoa(n)
}

func caseLaterChinese() CaseLaterWords {
	return CaseLaterWords{
		Attempt: func(n int, outcome, clock string) string {
			return "第" + itoa(n) + "次" + outcome + " " + clock + " 已记"
		},
		Again: func(c string) string { return c + "再打(稍后, 仍归我)" },
		GoesOn: func(n int, last, d string) string {
			if last != "" {
				last = "或" + last + "未通"
			}
			return itoa(n) + "次不通" + last + ": 转" + d
		},
		NowGoes: func(d string) string { return "不再等: 转" + d },
		Enter:   func(c string) string { return c + "再打" }, EnterOn: func(d string) string { return "转" + d },
		Soon: "5分钟后", Other: "换号码打", Hand: func(d string) string { return "转" + d }, GiveBack: "交回队列",
		Done:     func(o, c string) string { return o + " " + c + "再打, 仍归您" },
		DoneBack: func(o, c string) string { return o + " 已交回, " + c + "再出现" },
		Answered: func(c string) string { return c + "已接通; 要改先改第2问" },
	}
}
