import { renderNotes } from "../../release/render-notes.ts";

const CHANGELOG =
  "# Changelog\n\n## [Unreleased]\n\n## [1.0.0] - 2026-12-01\n\n- A change.\n\n## [0.1.0] - 2026-11-01\n";

it("has what has changed, and each layer of each Region", () => {
  const layer = (region: string, name: string) =>
    `arn:aws:lambda:${region}:111122223333:layer:secrets-wrapper-${name}:7`;
  const notes = renderNotes(CHANGELOG, "1.0.0", {
    "eu-west-1": { arm64: { arn: layer("eu-west-1", "arm64") }, live_arm64: { arn: layer("eu-west-1", "live-arm64") } },
    "us-east-1": { arm64: { arn: layer("us-east-1", "arm64") } },
  });
  expect(notes).toMatch(/^- A change\.\n\n### Layers\n/);
  const rows = [...notes.matchAll(/^\| (\S+) +\| +`(\w+)` +\| +`(\S+)` +\|$/gm)].map(([, ...cells]) => cells);
  expect(rows).toEqual([
    ["eu-west-1", "arm64", layer("eu-west-1", "arm64")],
    ["eu-west-1", "live_arm64", layer("eu-west-1", "live-arm64")],
    ["us-east-1", "arm64", layer("us-east-1", "arm64")],
  ]);
});

it("has no notes for a version that is not in the changelog", () => {
  expect(() => renderNotes(CHANGELOG, "2.0.0", {})).toThrow('no section "## [2.0.0]"');
});
