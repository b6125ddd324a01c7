import { releaseChangelog, sectionOf, unreleased } from "../../release/changelog.ts";

const RELEASE = { date: "2026-12-01", url: "https://github.com/example/repository" };

const FIRST = "# Changelog\n\nIntroduction.\n\n## Unreleased\n\n### Added\n\n- One.\n";

const SECOND = `# Changelog

Introduction.

## [Unreleased]

## [1.0.0] - 2026-12-01

### Added

- One.

[Unreleased]: https://github.com/example/repository/compare/v1.0.0...HEAD
[1.0.0]: https://github.com/example/repository/releases/tag/v1.0.0
`;

it("makes Unreleased the first version, with links for both", () => {
  const release = { ...RELEASE, version: "1.0.0", previous: "0.1.0", isPreviousTagged: false };
  expect(releaseChangelog(FIRST, release)).toBe(SECOND);
});

it("compares the next one with the version before", () => {
  const changed = SECOND.replace("## [Unreleased]\n", "## [Unreleased]\n\n### Changed\n\n- Two.\n");
  const release = { ...RELEASE, version: "1.1.0", previous: "1.0.0", isPreviousTagged: true };
  const third = releaseChangelog(changed, release);
  expect(third).toContain("## [Unreleased]\n\n## [1.1.0] - 2026-12-01\n\n### Changed\n\n- Two.\n\n## [1.0.0]");
  expect(third.split("\n").slice(-4)).toEqual([
    "[Unreleased]: https://github.com/example/repository/compare/v1.1.0...HEAD",
    "[1.1.0]: https://github.com/example/repository/compare/v1.0.0...v1.1.0",
    "[1.0.0]: https://github.com/example/repository/releases/tag/v1.0.0",
    "",
  ]);
  expect(sectionOf(third, "1.1.0")).toBe("### Changed\n\n- Two.");
  expect(sectionOf(third, "1.0.0")).toBe("### Added\n\n- One.");
  expect(unreleased(third)).toBe("");
});

it("takes a version for no other", () => {
  expect(() => sectionOf(SECOND.replaceAll("1.0.0", "1.0.01"), "1.0.0")).toThrow('no section "## [1.0.0]"');
});
