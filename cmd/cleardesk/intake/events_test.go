package intake

import (
	"strings"
	"testing"
	"time"

	"cleardesk/domain"

	"github.com/google/go-cmp/cmp"
)

func events(t *testing.T, what domain.EventKind, text string) ([]EventRow, []Reject) {
	t.Helper()
	src := open(t, write(t, "e.csv", text), Options{})
	rows, rejects, err := drain(reader(t, src, Events(what, src.Whole())), 10)
	if err != nil {
		t.Fatal(err)
	}
	return rows, rejects
}

// Weights are exact in every unit, whatever the form of the digits.
func TestWeightsOfReceipts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]domain.Quantity{
		"18.4": 18_400, "18.400kg": 18_400, "18400 g": 18_400, "40斤": 20_000, "36斤8两": 18_400, "8两": 400, "36.8斤": 18_400, "１８．４公斤": 18_400, "0": 0, "0.001": 1,
		"9.5 JIN": 4750, "1克": 1, "3 liang": 150,
	} {
		rows, rejects := events(t, domain.EventReceipt, "order_no,at,product,weight\nA,2026-05-01 07:00,P1,"+text+"\n")
		if len(rejects) != 0 || len(rows) != 1 || rows[0].Event.Lines[0].Weight == nil || *rows[0].Event.Lines[0].Weight != want {
			t.Errorf("%s: %+v %+v, want %s", text, rows, rejects, want)
		}
	}
	for _, text := range []string{"0.0001", "0.5g", "0.01两", "1箱", "kg", "-1", "1,2", "1.5.2kg"} {
		rows, rejects := events(t, domain.EventReceipt, "order_no,at,product,weight\nA,2026-05-01 07:00,P1,\""+text+"\"\n")
		if len(rows) != 0 || len(rejects) != 1 || !strings.HasPrefix(rejects[0].Reason, "weight: ") {
			t.Errorf("%s: %+v %+v", text, rows, rejects)
		}
	}
}

func TestKeysOfEvents(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		what domain.EventKind
		text string
		want string
	}{
		"id":         {domain.EventReturn, "id,order_no,at,product,quantity\nR1,A,2026-05-01 07:00,P1,1\n", "R1"},
		"order":      {domain.EventReturn, "order_no,at,product,quantity\nA,2026-05-01 07:00,P1,1\n", "A|2026-05-01T07:00:00Z"},
		"attempt":    {domain.EventAttempt, "store,at,product\nS1,2026-05-01 07:00,P1\n", "S1|P1|2026-05-01T07:00:00Z"},
		"stage":      {domain.EventStage, "order_no,at,stage\nA,2026-05-01 07:00,Shipped\n", "A|shipped"},
		"plan":       {domain.EventStage, "order_no,at,stage,due\nA,2026-05-01 07:00,planned,2026-05-02 05:00\n", "A|planned|2026-05-01T07:00:00Z"},
		"whole":      {domain.EventReturn, `{"order_no":"A","at":"2026-05-01T15:00:00+08:00","lines":[{"product":"P1","quantity":1}]}`, "A|2026-05-01T07:00:00Z"},
		"wrong":      {domain.EventWrongOrder, "order_no,at\nA,2026-05-01 07:00\n", "A|2026-05-01T07:00:00Z"},
		"collection": {domain.EventCollection, "order_no,at,amount\nA,2026-05-01 07:00,1650\n", "A|2026-05-01T07:00:00Z"},
	} {
		rows, rejects := events(t, c.what, c.text)
		if len(rejects) != 0 || len(rows) != 1 || rows[0].Event.Key != c.want {
			t.Errorf("%s: %+v %+v, want %s", name, rows, rejects, c.want)
		}
	}
	// A row that cannot be read names its event where its key can be.
	_, rejects := events(t, domain.EventReturn, "order_no,at,product,quantity\nA,2026-05-01 07:00,P1,many\nA,noon,P1,1\n")
	if len(rejects) != 2 || rejects[0].Key != "A|2026-05-01T07:00:00Z" || rejects[1].Key != "" {
		t.Errorf("%+v", rejects)
	}
}

func TestWhatEventsMayNotTell(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		what domain.EventKind
		text string
		want string
	}{
		"no goods":        {domain.EventReturn, "order_no,at,product,quantity\nA,2026-05-01 07:00,,1\n", "product: neither a line nor a product is named"},
		"nothing":         {domain.EventReturn, "order_no,at,product,quantity\nA,2026-05-01 07:00,P1,0\n", "quantity: 0 is not above nought"},
		"no receipt":      {domain.EventReceipt, "order_no,at,product,slip\nA,2026-05-01 07:00,P1,x\n", "product: neither a quantity nor a weight was received"},
		"other's why":     {domain.EventReturn, "order_no,at,product,quantity,why\nA,2026-05-01 07:00,P1,1,stock\n", "why: stock is none of other, damaged, expiry, wrong_item, quality, too_many"},
		"no such stage":   {domain.EventStage, "order_no,at,stage\nA,2026-05-01 07:00,lost\n", "stage: lost is none of planned, allocated, shipped, delivered, received, refused"},
		"a plan of when":  {domain.EventStage, "order_no,at,stage,due\nA,2026-05-01 07:00,planned,\n", "due: a plan says when the delivery is due"},
		"due and shipped": {domain.EventStage, "order_no,at,stage,due\nA,2026-05-01 07:00,shipped,2026-05-01\n", "due: only a plan says when a delivery is due"},
		"cash":            {domain.EventCollection, "order_no,at,amount\nA,2026-05-01 07:00,\n", "amount: it is empty"},
	} {
		rows, rejects := events(t, c.what, c.text)
		if len(rows) != 0 || len(rejects) != 1 || rejects[0].Reason != c.want {
			t.Errorf("%s: %+v %+v", name, rows, rejects)
		}
	}
}

// A change may name what is wanted instead, or nothing but that something is.
func TestChangesWithAndWithoutLines(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 5, 1, 7, 0, 0, 0, time.UTC)
	rows, rejects := events(t, domain.EventChange, "order_no,at,product,quantity,text\nA,2026-05-01 07:00,P1,0,\nB,2026-05-01 07:00,,,call back\n")
	want := []EventRow{
		{Row: 2, Event: domain.Event{
			What: domain.EventChange, Key: "A|2026-05-01T07:00:00Z", OrderNo: "A", At: at, Why: domain.ToldOther,
			Lines: []domain.EventLine{{Product: "P1", Quantity: ptr(domain.Quantity(0))}},
		}},
		{Row: 3, Event: domain.Event{What: domain.EventChange, Key: "B|2026-05-01T07:00:00Z", OrderNo: "B", At: at, Why: domain.ToldOther, Text: "call back"}},
	}
	if d := cmp.Diff(want, rows); d != "" || len(rejects) != 0 {
		t.Error(d, rejects)
	}
}
