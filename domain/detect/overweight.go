package detect

// over tells whether more was received than was ordered, by more than the tolerance
// (§3.1.11). Of a line that was cancelled, or is not in the order, all is too much.
func (w weighing) over() bool { return w.difference() > w.tolerance }
