package main

import (
	"strings"
	"testing"
)

func TestDoctorShowsNoPassword(t *testing.T) {
	t.Parallel()
	for dsn, want := range map[string]string{
		"host=db user=lin password=hush dbname=cleardesk":      "host=db user=lin dbname=cleardesk",
		"password = hush host=db":                              "host=db",
		"host=db password='hush hush' user='lin mei'":          "host=db user='lin mei'",
		`host=db password='hu\'sh hush=x' user=lin`:            "host=db user=lin",
		`host=db password=hu\ sh user=lin sslpassword='hush`:   "host=db user=lin",
		"postgres://lin:hush@db/cleardesk":                     "postgres://lin@db/cleardesk",
		"postgres://db/cleardesk?user=lin&password=hush":       "postgres://db/cleardesk?user=lin",
		"postgres://lin:hu%zzsh@db/cleardesk?sslpassword=hush": "",
	} {
		got := withoutPassword(dsn)
		if got != want || strings.Contains(got, "sh") {
			t.Errorf("%s: %q, want %q", dsn, got, want)
		}
	}
}
