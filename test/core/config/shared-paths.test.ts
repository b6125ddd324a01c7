import * as fc from "fast-check";
import { findSharedPaths } from "../../../core/config/shared-paths.ts";
import { expectFaults } from "../expect-problems.ts";
import { parseSecrets } from "../parse-secrets.ts";

const entry = (file: string, options = {}) => ({ secret: "x", file, ...options });
const faultsOf = (secrets: unknown) => findSharedPaths(parseSecrets(JSON.stringify(secrets)).entries);

it("lets files lie side by side", () => {
  const files = ["a", "ab", "a.b", "b/a", "b/c", "/tmp/a", "/tmp/secrets-wrapper2/a"];
  expect(faultsOf(Object.fromEntries(files.map((file, index) => [`A${index}`, entry(file)])))).toEqual([]);
  expect(faultsOf({ "*": "x", A: "y" })).toEqual([]);
});

it.each([
  ["one path", "a", "a", /another entry also uses the file \/tmp\/secrets-wrapper\/a/],
  ["two spellings of one path", "a", "/tmp/secrets-wrapper/a", /another entry also uses the file/],
  ["a file within another", "a", "a/b/c", /a\/b\/c is inside \/tmp\/secrets-wrapper\/a, which another entry uses/],
  ["a file within the folder of all", "/tmp/secrets-wrapper", "a", /is inside \/tmp\/secrets-wrapper, which/],
])("refuses %s", (_, first, second, cause) => {
  const expected = ["B", "DuplicateEntry", cause, /its own path/] as const;
  expectFaults(faultsOf({ A: entry(first), B: entry(second) }), [...expected]);
});

it("refuses a file within a format's folder, in any order, be it optional or not", () => {
  const identity = entry("svid", { format: "x509-svid", optional: true });
  expectFaults(faultsOf({ F: entry("svid/federated/a.pem"), ID: identity }), [
    "F",
    "DuplicateEntry",
    /svid\/federated\/a.pem is inside \S+\/svid, /,
    /its own path/,
  ]);
});

it("finds whatever could not be beside the rest, and nothing else", () => {
  const path = fc
    .array(fc.constantFrom("a", "b", "ab"), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join("/"));
  fc.assert(
    fc.property(fc.array(path, { maxLength: 6 }), (paths) => {
      const overlaps = paths.some((one, at) =>
        paths.some((other, index) => index !== at && `${other}/`.startsWith(`${one}/`)),
      );
      const secrets = Object.fromEntries(paths.map((file, index) => [`A${index}`, entry(file)]));
      expect(faultsOf(secrets).length > 0).toBe(overlaps);
    }),
  );
});
