package text_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/width"

	"cleardesk/domain"
	"cleardesk/tui/cell"
	"cleardesk/tui/text"
)

// walk visits every string of a catalog, those that its functions make too, and
// reports what is empty.
func walk(path string, v reflect.Value, visit func(path, s string)) {
	switch v.Kind() {
	case reflect.String:
		visit(path, v.String())
	case reflect.Struct:
		for i := range v.NumField() {
			walk(path+"."+v.Type().Field(i).Name, v.Field(i), visit)
		}
	case reflect.Map:
		if v.Len() == 0 {
			visit(path, "")
		}
		for _, k := range v.MapKeys() {
			walk(fmt.Sprintf("%s[%v]", path, k), v.MapIndex(k), visit)
		}
	case reflect.Slice, reflect.Array:
		if v.Len() == 0 {
			visit(path, "")
		}
		for i := range v.Len() {
			walk(fmt.Sprintf("%s[%d]", path, i), v.Index(i), visit)
		}
	case reflect.Func:
		if v.IsNil() {
			visit(path, "")
			return
		}
		walk(path+"()", v.Call(samples(v.Type()))[0], visit)
	default:
	}
}

// samples makes arguments that leave their trace in a sentence.
func samples(f reflect.Type) []reflect.Value {
	args := make([]reflect.Value, 0, f.NumIn())
	for i := range f.NumIn() {
		in := f.In(i)
		if f.IsVariadic() && i == f.NumIn()-1 {
			break
		}
		v := reflect.New(in).Elem()
		switch in.Kind() {
		case reflect.String:
			v.SetString("abc")
		case reflect.Int, reflect.Int64:
			v.SetInt(3)
		default:
		}
		args = append(args, v)
	}
	return args
}

func TestEveryWordIsThereInBothLanguages(t *testing.T) {
	t.Parallel()
	paths := map[text.Lang]map[string]bool{}
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		paths[lang] = map[string]bool{}
		walk("", reflect.ValueOf(*text.For(lang)), func(path, s string) {
			paths[lang][path] = true
			if s == "" && !strings.HasSuffix(path, "()") { // a sentence may be empty for some values
				t.Errorf("%s: %s is empty", lang, path)
			}
			for _, r := range s {
				if unicode.Is(unicode.Han, r) && lang == text.English && path != ".Desk.LangSwitch" {
					t.Errorf("%s: %s holds %c", lang, path, r)
				}
				if width.LookupRune(r).Kind() == width.EastAsianAmbiguous && !strings.ContainsRune("─│└┘┌┐", r) {
					t.Errorf("%s: %s: %c is ambiguous", lang, path, r)
				}
			}
			if cell.Clean(s) != s {
				t.Errorf("%s: %s is not clean: %q", lang, path, s)
			}
		})
	}
	if diff := cmp.Diff(paths[text.Chinese], paths[text.English]); diff != "" {
		t.Errorf("not the same words (-zh +en):\n%s", diff)
	}
}

func TestShortNamesFitTheirColumns(t *testing.T) {
	t.Parallel()
	for _, lang := range []text.Lang{text.Chinese, text.English} {
		c := text.For(lang)
		seen := map[string]bool{}
		for _, k := range domain.Kinds() {
			short, long := c.Kind(k), c.KindLong(k)
			if cell.Width(short) > 8 || short == string(k) || long == string(k) || seen[short] {
				t.Errorf("%s: %s is %q, %q", lang, k, short, long)
			}
			seen[short] = true
		}
		for _, d := range domain.Departments() {
			if c.Department(d) == string(d) && d != domain.Manager && lang == text.Chinese {
				t.Errorf("%s: no word for %s", lang, d)
			}
		}
		for _, r := range domain.StaffRoles() {
			if _, ok := c.Names.Roles[r]; !ok {
				t.Errorf("%s: no word for %s", lang, r)
			}
		}
		for _, s := range domain.OrderStates() {
			if _, ok := c.Names.States[s]; !ok {
				t.Errorf("%s: no word for %s", lang, s)
			}
		}
		for _, w := range []domain.WhoCan{domain.StoreCan, domain.WeCan, domain.ReceiptOnly} {
			if cell.Width(c.Who(w)) != 2 {
				t.Errorf("%s: %s is %q", lang, w, c.Who(w))
			}
		}
	}
}

func TestAnUnknownCodeIsShown(t *testing.T) {
	t.Parallel()
	c := text.For(text.Chinese)
	if got := c.Kind("new_kind") + c.Outcome("new_outcome") + c.Department("new_department"); got != "new_kindnew_outcomenew_department" {
		t.Errorf("got %q", got)
	}
}

func TestDetect(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		asked string
		env   map[string]string
		want  text.Lang
	}{
		{"", nil, text.English},
		{"", map[string]string{"LANG": "zh_CN.UTF-8"}, text.Chinese},
		{"", map[string]string{"LANG": "zh-Hans"}, text.Chinese},
		{"", map[string]string{"LANG": "zh"}, text.Chinese},
		{"", map[string]string{"LANG": "zhuang"}, text.English},
		{"", map[string]string{"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, text.English},
		{"", map[string]string{"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, text.English},
		{"", map[string]string{"LC_MESSAGES": "zh_CN", "LANG": "en_US"}, text.Chinese},
		{"", map[string]string{"LC_ALL": "zh_CN", "LC_MESSAGES": "en_US"}, text.Chinese},
		{"", map[string]string{"CLEARDESK_LANG": "zh", "LC_ALL": "en_US"}, text.Chinese},
		{"en", map[string]string{"CLEARDESK_LANG": "zh", "LC_ALL": "zh_CN"}, text.English},
		{"fr", map[string]string{"CLEARDESK_LANG": "fr", "LANG": "zh_CN"}, text.Chinese},
	} {
		if got := text.Detect(c.asked, func(k string) string { return c.env[k] }); got != c.want {
			t.Errorf("%q, %v: %s, want %s", c.asked, c.env, got, c.want)
		}
	}
}
