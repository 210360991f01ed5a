package main

import (
	"maps"
	"strconv"
	"strings"

	"cleardesk/cmd/cleardesk/intake"
	"cleardesk/domain"
)

// tries are the settings to be tried beside those of today.
type tries struct {
	settings  domain.Settings
	threshold *threshold
}

// threshold replaces the statistics' own for lines: another share of the lines, or a
// score that stands still.
type threshold struct {
	budget int     // lines of a million; 0: by score
	score  float64 // in the files' own numbers
}

// leastThreshold is the score below which the statistics flag nothing.
const leastThreshold = -3

// readTries puts NAME=VALUE, NAME@SCOPE:KEY=VALUE and threshold=... over settings.
func readTries(today domain.Settings, specs []string) (tries, error) {
	t := tries{settings: domain.Settings{}}
	for name, scopes := range today {
		t.settings[name] = map[domain.Scope]map[string]string{}
		for scope, values := range scopes {
			t.settings[name][scope] = maps.Clone(values)
		}
	}
	for _, spec := range specs {
		name, value, ok := strings.Cut(spec, "=")
		if name = strings.TrimSpace(name); !ok || name == "" {
			return t, domain.Errorf(domain.Invalid, "--set", "%s is not NAME=VALUE, as in threshold=2%%", intake.Show(spec))
		}
		value = strings.TrimSpace(value)
		var err error
		if name == "threshold" {
			t.threshold, err = readThreshold(value)
		} else {
			err = t.put(name, value)
		}
		if err != nil {
			return t, err
		}
	}
	return t, nil
}

func (t tries) put(name, value string) error {
	name, at, narrow := strings.Cut(name, "@")
	v := domain.Setting{Name: name, Scope: domain.ScopePlatform, Value: value}
	if narrow {
		scope, key, ok := strings.Cut(at, ":")
		if v.Scope, v.Key = domain.Scope(scope), key; !ok || key == "" {
			return domain.Errorf(domain.Invalid, "--set", "%s names no scope such as store:S031", intake.Show(at))
		}
	}
	def, known := domain.FindSetting(name)
	if !known {
		return domain.Errorf(domain.Invalid, "--set", "there is no setting %s; cleardesk settings lists them", intake.Show(name))
	}
	if !def.Allows(v.Scope) {
		return domain.Errorf(domain.Invalid, "--set", "%s cannot be set for a %s", name, intake.Show(string(v.Scope)))
	}
	if err := def.Check(value); err != nil {
		return err
	}
	t.settings.Put(v)
	return nil
}

func readThreshold(value string) (*threshold, error) {
	refuse := func() (*threshold, error) {
		return nil, domain.Errorf(domain.Invalid, "--set",
			"threshold takes a share of the lines from 0.01%% to 100%%, or a score from %d up, not %s", leastThreshold, intake.Show(value))
	}
	if share, ok := strings.CutSuffix(value, "%"); ok {
		v, err := strconv.ParseFloat(share, 64)
		if err != nil || !(v >= 0.01 && v <= 100) {
			return refuse()
		}
		return &threshold{budget: int(v*10_000 + 0.5)}, nil
	}
	v, err := strconv.ParseFloat(value, 64)
	if err != nil || !(v >= leastThreshold && v < 1000) {
		return refuse()
	}
	return &threshold{score: v}, nil
}
