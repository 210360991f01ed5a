package main

import (
	"strings"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

// What a spreadsheet would compute is text, and what is a number stays one.
func TestSheetIsSafeInASpreadsheet(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	s := newSheet(&out, "a", "b")
	for _, hostile := range []string{"=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "\x00x", "＝1", "＋1", "－1", "＠x", "a,=1", `a"b`, "a=1", "梅", ""} {
		s.words(hostile)
		s.figures("-12.50")
		s.end()
	}
	if err := s.flush(); err != nil {
		t.Fatal(err)
	}
	want := "a,b\n'=1+1,-12.50\n'+1,-12.50\n'-1,-12.50\n'@x,-12.50\n'\tx,-12.50\n\"'\rx\",-12.50\n\"'\nx\",-12.50\n" +
		"'\x00x,-12.50\n'＝1,-12.50\n'＋1,-12.50\n'－1,-12.50\n'＠x,-12.50\n\"a,=1\",-12.50\n\"a\"\"b\",-12.50\na=1,-12.50\n梅,-12.50\n,-12.50\n"
	if d := cmp.Diff(want, out.String()); d != "" {
		t.Error(d)
	}
}

func TestWeeksBeginOnMonday(t *testing.T) {
	t.Parallel()
	for day, want := range map[string]string{
		"2026-11-16": "2026-11-16 2026-11-22", "2026-11-22": "2026-11-16 2026-11-22", "2026-11-23": "2026-11-23 2026-11-29", "2027-01-01": "2026-12-28 2027-01-03",
	} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		monday, sunday := weekOf(at)
		if got := dayText(monday) + " " + dayText(sunday); got != want {
			t.Errorf("%s: %s, want %s", day, got, want)
		}
	}
}

// A day is as long as its zone has it: 25 hours when the clocks go back.
func TestDaysEndAtTheirMidnight(t *testing.T) {
	t.Parallel()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	day := time.Date(2026, 10, 25, 0, 0, 0, 0, time.UTC)
	begin, end := moments(day, day, berlin)
	if got := end.Sub(begin); got != 25*time.Hour || begin.UTC().Hour() != 22 {
		t.Errorf("%s from %s", got, begin)
	}
}

func TestTrainingTableNamesFiveCases(t *testing.T) {
	t.Parallel()
	var out strings.Builder
	day := time.Date(2026, 11, 3, 0, 0, 0, 0, time.UTC)
	needs := []domain.TrainingRow{
		{TrainingNeed: domain.TrainingNeed{Store: "S1", Name: "Rice \x1b[31mred", Raised: 9, WrongOrders: 7, AtRisk: 123456, Cases: []domain.CaseID{7, 6, 5, 4, 3, 2, 1}}},
		{
			TrainingNeed: domain.TrainingNeed{With: domain.Logistics, Raised: 3, Late: 2, Cases: []domain.CaseID{8}},
			Held:         []domain.Held{{Lesson: domain.Lesson{Topic: domain.TopicLate, On: day}, Helped: domain.Helped{Before: 7, After: 2, Days: 30}}},
		},
	}
	if err := trainingTable(&out, needs); err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(out.String(), "\n")
	if len(rows) != 4 || !strings.HasSuffix(rows[1], " 1,234.56  -                -            7 6 5 4 3 +2") || !strings.HasPrefix(rows[2], "logistics  -") || !strings.HasSuffix(rows[2], "0.00      2026-11-03 late  fewer 7 > 2  8") ||
		strings.Contains(out.String(), "\x1b") {
		t.Errorf("%q", rows)
	}
	if got := thousandths("-1600") + thousandths("") + thousandths("=x"); got != "-1.6'=x" {
		t.Error(got)
	}
}

// The three lists as they stand after a case was resolved and a product corrected.
func TestListsAreGivenOut(t *testing.T) {
	t.Parallel()
	d := reported(t)
	if _, err := d.Admin(t).ExecContext(t.Context(), `
		INSERT INTO cleardesk.correction (op, product, what, old_value, new_value, delta, counted_at, reason, note, case_id, by_login, at)
		SELECT gen_random_uuid(), 'P1', x.what, x.old, x.new, x.delta, x.counted::timestamptz, 'entry', '@note', x.c, (SELECT min(login) FROM cleardesk.staff), '2026-10-04 16:00Z'
		FROM (VALUES ('step', '', '1600', NULL::bigint, NULL, 1), ('stock', '12000', '4500', -7500, '2026-10-04 15:00Z', NULL), ('listing', 'normal', 'paused', NULL, NULL, NULL))
		    x (what, old, new, delta, counted, c)`); err != nil {
		t.Fatal(err)
	}
	_, out, problems := command(t, d, "max", "export", "corrections", "--from", "2026-10-05", "--to", "2026-10-05")
	by := "lin_" + d.Name()
	want := "id,at,product,product_name,unit,what,old,new,delta,counted_at,reason,note,case,by\n" +
		"1,2026-10-05T00:00:00+08:00,P1,'=Rice,,step,,1.6,,,entry,'@note,1," + by + "\n" +
		"2,2026-10-05T00:00:00+08:00,P1,'=Rice,,stock,12,4.5,-7.5,2026-10-04T23:00:00+08:00,entry,'@note,," + by + "\n" +
		"3,2026-10-05T00:00:00+08:00,P1,'=Rice,,listing,normal,paused,,,entry,'@note,," + by + "\n"
	if d := cmp.Diff(want, out); d != "" || problems != "" {
		t.Error(problems, d)
	}
	_, out, problems = command(t, d, "lin", "export", "resolutions", "--after", "6")
	rows := strings.Split(out, "\n")
	if problems != "" || len(rows) != 3 || rows[1] != "7,2026-10-03T08:00:00+08:00,1,7,O1,S1,Wutong Road,7,,quantity_surge,line_cancelled,master_data,other,,,"+by+
		",2026-10-02T08:00:00+08:00,0.00,,,,{},,," {
		t.Errorf("%s %q", problems, rows)
	}
	_, out, problems = command(t, d, "lin", "export", "anomalies", "--from", "2026-10-02", "--to", "2026-10-02", "--after", "9")
	rows = strings.Split(out, "\n")
	if problems != "" || len(rows) != 3 || rows[1] != "10,2026-10-02T08:00:00+08:00,1,O1,S1,Wutong Road,10,,quantity_surge,'=surge,1,0.00,false,false,,"+
		"customer_service,,,,{}" {
		t.Errorf("%s %q", problems, rows)
	}
}
