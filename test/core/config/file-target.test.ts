import * as fc from "fast-check";
import { parseFileTarget } from "../../../core/config/file-target.ts";
import { failure, success } from "../../../core/fault/result.ts";

it.each([
  ["key.pem", undefined, "/tmp/secrets-wrapper/key.pem", 0o600],
  ["tls/key.pem", "0640", "/tmp/secrets-wrapper/tls/key.pem", 0o640],
  ["/tmp/tls/key.pem", "0400", "/tmp/tls/key.pem", 0o400],
  ["/tmp/key.pem", "440", "/tmp/key.pem", 0o440],
  ["a b/ü..x/...", "0600", "/tmp/secrets-wrapper/a b/ü..x/...", 0o600],
])("%s with mode %s", (file, mode, path, bits) => {
  expect(parseFileTarget(file, mode)).toEqual(success({ path, mode: bits }));
});

it.each(["", "/", "a/", "a//b", "..", "../a", "a/../../b", "./a", "a/.", "/tmp/../etc/x", "/tmp//x", "a\nb", "a\0b"])(
  "%j is no path for a file",
  (file) => {
    expect(parseFileTarget(file)).toEqual(
      failure(expect.objectContaining({ cause: expect.stringMatching(/"file" must be a path without/) })),
    );
  },
);

it.each(["/etc/passwd", "/tmp", "/tmpx/y", "/var/task/x"])("%s is not under /tmp", (file) => {
  expect(parseFileTarget(file)).toEqual(
    failure(expect.objectContaining({ cause: expect.stringMatching(/relative path or a path under \/tmp/) })),
  );
});

it.each([".secrets-wrapper", ".secrets-wrapper.0/x", "a/.secrets-wrapper-b", "/tmp/.secrets-wrapper.993/partial.1"])(
  "%s is the wrapper's own",
  (file) => {
    expect(parseFileTarget(file)).toEqual(
      failure(expect.objectContaining({ cause: expect.stringMatching(/segments that begin with ".secrets-wrapper"/) })),
    );
  },
);

it.each(["0644", "0660", "0700", "0200", "0000", "600x", "", "0o600", "4600"])("the mode %j is refused", (mode) => {
  expect(parseFileTarget("x", mode)).toEqual(
    failure(expect.objectContaining({ cause: expect.stringMatching(/"mode" must be/) })),
  );
});

it("is always under /tmp, without a way out", () => {
  const part = fc.oneof(fc.constantFrom("..", ".", "", "tmp", "/"), fc.string());
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const target = parseFileTarget(parts.join("/"));
      if (!target.ok) return;
      expect(target.value.path).toMatch(/^\/tmp\/[^/]/);
      expect(target.value.path.split("/")).not.toContain("..");
    }),
  );
});
