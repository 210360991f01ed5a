package main

import (
	"strings"
	"unicode"

	"github.com/mozillazg/go-pinyin"
)

// initials are the first letters of a name's pinyin, with its Latin letters and
// digits as they are: how a store is found by somebody who types without an input
// method.
func initials(name string) string {
	var b strings.Builder
	args := pinyin.NewArgs()
	args.Style = pinyin.FirstLetter
	for _, r := range name {
		switch sounds := pinyin.SinglePinyin(r, args); {
		case len(sounds) > 0:
			b.WriteString(sounds[0])
		case r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
