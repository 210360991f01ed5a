// Package domain holds the words and rules of the business: orders, stores and
// products, the thirteen kinds of anomaly (§3.1), who may do what (§4), the
// procedures and what their outcomes do, and the order of the queue.
//
// It is pure. It reads no clock, no file, no database and no terminal; time and
// identity are arguments. Clause numbers (§) are those of the platform's
// procedure for abnormal orders.
package domain
