import { spawnSync } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { versionFault } from "../../release/refusals.ts";
import { type Checkout, copyOfCheckout } from "../support/checkout.ts";

const { version: CURRENT } = JSON.parse(readFileSync(join(__dirname, "../../package.json"), "utf8"));
const [major = 0] = CURRENT.split(".").map(Number);
const NEXT = `${major + 1}.0.0`;

it.each([
  ["1.2.3", "is not higher than 1.2.3"],
  ["1.1.9", "is not higher than 1.2.3"],
  ["", '"" is no version.'],
  ["2.0", '"2.0" is no version.'],
  ["v2.0.0", '"v2.0.0" is no version.'],
  ["2.0.01", '"2.0.01" is no version.'],
  ["2.0.0-rc.1", '"2.0.0-rc.1" is no version.'],
])("%j is no version after 1.2.3", (version, why) => {
  expect(versionFault(version, "1.2.3")).toContain(why);
});

it.each(["1.2.4", "1.10.0", "10.0.0"])("%s is a version after 1.2.3", (version) => {
  expect(versionFault(version, "1.2.3")).toBeUndefined();
});

describe("npm run release", () => {
  let checkout: Checkout;
  beforeAll(() => {
    checkout = copyOfCheckout();
    git("init", "--quiet", "--initial-branch=main");
    writeFileSync(join(checkout.root, ".git", "info", "exclude"), "node_modules\n");
    for (const [name, value] of [
      ["user.name", "Ann"],
      ["user.email", "ann@example.com"],
      ["remote.origin.url", "git@github.com:example/repository.git"],
    ])
      git("config", String(name), String(value));
    writeFileSync(join(checkout.root, "CHANGELOG.md"), CHANGELOG);
    git("add", "--all");
    git("commit", "--quiet", "--message", "Everything");
    git("branch", "everything");
  });
  beforeEach(() => {
    git("reset", "--quiet", "--hard", "everything");
    git("clean", "--quiet", "-d", "--force");
    git("config", "remote.origin.url", "git@github.com:example/repository.git");
    for (const tag of git("tag", "--list").split("\n").filter(Boolean)) git("tag", "--delete", tag);
  });
  afterAll(() => checkout.remove());

  it("commits the version in all files that have it, and the changelog, and tags them", () => {
    expect(release(NEXT)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("git push --atomic origin HEAD"),
    });
    expect(git("status", "--porcelain")).toBe("");
    expect(git("log", "-1", "--format=%s")).toBe(`Release ${NEXT}`);
    expect(git("cat-file", "-t", `v${NEXT}`)).toBe("tag");
    expect(git("rev-parse", `v${NEXT}^{commit}`)).toBe(git("rev-parse", "HEAD"));
    expect(JSON.parse(text("package.json")).version).toBe(NEXT);
    expect(JSON.parse(text("package-lock.json"))).toMatchObject({ version: NEXT, packages: { "": { version: NEXT } } });
    expect(text("core/host/version.ts")).toContain(`VERSION = "${NEXT}"`);
    expect(text("engine/Cargo.toml")).toMatch(`name = "engine"\nversion = "${NEXT}"`);
    expect(text("engine/Cargo.lock")).toMatch(`name = "engine"\nversion = "${NEXT}"`);
    expect(text("terraform/modules/layer/main.tf")).toContain(`secrets-wrapper ${NEXT}: `);
    expect(text("CHANGELOG.md")).toMatch(new RegExp(`^## \\[${NEXT}\\] - \\d{4}-\\d\\d-\\d\\d\n\n- A change.`, "m"));
  });

  it.each<[string, () => void, string, string]>([
    [
      "changes that are not committed",
      () => appendFileSync(join(checkout.root, "LICENSE"), "\n"),
      NEXT,
      "not committed",
    ],
    ["a tag that exists", () => git("tag", `v${NEXT}`), NEXT, `The tag v${NEXT} exists.`],
    [
      "nothing under Unreleased",
      () => commit(CHANGELOG.replace("- A change.\n", "")),
      NEXT,
      "nothing under Unreleased",
    ],
    ["another remote", () => git("remote", "set-url", "origin", "/var/git"), NEXT, "not a repository on GitHub"],
  ])("refuses %s, and changes nothing", (_, prepare, version, why) => {
    prepare();
    const before = [git("rev-parse", "HEAD"), git("tag", "--list"), git("diff")];
    const { status, stderr } = release(version);
    expect({ status, stderr }).toEqual({ status: 1, stderr: expect.stringContaining(why) });
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect([git("rev-parse", "HEAD"), git("tag", "--list"), git("diff")]).toEqual(before);
  });

  it("says all that it refuses at once", () => {
    appendFileSync(join(checkout.root, "CHANGELOG.md"), "\n");
    git("remote", "remove", "origin");
    expect(release("0.0.1").stderr.trim().split("\n")).toHaveLength(3);
  });

  it("changes nothing where a file has another version than expected", () => {
    const file = join(checkout.root, "core", "host", "version.ts");
    writeFileSync(file, text("core/host/version.ts").replace(CURRENT, "9.9.9"));
    git("commit", "--quiet", "--all", "--message", "Another version");
    expect(release(NEXT)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("core/host/version.ts does not"),
    });
    expect(git("status", "--porcelain")).toBe("");
  });

  function release(version: string) {
    const args = ["--import", "tsx", "release/release.ts", ...(version === "" ? [] : [version])];
    return spawnSync(process.execPath, args, { cwd: checkout.root, encoding: "utf8" });
  }

  function git(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync("git", args, { cwd: checkout.root, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
    return stdout.trim();
  }

  function text(file: string): string {
    return readFileSync(join(checkout.root, file), "utf8");
  }

  function commit(changelog: string): void {
    writeFileSync(join(checkout.root, "CHANGELOG.md"), changelog);
    git("commit", "--quiet", "--all", "--message", "Another changelog");
  }
});

const CHANGELOG = "# Changelog\n\n## [Unreleased]\n\n- A change.\n\n## [0.1.0] - 2026-01-01\n\n- Earlier.\n";
