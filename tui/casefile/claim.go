package casefile

import (
	"context"
	"errors"
	"strings"
	"time"

	"cleardesk/domain"
	"cleardesk/tui/ui"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/google/uuid"
)

// claim is the person's hold on the case.
type claim struct {
	no     domain.ClaimNo // 0: not theirs
	asking bool           // a claim or giving back is under way
	op     uuid.UUID      // of the claim, kept until it is answered
	gen    ui.Gen
	lost   string // why it is theirs no more
	write  bool   // ctrl+s was pressed while it was under way: what it brings is asked then
	seenAt time.Time
}

// claimed is what claiming, extending and giving back bring.
type claimed struct {
	domain.Claimed
	given    bool
	extended bool
}

// extendEvery is how often a claim is extended while the person works.
const extendEvery = time.Minute

// take claims the case with the first answer; F6 says that it did.
func (v *View) take() tea.Cmd {
	if v.claim.no != 0 || v.claim.asking || v.claim.lost != "" {
		return nil
	}
	v.claim.asking = true
	if v.claim.op == uuid.Nil {
		v.claim.op = uuid.New()
	}
	store, op, id := v.store, v.claim.op, v.id
	return ui.Load(v.env, v.claim.gen.Next(), "claim", actLimit, func(ctx context.Context) (claimed, error) {
		c, err := store.Claim(ctx, op, id)
		return claimed{Claimed: c}, err
	})
}

// giveBack ends the claim; the draft stays with the case.
func (v *View) giveBack() tea.Cmd {
	if v.claim.asking {
		return nil
	}
	v.claim.asking = true
	store, op, id, no := v.store, uuid.New(), v.id, v.claim.no
	draft := v.draftToKeep()
	return ui.Load(v.env, v.claim.gen.Next(), "give back", actLimit, func(ctx context.Context) (claimed, error) {
		if err := draft(ctx, no); err != nil {
			return claimed{given: true}, err
		}
		return claimed{given: true}, store.GiveBack(ctx, op, id, no)
	})
}

// claimOrGiveBack is F6.
func (v *View) claimOrGiveBack() tea.Cmd {
	if why := v.shut(); why != "" {
		return v.say(why, ui.Problem)
	}
	if v.claim.no != 0 {
		return v.giveBack()
	}
	return v.take()
}

// touch keeps the claim alive while the person works, at most once a minute.
func (v *View) touch() tea.Cmd {
	now := v.env.Now()
	if v.claim.no == 0 || v.claim.asking || v.write != nil || now.Sub(v.claim.seenAt) < extendEvery {
		return nil
	}
	v.claim.seenAt = now
	store, id, no := v.store, v.id, v.claim.no
	return ui.Load(v.env, v.claim.gen.Next(), "extend claim", saveLimit, func(ctx context.Context) (claimed, error) {
		_, err := store.ExtendClaim(ctx, id, no)
		return claimed{extended: true}, err
	})
}

func (v *View) claimCame(msg ui.Loaded[claimed]) tea.Cmd {
	if msg.Gen != v.claim.gen {
		return nil
	}
	w, order := v.env.Text.Case.Say, v.caseName()
	if msg.Value.extended {
		return v.keepFailed(msg.Err)
	}
	v.claim.asking = false
	switch {
	case msg.Err != nil:
		return v.claimFailed(msg.Err)
	case msg.Value.given:
		v.claim = claim{gen: v.claim.gen}
		v.file.Row.Holder = nil
		return tea.Batch(v.say(w.Given(order), ui.Result), v.reload())
	}
	v.claim.no, v.claim.op, v.claim.seenAt = msg.Value.No, uuid.Nil, v.env.Now()
	v.file.Row.Holder = &domain.Holder{
		Login: v.env.Me.Login, Name: v.env.Me.Name, NameEn: v.env.Me.NameEn, Since: msg.Value.Since, Until: msg.Value.Until, No: msg.Value.No,
	}
	v.present(v.doing())
	cmds := []tea.Cmd{v.saveSoon()}
	if !v.saving.dirty && !v.claim.write && !v.confirm.Asking() {
		cmds = append(cmds, v.say(w.Taken(order), ui.Result))
	}
	if msg.Value.Version != v.file.Row.Version {
		cmds = append(cmds, v.reload())
	}
	return tea.Batch(append(cmds, v.askWished())...)
}

