import { ecsName, ecsReference, isEcsList, isMixed } from "../../../core/config/ecs-list.ts";
import { elements, type Json, parseJson } from "../../../core/json/json.ts";
import { parseSecrets } from "../parse-secrets.ts";
import { unwrap } from "../unwrap.ts";

const json = (value: unknown) => parseJson(JSON.stringify(value)) as Json;

it.each([
  [[{ name: "A", valueFrom: "x" }], true, false],
  [[{ valueFrom: "x" }, { name: "A" }], true, false],
  [[{ name: "A" }, "x"], true, true],
  [[{ name: "A" }, { secret: "x" }], true, true],
  [["x", { secret: "x" }], false, false],
  [[], false, false],
  [{ name: "x", valueFrom: "y" }, false, false],
])("%j is as in an ECS task definition: %s, and mixed: %s", (value, isEcs, mixed) => {
  expect(isEcsList(json(value))).toBe(isEcs);
  expect(isMixed(json(value))).toBe(mixed);
});

it.each([
  ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf:password::"],
  ["arn:aws:ssm:eu-west-1:111122223333:parameter/prod/log"],
])("takes %s as it is", (arn) => {
  expect(unwrap(ecsReference(json({ name: "A", valueFrom: arn })))).toBe(arn);
});

it("takes a name for a parameter's, as ECS does", () => {
  expect(unwrap(ecsReference(json({ name: "A", valueFrom: "/prod/log" })))).toBe("ssm:/prod/log");
});

it("has a name only where it is a string", () => {
  const list = json([{ name: "A" }, { name: 5 }, {}]);
  expect([...elements(list)].map(ecsName)).toEqual(["A", undefined, undefined]);
});

it("reports a member that is there twice", () => {
  const { faults } = parseSecrets('[{"name": "A", "name": "B", "valueFrom": "x"}]');
  expect(faults).toMatchObject([{ subject: "B", code: "DuplicateEntry", cause: 'the option "name" is defined twice' }]);
});

it("names every entry by its variable, and by its index where it has none", () => {
  const { entries, faults } = parseSecrets('[{"name": "A", "valueFrom": "x"}, {"valueFrom": "y"}]');
  expect(entries).toMatchObject([{ subject: "A", target: "variable", reference: { kind: "parameter", id: "x" } }]);
  expect(faults).toMatchObject([{ subject: "SECRETS[1]" }]);
});
