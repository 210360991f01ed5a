package detect

// short tells whether less was received than was ordered, by more than the tolerance
// (§3.1.7).
func (w weighing) short() bool { return -w.difference() > w.tolerance }
