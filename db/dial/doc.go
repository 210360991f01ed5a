// Package dial makes connections to PostgreSQL on which every call ends, and no statement runs twice unseen.
//
// lib/pq alone keeps neither promise. A context's deadline only makes it ask the server to cancel, over a second
// connection; when the server hangs or the line is gone, a call blocks for minutes. And when a connection is closed after a
// statement was sent, the driver reports what database/sql takes for "never used": the statement is sent again on another
// connection, and if the server had committed before the line broke it has then run twice, without an error.
//
// So the connections made here bound each read and each write, have the kernel give up early on a peer that does not
// acknowledge, and turn the end of the stream into a *net.OpError, which is never retried in silence. That a connection
// died while it lay idle in the pool is found out before anything is sent on it; only then is another taken in silence.
//
// A server that answers with a fatal error (an administrator ended the session) still makes database/sql send the
// statement again: writes must be idempotent all the same.
package dial
