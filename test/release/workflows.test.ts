import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../../layer/paths.ts";
import { describeWith } from "../support/needs.ts";
import { actionlint, pythonTools, zizmor } from "../support/tools.ts";

type Job = { permissions?: Record<string, string>; environment?: string; "runs-on"?: string };
type Update = { "package-ecosystem": string; directory?: string; directories?: string[] };
type Workflow = { permissions: object; jobs: Record<string, Job> };

const FOLDER = join(ROOT, ".github", "workflows");
const FILES = readdirSync(FOLDER);
const BUILD_MS = 600_000;

/** What a folder with dependencies of an ecosystem has. */
const MANIFESTS: [ecosystem: string, manifest: RegExp][] = [
  ["npm", /(?:^|\/)package-lock\.json$/],
  ["cargo", /(?:^|\/)Cargo\.lock$/],
  ["pip", /requirements\.txt$/],
  ["gomod", /(?:^|\/)go\.mod$/],
  ["terraform", /(?:^|\/)versions\.tf$/],
  ["maven", /(?:^|\/)pom\.xml$/],
];

const text = (...path: string[]) => readFileSync(join(ROOT, ...path), "utf8");
const workflow = (name: string): Workflow => parse(text(".github", "workflows", name));

describeWith("go", "actionlint", () => {
  beforeAll(() => void actionlint(), BUILD_MS);

  it("has nothing to say of the workflows, and ShellCheck nothing of their commands", () => {
    const options = [`-shellcheck=${join(pythonTools(), "shellcheck")}`, "-pyflakes="];
    const { status, stdout } = spawnSync(actionlint(), options, { cwd: ROOT, encoding: "utf8" });
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
  });
});

describeWith("python3", "zizmor", () => {
  beforeAll(() => void zizmor(), BUILD_MS);

  it("finds no weakness in the workflows and in the configuration of updates", () => {
    const options = ["--offline", "--quiet", "--no-progress", "--persona=pedantic", "--format=plain", ".github"];
    const { status, stdout, stderr } = spawnSync(zizmor(), options, { cwd: ROOT, encoding: "utf8" });
    expect({ status, output: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, output: "" });
  });
});

describe("docs/publishing.md", () => {
  const publishing = text("docs", "publishing.md");

  it("lists the commit of every action, or says that it is to be pinned", () => {
    const rows = [
      ...publishing.matchAll(/^\| `([\w-]+\/[\w-]+)` \| (v[\d.]+) \| `?([0-9a-f]{40}|to be pinned)`? \|/gm),
    ];
    const listed = rows.map(([, action, tag, commit]) => usedAs(action, tag, commit));
    const used = FILES.flatMap((name) => [...text(".github", "workflows", name).matchAll(/uses: (\w.*)$/gm)]);
    expect(listed).toEqual([...new Set(used.map(([, use]) => use))].sort());
  });

  it("lists each job of a release with its permissions and environment", () => {
    const rows = [...publishing.matchAll(/^\| `(\w+)` \| .* \| (.*) \|$/gm)].map(([, job, cell = ""]) => [
      job,
      [...cell.matchAll(/`([\w-]+: \w+)`/g)].map(([, permission]) => permission),
      /environment `(\w+)`/.exec(cell)?.[1],
    ]);
    const jobs = Object.entries(workflow("release.yml").jobs).map(([name, { permissions = {}, environment }]) => [
      name,
      Object.entries(permissions).map((permission) => permission.join(": ")),
      environment,
    ]);
    expect(rows).toEqual(jobs);
  });

  it.each(["trust-policy", "permissions"])("has valid JSON as %s of the role", (name) => {
    const [, json = ""] = new RegExp(`^\`\`\`json ${name}\n(.*?)^\`\`\`$`, "ms").exec(publishing) ?? [];
    expect(JSON.parse(json)).toMatchObject({ Version: "2012-10-17" });
  });
});

it.each(FILES)("%s gives permissions to jobs alone, and runs on fixed versions of systems", (name) => {
  const { permissions, jobs } = workflow(name);
  expect(permissions).toEqual({});
  for (const { "runs-on": system = "" } of Object.values(jobs)) expect(system).not.toContain("latest");
  expect(Object.values(jobs).filter((job) => job.permissions === undefined)).toEqual([]);
});

it("runs npm scripts that are there", () => {
  const scripts = FILES.flatMap((name) => [...text(".github", "workflows", name).matchAll(/npm run ([\w-]+)/g)]);
  const { scripts: known } = JSON.parse(text("package.json"));
  expect(scripts.map(([, script]) => script).filter((script) => !(String(script) in known))).toEqual([]);
});

it.each(MANIFESTS)("updates the dependencies of %s in every folder that has some", (ecosystem, manifest) => {
  const { updates }: { updates: Update[] } = parse(text(".github", "dependabot.yml"));
  const { directory = "", directories = [directory] } =
    updates.find((update) => update["package-ecosystem"] === ecosystem) ?? {};
  const options = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const files = spawnSync("git", options, { cwd: ROOT, encoding: "utf8" }).stdout.split("\n");
  const folders = files.filter((path) => manifest.test(path)).map((path) => join("/", dirname(path)));
  expect(folders).not.toEqual([]);
  expect(folders.filter((folder) => !directories.some((glob) => covers(glob, folder)))).toEqual([]);
});

function usedAs(action = "", tag = "", commit = ""): string {
  return commit === "to be pinned" ? `${action}@${tag}` : `${action}@${commit} # ${tag}`;
}

/** A glob's star is one folder. */
function covers(glob: string, folder: string): boolean {
  return new RegExp(`^${glob.replaceAll("*", "[^/]+")}$`).test(folder);
}
