package text

// StoreWords are the words of the store on the phone.
type StoreWords struct {
	Name string // as it is named in tabs, titles and the help
}

func storeEnglish() StoreWords {
	return StoreWords{
		Name: "Store",
	}
}

func storeChinese() StoreWords {
	return StoreWords{
		Name: "门店",
	}
}
