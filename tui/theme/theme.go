// Package theme holds every colour of the desk as a role with a meaning. Colour
// only repeats what a sign or a word already says, so the desk reads the same
// without it.
//
// The package imports lipgloss and nothing that comes later in the order of
// initialisation: see background.go.
package theme

import (
	"io"
	"slices"
	"strings"

	"github.com/charmbracelet/lipgloss"
	"github.com/muesli/termenv"
)

// Role is what a piece of text is, not how it looks.
type Role int

// The roles. Text is the terminal's own colour.
const (
	Text     Role = iota
	Muted         // beside the point: units, hints, what is with others
	Head          // headings and names of parts
	Rule          // lines between parts
	Accent        // where the person is: the active tab, the field with the cursor
	Cursor        // the row under the cursor
	Mark          // a marked row's sign
	Near          // a moment is near
	Late          // a moment has passed, or a hard limit was passed
	Problem       // something went wrong, or stands in the way
	Done          // something was written
	Disabled      // cannot be chosen now
	Key           // the name of a key
	Field         // text being entered
	roleCount
)

// Palette names a set of colours.
type Palette string

// The palettes. Auto keeps to the sixteen colours the terminal's owner chose; CVD
// tells near from late by blue and orange; Mono has no colour but bold, reverse and
// underline; Plain has not even these.
const (
	Auto  Palette = "auto"
	Dark  Palette = "dark"
	Light Palette = "light"
	Mono  Palette = "mono"
	CVD   Palette = "cvd"
	Plain Palette = "plain"
)

// Palettes lists the palettes a person can ask for.
func Palettes() []Palette { return []Palette{Auto, Dark, Light, Mono, CVD, Plain} }

// Theme turns text and its role into text with colour. It is immutable.
type Theme struct {
	palette Palette
	open    [roleCount]string
	shut    [roleCount]string
}

// New builds the theme of a palette for a terminal that shows the colours of
// profile. An unknown palette is Auto.
func New(p Palette, profile termenv.Profile) *Theme {
	if !slices.Contains(Palettes(), p) {
		p = Auto
	}
	if profile == termenv.Ascii && p != Plain {
		p = Mono
	}
	if p == Mono {
		profile = termenv.ANSI // lipgloss drops bold and reverse with the colours
	}
	if p == Plain {
		profile = termenv.Ascii
	}
	r := lipgloss.NewRenderer(io.Discard)
	r.SetColorProfile(profile)
	t := &Theme{palette: p}
	for role := range roleCount {
		open, shut, ok := strings.Cut(style(p, role, r).Render("x"), "x")
		if ok {
			t.open[role], t.shut[role] = open, shut
		}
	}
	return t
}

// FromEnv chooses palette and profile as the environment asks. wanted may be empty;
// NO_COLOR and a terminal that cannot do colours decide over it.
func FromEnv(wanted Palette, getenv func(string) string) *Theme {
	term := getenv("TERM")
	switch {
	case term == "" || term == "dumb":
		return New(Plain, termenv.Ascii)
	case getenv("NO_COLOR") != "":
		return New(Mono, termenv.Ascii)
	case wanted == "":
		wanted = Auto
	}
	profile := termenv.ANSI
	if strings.Contains(term, "256color") {
		profile = termenv.ANSI256
	}
	if c := getenv("COLORTERM"); c == "truecolor" || c == "24bit" {
		profile = termenv.TrueColor
	}
	return New(wanted, profile)
}

// Palette is the palette in use.
func (t *Theme) Palette() Palette { return t.palette }

// Paint gives s in the colours of role. It must not hold escape sequences.
func (t *Theme) Paint(role Role, s string) string {
	if role < 0 || role >= roleCount || t.open[role] == "" || s == "" {
		return s
	}
	return t.open[role] + s + t.shut[role]
}
