// Package detect finds the anomalies of all thirteen kinds (§3.1), a file a kind.
//
// Engine.Judge finds what an order shows: quantity surges, excessive amounts, step
// mismatches, zero stock, and wrong orders that repeat another or slip from a steady
// habit. JudgeEvent finds what a store or the platform tells of: exchanges, returns,
// changes, wrong orders, weights, attempts that were refused. SlowFulfilment and
// Replenishment find what has not happened by its time. All are pure: the same input,
// the same answer.
//
// An Engine holds running baselines per (store, product), product, store and
// platform. It is fed orders in intake order and answers each with flags; a line
// costs a bounded number of steps whatever the history. It reads no clock and no
// database: the caller keeps its State and gives it back at take-over, and an
// engine loaded from the states of another judges every later order as the other
// would have, bit for bit.
//
// The statistics work on the logarithm of quantities, where a slip (a zero too
// many, cases for pieces) is a shift of the same size for every product. What a
// store is expected to order is its own decayed mean, shrunk to a product level
// plus a store level, so that a first order is judged too. Floats live only here
// and never become quantities or money except as rounded evidence.
package detect
