package demo

// What the demo's people have noted where they were at work before a desk is opened.
const (
	NoteLook    = "请验货"     // customer service hands a return on
	NoteSeen    = "照片已看"    // procurement has looked at the goods
	NoteAsked   = "电话问过王经理" // and asked the supplier
	NoteTakes   = "下次送货带回"  // who answered
	NoteSame    = "复点一致"    // the manager verifies a count
	NoteRecount = "货位混放"    // or has it made again
	Counter     = "库管老周"    // who counted
)
