import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Contrib } from "@cyclonedx/cyclonedx-library";
import spdxLicenses from "spdx-license-list/full.js";
import type { Package } from "./packages.ts";
import type { License } from "./render-licenses.ts";

const gatherer = new Contrib.License.Utils.LicenseEvidenceGatherer();

/** Packages without a file for it: the SPDX licence, and, where there is one, a source whose first comment is another. */
const WITHOUT_FILE: Record<string, { id: string; header?: string }> = {
  "@aws-sdk/credential-provider-http": { id: "Apache-2.0" },
  "@aws-sdk/credential-provider-login": { id: "Apache-2.0" },
  "@aws-sdk/nested-clients": { id: "Apache-2.0" },
  "@bufbuild/protobuf": { id: "Apache-2.0", header: "dist/esm/wire/varint.js" },
};

/** Of npm packages: the texts that they come with. Throws where one has none. */
export function packageLicenses(packages: Package[]): License[] {
  return packages.flatMap((bundled) => {
    const names = [`${bundled.manifest.name} ${bundled.manifest.version}`];
    return textsOf(bundled).map((text) => ({ names, text }));
  });
}

function textsOf({ folder, manifest }: Package): string[] {
  const files = [...gatherer.getFileAttachments(folder)];
  if (files.length > 0) return files.map(({ filePath }) => readFileSync(filePath, "utf8"));
  const { id, header } = WITHOUT_FILE[manifest.name] ?? {};
  const text = id && spdxLicenses[id]?.licenseText;
  if (!text) throw new Error(`${manifest.name} has no file with its licence: say in ${FILE} where it is.`);
  return header ? [text, firstComment(readFileSync(join(folder, header), "utf8"))] : [text];
}

const FILE = "layer/third-party/package-licenses.ts";

function firstComment(source: string): string {
  const lines = source.split("\n");
  const end = lines.findIndex((line) => !line.startsWith("//"));
  return lines
    .slice(0, end)
    .map((line) => line.replace(/^\/\/ ?/, ""))
    .join("\n");
}
