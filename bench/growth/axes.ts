import { writeFileSync } from "node:fs";
import { join } from "node:path";

/** One thing that grows. The first of its points is the base: as little of it as there can be. */
export type Axis = { name: string; unit: string; points: Point[] };

export type Point = {
  /** How much of it, in the axis's unit. */
  work: number;
  /** The variables that configure a start with it. */
  settings: Record<string, string>;
  /** How many bytes the values of its variables have together. */
  valueBytes: number;
};

/** What the names of all variables begin with. */
export const PREFIX = "SETTING_";

export const FILE_AS_JSON = "SECRETS_FILE as JSON";
export const FILE_AS_YAML = "SECRETS_FILE as YAML";

const FILE_BYTES = [1000, 10_000, 100_000, 1_000_000];
// A secret of 65,536 bytes holds 8,191 keys as short as these.
const KEYS = [1, 10, 100, 1000, 8000];
const VALUE_BYTES = [1, 1024, 16_384, 65_536];
const PARAMETERS = [1, 10, 50, 100, 500];

/** All that the axes ask the store for. */
export function makeStored(): Record<string, string> {
  return Object.fromEntries([
    ["shared", '{"key":"v"}'],
    ...KEYS.map((count) => [`keys-${count}`, makeKeys(count)]),
    ...VALUE_BYTES.map((bytes) => [`value-${bytes}`, "v".repeat(bytes)]),
    ...PARAMETERS.flatMap((count) => indexes(count).map((index) => [`/under-${count}/${index}`, "v"])),
  ]);
}

/** All axes. The files that they name are put into `folder`. */
export function makeAxes(folder: string): Axis[] {
  return [
    { name: FILE_AS_JSON, unit: "KB", points: filePoints(join(folder, "secrets.json"), makeJson) },
    { name: FILE_AS_YAML, unit: "KB", points: filePoints(join(folder, "secrets.yaml"), makeYaml) },
    { name: "Keys of one secret", unit: "key", points: KEYS.map((count) => wildcard(count, `keys-${count}`)) },
    { name: "Size of one value", unit: "KiB", points: VALUE_BYTES.map(valuePoint) },
    {
      name: "Parameters under a path",
      unit: "parameter",
      points: PARAMETERS.map((count) => wildcard(count, `ssm:/under-${count}/`)),
    },
  ];
}

function wildcard(count: number, reference: string): Point {
  return { work: count, settings: { SECRETS: JSON.stringify({ [`${PREFIX}*`]: reference }) }, valueBytes: count };
}

function valuePoint(bytes: number): Point {
  const entries = { [`${PREFIX}1`]: `value-${bytes}` };
  return { work: bytes / 1024, settings: { SECRETS: JSON.stringify(entries) }, valueBytes: bytes };
}

/** Files of one entry, and of as many as so many bytes hold; `make` makes one of a number of entries. */
function filePoints(path: string, make: (count: number) => string): Point[] {
  const entryBytes = make(1).length;
  return [entryBytes, ...FILE_BYTES].map((bytes) => {
    const count = Math.floor(bytes / entryBytes);
    const file = path.replace(".", `-${bytes}.`);
    const text = make(count);
    writeFileSync(file, text);
    return { work: text.length / 1000, settings: { SECRETS_FILE: file }, valueBytes: count };
  });
}

/** One secret and one key for all, so that it is the entries that grow and not the requests. */
function makeJson(count: number): string {
  return `{${indexes(count)
    .map((index) => `"${PREFIX}${index}":"shared:key"`)
    .join(",\n")}}`;
}

function makeYaml(count: number): string {
  return indexes(count)
    .map((index) => `${PREFIX}${index}: shared:key\n`)
    .join("");
}

function makeKeys(count: number): string {
  const keys = Array.from({ length: count }, (_, index) => `"${index.toString(36).padStart(3, "0")}":1`);
  return `{${keys.join(",")}}`;
}

/** Of one length, so that twice as many are twice as long. */
function indexes(count: number): string[] {
  return Array.from({ length: count }, (_, index) => String(index).padStart(5, "0"));
}
