import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { yamlToJson } from "../../core/json/yaml.ts";
import { ROOT } from "../../layer/paths.ts";
import { describeUnless } from "../support/needs.ts";
import { missingTerraform } from "../support/terraform.ts";

const [, TABLE = ""] =
  /^\| In the file .*\n.*\n((?:\|.*\n)+)/m.exec(readFileSync(join(ROOT, "terraform", "README.md"), "utf8")) ?? [];
const REFUSED = "refused";

// The module's README has a row for each.
const DIFFERENCES: [yaml: string, terraform: string, fetcher: string][] = [
  ["optional: yes", '{"optional":true}', '{"optional":"yes"}'],
  ["optional: on", '{"optional":true}', '{"optional":"on"}'],
  ["optional: y", '{"optional":true}', '{"optional":"y"}'],
  ["default: no", '{"default":false}', '{"default":"no"}'],
  ["default: off", '{"default":false}', '{"default":"off"}'],
  ["default: n", '{"default":false}', '{"default":"n"}'],
  ["default: 2026-11-21", '{"default":"2026-11-21T00:00:00Z"}', '{"default":"2026-11-21"}'],
  ["Y: prod/x", '{"true":"prod/x"}', '{"Y":"prod/x"}'],
  ["no: prod/x", '{"false":"prod/x"}', '{"no":"prod/x"}'],
  ["A: prod/x\nA: prod/z", '{"A":"prod/z"}', '{"A":"prod/x","A":"prod/z"}'],
  ["A: &alias {secret: prod/x}\nB: *alias", '{"A":{"secret":"prod/x"},"B":{"secret":"prod/x"}}', REFUSED],
  ["A: &alias {secret: prod/x}\nB: {<<: *alias}", '{"A":{"secret":"prod/x"},"B":{"secret":"prod/x"}}', REFUSED],
];

describeUnless(missingTerraform(), "of YAML, as the module's README says,", () => {
  let decoded: string[];
  beforeAll(() => {
    const each = DIFFERENCES.map(([yaml]) => `jsonencode(yamldecode(${JSON.stringify(yaml)}))`);
    decoded = JSON.parse(JSON.parse(evaluate(`jsonencode([${each.join()}])`)));
  }, 60_000);

  it.each(DIFFERENCES.map((difference, index) => [difference[0], index, difference] as const))(
    "%j is another thing to Terraform than to the function",
    (yaml, index, [, terraform, fetcher]) => {
      const result = yamlToJson(yaml, 100);
      expect(decoded[index]).toBe(terraform);
      expect(result.ok ? result.value.text : REFUSED).toBe(fetcher);
    },
  );

  it("quotes make them equal", () => {
    const yaml = '{"optional":"yes","Y":"no","no":"2026-11-21"}';
    expect(evaluate(`yamldecode(${JSON.stringify(yaml)}) == jsondecode(${JSON.stringify(yaml)})`)).toBe("true");
    expect(yamlToJson(yaml, 100)).toMatchObject({ value: { text: yaml } });
  });
});

it("the module's README has a row for each difference in YAML", () => {
  const rows = TABLE.split("\n").filter(Boolean);
  expect(rows).toHaveLength(6);
  for (const [yaml] of DIFFERENCES.slice(0, 9)) {
    const value = yaml.replace(/^(?:optional|default): /, "");
    expect(rows.find((row) => row.includes(`\`${value}\``) || row.includes(`\`${yaml}\``))).toBeDefined();
  }
});

function evaluate(expression: string): string {
  const env = { ...process.env, CHECKPOINT_DISABLE: "1" };
  return spawnSync("terraform", ["console"], { input: expression, encoding: "utf8", env }).stdout.trim();
}
