import * as fc from "fast-check";
import { mergeSecrets } from "../../../cli/secrets/merge-secrets.ts";
import { checkName } from "../../../core/config/variable-names.ts";
import { parseSecrets } from "../../core/parse-secrets.ts";
import { runs } from "../../fuzz/runs.ts";

const word = fc.stringMatching(/^[\w.-]{1,9}$/);
const account = fc.constant("eu-west-1:111122223333");
const secretArn = fc
  .tuple(account, fc.stringMatching(/^[\w/+=.@!-]{1,9}$/), fc.constantFrom("", ":key::", "::AWSPREVIOUS:", ":::a1b2"))
  .map(([owner, name, rest]) => `arn:aws:secretsmanager:${owner}:secret:${name}${rest}`);
const parameterArn = fc.tuple(account, word).map(([owner, name]) => `arn:aws:ssm:${owner}:parameter/${name}`);
const valueFrom = fc.oneof(
  secretArn,
  parameterArn,
  word,
  word.map((name) => `/prod/${name}`),
);
/** ECS allows a variable any name. */
const name = fc.oneof(
  fc.constantFrom("A", "__proto__", "AWS_REGION", "SECRETS"),
  fc.stringMatching(/^[A-Z_]{1,5}$/),
  fc.string(),
);
const secrets = fc.uniqueArray(fc.record({ name, valueFrom }), { selector: ({ name }) => name, maxLength: 6 });

it("gives SECRETS that the wrapper reads as it reads the container's own list", () => {
  fc.assert(
    fc.property(secrets, (secrets) => {
      const usable = secrets.filter(({ name }) => checkName(name).ok);
      const merged = mergeSecrets([{ name: "web", secrets: usable }, { name: "other" }]);
      const ours = parseSecrets(JSON.stringify(Object.fromEntries(merged)));
      const lists = parseSecrets(JSON.stringify(usable));
      expect(ours.faults).toEqual([]);
      expect(ours.entries).toEqual(lists.entries);
    }),
    runs(0.01),
  );
});

it("takes what containers share once", () => {
  const shared = [{ name: "A", valueFrom: "/prod/a" }];
  expect([
    ...mergeSecrets([
      { name: "web", secrets: shared },
      { name: "worker", secrets: shared },
    ]),
  ]).toEqual([["A", "ssm:/prod/a"]]);
});
