// Package demo makes up a platform: stores, products, suppliers and people, ninety
// days of orders, and orders that go on arriving, a believable share of them wrong.
//
// It is pure and deterministic: the seed, the day and the zone decide everything.
// It reads no clock, no file and no database; what it makes up is handed to the
// same intake that real files go through. The names, prices and habits of the
// trade are the tables in data/, all of them made up; the telephone numbers have
// four noughts in the middle and belong to nobody.
//
// The time of day is made up too, by choice of the zone: whatever o'clock it is in
// the world, the demo platform lies where it is between half past one and half past
// two in the afternoon and the order window is open (see Zone and Settings).
package demo
