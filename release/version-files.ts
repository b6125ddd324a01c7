/** Where the version stands, beside package.json and package-lock.json: what is before and after it. */
const PLACES: [file: string, before: string, after: string][] = [
  ["core/host/version.ts", 'VERSION = "', '"'],
  ["engine/Cargo.toml", '\nversion = "', '"\n'],
  ["engine/Cargo.lock", '\nname = "engine"\nversion = "', '"\n'],
  ["terraform/modules/layer/main.tf", '"secrets-wrapper ', ": "],
];

/** These files with the new version, by path. Throws where one has not the current version, once. */
export function filesOfVersion(
  current: string,
  version: string,
  read: (file: string) => string,
): Record<string, string> {
  return Object.fromEntries(PLACES.map(([file, before, after]) => [file, withVersion(file, before, after)]));

  function withVersion(file: string, before: string, after: string): string {
    const parts = read(file).split(`${before}${current}${after}`);
    if (parts.length !== 2)
      throw new Error(`${file} does not have ${current} once where release/version-files.ts expects it.`);
    return parts.join(`${before}${version}${after}`);
  }
}
