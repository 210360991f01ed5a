package main

import "github.com/spf13/cobra"

func newImportCmd(*app) *cobra.Command { return &cobra.Command{Use: "import"} }
func newExportCmd(*app) *cobra.Command { return &cobra.Command{Use: "export"} }
func newDetectCmd(*app) *cobra.Command { return &cobra.Command{Use: "detect"} }
