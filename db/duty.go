package db

import (
	"context"
	"strings"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/lib/pq"
)

// SetAway goes away from the desk, or comes back. Nobody away is given work.
func (s *Store) SetAway(ctx context.Context, op uuid.UUID, away bool) error {
	return s.act(ctx, nil, "set_away", op, away)
}

// OfferWork hands a case the caller holds over, with a note: to a colleague who is there, or
// ("") to the next shift. Conflict: it is not theirs any more, or the colleague is not there
// (Detail: duty).
func (s *Store) OfferWork(ctx context.Context, op uuid.UUID, id domain.CaseID, no domain.ClaimNo, to domain.Login, note string) (domain.Offered, error) {
	var out domain.Offered
	err := s.act(ctx, &out, "offer_work", op, int64(id), int64(no), orNull(string(to)), note)
	return out, err
}

// HandOn hands on what another person holds, with a note: all of it where cases is nil.
// Managers only. Conflict: they hold none of it.
func (s *Store) HandOn(ctx context.Context, op uuid.UUID, person domain.Login, cases []domain.CaseID, to domain.Login, note string) ([]domain.Offered, error) {
	var ids any
	if cases != nil {
		some := make(pq.Int64Array, len(cases))
		for i, c := range cases {
			some[i] = int64(c)
		}
		ids = some
	}
	var out struct {
		Offered []domain.Offered `json:"offered"`
	}
	err := s.act(ctx, &out, "hand_on", op, string(person), ids, orNull(string(to)), note)
	return out.Offered, err
}

// AnswerOffer takes what is offered, or refuses it with a reason. Conflict: it is offered no
// more. Forbidden: it is offered to somebody else.
func (s *Store) AnswerOffer(ctx context.Context, op uuid.UUID, task domain.TaskID, take bool, reason string) (domain.OfferAnswer, error) {
	var out domain.OfferAnswer
	err := s.act(ctx, &out, "answer_offer", op, int64(task), take, reason)
	return out, err
}

// handoverRows bounds each part of a handover.
const handoverRows = 200

// Handover reads what one shift of these departments tells the next; none: all of them.
func (s *Store) Handover(ctx context.Context, with []domain.Department) (domain.Handover, error) {
	if len(with) == 0 {
		with = domain.Departments()
	}
	depts := make(pq.StringArray, len(with))
	for i, d := range with {
		depts[i] = string(d)
	}
	out := domain.Handover{Free: map[domain.Department]int{}}
	var err error
	read := func(where string, args ...any) []domain.QueueRow {
		if err != nil {
			return nil
		}
		var rows []domain.QueueRow
		rows, err = s.queueRows(ctx, `SELECT `+queueColumns+` FROM cleardesk.queue q WHERE `+where+` LIMIT `+itoa(handoverRows), args...)
		return rows
	}
	const whole = `(q.parent IS NULL OR NOT EXISTS (SELECT FROM cleardesk.cases k WHERE k.id = q.parent AND k.holder = q.holder))`
	out.Mine = read(`q.holder = cleardesk.me() AND q.state <> 'closed' AND ` + whole + ` ORDER BY q.rank, q.id`)
	out.Held = read(`q.holder <> cleardesk.me() AND q.state <> 'closed' AND q.lies_with = ANY ($1) AND `+whole+` ORDER BY q.holder, q.rank, q.id`, depts)
	out.Snoozed = read(`q.state = 'snoozed' AND q.lies_with = ANY ($1) AND q.snooze_until < now() + interval '1 day'
		ORDER BY q.snooze_until, q.id`, depts)
	if err != nil {
		return out, err
	}
	if out.Offers, err = s.offers(ctx, depts); err != nil {
		return out, err
	}
	if out.Promises, err = s.promisesOpen(ctx, depts); err != nil {
		return out, err
	}
	if out.Colleagues, err = s.colleagues(ctx, depts); err != nil {
		return out, err
	}
	var offered []int64
	for _, o := range out.Offers {
		offered = append(offered, int64(o.Row.Case))
	}
	for _, d := range with {
		var n struct {
			Free int
			Now  time.Time
		}
		if err := s.db.GetContext(ctx, &n, `SELECT (SELECT count(*) FROM (SELECT FROM cleardesk.cases WHERE lies_with = $1 AND state = 'open'
			AND parent IS NULL AND holder IS NULL`+notOffered("cases", offered)+` LIMIT $2) c) AS free, now() AS now`, string(d), domain.MaxCount); err != nil {
			return out, fail(ctx, "count free cases", err)
		}
		out.Free[d], out.At = n.Free, n.Now
	}
	return out, nil
}

