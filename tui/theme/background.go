package theme

import (
	"os"
	"strconv"
	"strings"

	"github.com/charmbracelet/lipgloss"
)

// init answers the question for the background colour before anybody puts it to
// the terminal. Bubble Tea asks while it is initialised and waits five seconds
// where no answer comes (a recorder, a bare console, a slow line); the late
// answer would then be typed into a field. Packages are initialised in the order
// of their paths once what they import is ready, and "cleardesk/..." comes before
// "github.com/charmbracelet/bubbletea". A test in package tui measures it.
func init() { lipgloss.SetHasDarkBackground(darkBackground(os.Getenv("COLORFGBG"))) }

// darkBackground reads COLORFGBG ("15;0": light on dark). Without it, dark.
func darkBackground(colorfgbg string) bool {
	parts := strings.Split(colorfgbg, ";")
	bg, err := strconv.Atoi(parts[len(parts)-1])
	return err != nil || bg < 7 || bg == 8
}
