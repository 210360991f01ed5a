package main

import (
	"context"
	"fmt"
	"strings"

	"cleardesk/db"
	"cleardesk/domain"

	"github.com/google/uuid"
	"github.com/spf13/cobra"
)

func newStaffCmd(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use: "staff", Short: "Add, list and take off people",
		Long: "Each person has a login of the server of their own, in the group roles of their departments.\n" +
			"On a server of yours, run add and off as its administrator.",
	}
	var name, nameEn, roles string
	add := &cobra.Command{
		Use: "add LOGIN", Short: "Add a person, or change name and roles",
		Example: "  cleardesk staff add lin --name 'Lin Mei' --role agent\n  cleardesk staff add zheng --name 'Zheng Shuang' --role manager,agent",
		Args:    cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			who := domain.Staff{Login: domain.Login(args[0]), Name: name, NameEn: nameEn, Active: true}
			for _, r := range strings.Split(roles, ",") {
				who.Roles = append(who.Roles, domain.Role(strings.TrimSpace(r)))
			}
			return a.staffAdd(cmd.Context(), who)
		},
	}
	add.Flags().StringVar(&name, "name", "", "the person's name")
	add.Flags().StringVar(&nameEn, "name-en", "", "the name for the English desk")
	add.Flags().StringVar(&roles, "role", "agent", "roles, with commas: agent, manager, expansion, procurement, logistics, training, finance")
	list := &cobra.Command{
		Use: "list", Short: "List everybody", Example: "  cleardesk staff list", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.staffList(cmd.Context()) },
	}
	off := &cobra.Command{
		Use: "off LOGIN", Short: "Take a person off: no login, sessions ended, work handed back",
		Example: "  cleardesk staff off lin", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error { return a.staffOff(cmd.Context(), domain.Login(args[0])) },
	}
	cmd.AddCommand(add, list, off)
	return cmd
}

// adminStore opens the database as its administrator.
func (a *app) adminStore(ctx context.Context) (*db.Store, error) {
	dsn, err := a.Open(ctx, asAdmin)
	if err != nil {
		return nil, err
	}
	return db.Open(dsn, db.Options{App: "cleardesk/admin"})
}

func (a *app) staffAdd(ctx context.Context, who domain.Staff) error {
	if who.Name == "" {
		who.Name = string(who.Login)
	}
	store, err := a.adminStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	if err := store.AddStaff(ctx, uuid.New(), who); err != nil {
		return err
	}
	if a.server != nil {
		if err := a.syncLogins(ctx); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(a.stdout, "%s is on the staff\n", who.Login)
	return err
}

func (a *app) staffList(ctx context.Context) error {
	store, err := a.adminStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	all, err := store.Staff(ctx)
	if err != nil {
		return err
	}
	rows := [][]string{{"LOGIN", "NAME", "ENGLISH", "ROLES", "STATE"}}
	for _, s := range all {
		state := "active"
		if !s.Active {
			state = "off"
		}
		var roles []string
		for _, r := range s.Roles {
			roles = append(roles, string(r))
		}
		rows = append(rows, []string{string(s.Login), s.Name, s.NameEn, strings.Join(roles, ","), state})
	}
	return writeColumns(a.stdout, rows)
}

func (a *app) staffOff(ctx context.Context, login domain.Login) error {
	store, err := a.adminStore(ctx)
	if err != nil {
		return err
	}
	defer store.Close()
	freed, err := store.StaffOff(ctx, uuid.New(), login)
	if err != nil {
		return err
	}
	if a.server != nil {
		if err := a.syncLogins(ctx); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(a.stdout, "%s is off; %d cases are free again\n", login, len(freed))
	return err
}
