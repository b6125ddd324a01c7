import { checkExpandedName } from "../../../core/config/variable-names.ts";
import { describeSkipped } from "../../../core/values/skipped.ts";
import type { Skipped } from "../../../core/values/variables.ts";
import { planOf } from "../plans.ts";

const [app, db] = planOf({ "*": "prod/app", "DB_*": "prod/db" }).map(({ entry }) => entry) as [Entry, Entry];

type Entry = Skipped["entry"];

function skip(entry: Entry, name: string): Skipped {
  const checked = checkExpandedName(name);
  if (checked.ok) throw new Error(`${name} is not skipped`);
  return { entry, name, cause: checked.error };
}

it("gives a line for each entry and reason, with what is left out and what to do", () => {
  const lines = describeSkipped([
    skip(app, "a-b"),
    skip(db, "DB_x y"),
    skip(app, "PATH"),
    skip(app, "c.d"),
    skip(app, "AWS_REGION"),
  ]);
  expect(lines).toEqual([
    expect.stringMatching(
      /^\* \(from "prod\/app"\): skipped "a-b", "c\.d"\. .*letters.*own entry in SECRETS\. \[InvalidName\]$/,
    ),
    expect.stringMatching(/^DB_\* \(from "prod\/db"\): skipped "DB_x y"\. /),
    expect.stringMatching(/^\* \(from "prod\/app"\): skipped "PATH"\. .*how programs start.* \[StartupName\]$/),
    expect.stringMatching(/^\* \(from "prod\/app"\): skipped "AWS_REGION"\. .*reserve.* \[ReservedName\]$/),
  ]);
});

it("names twenty at the most, and breaks no line", () => {
  const [line] = describeSkipped(Array.from({ length: 23 }, (_, index) => skip(app, `a\n${index}`)));
  expect(line).toMatch(/"a\\n19" and 3 more\./);
  expect(line).not.toContain("\n");
});

it("says nothing where nothing is skipped", () => {
  expect(describeSkipped([])).toEqual([]);
});
