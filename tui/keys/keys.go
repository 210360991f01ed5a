// Package keys turns what the terminal sends into what the person meant. One key
// has one meaning on every screen; a screen decides only whether the meaning has
// any sense there. Everything can be done without letters, because an input method
// swallows them.
package keys

// Action is what a key means.
type Action string

// The actions that keys have everywhere.
const (
	None     Action = ""          // the key is not bound
	Up       Action = "up"        // Press.Count times
	Down     Action = "down"      // Press.Count times
	HalfUp   Action = "half_up"   // half a page
	HalfDown Action = "half_down" // half a page
	First    Action = "first"
	Last     Action = "last"
	Unfold   Action = "unfold" // right
	Fold     Action = "fold"   // left
	Open     Action = "open"   // enter: opens, accepts an answer; never writes
	Back     Action = "back"   // one step back, nothing lost
	NextPart Action = "next_part"
	PrevPart Action = "prev_part"
	Help     Action = "help"
	Menu     Action = "menu" // the numbered actions
	Find     Action = "find"
	Filter   Action = "filter"
	Refresh  Action = "refresh" // let the new in, read again
	Claim    Action = "claim"   // take, give back
	Next     Action = "next"    // the next one, in a case of the same store first
	Store    Action = "store"
	Later    Action = "later" // a time, or not reached
	Digit    Action = "digit" // Press.Digit, 0 to 9
	Before   Action = "before"
	Earlier  Action = "earlier" // the period before
	Onward   Action = "onward"  // the period after
	Mark     Action = "mark"    // mark and go down
	MarkUp   Action = "mark_up"
	MarkDown Action = "mark_down"
	MarkAll  Action = "mark_all" // all shown, or none
	New      Action = "new"
	HandOver Action = "hand_over"
	Write    Action = "write"
	Saved    Action = "saved" // saved views
	TakeBack Action = "take_back"
	Copy     Action = "copy"
	Redraw   Action = "redraw"
	Suspend  Action = "suspend"
	Leave    Action = "leave"
	Away     Action = "away" // from the desk for a while, and back
)

// The actions that are reached through the action menu only.
const (
	Order    Action = "order"
	History  Action = "history"
	Product  Action = "product" // product and correction
	Merge    Action = "merge"
	Assign   Action = "assign"
	Rest     Action = "rest" // the rest of the menu
	Language Action = "language"
	Columns  Action = "columns"
	Sort     Action = "sort"
	Print    Action = "print"
	Handing  Action = "handing" // what one shift hands the next
)

// What a key message can be besides an action.
const (
	Input Action = "input" // belongs to the text field: Press.Msg
	Stray Action = "stray" // several letters at once outside a field: never a command
)

// Binding gives an action its keys. Safe keys pass an input method, letters are
// short cuts. The names are those of bubbletea.
type Binding struct {
	Action  Action
	Safe    []string
	Letters []string
	Menu    string // "0" to "9": its digit in the action menu; "0" stands for the rest
}

// Everywhere lists the bindings that hold on every screen.
func Everywhere() []Binding {
	return append(append(moving(), acting()...), leaving()...)
}

func moving() []Binding {
	return []Binding{
		{Action: Up, Safe: []string{"up"}, Letters: []string{"k"}},
		{Action: Down, Safe: []string{"down"}, Letters: []string{"j"}},
		{Action: HalfUp, Safe: []string{"pgup", "ctrl+u"}},
		{Action: HalfDown, Safe: []string{"pgdown", "ctrl+d"}},
		{Action: First, Safe: []string{"home"}, Letters: []string{"g"}},
		{Action: Last, Safe: []string{"end"}, Letters: []string{"G"}},
		{Action: Unfold, Safe: []string{"right"}, Letters: []string{"l"}},
		{Action: Fold, Safe: []string{"left"}, Letters: []string{"h"}},
		{Action: Open, Safe: []string{"enter"}},
		{Action: Back, Safe: []string{"esc", "backspace"}, Letters: []string{"q"}},
		{Action: NextPart, Safe: []string{"tab"}},
		{Action: PrevPart, Safe: []string{"shift+tab"}},
		{Action: Before, Safe: []string{"-"}},
		{Action: Earlier, Safe: []string{"["}},
		{Action: Onward, Safe: []string{"]"}},
		{Action: Mark, Safe: []string{" "}},
		{Action: MarkUp, Safe: []string{"shift+up"}},
		{Action: MarkDown, Safe: []string{"shift+down"}},
		{Action: MarkAll, Safe: []string{"*"}},
		{Action: Digit, Safe: []string{"1", "2", "3", "4", "5", "6", "7", "8", "9", "0"}},
	}
}

