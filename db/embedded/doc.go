// Package embedded runs the private PostgreSQL server that Cleardesk uses when no other server is named.
//
// The server belongs to a state folder. Every process that opens the folder shares one server; a small supervisor process
// (this same program, started again) owns the server, starts it anew when it dies, and stops it when the last process that
// used it is gone, however that process ended. It listens on a Unix socket in a folder of mode 0700 and on nothing else, and
// trusts the operating system to say who is calling (peer authentication).
//
// How it holds together:
//
//   - server.lock is held (flock) by the process that prepares the folder, and handed on by inheritance to the programs it
//     starts there, and at last to the supervisor, which keeps it for life. So there is never a second one at work.
//   - Each user process keeps one connection to the supervisor's socket. The kernel closes it when the process dies, which
//     is how the supervisor counts its users, and how the users learn that they need a new supervisor.
//   - data/ appears by a rename, complete or not at all.
package embedded
