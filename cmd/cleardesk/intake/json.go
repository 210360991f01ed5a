package intake

import (
	"bytes"
	"encoding/json"
	"strings"
)

// members calls fn with each key (in its quotes) and value of a JSON object that
// json.Valid has passed, until fn says no.
func members(raw []byte, fn func(key, value []byte) bool) {
	p := bytes.TrimLeft(raw, jsonSpace)
	p = bytes.TrimLeft(p[1:], jsonSpace)
	for len(p) > 0 && p[0] == '"' {
		n := valueEnd(p)
		key := p[:n]
		p = bytes.TrimLeft(p[n:], jsonSpace)
		p = bytes.TrimLeft(p[1:], jsonSpace) // the colon
		n = valueEnd(p)
		if !fn(key, p[:n]) {
			return
		}
		p = bytes.TrimLeft(p[n:], jsonSpace)
		p = bytes.TrimLeft(p[1:], jsonSpace) // a comma or the end
	}
}

// elements calls fn with each value of a valid JSON array, until fn says no.
func elements(raw []byte, fn func(value []byte) bool) {
	p := bytes.TrimLeft(raw[1:], jsonSpace)
	for len(p) > 0 && p[0] != ']' {
		n := valueEnd(p)
		if !fn(p[:n]) {
			return
		}
		p = bytes.TrimLeft(p[n:], jsonSpace)
		p = bytes.TrimLeft(p[1:], jsonSpace)
	}
}

const jsonSpace = " \t\r\n"

// valueEnd gives the length of the valid JSON value p begins with.
func valueEnd(p []byte) int {
	switch p[0] {
	case '"':
		return stringEnd(p)
	case '{', '[':
		depth := 0
		for i := 0; ; i++ {
			switch p[i] {
			case '"':
				i += stringEnd(p[i:]) - 1
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return i + 1
				}
			}
		}
	default:
		if i := bytes.IndexAny(p, ",]} \t\r\n"); i >= 0 {
			return i
		}
		return len(p)
	}
}

func stringEnd(p []byte) int {
	for i := 1; ; i++ {
		switch p[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
}

// isObject tells whether raw is one valid JSON object.
func isObject(raw []byte) bool {
	p := bytes.TrimLeft(raw, jsonSpace)
	return len(p) > 0 && p[0] == '{' && json.Valid(raw)
}

// holdsArray tells whether a JSON object has an array among its values.
func holdsArray(raw []byte) bool {
	found := false
	if isObject(raw) {
		members(raw, func(_, value []byte) bool {
			found = value[0] == '['
			return !found
		})
	}
	return found
}

// scalar gives the text of a JSON string, number or truth value, "" for null. A
// number keeps its digits as they were written. It is not ok for a list or an
// object, and for a string that holds half a character.
func scalar(value []byte) (text string, ok bool) {
	switch value[0] {
	case '"':
		if bytes.IndexByte(value, '\\') < 0 {
			return string(value[1 : len(value)-1]), true
		}
		err := json.Unmarshal(value, &text)
		return text, err == nil && !strings.Contains(text, replacement)
	case '{', '[':
		return "", false
	case 'n':
		return "", true
	default:
		return string(value), true
	}
}
