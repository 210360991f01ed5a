package db

import (
	"context"
	"time"

	"github.com/lib/pq"
)

// Topic is what a hint is about. A hint carries nothing else: it may be forged,
// doubled or lost, and only ever means "read again".
type Topic string

// The topics the database's triggers send.
const (
	TopicQueue     Topic = "queue"     // cases, claims
	TopicWaiting   Topic = "waiting"   // something waits for the judge
	TopicDecisions Topic = "decisions" // something was decided
	TopicCatalogue Topic = "catalogue" // settings changed
)

// Hint is news of a topic, or of the line itself.
type Hint struct {
	Topic Topic // "" with Line changes
	Line  Line
	All   bool // hints may have been lost: read everything again
}

// Line is the state of the listening connection.
type Line int

// The states of the line.
const (
	LineSame Line = iota // a plain hint
	LineUp
	LineDown
)

const (
	listenPing   = 10 * time.Second // a silent line is asked whether it lives
	listenLeast  = 200 * time.Millisecond
	listenMost   = 5 * time.Second
	listenReRead = 30 * time.Second // whatever is lost is seen after this
)

// Listen sends hints of the topics to out until the context ends. It connects by
// itself, says when the line goes up or down, and asks for a full reading after
// each (re)connection and every 30 s. A receiver that is slow loses hints, not the
// fact that there were some: out should be read by a goroutine that only marks.
func (s *Store) Listen(ctx context.Context, out chan<- Hint, topics ...Topic) {
	events := make(chan pq.ListenerEventType, 16)
	listener, err := newListener(s.dsn, listenLeast, listenMost, func(ev pq.ListenerEventType, _ error) {
		select {
		case events <- ev:
		default: // the loop has older news of the line to work off; the next event says the rest
		}
	})
	if err != nil {
		return // the string was read once already, when the Store was opened
	}
	defer listener.Close()
	go subscribe(listener, topics)
	s.relay(ctx, listener, events, out)
}

// subscribe asks for the topics. It blocks until the first connection stands, or
// until the listener is closed.
func subscribe(l *pq.Listener, topics []Topic) {
	for _, t := range topics {
		if err := l.Listen("cleardesk_" + string(t)); err != nil {
			return // closed: nobody waits for it any more
		}
	}
}

func (s *Store) relay(ctx context.Context, l *pq.Listener, events <-chan pq.ListenerEventType, out chan<- Hint) {
	ping := time.NewTicker(listenPing)
	defer ping.Stop()
	again := time.NewTicker(listenReRead)
	defer again.Stop()
	send := func(h Hint) {
		select {
		case out <- h:
		case <-ctx.Done():
		}
	}
	for {
		select {
		case <-ctx.Done():
			return
		case n := <-l.Notify:
			if n == nil {
				send(Hint{All: true})
				continue
			}
			send(Hint{Topic: Topic(n.Channel[len("cleardesk_"):])})
		case ev := <-events:
			switch ev {
			case pq.ListenerEventConnected, pq.ListenerEventReconnected:
				send(Hint{Line: LineUp, All: true})
			case pq.ListenerEventDisconnected, pq.ListenerEventConnectionAttemptFailed:
				send(Hint{Line: LineDown})
			}
		case <-ping.C:
			go l.Ping() //nolint:errcheck // a dead line shows as an event; the call itself may block
		case <-again.C:
			send(Hint{All: true})
		}
	}
}
