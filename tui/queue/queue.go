// Package queue is the desk's first screen: one row a case and one a task, live, in the order in
// which waiting costs most.
package queue

import (
	"context"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/keys"
	"cleardesk/tui/smallact"
	"cleardesk/tui/ui"
	"cleardesk/tui/widget"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// Store is what the queue reads and writes.
type Store interface {
	QueuePage(ctx context.Context, f domain.QueueFilter, after *domain.QueueKey, limit int) (domain.QueuePage, error)
	CaseFile(ctx context.Context, id domain.CaseID) (domain.CaseFile, error)
	LastWritten(ctx context.Context) (domain.CaseID, error)
	Claim(ctx context.Context, op uuid.UUID, id domain.CaseID) (domain.Claimed, error)
	ClaimNext(ctx context.Context, op uuid.UUID, with domain.Department) (domain.Claimed, error)
	TakeOver(ctx context.Context, op uuid.UUID, id domain.CaseID, reason string) (domain.Claimed, error)
	GiveBack(ctx context.Context, op uuid.UUID, id domain.CaseID, no domain.ClaimNo) error
	Snooze(ctx context.Context, op uuid.UUID, id domain.CaseID, no domain.ClaimNo, until time.Time, note string) error
	HandOver(ctx context.Context, op uuid.UUID, id domain.CaseID, version int64, to domain.Department, note string) (domain.Moved, error)
	Members(ctx context.Context, cause domain.CaseID) ([]domain.QueueRow, error)
	CloseTask(ctx context.Context, op uuid.UUID, id domain.TaskID, note string) error
	smallact.Store
	Reverse(ctx context.Context, op uuid.UUID, id domain.CaseID, version int64, reason string) (domain.Reversed, error)
}

const (
	firstPage = 300 // rows read at first; more are read when the cursor nears the end
	mostRows  = 5000
	readLimit = 8 * time.Second // a read that takes longer is given up
	restFor   = 120 * time.Millisecond
)

// View is the queue. Its methods run in the root's goroutine.
type View struct {
	ui.Base

	env   *ui.Env
	store Store

	with   domain.Department
	filter filter
	rows   map[domain.CaseID]domain.QueueRow
	list   *widget.List[domain.CaseID]
	page   domain.QueuePage
	read   bool // the first page came
	want   int  // rows to read
	gen    ui.Gen
	due    bool // something changed while a read was under way
	busy   bool

	unfolded   map[domain.CaseID][]domain.CaseID // causes that are unfolded, with their members
	membersGen ui.Gen

	files   map[domain.CaseID]domain.CaseFile // of rows the cursor rested on
	fileGen ui.Gen
	wakeGen ui.Gen
	wanted  domain.CaseID // whose file is on its way

	back ui.Gen        // of reading what could be taken back
	to   domain.CaseID // where the cursor goes when the rows come

	ask  *question // what is asked about the rows, nil: nothing
	bulk *bulk     // acts on marked rows under way, nil: none
}

// New makes the queue of the department the person works in.
func New(env *ui.Env, store Store) *View {
	v := &View{
		env: env, store: store, list: widget.NewList[domain.CaseID](), rows: map[domain.CaseID]domain.QueueRow{},
		files: map[domain.CaseID]domain.CaseFile{}, want: firstPage, with: domain.CustomerService,
		unfolded: map[domain.CaseID][]domain.CaseID{},
	}
	if len(env.Me.Roles) > 0 {
		v.with = env.Me.Roles[0].Department()
	}
	v.filter = newFilter()
	return v
}

// Init reads the first page.
func (v *View) Init() tea.Cmd { return v.reload() }

// Update takes keys, results and hints.
func (v *View) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case keys.Press:
		return v.press(msg)
	case ui.Loaded[pageRead]:
		return v.pageCame(msg)
	case ui.Loaded[fileRead]:
		return v.fileCame(msg)
	case ui.Loaded[membersRead]:
		return v.membersCame(msg)
	case ui.Loaded[smallDone]:
		return v.smallCame(msg)
	case ui.Loaded[lastRead]:
		return v.lastCame(msg)
	case ui.Loaded[tookBack]:
		return v.tookBackCame(msg)
	case ui.Loaded[acted]:
		return v.actCame(msg)
	case ui.Woken:
		if msg.Gen == v.wakeGen {
			return v.readFile()
		}
	case widget.Drawn:
		v.seen(msg)
	case ui.Changed:
		if msg.All || msg.Has("queue") {
			return v.reload()
		}
	case ui.Shown:
		if msg.Stale {
			return v.reload()
		}
	case ui.CaseWritten:
		v.list.Remove(msg.ID)
		delete(v.files, msg.ID)
		return tea.Batch(v.reload(), v.rest())
	}
	return nil
}

// Title names the screen for the help.
func (v *View) Title() string { return v.env.Text.Queue.Name }

// CapturesText is true while the filter or a note is typed.
func (v *View) CapturesText() bool {
	return v.filter.editing || v.ask != nil && v.ask.typing()
}

// Asks is true while a question about rows stands.
func (v *View) Asks() bool { return v.ask != nil }

// current is the row under the cursor.
func (v *View) current() (domain.QueueRow, bool) {
	id, ok := v.list.Cursor()
	if !ok {
		return domain.QueueRow{}, false
	}
	r, ok := v.rows[id]
	return r, ok
}
