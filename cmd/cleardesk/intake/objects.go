package intake

import "fmt"

// fromJSON puts the values of an object into the fields. An error refuses the
// file: the first object of flat rows stands for the header of a CSV file.
func (r *Reader[T]) fromJSON(rec record) (*Reject, error) {
	r.raw = rec.raw
	r.f.reset(rec.line)
	clear(r.f.has)
	if rec.bad == "" {
		rec.bad = notUTF8(rec.raw)
	}
	if rec.bad == "" && !isObject(rec.raw) {
		rec.bad = "it is not one complete JSON object"
	}
	if rec.bad != "" {
		return &Reject{Line: rec.line, Reason: rec.bad, Rows: [][]string{r.rawRow()}}, nil
	}
	why := r.f.fill(rec.raw, r.lay, r.kind.nested)
	if !r.begun && r.kind.nested < 0 {
		has := func(i int) bool { return r.f.has[i] || !r.lay.cols[i].Required }
		if err := r.lay.missing(has, keysOf(rec.raw)); err != nil {
			return nil, r.src.fail("%s", err)
		}
	}
	r.begun = true
	r.f.given = r.f.names()
	if why != "" {
		return r.reject(rec.line, why), nil
	}
	return nil, nil
}

func keysOf(raw []byte) []string {
	var keys []string
	members(raw, func(key, _ []byte) bool {
		text, _ := scalar(key)
		keys = append(keys, text)
		return true
	})
	return keys
}

// fill takes the values of a valid JSON object and says what is wrong with them.
// The value of column nested is kept as it stands.
func (f *fields) fill(raw []byte, lay *layout, nested int) (why string) {
	members(raw, func(key, value []byte) bool {
		col, known := lay.byName[string(key[1:len(key)-1])]
		if !known {
			text, _ := scalar(key)
			if col, known = lay.byName[fold(text)]; !known {
				return true
			}
		}
		if f.has[col] {
			why = f.cols[col].Name + ": it is given twice"
			return false
		}
		f.has[col] = true
		if col == nested {
			f.vals[col] = string(value)
			return true
		}
		text, ok := scalar(value)
		if !ok && why == "" {
			why = f.cols[col].Name + ": it is not a plain text or number"
		}
		f.vals[col] = tidy(text)
		return true
	})
	return why
}

// each reads the lines of a whole order. What is wrong with one is wrong with the
// order.
func (f *fields) each(col int, parse func(line *fields)) {
	raw := []byte(f.vals[col])
	if len(raw) == 0 || raw[0] != '[' {
		f.fail(col, "there is no list of lines")
		return
	}
	n := 0
	elements(raw, func(value []byte) bool {
		n++
		f.sub.reset(f.line)
		clear(f.sub.has)
		if value[0] != '{' {
			f.fail(col, "entry %d is no object", n)
			return false
		}
		why := f.sub.fill(value, f.lay, -1)
		if why == "" {
			parse(f.sub)
			why = f.sub.bad
		}
		if why != "" && f.bad == "" {
			f.bad = fmt.Sprintf("line %d of the order: %s", n, why)
		}
		return f.bad == ""
	})
	if n == 0 {
		f.fail(col, "there are none")
	}
}
