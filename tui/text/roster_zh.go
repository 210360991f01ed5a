package text

import (
	"fmt"

	"cleardesk/domain"
)

func rosterChinese() RosterWords {
	w := RosterWords{
		Name: "排班",
		Title: func(clock string, here, away, lacking int) string {
			return fmt.Sprintf("此刻 %s   在岗%d  离开%d  缺%d", clock, here, away, lacking)
		},
		Extra:    func(n int) string { return fmt.Sprintf("不当班在台%d", n) },
		NoRoster: "本周没发布排班: 人人算当班",
		NoDesk:   "不在台",
		HeadWho:  "人", HeadShift: "班", HeadState: "状态", HeadHeld: "手上", HeadClosed: "已结", HeadPace: "均时", HeadOldest: "最久",
		HeadDept: "部门", HeadHours: "小时",
		States: map[domain.HereState]string{
			domain.HereOn: "在岗", domain.HereAway: "离开", domain.HereExtra: "不当班在台", domain.HereAbsent: "缺勤", domain.HereOff: "不当班",
		},
		Reasons: map[domain.AbsenceReason]string{
			domain.AbsentSick: "病假", domain.AbsentLeave: "请假", domain.AbsentTraining: "培训", domain.AbsentOther: "缺勤",
		},
		AwayFor: func(d string) string { return "离开" + d },
		OpenNow: func(open, unclaimed, held, closed int) string {
			return fmt.Sprintf("待办%d: 无人领%d, 在手%d   今天已结%d", open, unclaimed, held, closed)
		},
		Until: func(clock string, open, expected, cleared, left int, money string) string {
			return fmt.Sprintf("到%s: %d + 预计来%d - 能清%d = 余%d (%s)", clock, open, expected, cleared, left, money)
		},
		UntilUnknown: func(clock string, open, cleared, left int, money string) string {
			return fmt.Sprintf("到%s: %d - 能清%d = 余%d (%s), 还来多少不知道", clock, open, cleared, left, money)
		},
		MoreClears: func(n int) string { return fmt.Sprintf("加%d人清完", n) },
		MoreLeaves: func(n, left int) string { return fmt.Sprintf("加%d人余%d", n, left) },
		Over:       "今天的下单时段和办理时段都过了",
		Callable:   func(list string) string { return "现在可叫: " + list }, CallNobody: "没有人可叫了",
		Oldest: func(who, kind, age, limit string, past bool) string {
			if past {
				return "!领取最久: " + who + " " + kind + " " + age + ", 超过" + limit
			}
			return "领取最久: " + who + " " + kind + " " + age + ", 未超" + limit
		},
		Week: func(from, to string) string { return from + " 至 " + to }, Version: func(no int) string { return fmt.Sprintf("已发布第%d版", no) },
		None: "没发布", Drafted: func(n int) string { return fmt.Sprintf("草稿改%d处", n) },
		Behind: func(no int, by string) string { return fmt.Sprintf("!%s期间发布了第%d版", by, no) },
		Legend: "* 草稿  ! 有问题", Today: "今天", Rest: "休",
		Words:    map[string]string{"rest": "休 休息", "sick": "病 病假", "leave": "假 请假 年假", "training": "进修", "other": "缺勤"},
		InWindow: "窗口在岗",
		Below:    func(n int) string { return fmt.Sprintf("下面还有%d人", n) },
		Hidden: func(words string, n int) string {
			return fmt.Sprintf("过滤 %q 藏起%d人, esc 全部显示", words, n)
		},
	}
	rosterChineseDay(&w)
	rosterChineseActs(&w)
	rosterChineseAsks(&w)
	rosterChinesePast(&w)
	return w
}

