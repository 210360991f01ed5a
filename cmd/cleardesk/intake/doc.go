// Package intake reads the platform's files and pipes into typed rows: stores,
// products, orders line by line, and whole orders. It knows no SQL and holds no
// file in memory: a file of any length passes through a few hundred kilobytes.
//
// Open finds out what a source is (compressed or not, which encoding, CSV or
// JSON Lines). NewReader lays the columns of a Kind over it, NextChunk gives rows
// and rejects in the order of the file, and Rejects writes what could not be
// taken to a file that can be mended and read again. When the database refuses
// whole orders later, Revisit finds all their lines once more.
//
// A kind is one small file: its row, its columns, and how a row is read.
package intake
