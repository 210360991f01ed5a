package main

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
)

func newHistoryCmd(a *app) *cobra.Command {
	return &cobra.Command{
		Use: "history NAME", Short: "Print who set a value, to what, and from when it holds; the newest first",
		Example: "  cleardesk settings history detect.budget\n  cleardesk settings history limit.quantity",
		Args:    cobra.ExactArgs(1),
		RunE:    func(cmd *cobra.Command, args []string) error { return a.settingHistory(cmd.Context(), args[0]) },
	}
}

func (a *app) settingHistory(ctx context.Context, name string) error {
	store, err := a.anyone(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	past, err := store.SettingHistory(ctx, name)
	if err != nil {
		return err
	}
	settings, err := store.Settings(ctx)
	if err != nil {
		return err
	}
	zone := settings.Calendar().Zone
	rows := [][]string{{"FROM", "FOR", "VALUE", "SET BY", "NAME", "SET AT"}}
	for _, c := range past {
		rows = append(rows, []string{
			minute(c.From, zone), whom(c.Scope, c.Key), orDash(c.Value), c.By, orDash(c.ByName), minute(c.At, zone),
		})
	}
	def, _ := domain.FindSetting(name)
	rows = append(rows, []string{"always", whom(domain.ScopePlatform, ""), orDash(def.Default), "default", "-", "-"})
	return writeColumns(a.stdout, rows)
}

func minute(t time.Time, zone *time.Location) string { return t.In(zone).Format("2006-01-02 15:04") }

func newExemptionsCmd(a *app) *cobra.Command {
	var ended bool
	cmd := &cobra.Command{
		Use: "exemptions", Short: "Print where the statistics are quieter, and until when",
		Long: "Prints what was confirmed as right but unusual, or as a false alarm, of late: the same thing at the same store is not\n" +
			"flagged up to the amount shown, until its end. detect.quiet_days and detect.quiet_ratio say how long and how much.",
		Example: "  cleardesk settings exemptions\n  cleardesk settings exemptions --ended\n  cleardesk settings exemptions end 17 --why 'sale is over'",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return a.exemptions(cmd.Context(), ended) },
	}
	cmd.Flags().BoolVar(&ended, "ended", false, "those that hold no more, too")
	var why string
	end := &cobra.Command{
		Use: "end ID", Short: "End one before its date",
		Example: "  cleardesk settings exemptions end 17 --why 'sale is over'",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := strconv.ParseInt(args[0], 10, 64)
			if err != nil || id <= 0 {
				return domain.Errorf(domain.Invalid, "settings", "%q is not the number of an exemption", args[0])
			}
			return a.endExemption(cmd.Context(), domain.ExemptionID(id), why)
		},
	}
	end.Flags().StringVar(&why, "why", "", "why it ends")
	cmd.AddCommand(end)
	return cmd
}

func (a *app) exemptions(ctx context.Context, ended bool) error {
	store, err := a.anyone(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	all, err := store.Exemptions(ctx, ended)
	if err != nil {
		return err
	}
	settings, err := store.Settings(ctx)
	if err != nil {
		return err
	}
	zone := settings.Calendar().Zone
	rows := [][]string{{"ID", "STORE", "WHAT", "QUIET UP TO", "CONFIRMED", "BY", "FROM", "UNTIL", "ENDED"}}
	for _, x := range all {
		what, upTo, confirmed, over := "the order's amount", x.UpToAmount().String(), x.Amount.String(), "-"
		if x.Product != "" {
			what = strings.TrimSpace(string(x.Product) + " " + x.ProductName)
			upTo, confirmed = x.UpTo().String(), x.Quantity.String()
		}
		if x.EndedAt != nil {
			over = minute(*x.EndedAt, zone) + " " + x.EndedBy
		}
		rows = append(rows, []string{
			strconv.FormatInt(int64(x.ID), 10), string(x.Store), what, upTo, confirmed, string(x.By),
			minute(x.From, zone), minute(x.Until, zone), over,
		})
	}
	return writeColumns(a.stdout, rows)
}

func (a *app) endExemption(ctx context.Context, id domain.ExemptionID, why string) error {
	store, err := a.anyone(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.EndExemption(ctx, uuid.New(), id, why); err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.stdout, "exemption %d has ended\n", id)
	return err
}
