import * as fc from "fast-check";
import { type FetchRequest, planRequests, requestsOf } from "../../../core/config/plan.ts";
import { groupRequests } from "../../../core/sources/group-requests.ts";
import { parseSecrets } from "../parse-secrets.ts";

function requests(...references: string[]): FetchRequest[] {
  const secrets = Object.fromEntries(references.map((reference, index) => [`V${index}_*`, reference]));
  const { entries, faults } = parseSecrets(JSON.stringify(secrets));
  expect(faults).toEqual([]);
  return requestsOf(planRequests(entries, "eu-west-1").plan);
}

const idsOf = (...references: string[]) =>
  groupRequests(requests(...references)).map((group) => group.map(({ id }) => id));

it("puts up to ten parameters into one call, and each secret and path into its own", () => {
  const parameters = Array.from({ length: 12 }, (_, index) => `/p${index}`);
  expect(idsOf("a", ...parameters.map((id) => `ssm:${id}`), "ssm:/path/", "b")).toEqual([
    ["a"],
    parameters.slice(0, 10),
    parameters.slice(10),
    ["/path/"],
    ["b"],
  ]);
});

it.each([
  ["versions", "ssm:/x:1", "ssm:/x:2"],
  ["a version and a label", "ssm:/x:1", "ssm:/x:live"],
  ["a slash and none", "ssm:/x", "ssm:x"],
  ["a name and an ARN", "ssm:/x", "ssm:arn:aws:ssm:eu-west-1:111122223333:parameter/x:1"],
])("puts no two references to one parameter into one call: %s", (_, one, two) => {
  expect(groupRequests(requests(one, two, "ssm:/y")).map((group) => group.length)).toEqual([2, 1]);
});

it("puts no two Regions into one call", () => {
  expect(idsOf("ssm:/x", "ssm:arn:aws:ssm:us-east-1:111122223333:parameter/y")).toHaveLength(2);
});

it("has every request in one group, once", () => {
  const reference = fc.constantFrom(
    "a",
    "b",
    "ssm:/x",
    "ssm:x",
    "ssm:/x:1",
    "ssm:/y",
    "ssm:/z",
    "ssm:/p/",
    "ssm:/p/**",
  );
  fc.assert(
    fc.property(fc.array(reference, { maxLength: 40 }), (references) => {
      const all = requests(...references);
      const groups = groupRequests(all);
      expect(
        groups
          .flat()
          .map(({ key }) => key)
          .sort(),
      ).toEqual(all.map(({ key }) => key).sort());
      for (const group of groups) expect(group.length).toBeLessThanOrEqual(10);
    }),
  );
});