// wishToWrite claims the case for a ctrl+s that came before the claim did, and keeps the
// wish until it is answered; any other key drops it.
func (v *View) wishToWrite() tea.Cmd {
	v.claim.write = true
	return v.take()
}

// wishes tells whether the question before writing waits for the claim.
func (v *View) wishes() bool { return v.claim.write && v.shut() == "" }

// askWished asks what a ctrl+s wished for, once the case is the person's and what is
// shown is what they hold.
func (v *View) askWished() tea.Cmd {
	if !v.claim.write || v.claim.no == 0 || v.reading {
		return nil
	}
	v.claim.write = false
	return v.askToWrite()
}

// claimFailed tells why the case is not the person's. Who was faster makes the form
// read-only; a lost line keeps the answers and is tried again with the next one.
func (v *View) claimFailed(err error) tea.Cmd {
	w := v.env.Text.Case.Say
	v.claim.write = false
	switch code := domain.CodeOf(err); code {
	case domain.Unavailable, domain.Timeout, domain.Canceled:
		return v.say(w.ClaimFails(v.why(err)), ui.Problem)
	case domain.Taken, domain.Conflict, domain.Forbidden, domain.NotFound:
		v.claim.op = uuid.Nil
		if code == domain.Taken {
			v.claim.lost = v.faster(err)
			v.answers, v.changed = domain.Answers{}, ""
			v.saving.dirty = false
			return tea.Batch(v.say(v.claim.lost, ui.Problem), v.forget(), v.reload())
		}
		return tea.Batch(v.say(w.ClaimFails(v.why(err)), ui.Problem), v.reload())
	default:
		v.claim.op = uuid.Nil
		return ui.Fail(v.env, err)
	}
}

// keepFailed tells what keeping a claim alive met: only that it is lost matters here.
func (v *View) keepFailed(err error) tea.Cmd {
	code := domain.CodeOf(err)
	if code != domain.Conflict && code != domain.Taken && code != domain.NotFound {
		return nil
	}
	return v.lose(err)
}

// lose makes the form read-only: the case is somebody else's now.
func (v *View) lose(err error) tea.Cmd {
	name, _ := v.person(err)
	v.claim.no = 0
	v.claim.lost = v.env.Text.Case.Say.Lost(name)
	return tea.Batch(v.say(v.claim.lost, ui.Problem), v.reload())
}

// faster says who has it, and since when.
func (v *View) faster(err error) string {
	name, at := v.person(err)
	return v.env.Text.Case.Say.Faster(name, at)
}

// person is who an error is about, and the time it tells.
func (v *View) person(err error) (name, clock string) {
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return "", ""
	}
	d := e.Detail
	login := d["holder"]
	if login == "" {
		login = d["by"]
	}
	for _, k := range []string{"since", "at"} {
		if at, err := time.Parse(time.RFC3339Nano, d[k]); err == nil {
			clock = v.clock(at)
		}
	}
	return v.env.Text.Person(d["name"], d["name_en"], domain.Login(login)), clock
}

// why is one line about a failure: who changed what, what role it takes, or its
// class.
func (v *View) why(err error) string {
	t, w := v.env.Text, v.env.Text.Case.Say
	e, ok := errors.AsType[*domain.Error](err)
	if !ok {
		return t.Error(err)
	}
	switch {
	case e.Code == domain.Taken:
		return v.faster(err)
	case e.Detail["verify"] != "":
		return w.ToVerify(t.Department(domain.Procurement))
	case e.Code == domain.Forbidden && e.Detail["needs"] != "":
		return w.NeedsRole(v.roles(e.Detail["needs"]))
	case e.Code == domain.Conflict && (e.Detail["changed"] != "" || e.Detail["by"] != ""):
		name, clock := v.person(err)
		if e.Detail["by"] == "judge" {
			name = w.ByJudge
		}
		what, known := w.Acts[e.Detail["changed"]]
		if !known {
			what = w.Acts[""]
		}
		return w.Changed(w.ChangedBy(name, what, clock))
	}
	return t.Error(err)
}

// roles writes the roles an act takes, as the domain or the database lists them.
func (v *View) roles(list string) string {
	words := strings.FieldsFunc(list, func(r rune) bool { return (r < 'a' || r > 'z') && r != '_' })
	var out []string
	for _, s := range words {
		if domain.Department(s).Valid() {
			out = append(out, v.env.Text.Department(domain.Department(s)))
		} else {
			out = append(out, v.env.Text.Role(domain.Role(s)))
		}
	}
	return strings.Join(out, "/")
}
