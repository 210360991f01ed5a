package domain

import "time"

// DecidedCase is a case of long ago with all that was written about it, for a platform
// that is made up with a past.
type DecidedCase struct {
	Order    Order // it is made where its number is not known yet, as it stands at the end
	Kind     Kind
	Line     int // 0: the whole order
	Product  ProductCode
	With     Department
	Evidence Evidence
	Rule     string
	Version  int // of the rule
	AtRisk   Money
	Blocks   bool
	Raised   time.Time
	Claimed  time.Time // zero: it ended by itself
	Closed   time.Time
	Last     time.Time // the last moment at which anything could be stopped
	By       Login
	Outcome  Outcome // Lapsed: nobody decided it
	Reason   CloseReason
	Effects  []Effect
	Changed  []ResolvedLine
	Reopened bool // it was decided, taken back, and decided again
}
