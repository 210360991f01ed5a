//go:build !race

package tui_test

// slowdown is nothing without the race detector.
const slowdown = 1
