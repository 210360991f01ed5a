package dbtest

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"io/fs"

	"cleardesk/migrations"
)

// format is raised when this package changes what a template holds.
const format = "1"

// schema is what a template is made of.
type schema struct {
	hash string
	up   func(context.Context, *sql.DB) error
}

// schemaOf names a schema by the content of its migrations.
func schemaOf(files fs.FS, up func(context.Context, *sql.DB) error) (schema, error) {
	sum := sha256.New()
	fmt.Fprintln(sum, format)
	err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, path)
		fmt.Fprintf(sum, "%s %d\n%s", path, len(text), text)
		return err
	})
	if err != nil {
		return schema{}, err
	}
	return schema{hash: fmt.Sprintf("%x", sum.Sum(nil)[:6]), up: up}, nil
}

// current is the schema of this program's migrations.
func current() (schema, error) {
	return schemaOf(migrations.FS, migrations.Up)
}
