#!/usr/bin/env node
// The package's command, lambda-secrets-wrapper.

import { createProgram } from "./program.ts";

try {
  await createProgram().parseAsync();
} catch (error) {
  // What a command throws says what to do.
  console.error(`lambda-secrets-wrapper: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
