package domain

import (
	"encoding/json"
	"slices"
	"time"
)

// TaskID is the number of a task.
type TaskID int64

// TaskWhat is what a task asks for.
type TaskWhat string

// What tasks ask for.
const (
	TaskDayUnsigned TaskWhat = "day_unsigned"     // the daily check of deliveries
	TaskWeek        TaskWhat = "week_unsigned"    // the week's settlement
	TaskRosterGap   TaskWhat = "roster_gap"       // somebody on duty
	TaskDifference  TaskWhat = "difference"       // of a store's settlement: look into it
	TaskStandard    TaskWhat = "standard"         // a product's information
	TaskCount       TaskWhat = "count_difference" // stock counted against stock known
	TaskEscalated   TaskWhat = "escalated"        // a case that is past due
	TaskOffered     TaskWhat = "offered"          // a case handed over with a shift
	TaskImportClash TaskWhat = "import_clash"
	TaskDelivery    TaskWhat = "delivery" // an order the daily check handed on
)

// Task is work that is no case. It lies with a department, has a time, and stands in the
// queue beside the cases.
type Task struct {
	ID      TaskID
	What    TaskWhat
	About   string // which one among its kind
	With    Department
	Store   StoreCode
	AtRisk  Money
	Detail  []byte // JSON, by kind
	Due     time.Time
	Rank    float64 // as of cases
	Opened  time.Time
	Version int64

	StoreName   string
	StoreNameEn string
	By          Holder // who opened it: the platform where it has no name
}

// TaskTold is what a task's detail may tell: of each kind some of it.
type TaskTold struct {
	Week    string       `json:"week"` // of a difference: its Monday
	Day     string       `json:"day"`
	From    string       `json:"from"` // hours of a gap
	Until   string       `json:"until"`
	Missing int          `json:"missing"` // how many: orders without a destination, people
	Diff    Money        `json:"diff"`
	Product ProductCode  `json:"product"`
	Name    string       `json:"name"` // of the product
	NameEn  string       `json:"name_en"`
	Field   ProductField `json:"field"` // of a clash
	Off     Quantity     `json:"off"`   // of a count: more than was known of
	Unit    string       `json:"unit"`
	UnitEn  string       `json:"unit_en"`
	Counts  int          `json:"counts"` // differences to verify
	Note    string       `json:"note"`

	Case  CaseID  `json:"case"` // of an offer and of what moved up
	Order OrderNo `json:"order"`
	Kind  Kind    `json:"kind"`
	Why   string  `json:"why"` // it moved up: "past", "untaken", "refused"

	OrderID OrderID `json:"order_id"` // of what the daily check handed on
	Goes    Goes    `json:"goes"`     // likewise: to be cancelled, or handed on

	FromLogin  Login  `json:"by"` // who handed it over
	FromName   string `json:"by_name"`
	FromNameEn string `json:"by_name_en"`
	ToLogin    Login  `json:"to"` // whom it is offered to, "": whoever is on duty
	ToName     string `json:"to_name"`
	ToNameEn   string `json:"to_name_en"`
}

// Told reads the task's detail; what it does not tell is empty.
func (t Task) Told() TaskTold {
	var d TaskTold
	if err := json.Unmarshal(t.Detail, &d); err != nil {
		return TaskTold{} // of another shape: the task says what it is about all the same
	}
	return d
}

// Row is the task as a row of the queue.
func (t Task) Row() QueueRow {
	due := t.Due
	return QueueRow{
		Task: &t, Version: t.Version, With: t.With, State: CaseOpen, AtRisk: t.AtRisk, Rank: t.Rank, NextAt: &due,
		Store: t.Store, StoreName: t.StoreName, StoreNameEn: t.StoreNameEn, OpenedAt: t.Opened,
	}
}

// ByNote tells whether a person ends the task with a note; the others end when what they
// ask for is done.
func (w TaskWhat) ByNote() bool {
	return slices.Contains([]TaskWhat{TaskEscalated, TaskStandard, TaskDelivery}, w)
}
