package text

import (
	"errors"

	"cleardesk/domain"
)

// ErrorWords say what failed and what to do, by class.
type ErrorWords struct {
	ByCode map[domain.Code]string
	Needs  func(department string) string // whose part it is

	Away     string                     // the next is given to nobody who is away
	OffDuty  func(from string) string   // nor to who is not on duty; from may be empty
	NotThere func(person string) string // who something is offered to
}

func errorsEnglish() ErrorWords {
	return ErrorWords{
		Needs: func(department string) string { return "needs " + department },
		Away:  "you are away: . comes back, then the next; enter or F6 takes one all the same",
		OffDuty: func(from string) string {
			s := "you are not on duty"
			if from != "" {
				s += " before " + from
			}
			return s + ": enter or F6 takes one, or the manager takes you on now"
		},
		NotThere: func(p string) string { return p + " is away or not on duty: choose another, or the next shift" },
		ByCode: map[domain.Code]string{
			domain.Invalid:     "not accepted: a value breaks a rule; nothing was written",
			domain.NotFound:    "it no longer exists: F5 reads again",
			domain.Conflict:    "it changed meanwhile: look again, then write",
			domain.Taken:       "somebody else has it",
			domain.Forbidden:   "your role may not do this",
			domain.Unavailable: "no connection: nothing is lost, it is tried again by itself",
			domain.Timeout:     "no answer in time: whether it was written is being found out",
			domain.Canceled:    "given up: nothing was written",
			domain.Internal:    "a fault of the desk: it is in the log, the draft is kept",
		},
	}
}

func errorsChinese() ErrorWords {
	return ErrorWords{
		Needs: func(department string) string { return "要" + department },
		Away:  "您离开着: 按 . 回来再领下条; enter 或 F6 仍可指名领取",
		OffDuty: func(from string) string {
			s := "您现在不当班"
			if from != "" {
				s += ", " + from + "起"
			}
			return s + ": enter 或 F6 可指名领取, 或请经理临时排您"
		},
		NotThere: func(p string) string { return p + "离开或不当班: 另选一人, 或交下一班" },
		ByCode: map[domain.Code]string{
			domain.Invalid:     "未接受: 有一项不合规则, 没有写入",
			domain.NotFound:    "已不存在: 按F5重读",
			domain.Conflict:    "期间有变: 看过再写",
			domain.Taken:       "别人已领取",
			domain.Forbidden:   "您的角色不能这样做",
			domain.Unavailable: "连不上: 什么都没丢, 会自动再试",
			domain.Timeout:     "没有按时答复: 正在查明是否已写入",
			domain.Canceled:    "已放弃: 没有写入",
			domain.Internal:    "本台出错: 已记入日志, 草稿留着",
		},
	}
}

// Error is one line about a failure in the person's language. Who has it, or whose
// part it is, follows from the error's Detail: name, name_en and holder, or needs.
func (c *Catalog) Error(err error) string {
	s := named(c.Errors.ByCode, domain.CodeOf(err))
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return s
	}
	switch e.Detail["duty"] {
	case "away":
		return c.Errors.Away
	case "off":
		return c.Errors.OffDuty(e.Detail["from"])
	case "other":
		return c.Errors.NotThere(c.Person(e.Detail["name"], e.Detail["name_en"], domain.Login(e.Detail["holder"])))
	}
	if who := c.Person(e.Detail["name"], e.Detail["name_en"], domain.Login(e.Detail["holder"])); who != "" {
		return s + ": " + who
	}
	needs := domain.Department(e.Detail["needs"])
	if words, known := c.Names.Departments[needs]; known {
		return s + ": " + c.Errors.Needs(words)
	}
	return s
}
