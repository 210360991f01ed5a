package domain

import "time"

// TaskID is the number of a task.
type TaskID int64

// TaskWhat is what a task asks for.
type TaskWhat string

// What tasks ask for.
const (
	TaskDayUnsigned TaskWhat = "day_unsigned"     // the daily check of deliveries
	TaskRosterGap   TaskWhat = "roster_gap"       // somebody on duty
	TaskDifference  TaskWhat = "difference"       // of a store's settlement: look into it
	TaskStandard    TaskWhat = "standard"         // a product's information
	TaskCount       TaskWhat = "count_difference" // stock counted against stock known
	TaskEscalated   TaskWhat = "escalated"        // a case that is past due
	TaskOffered     TaskWhat = "offered"          // a case handed over with a shift
	TaskImportClash TaskWhat = "import_clash"
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
}
