package detect

import "cleardesk/domain"

// returned flags each line a store asks to return (§3.1.13).
func returned(in *EventInput) []Flag { return askedBack(in, domain.Return, ReturnRule, ReturnVersion) }
