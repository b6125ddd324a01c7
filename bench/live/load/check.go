package main

import (
	"encoding/json"
	"strconv"
	"strings"
)

// versions has the newest that was seen of each secret.
type versions map[string]int

func (c *client) check(order Order, path string, status int) {
	switch {
	case status != 200:
		c.refused++
	case order.Body != "":
		if string(c.body) != order.Body {
			c.wrong++
		}
	default:
		c.checkVersions(order, path)
	}
}

// checkVersions reads /secrets, which gives all variables, or /secrets/NAME, which gives one value. What stands before
// an underscore in a variable's name is its secret. Each value is "SECRET-VERSION", or a JSON object of such values.
func (c *client) checkVersions(order Order, path string) {
	values := map[string]string{}
	expected := order.Secrets
	if name, isOne := strings.CutPrefix(path, "/secrets/"); isOne {
		values[name] = string(c.body)
		expected = 1
	} else if err := json.Unmarshal(c.body, &values); err != nil {
		c.wrong++
		return
	}
	seen, ok := versionsOf(values)
	if !ok || len(seen) != expected {
		c.wrong++
		return
	}
	isOlder := false
	for secret, version := range seen {
		isOlder = isOlder || version < c.versions[secret]
		c.versions[secret] = max(version, c.versions[secret])
		c.distinct[version] = true
	}
	if isOlder {
		c.older++
	}
}

// versionsOf gives the one version of each secret, and false where there is more than one, or another secret's value.
func versionsOf(values map[string]string) (versions, bool) {
	seen := versions{}
	for name, value := range values {
		secret, _, _ := strings.Cut(name, "_")
		for _, part := range partsOf(value) {
			owner, text, _ := strings.Cut(part, "-")
			version, err := strconv.Atoi(text)
			known, isKnown := seen[secret]
			if owner != secret || err != nil || isKnown && known != version {
				return nil, false
			}
			seen[secret] = version
		}
	}
	return seen, true
}

func partsOf(value string) []string {
	var object map[string]string
	if !strings.HasPrefix(value, "{") || json.Unmarshal([]byte(value), &object) != nil {
		return []string{value}
	}
	parts := make([]string, 0, len(object))
	for _, part := range object {
		parts = append(parts, part)
	}
	return parts
}
