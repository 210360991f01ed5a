package domain

// Typed identifiers, so that none can be taken for another.
type (
	// OrderID is the desk's own number of an order.
	OrderID int64
	// CaseID is the number of a case: one row, one claim, one form.
	CaseID int64
	// AnomalyID is the number of one anomaly.
	AnomalyID int64
	// HoldID is the number of one hold.
	HoldID int64
	// RecordID is the number of one resolution record.
	RecordID int64
	// ExemptionID is the number of one exemption.
	ExemptionID int64
	// DecisionID is the running number of a decision the platform reads.
	DecisionID int64
	// ClaimNo is a claim's fencing number; it grows with each claim of a case.
	ClaimNo int64
	// OrderNo is the platform's number of an order, unique.
	OrderNo string
	// StoreCode is the platform's code of a store.
	StoreCode string
	// ProductCode is the platform's code of a product.
	ProductCode string
	// SupplierCode is the platform's code of a supplier.
	SupplierCode string
	// Login is a person's login role.
	Login string
)
