// Package text holds every word the desk shows, in Chinese and in English, and the
// forms in which values are written. Nothing else in the program holds words for
// people; views keep values and ask for words when they draw, so that the language
// can change under them.
package text

import (
	"strings"

	"cleardesk/domain"
)

// Lang is a language of the desk.
type Lang string

// The languages of the desk.
const (
	Chinese Lang = "zh"
	English Lang = "en"
)

// Catalog is the words of one language, by topic. Every field is filled in both.
// It is not changed after it was made.
type Catalog struct {
	Lang   Lang
	Names  NameWords
	Values ValueWords
	Desk   DeskWords
	Acts   ActWords
	Errors ErrorWords
	Form   FormWords

	Reverse ReverseWords

	Queue QueueWords
	Case  CaseWords
	Store StoreWords
	Find  FindWords
	Order OrderWords

	History HistoryWords
	Kinds   KindWords
	Helps   HelpWords
	Entry   EntryWords
	Correct CorrectWords
	Dialog  DialogWords
	Settle  SettleWords
	Deliver DeliverWords
	Tasks   TaskWords
	Hand    HandWords
	Train   TrainWords
	Returns ReturnsWords
	Counts  CountsWords
	Goods   GoodsWords
	Report  ReportWords
	Roster  RosterWords
}

// For makes the catalog of a language; English for one the desk does not have.
func For(l Lang) *Catalog {
	if l == Chinese {
		return &Catalog{
			Lang: Chinese, Names: namesChinese(), Values: valuesChinese(), Desk: deskChinese(), Acts: actsChinese(),
			Errors: errorsChinese(), Form: formChinese(), Reverse: reverseChinese(),
			Queue: queueChinese(), Case: caseChinese(), Store: storeChinese(), Find: findChinese(), Order: orderChinese(), History: historyChinese(),
			Kinds: kindsChinese(), Helps: helpsChinese(),
			Entry: entryChinese(), Correct: correctChinese(), Dialog: dialogChinese(), Settle: settleChinese(), Deliver: deliverChinese(), Tasks: tasksChinese(),
			Hand: handChinese(), Roster: rosterChinese(),
			Train:   trainChinese(),
			Returns: returnsChinese(), Counts: countsChinese(), Goods: goodsChinese(),
			Report: reportChinese(),
		}
	}
	return &Catalog{
		Lang: English, Names: namesEnglish(), Values: valuesEnglish(), Desk: deskEnglish(), Acts: actsEnglish(),
		Errors: errorsEnglish(), Form: formEnglish(), Reverse: reverseEnglish(),
		Queue: queueEnglish(), Case: caseEnglish(), Store: storeEnglish(), Find: findEnglish(), Order: orderEnglish(), History: historyEnglish(),
		Kinds: kindsEnglish(), Helps: helpsEnglish(),
		Entry: entryEnglish(), Correct: correctEnglish(), Dialog: dialogEnglish(), Settle: settleEnglish(), Deliver: deliverEnglish(), Tasks: tasksEnglish(),
		Hand: handEnglish(), Roster: rosterEnglish(),
		Train:   trainEnglish(),
		Returns: returnsEnglish(), Counts: countsEnglish(), Goods: goodsEnglish(),
		Report: reportEnglish(),
	}
}

// Other is the language to switch to.
func (l Lang) Other() Lang {
	if l == Chinese {
		return English
	}
	return Chinese
}

// Detect chooses the language: what was asked for, then CLEARDESK_LANG, LC_ALL,
// LC_MESSAGES and LANG, the first that is set and known; English in the end.
func Detect(asked string, getenv func(string) string) Lang {
	if l, ok := parseLang(asked); ok {
		return l
	}
	for _, name := range []string{"CLEARDESK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"} {
		v := getenv(name)
		if l, ok := parseLang(v); ok {
			return l
		}
		if v != "" && name != "CLEARDESK_LANG" {
			return English // LC_ALL=C is a choice too; LANG does not undo it
		}
	}
	return English
}

// parseLang reads zh, zh_CN.UTF-8, zh-Hans, en, en_GB and the like.
func parseLang(s string) (Lang, bool) {
	s = strings.ToLower(s)
	if i := strings.IndexAny(s, "_-.@"); i >= 0 {
		s = s[:i]
	}
	switch s {
	case "zh":
		return Chinese, true
	case "en":
		return English, true
	}
	return "", false
}

// Pick gives the name in the catalog's language, the other where that one is
// missing.
func (c *Catalog) Pick(chinese, english string) string {
	if c.Lang == English && english != "" || chinese == "" {
		return english
	}
	return chinese
}

// Person is a person's name in the catalog's language, the login where they have
// none.
func (c *Catalog) Person(name, nameEn string, login domain.Login) string {
	if n := c.Pick(name, nameEn); n != "" {
		return n
	}
	return string(login)
}
