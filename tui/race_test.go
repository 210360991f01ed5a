//go:build race

package tui_test

// slowdown is how much slower the race detector makes drawing.
const slowdown = 10
