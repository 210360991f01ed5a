package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/spf13/cobra"
)

func newExportCmd(o opener) *cobra.Command {
	cmd := &cobra.Command{
		Use: "export", Short: "Give out what was decided",
	}
	var after int64
	var follow bool
	decisions := &cobra.Command{
		Use:   "decisions",
		Short: "The numbered decisions, for the platform",
		Long: "Writes every decision after number N as one JSON object a line: n, at, what, order_no, line (a line's number; without it\n" +
			"the whole order), detail. Numbers run without a gap; a reader that keeps the last one misses nothing.",
		Example: "  cleardesk export decisions --after 0 > decisions.jsonl\n  cleardesk export decisions --after 1207 --follow | platform-sink",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if after < 0 {
				return domain.Errorf(domain.Invalid, "export decisions", "--after takes the number of the last decision that was read")
			}
			return exportDecisions(cmd.Context(), cmd.OutOrStdout(), o, domain.DecisionID(after), follow)
		},
	}
	decisions.Flags().Int64Var(&after, "after", 0, "the last decision the reader has")
	decisions.Flags().BoolVar(&follow, "follow", false, "stay, and write each decision when it is made")
	cmd.AddCommand(decisions)
	return cmd
}

func exportDecisions(ctx context.Context, w io.Writer, o opener, after domain.DecisionID, follow bool) error {
	dsn, err := o.Open(ctx, "intake")
	if err != nil {
		return err
	}
	store, err := db.Open(dsn, db.Options{App: "cleardesk/export"})
	if err != nil {
		return err
	}
	defer store.Close()
	out := bufio.NewWriter(w)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	return store.EachDecision(ctx, after, follow, func(page []db.Decision) error {
		for _, d := range page {
			if err := lines.Encode(d); err != nil {
				return err
			}
		}
		return out.Flush()
	})
}
