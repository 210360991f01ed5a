package embedded

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode"
)

const identMapName = "desk"

// checkLogin refuses names that the map would read as something else than a name.
func checkLogin(login string) error {
	if login == "" || strings.ContainsAny(login, `"\`) || strings.HasPrefix(login, "+") || strings.HasPrefix(login, "/") ||
		strings.ContainsFunc(login, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return fmt.Errorf("login %q: the private server cannot map this name; choose one without quotes, backslashes, control characters, or + or / in front", login)
	}
	return nil
}

// identText is the ident map: each of the accounts may log in as the admin and as each of the logins.
func identText(accounts, logins []string) []byte {
	var out bytes.Buffer
	out.WriteString("# written by cleardesk; the logins of the staff follow the database\n")
	accounts = slices.Compact(slices.Sorted(slices.Values(accounts)))
	for _, login := range withAdmin(logins) {
		for _, account := range accounts {
			fmt.Fprintf(&out, "%s \"%s\" \"%s\"\n", identMapName, account, login)
		}
	}
	return out.Bytes()
}

// withAdmin is the logins and the admin, each once, sorted.
func withAdmin(logins []string) []string {
	return slices.Compact(slices.Sorted(slices.Values(append([]string{AdminLogin}, logins...))))
}

// identLogins reads the logins back from an ident map that identText wrote.
func identLogins(path string) ([]string, error) {
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("private server's ident map: %w", err)
	}
	var logins []string
	for line := range strings.Lines(string(text)) {
		if fields := strings.Split(line, `"`); len(fields) == 5 && checkLogin(fields[3]) == nil {
			logins = append(logins, fields[3])
		}
	}
	return withAdmin(logins), nil
}
