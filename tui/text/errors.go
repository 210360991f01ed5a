package text

import (
	"errors"

	"cleardesk/domain"
)

// ErrorWords say what failed and what to do, by class.
type ErrorWords struct {
	ByCode map[domain.Code]string
	Needs  func(department string) string // whose part it is
}

func errorsEnglish() ErrorWords {
	return ErrorWords{Needs: func(department string) string { return "needs " + department }, ByCode: map[domain.Code]string{
		domain.Invalid:     "not accepted: a value breaks a rule; nothing was written",
		domain.NotFound:    "it no longer exists: F5 reads again",
		domain.Conflict:    "it changed meanwhile: look again, then write",
		domain.Taken:       "somebody else has it",
		domain.Forbidden:   "your role may not do this",
		domain.Unavailable: "no connection: nothing is lost, it is tried again by itself",
		domain.Timeout:     "no answer in time: whether it was written is being found out",
		domain.Canceled:    "given up: nothing was written",
		domain.Internal:    "a fault of the desk: it is in the log, the draft is kept",
	}}
}

func errorsChinese() ErrorWords {
	return ErrorWords{Needs: func(department string) string { return "要" + department }, ByCode: map[domain.Code]string{
		domain.Invalid:     "未接受: 有一项不合规则, 没有写入",
		domain.NotFound:    "已不存在: 按F5重读",
		domain.Conflict:    "期间有变: 看过再写",
		domain.Taken:       "别人已领取",
		domain.Forbidden:   "您的角色不能这样做",
		domain.Unavailable: "连不上: 什么都没丢, 会自动再试",
		domain.Timeout:     "没有按时答复: 正在查明是否已写入",
		domain.Canceled:    "已放弃: 没有写入",
		domain.Internal:    "本台出错: 已记入日志, 草稿留着",
	}}
}

// Error is one line about a failure in the person's language. Who has it, or whose
// part it is, follows from the error's Detail: name, name_en and holder, or needs.
func (c *Catalog) Error(err error) string {
	s := named(c.Errors.ByCode, domain.CodeOf(err))
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return s
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
