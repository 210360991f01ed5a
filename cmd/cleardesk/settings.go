package main

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
)

func newSettingsCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use: "settings", Short: "Print what holds now: the window, limits, thresholds",
		Example: "  cleardesk settings\n  cleardesk settings set window.closes 15:30\n  cleardesk settings set limit.cod 30000 --store S014",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.printSettings(cmd.Context()) },
	}
	var v domain.Setting
	var from, store, product, category, kind, dept string
	set := &cobra.Command{
		Use: "set NAME VALUE", Short: "Set a value from now or a later time on; an empty value takes a limit away",
		Example: "  cleardesk settings set limit.quantity 500 --store S031 --product P1007\n  cleardesk settings set window.closes 16:00 --from 2026-12-24T00:00:00+08:00",
		Args:    cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			v.Name, v.Value = args[0], args[1]
			v.Scope, v.Key = scopeOf(store, product, category)
			switch {
			case kind != "":
				v.Scope, v.Key = domain.ScopeKind, kind
			case dept != "":
				v.Scope, v.Key = domain.ScopeDepartment, dept
			}
			if from != "" {
				t, err := time.Parse(time.RFC3339, from)
				if err != nil {
					return domain.Errorf(domain.Invalid, "settings", "--from %q is not a time such as 2026-12-24T00:00:00+08:00", from)
				}
				v.From = t
			}
			return a.putSetting(cmd.Context(), v)
		},
	}
	f := set.Flags()
	f.StringVar(&from, "from", "", "when it begins to hold (default now)")
	f.StringVar(&store, "store", "", "for this store only")
	f.StringVar(&product, "product", "", "for this product only; with --store for the two together")
	f.StringVar(&category, "category", "", "for this category only")
	f.StringVar(&kind, "kind", "", "for this kind of anomaly only, by its code")
	f.StringVar(&dept, "department", "", "for this department only")
	set.MarkFlagsMutuallyExclusive("kind", "department", "category")
	cmd.AddCommand(set, newHistoryCmd(a), newExemptionsCmd(a))
	return cmd
}

func scopeOf(store, product, category string) (domain.Scope, string) {
	switch {
	case store != "" && product != "":
		return domain.ScopeStoreProduct, store + "/" + product
	case store != "":
		return domain.ScopeStore, store
	case product != "":
		return domain.ScopeProduct, product
	case category != "":
		return domain.ScopeCategory, category
	}
	return domain.ScopePlatform, ""
}

func (a *app) printSettings(ctx context.Context) error {
	store, err := a.adminStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	now, err := store.Settings(ctx)
	if err != nil {
		return err
	}
	rows := [][]string{{"NAME", "FOR", "VALUE", "DEFAULT", "WHAT IT IS"}}
	for _, d := range domain.SettingDefs() {
		rows = append(rows, []string{d.Name, whom(domain.ScopePlatform, ""), orDash(now.Get(d.Name, domain.Where{})), orDash(d.Default), d.Help})
		for _, scope := range domain.Scopes()[1:] {
			for _, key := range slices.Sorted(maps.Keys(now[d.Name][scope])) {
				rows = append(rows, []string{d.Name, whom(scope, key), orDash(now[d.Name][scope][key]), "", ""})
			}
		}
	}
	return writeColumns(a.stdout, rows)
}

// whom names what a value holds for: "all", "store S014".
func whom(scope domain.Scope, key string) string {
	if scope == domain.ScopePlatform {
		return "all"
	}
	return strings.ReplaceAll(string(scope), "_", " ") + " " + key
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func (a *app) putSetting(ctx context.Context, v domain.Setting) error {
	store, err := a.adminStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.PutSetting(ctx, uuid.New(), v); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "%s is %s for %s\n", v.Name, orDash(v.Value), whom(v.Scope, v.Key))
	return err
}
