// Package dbtest gives tests a real PostgreSQL: a fresh, migrated database for each test that asks, on one private server
// that all test programs of the machine's account share. The server starts with the first test that needs it, a few
// seconds after the last it is gone with all its files. It is made for speed: nothing in it outlives a crash of the system,
// and inside its socket folder of mode 0700 a test may log in as any role, the superuser "postgres" included.
//
// The package is for tests only.
package dbtest
