package text

import (
	"fmt"

	"cleardesk/domain"
)

func goodsEnglish() GoodsWords {
	w := GoodsWords{
		Name: "Catalogue", Parts: []string{"Standard", "To verify", "Clashes"},
		Part:  func(name string, n int) string { return fmt.Sprintf("%s %d", name, n) },
		Sums:  func(n, all int) string { return fmt.Sprintf("%d of %d products not to standard", n, all) },
		Order: "worst first, by orders",
		Filtered: func(words string, hidden int) string {
			return fmt.Sprintf("filter %q hides %d, esc shows all", words, hidden)
		},
		None:     []string{"Nothing is missing, nothing is inconsistent.", "No quantity waits to be verified.", "Nothing clashes with the platform's catalogue."},
		HeadCode: "CODE", HeadName: "PRODUCT", HeadFaults: "MISSING, INCONSISTENT", HeadOrders: "28 DAYS", HeadMoney: "MONEY", HeadCases: "OPEN",
		HeadCategory: "CATEGORY", HeadSupplier: "SUPPLIER", HeadLeft: "LEFT", HeadStore: "STORE", HeadOrder: "ORDER", HeadProduct: "PRODUCT", HeadOrdered: "ORDERED",
		HeadUsual: "USUAL", HeadFree: "FREE", HeadAbove: "VERIFY AT", HeadHolder: "HOLDER", HeadField: "FIELD", HeadOurs: "OURS", HeadTheirs: "PLATFORM",
		HeadSince: "IMPORTED", HeadBy: "OURS BY", HeadNow: "NOW", HeadNew: "BECOMES", HeadSays: "WHY",
		Fields: map[domain.ProductField]string{
			domain.FieldName: "Chinese", domain.FieldNameEn: "English", domain.FieldUnit: "unit", domain.FieldUnitEn: "unit, en", domain.FieldWeighed: "by weight",
			domain.FieldCategory: "category", domain.FieldSupplier: "supplier", domain.FieldToleranceRate: "tolerance %", domain.FieldToleranceAbs: "tolerance",
			domain.FieldCase: "case", domain.FieldLeast: "least", domain.FieldVerifyAbove: "verify at", domain.FieldStep: "step", domain.FieldStock: "stock",
			domain.FieldStatus: "listing", domain.FieldPrice: "price",
		},
		Yes: "yes", No: "no",
		Reasons: map[domain.CorrectionReason]string{
			domain.WrongEntry: "entered wrong", domain.WrongImport: "import wrong", domain.NewPack: "new pack", domain.SupplierChange: "supplier",
			domain.OtherReason: "other",
		},
		What: map[domain.ChangeWhat]string{
			domain.ChangeEdited: "edited", domain.ChangeCorrected: "corrected", domain.ChangeKept: "clash, ours kept", domain.ChangeTaken: "clash, theirs taken",
		},
	}
	goodsFaultsEnglish(&w)
	goodsPartsEnglish(&w)
	goodsActsEnglish(&w)
	return w
}

func goodsFaultsEnglish(w *GoodsWords) {
	w.Faults = map[domain.StandardRule]string{
		domain.NoUnit: "no unit", domain.WeightUnit: "weighed, not in kg", domain.PieceUnit: "pieces in a weight", domain.NoStep: "no step",
		domain.StepFraction: "step in parts", domain.StepCase: "step and case differ", domain.CaseFraction: "case in parts", domain.LeastStep: "least off the step",
		domain.VerifyLow: "verify too low", domain.NoTolerance: "no tolerance", domain.WideTolerance: "tolerance too wide", domain.NoPrice: "no price",
		domain.Oversold: "less than accepted", domain.Twice: "same name", domain.NoName: "no name", domain.NoSupplier: "no supplier", domain.NoCategory: "no category",
		domain.NoNameEn: "no English", domain.NoUnitEn: "no English unit", domain.StrayTolerance: "stray tolerance",
	}
	w.Says = map[domain.StandardRule]string{
		domain.NoUnit:         "no unit: nobody can say how much is ordered",
		domain.WeightUnit:     "sold by weight, and its unit is {unit}: what is weighed is counted in kg",
		domain.PieceUnit:      "sold by the piece, and its unit is {unit}: sell it by weight or change the unit",
		domain.NoStep:         "sold by the piece without a step: half of one can be ordered",
		domain.StepFraction:   "the step {step} is no whole piece",
		domain.StepCase:       "step {step} and case {case} do not go into one another: no full case comes out",
		domain.CaseFraction:   "the case {case} is no whole piece",
		domain.LeastStep:      "the least quantity {least} is no multiple of the step {step}: it cannot be ordered",
		domain.VerifyLow:      "verified from {above} on, which is below a step or the least: every order would be",
		domain.NoTolerance:    "sold by weight without a tolerance: a gram too little is short weight",
		domain.WideTolerance:  "tolerance {share}, {weight}: at most {limit}, and less than a step",
		domain.NoPrice:        "can be ordered and has no price: no amount looks odd",
		domain.Oversold:       "{stock} in stock, accepted orders take {taken}",
		domain.Twice:          "the same name and unit as {other}: stores order the wrong one",
		domain.NoName:         "no name: nobody can say it on the phone",
		domain.NoSupplier:     "no supplier: a return has nobody to go to",
		domain.NoCategory:     "no category: no promise and no limit holds for it",
		domain.NoNameEn:       "no English name",
		domain.NoUnitEn:       "no English unit",
		domain.StrayTolerance: "sold by the piece: the tolerance {share} means nothing",
	}
	w.Mend = map[string]string{"edit": "mended here", "correct": "enter: correction", "platform": "the platform sets prices, not this desk"}
}