func acting() []Binding {
	return []Binding{
		{Action: Help, Safe: []string{"f1", "?"}},
		{Action: Menu, Safe: []string{"f2", "ctrl+k"}, Letters: []string{"x"}},
		{Action: Find, Safe: []string{"f3", "ctrl+f", ":"}},
		{Action: Filter, Safe: []string{"f4", "/"}},
		{Action: Refresh, Safe: []string{"f5", "ctrl+r"}, Letters: []string{"r"}},
		{Action: Claim, Safe: []string{"f6"}, Letters: []string{"c"}, Menu: "5"},
		{Action: Next, Safe: []string{"f7"}, Letters: []string{"n"}},
		{Action: Store, Safe: []string{"f8"}, Letters: []string{"s"}, Menu: "2"},
		{Action: Later, Safe: []string{"f9"}, Letters: []string{"z"}, Menu: "6"},
		{Action: New, Safe: []string{"+"}},
		{Action: HandOver, Safe: []string{"ctrl+o"}, Menu: "7"},
		{Action: Write, Safe: []string{"ctrl+s"}},
		{Action: Saved, Letters: []string{"v"}, Menu: "0"},
		{Action: TakeBack, Letters: []string{"u"}, Menu: "0"},
		{Action: Copy, Letters: []string{"y"}, Menu: "0"},
	}
}

func leaving() []Binding {
	return []Binding{
		{Action: Redraw, Safe: []string{"ctrl+l"}},
		{Action: Suspend, Safe: []string{"ctrl+z"}},
		{Action: Leave, Safe: []string{"ctrl+c"}},
		{Action: Away, Safe: []string{"."}, Menu: "0"},
		{Action: Handing, Menu: "0"},
		{Action: Order, Menu: "1"},
		{Action: History, Menu: "3"},
		{Action: Product, Menu: "4"},
		{Action: Merge, Menu: "8"},
		{Action: Assign, Menu: "9"},
		{Action: Rest, Menu: "0"},
		{Action: Language, Menu: "0"},
		{Action: Columns, Menu: "0"},
		{Action: Sort, Menu: "0"},
		{Action: Print, Menu: "0"},
	}
}

// MenuOrder lists the actions of the action menu by digit: 1 to 9, then 0.
func MenuOrder() []Action {
	return []Action{Order, Store, History, Product, Claim, Later, HandOver, Merge, Assign, Rest}
}

// Name is how a key line names an action's key: "F6", "ctrl+s", "enter".
func Name(a Action) string {
	switch a {
	case Digit:
		return "1-9"
	case Mark:
		return "space"
	case None, Input, Stray:
		return ""
	case Help:
		return "?"
	case Find:
		return ":"
	case Filter:
		return "/"
	default:
	}
	for _, b := range Everywhere() {
		if b.Action == a && len(b.Safe) > 0 {
			return show(b.Safe[0])
		}
	}
	return ""
}

// Names lists every key of an action as it is shown in the help.
func Names(a Action) []string {
	var names []string
	for _, b := range Everywhere() {
		if b.Action != a {
			continue
		}
		for _, k := range append(append([]string(nil), b.Safe...), b.Letters...) {
			names = append(names, show(k))
		}
		if b.Menu != "" && (a != Rest) {
			names = append(names, "F2 "+b.Menu)
		}
	}
	return names
}

func show(key string) string {
	switch {
	case key == " ":
		return "space"
	case key == "pgdown":
		return "pgdn"
	case len(key) == 2 && key[0] == 'f' && key[1] >= '1' && key[1] <= '9':
		return "F" + key[1:]
	}
	return key
}

// Short is how a menu names an action's keys: the first that passes an input method
// and the first letter, "F6 c".
func Short(a Action) string {
	for _, b := range Everywhere() {
		if b.Action != a {
			continue
		}
		s := ""
		if len(b.Safe) > 0 {
			s = show(b.Safe[0])
		}
		if len(b.Letters) > 0 {
			if s != "" {
				s += " "
			}
			s += b.Letters[0]
		}
		return s
	}
	return ""
}
