/** Of a release: its day as YYYY-MM-DD, the version before it, and the repository's page on GitHub. */
export type Release = { version: string; date: string; previous: string; isPreviousTagged: boolean; url: string };

/** What has changed since the last version, if anything. Throws where CHANGELOG.md has no section for it. */
export function unreleased(changelog: string): string {
  return sectionOf(changelog, "Unreleased");
}

/** The text of a version's section, or of Unreleased, without its heading. Throws where there is none. */
export function sectionOf(changelog: string, version: string): string {
  const [heading] = headingOf(version).exec(changelog) ?? [];
  if (heading === undefined) throw new Error(`CHANGELOG.md has no section "## [${version}]".`);
  const [, rest = ""] = changelog.split(heading);
  const [section = ""] = rest.split(NEXT);
  return section.trim();
}

/** Makes Unreleased the section of a version, with the links that the headings need. */
export function releaseChangelog(
  changelog: string,
  { version, date, previous, isPreviousTagged, url }: Release,
): string {
  const cut = changelog.replace(headingOf("Unreleased"), `## [Unreleased]\n\n## [${version}] - ${date}`);
  const compare = isPreviousTagged ? `compare/v${previous}...v${version}` : `releases/tag/v${version}`;
  const links = [`[Unreleased]: ${url}/compare/v${version}...HEAD`, `[${version}]: ${url}/${compare}`];
  const older = cut.match(LINK)?.filter((link) => !link.startsWith("[Unreleased]:")) ?? [];
  return `${cut.replaceAll(LINK, "").trimEnd()}\n\n${[...links, ...older].join("\n")}\n`;
}

/** With the brackets of a link or, before the first version, without. */
function headingOf(version: string): RegExp {
  return new RegExp(`^## \\[?${version.replaceAll(".", "\\.")}\\]?(?: - .*)?$`, "m");
}

const LINK = /^\[[^\]]+\]: \S+$/gm;
const NEXT = /^## |^\[[^\]]+\]: /m;