// offers reads what is handed over in departments and not taken, what is due first first.
func (s *Store) offers(ctx context.Context, depts pq.StringArray) ([]domain.Offer, error) {
	tasks, err := s.readTasks(ctx, `t.what = 'offered' AND t.lies_with = ANY ($1)`, handoverRows, depts)
	if err != nil || len(tasks) == 0 {
		return nil, err
	}
	ids := make(pq.Int64Array, len(tasks))
	for i, t := range tasks {
		ids[i] = int64(t.Told().Case)
	}
	rows, err := s.queueRows(ctx, `SELECT `+queueColumns+` FROM cleardesk.queue q WHERE q.id = ANY ($1)`, ids)
	if err != nil {
		return nil, err
	}
	byID := make(map[domain.CaseID]domain.QueueRow, len(rows))
	for _, r := range rows {
		byID[r.Case] = r
	}
	var out []domain.Offer
	for _, t := range tasks {
		d := t.Told()
		out = append(out, domain.Offer{
			Task: t.ID, Row: byID[d.Case], Note: d.Note, Due: t.Due,
			From: domain.Holder{Login: d.FromLogin, Name: d.FromName, NameEn: d.FromNameEn, Since: t.Opened},
			To:   domain.Holder{Login: d.ToLogin, Name: d.ToName, NameEn: d.ToNameEn},
		})
	}
	return out, nil
}

// promisesOpen reads promises of the last and the next day whose cases are not cleared.
func (s *Store) promisesOpen(ctx context.Context, depts pq.StringArray) ([]domain.PromiseOpen, error) {
	var of []struct {
		ID     int64
		Store  string
		Name   string
		NameEn string `db:"name_en"`
	}
	const where = `m.due > now() - interval '1 day' AND m.due < now() + interval '1 day'
		AND m.case_id IN (SELECT k.id FROM cleardesk.cases k WHERE k.id = m.case_id AND k.state <> 'closed' AND k.lies_with = ANY ($1))`
	made, err := s.promisesMade(ctx, where, depts)
	if err != nil || len(made) == 0 {
		return nil, err
	}
	err = s.db.SelectContext(ctx, &of, `SELECT m.id, m.store, s.name, s.name_en FROM cleardesk.promise m
		JOIN cleardesk.store s ON s.code = m.store WHERE `+where, depts)
	var out []domain.PromiseOpen
	for _, p := range made {
		one := domain.PromiseOpen{PromiseMade: p}
		for _, x := range of {
			if x.ID == p.ID {
				one.Store, one.StoreName, one.StoreNameEn = domain.StoreCode(x.Store), x.Name, x.NameEn
			}
		}
		out = append(out, one)
	}
	return out, fail(ctx, "read promises", err)
}

// colleagues reads who is on duty in departments and not away, besides the caller: those at a
// desk first.
func (s *Store) colleagues(ctx context.Context, depts pq.StringArray) ([]domain.Colleague, error) {
	var rows []struct {
		staffRow
		AtDesk bool `db:"at_desk"`
		Holds  int
	}
	err := s.db.SelectContext(ctx, &rows, `
		SELECT p.login, p.name, p.name_en, p.roles, p.active,
		       EXISTS (SELECT FROM cleardesk.presence x WHERE x.login = p.login AND x.at > now() - $2 * interval '1 second') AS at_desk,
		       (SELECT count(*) FROM cleardesk.cases c WHERE c.holder = p.login AND c.state <> 'closed') AS holds
		FROM cleardesk.staff p
		WHERE p.login <> cleardesk.me() AND cleardesk.away_since(p.login) IS NULL
		  AND EXISTS (SELECT FROM cleardesk.duty_at(now()) d WHERE d.login = p.login AND cleardesk.role_dept(d.role) = ANY ($1))
		ORDER BY at_desk DESC, holds, p.login`, depts, atDesk.Seconds())
	out := make([]domain.Colleague, len(rows))
	for i, r := range rows {
		out[i] = domain.Colleague{Staff: r.toDomain(), AtDesk: r.AtDesk, Holds: r.Holds}
	}
	return out, fail(ctx, "read colleagues", err)
}

// offeredNow is the cases of a department that are handed over and not taken: their offers
// stand for them in the queue.
func offeredNow(tasks []domain.Task) []int64 {
	var out []int64
	for _, t := range tasks {
		if d := t.Told(); t.What == domain.TaskOffered && d.Case != 0 {
			out = append(out, int64(d.Case))
		}
	}
	return out
}

// notOffered is the condition that leaves those cases out; they are few.
func notOffered(of string, ids []int64) string {
	if len(ids) == 0 {
		return ""
	}
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = itoa(int(id))
	}
	return ` AND ` + of + `.id NOT IN (` + strings.Join(list, ", ") + `)`
}
