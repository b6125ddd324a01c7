import { fill, grammar } from "../../../core/config/grammar.ts";
import { GRAMMAR } from "../../support/grammar.ts";
import { expectComplete } from "../expect-problems.ts";
import { findFaults, parseSecrets } from "../parse-secrets.ts";

it.each(GRAMMAR)("$name", ({ secrets, faults: expected }) => {
  const { entries } = parseSecrets(JSON.stringify(secrets));
  const faults = findFaults(JSON.stringify(secrets));
  expect(faults.map(({ subject, code }) => `${subject} ${code}`)).toEqual(expected);
  expectComplete(faults);
  if (expected.length === 0) expect(entries).toHaveLength(Object.keys(Object(secrets)).length);
});

describe("grammar.json", () => {
  const messages = GRAMMAR.flatMap(({ secrets }) => findFaults(JSON.stringify(secrets))).map(toMessage);
  const documented = Object.values(grammar.faults).flatMap(({ causes, ...fault }) =>
    Object.values(causes).map((cause) => toMessage({ ...fault, cause })),
  );
  // A list or an object is all that the cases hold.
  const provoked = [...messages, ...parseSecrets("1").faults.map(toMessage)];

  it.each(documented)("has a case for: %s", (message) => {
    const literals = message.split("%s").map((literal) => literal.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
    expect(provoked).toContainEqual(expect.stringMatching(new RegExp(`^${literals.join(".+")}$`, "s")));
  });

  it("has messages without a blank that stays empty", () => {
    expect(provoked.filter((message) => message.includes("%s") || message.includes("  "))).toEqual([]);
  });

  it("fills blanks in order, and takes the words as they are", () => {
    expect(fill("%s of %s", "%s", "$&")).toBe("%s of $&");
    expect(fill("%s of %s", "a")).toBe("a of ");
  });
});

function toMessage({ code, cause, remedy }: { code: string; cause: string; remedy: string }): string {
  return `${cause}. ${remedy} [${code}]`;
}