func rosterChineseDay(w *RosterWords) {
	w.CellRest = func(who, day string) string { return who + " " + day + ": 休" }
	w.CellIs = func(who, day, shifts, hours string) string {
		return who + " " + day + ": " + shifts + ", " + hours + "小时"
	}
	w.StandsFor = func(who string) string { return "替" + who }
	w.WasCell = func(s string) string { return "已发布: " + s }
	w.NoStandIn = "没有人替"
	w.Hours = func(day, basis string) string { return day + " 逐时: " + basis }
	w.Basis = func(days int, weekday string) string {
		if weekday == "" {
			return fmt.Sprintf("预计按近%d天", days)
		}
		return fmt.Sprintf("预计按近%d个%s", days, weekday)
	}
	w.NoBasis = "还来多少没有历史可依"
	w.PaceOf = func(m string, known bool) string {
		if known {
			return "每条均时" + m
		}
		return "每条按计划" + m
	}
	w.RowHour, w.RowExpected, w.RowDuty, w.RowCleared, w.RowLeft = "时", "预计来", "在岗", "能清", "余"
	w.NoGap = "没有缺口"
	w.Gap = map[domain.GapWhat]func(string, string, int, int, int) string{
		domain.GapWindow: func(dept, span string, have, need, _ int) string {
			return fmt.Sprintf("下单时段%s缺: %s%d人, 要%d人", span, dept, have, need)
		},
		domain.GapHandling: func(dept, span string, have, need, _ int) string {
			return fmt.Sprintf("办理时段%s缺: %s%d人, 要%d人", span, dept, have, need)
		},
		domain.GapLeft:        func(_, span string, _, _, left int) string { return fmt.Sprintf("%s缺: 清不完, 余%d", span, left) },
		domain.GapUnpublished: func(_, _ string, _, _, _ int) string { return "没发布排班" },
	}
	w.NextWeek = "这周没发布: 发布之前这周人人算当班。"
}

func rosterChineseActs(w *RosterWords) {
	w.Edit = func(who, day string) string { return who + " " + day }
	w.EditMany = func(n int) string { return fmt.Sprintf("%d格", n) }
	w.EditKeys = "09-15   09-12 16-20   22-06   09-12 拓展   休   病假   请假      enter 填入, esc 不改"
	w.Reads = func(shifts, hours string) string { return shifts + ", " + hours + "小时" }
	w.BadCell = map[string]func(string) string{
		domain.CellShift:   func(s string) string { return s + " 不是时间, 如 09-15" },
		domain.CellWord:    func(s string) string { return s + " 不认得" },
		domain.CellRole:    func(s string) string { return s + " 不是此人的角色, 或前面没有班" },
		domain.CellOverlap: func(s string) string { return s + ": 两班相重" },
		domain.CellMixed:   func(s string) string { return s + ": 休假和班只能有一样" },
	}
	w.PastDay, w.Manager, w.Absent = "这天已过: 发布过的不改。", "经理", "当天仍在假: F2 可销假。"
	w.KeyEdit, w.KeyMark, w.KeyAdd, w.KeyWeek, w.KeyHand, w.KeyPublish, w.KeyPart, w.KeyBack = "改格", "选格", "加班次", "周", "转派其手上活", "发布", "换块", "返回"
	w.Changes = func(week string, no int) string { return fmt.Sprintf("%s周, 将是第%d版", week, no) }
	w.Change = func(day, who, was, is string) string { return day + " " + who + ": " + was + " > " + is }
	w.GapsThen, w.NoGapsThen = "发布后的缺口", "发布后没有缺口。"
	w.More = func(n int) string { return fmt.Sprintf("另有%d处", n) }
	w.Nothing = "没有可发布的: enter 改格。"
	w.PublishHead = func(week string, no int) string {
		return fmt.Sprintf("发布%s周第%d版: 之后派活按它", week, no)
	}
	w.PublishSum = func(changes, gaps int) string { return fmt.Sprintf("改%d格, 仍有%d处缺口", changes, gaps) }
	w.DidPublish = func(week string, no int) string { return fmt.Sprintf("%s周已发布, 第%d版", week, no) }
	w.Absence, w.EndAbsence, w.StandIn, w.Swap, w.Answer = "缺勤", "销假: 又在岗", "替班, 或现在接班", "请求换班", "答复换班"
	w.Copy, w.Template, w.KeepTemplate, w.Discard, w.Hand = "照抄上周", "按模板填", "存为模板", "丢弃草稿", "转派手上活"
	w.History = func(week string) string { return week + "周的经过" }
	w.Print = "打印: cleardesk export roster 导出这周。"
	w.WasOver = "这周已过。"
}