func goodsPartsEnglish(w *GoodsWords) {
	w.Stake = func(orders int, money string, cases int) string {
		return fmt.Sprintf("28 days: %s %s, %d open", count(orders, "order", "orders"), money, cases)
	}
	w.Faulty = func(missing, wrong int) string { return fmt.Sprintf("%d missing, %d inconsistent", missing, wrong) }
	w.Complete = "complete"
	w.Then = func(left string) string { return "once written: " + left }
	w.Waits = func(fields string) string { return "the platform has not confirmed: " + fields }
	w.WaitsOne = "not confirmed yet"
	w.Clashes = func(theirs string) string { return "!platform says " + theirs + ", enter settles" }
	w.History, w.NoHistory = "changes", "Never changed here."
	w.MoreLines = func(n int) string { return fmt.Sprintf("%d more", n) }
	w.VerifyLine = func(line int, product, ordered, usual, free, above string) string {
		return fmt.Sprintf("line %d %s: %s  usual %s  free %s  verify at %s", line, product, ordered, usual, free, above)
	}
	w.AboveLimit, w.AboveStock = "above the limit", "more than is free"
	w.Asked = func(note string) string { return "handed over with: " + note }
	w.ClashShort = func(theirs string) string { return "!platform " + theirs }
	w.With = func(holder string) string { return "held by " + holder }
	w.Ours, w.Theirs = "ours", "platform"
	w.ClashSince = func(when string) string {
		return "the import of " + when + " brought another value; it was not written: ours stands"
	}
	w.ClashBy = func(change, by, when string) string { return "ours: " + change + " by " + by + " " + when }
	w.ClashStep = "taking the platform's is a correction: open cases are judged again; keeping ours tells it again"
	w.ClashWords = "taking the platform's writes it here; keeping ours tells the platform again"
}

func goodsActsEnglish(w *GoodsWords) {
	w.Edit, w.Correct, w.Settle, w.Verify, w.OpenCase, w.OpenProduct = "edit", "correct", "settle", "verify", "open", "product"
	w.Parts2, w.WriteWord, w.NextWord, w.NextFault = "next list", "write", "done", "next fault"
	w.PriceNo = "Prices are not this desk's: the platform sets them, an import brings them"
	w.NothingNew = "Nothing changed yet: enter edits the field under the cursor"
	w.Unwritten = "Changes are not written: ctrl+s writes, esc again drops them"
	w.ReadyEdit = "Ready to write: ctrl+s"
	w.ReadOnly = "Read only: procurement edits products"
	w.CannotTake = "a step is not taken away: keep ours, or correct it"
	w.Understood, w.ChooseSupplier, w.NoSupplier = "= ", "code or name, up and down change it", "no such supplier"
	w.UnitsStay = "quantities and price stay as they are, only the word changes"
	w.VerifyHead = func(names string) string { return "Verify the quantity of " + names }
	w.SettleHead = func(names string) string { return names + ": ours or the platform's" }
	w.VerifyAsk, w.VerifyNote, w.SettleAsk, w.SettleNote, w.WhyAsk, w.NoteAsk = "quantity", "note (may be empty)", "take", "note (may be empty)", "why", "note"
	w.VerifyYes, w.VerifyNo, w.KeepOurs, w.TakeTheirs = "right, it is there", "not right", "keep ours", "take the platform's"
	w.Several, w.Open = "rows", "open"
	w.EditHead = func(p string) string { return "Edit " + p }
	w.EditSum = func(what, note string) string { return what + ". " + note }
	w.VerifySum = func(what, note string) string { return what + ", back to customer service. " + note }
	w.SettleSum = func(what, note string) string { return what + ". " + note }
	w.Settled = func(theirs bool) string {
		if theirs {
			return "written here; a step or a listing as a correction"
		}
		return "ours stays, the platform is told again"
	}
	w.DidEdit = func(p string) string { return p + " is edited, and the platform told." }
	w.DidVerify = func(what string) string { return what + " is verified and back with customer service." }
	w.DidSettle = func(what string) string { return "The clash of " + what + " is settled." }
	w.Some = func(done, failed int, why string) string {
		return fmt.Sprintf("%d done, %d not: %s", done, failed, why)
	}
}
