package demo

// LeftNote is what an agent told the next shift of a case.
const LeftNote = "店长开会, 14点后再打"
