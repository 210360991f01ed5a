package main

import (
	"fmt"
	"io"
	"time"

	"cleardesk/db"

	"github.com/spf13/cobra"
)

// newDetectCmd makes the command that is the judge.
func newDetectCmd(o opener) *cobra.Command {
	var follow bool
	cmd := &cobra.Command{
		Use: "detect", Short: "Judge the orders that wait",
		Long: "Judges what waits, holds what is odd and accepts the rest. With --follow it stays and judges what comes in.\n" +
			"One judge works at a time; others stand by and take over.",
		Example: "  cleardesk detect\n  cleardesk detect --follow",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dsn, err := o.Open(cmd.Context(), asIntake)
			if err != nil {
				return err
			}
			store, err := db.Open(dsn, db.Options{App: "cleardesk/detect", Statement: judgeStatement})
			if err != nil {
				return err
			}
			defer store.Close()
			said := verdicts{out: cmd.OutOrStdout(), problems: cmd.ErrOrStderr(), begun: time.Now(), each: follow}
			j := db.NewJudge(store, db.JudgeOptions{KindWords: kindWords(), Progress: said.batch, Trouble: said.trouble})
			err = j.Run(cmd.Context(), follow)
			said.sum(j.Total())
			return err
		},
	}
	cmd.Flags().BoolVar(&follow, "follow", false, "stay, and judge what comes in")
	return cmd
}

// judgeStatement bounds one statement of the judge: thousands of verdicts at once.
const judgeStatement = time.Minute

// verdicts tells on the command line what was judged.
type verdicts struct {
	out, problems io.Writer
	begun         time.Time
	each          bool
}

func (v *verdicts) batch(b db.Judged) {
	if v.each && b.Orders > 0 {
		v.say(b, "")
	}
}

func (v *verdicts) trouble(err error) {
	_, _ = fmt.Fprintln(v.problems, "cleardesk: "+oneLine(err)+"; trying again")
}

func (v *verdicts) sum(t db.Judged) {
	took := time.Since(v.begun)
	v.say(t, fmt.Sprintf(" in %.1f s, %.0f lines/s", took.Seconds(), float64(t.Lines)/max(took.Seconds(), 1e-3)))
}

func (v *verdicts) say(b db.Judged, more string) {
	_, _ = fmt.Fprintf(v.out, "judged %d orders, %d lines: %d orders with %d anomalies%s\n",
		b.Orders, b.Lines, b.Flagged, b.Anomalies, more)
}