func rosterChineseAsks(w *RosterWords) {
	w.AbsenceHead = func(who, day string) string { return who + "自" + day + "起不在" }
	w.AskReason, w.AskLast, w.AskNote, w.AskWho, w.AskStandIn = "原因", "到哪天 (11-26, 或天数)", "备注", "谁", "替班"
	w.Nobody = "暂无"
	w.LastReads = func(day string, days int) string { return fmt.Sprintf("到%s, 共%d天", day, days) }
	w.LastBad = "写日期如 11-26, 或天数"
	w.AbsenceSum = func(who, reason, first, last, standIn string) string {
		s := who + reason + " " + first
		if last != first {
			s += " 至 " + last
		}
		return s + ", 替班: " + standIn
	}
	w.DidAbsence = func(who string) string { return who + "已记缺勤, 缺口已重算" }
	w.EndHead = func(who, reason, until string) string { return who + "销假 (" + reason + "到" + until + ")" }
	w.EndSum = "自现在起在岗; 还没开始的, 整个取消"
	w.DidEnd = func(who string) string { return who + "又在岗了" }
	w.NotAbsent = "这里没有人缺勤。"
	w.StandHead = func(who, day, shifts string) string { return "谁来接 " + who + " " + day + " " + shifts }
	w.StandSum = func(by, who string, now bool) string {
		if now {
			return by + "现在接" + who + "的班"
		}
		return by + "替" + who + "的班"
	}
	w.DidStand = func(by, who string) string { return by + "接了" + who + "的班" }
	w.NoShift = "这里没有已发布而未过的班。"
	w.SwapHead = func(mine, day string) string { return "换我的班 " + day + " " + mine }
	w.AskColleague, w.AskTheirDay = "和谁", "换来"
	w.SwapOffer = func(_, day, shifts string) string { return day + " " + shifts }
	w.SwapSum = func(mine, theirs string) string { return "我的" + mine + " 换 " + theirs }
	w.DidAsk = func(who string) string { return "已问" + who + ": 对方同意后生效" }
	w.SwapNone = "换班只换自己的、还没到的: 光标放到自己那行。"
	w.Asked = func(who, theirs, mine string) string {
		return who + "想以 " + theirs + " 换您 " + mine + ": F2 答复"
	}
	w.AnswerHead = func(who, theirs, mine, note string) string {
		s := who + "以 " + theirs + " 换您 " + mine
		if note != "" {
			s += ": " + note
		}
		return s
	}
	w.AgreeOrNot, w.AnswerSum = [2]string{"同意", "不同意"}, [2]string{"同意: 随即发布", "不同意"}
	w.DidAnswer = [2]string{"已换班", "换班已拒绝"}
	w.NoAsked = "没有人向您请求换班。"
	w.CopyHead = func(from, to string) string { return "把" + from + "周照抄到" + to + "周, 作草稿" }
	w.CopySum = func(n int) string { return fmt.Sprintf("草稿改%d格", n) }
	w.DidCopy = w.CopySum
	w.NoCopy = "上周没有发布过。"
	w.TemplateHead = func(week string) string { return "按模板填" + week + "周, 作草稿" }
	w.AskTemplate, w.NoTemplate = "哪个", "还没有存过模板。"
	w.DidTemplate = func(name string, n int) string { return fmt.Sprintf("%s: 草稿改%d格", name, n) }
	w.KeepHead = func(week string) string { return "把" + week + "周存为模板" }
	w.AskName = "名称"
	w.KeepSum = func(name string, n int) string { return fmt.Sprintf("%s, %d格", name, n) }
	w.DidKeep = func(name string) string { return "模板 " + name + " 已存" }
	w.DiscardHead = func(n int) string { return fmt.Sprintf("丢弃%d格草稿", n) }
	w.DidDiscard = "草稿已丢弃"
	w.HandHead = func(who string, n int) string { return fmt.Sprintf("转派%s手上%d条", who, n) }
	w.NextShift = "下一班"
	w.HandSum = func(n int, to, note string) string { return fmt.Sprintf("%d条转%s: %s", n, to, note) }
	w.DidHand = func(n int, to string) string { return fmt.Sprintf("%d条已转给%s, 等其接下", n, to) }
	w.HoldsNone = func(who string) string { return who + "手上没有活。" }
}

func rosterChinesePast(w *RosterWords) {
	w.Why = map[domain.RosterWhy]string{
		domain.RosterPublished: "发布", domain.RosterImported: "导入", domain.RosterSwapped: "换班", domain.RosterTakenOver: "接班",
		domain.RosterStandsIn: "替班",
	}
	w.VersionLine = func(no int, why, by, when string) string { return fmt.Sprintf("第%d版 %s, %s %s", no, why, by, when) }
	w.AbsenceLine = func(who, reason, from, to, by, when string) string {
		return "缺勤: " + who + " " + reason + " " + from + " 至 " + to + ", " + by + " " + when
	}
	w.EndedLine = func(who, by, when string) string { return "销假: " + who + ", " + by + " " + when }
	w.SwapLine = func(who, of, gives, takes string, agreed *bool) string {
		s := "换班: " + who + "问" + of + ", " + gives + " 换 " + takes
		switch {
		case agreed == nil:
			return s + ", 还没答复"
		case *agreed:
			return s + ", 已同意"
		}
		return s + ", 未同意"
	}
	w.NoHistory = "这周没有发布过, 也没有记录。"
}
