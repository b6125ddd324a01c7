import { readdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import { copyOfExample, runCommands, sourcesOfExample } from "../support/examples.ts";
import { describeUnless } from "../support/needs.ts";
import { oncePerSources } from "../support/once.ts";
import { newerNode, npmPackages } from "../support/tools.ts";
import { missingLayer } from "../support/trees.ts";

const SLOW_MS = 600_000;

describeUnless(missingLayer, "the example for Pulumi", () => {
  it(
    "passes its own tests, which run it with Pulumi's mocks",
    () => oncePerSources("pulumi", sourcesOfExample("pulumi"), testExample),
    SLOW_MS,
  );
});

function testExample(): void {
  const folder = copyOfExample("pulumi");
  const installed = npmPackages(join(ROOT, "examples", "pulumi"));
  for (const name of readdirSync(installed)) symlinkSync(join(installed, name), join(folder, "node_modules", name));
  try {
    runCommands(folder, ["npm test"], [newerNode()]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
