package main

import (
	"context"

	"cleardesk/domain"

	"github.com/google/uuid"
)

// EditProduct edits a product's information; a new name is found by its own initials.
func (s *seat) EditProduct(ctx context.Context, op uuid.UUID, e domain.ProductEdit) error {
	return s.store.EditProduct(ctx, op, e, initials(e.Now.Name))
}
