import * as z from "zod";
import { describeJsonError } from "../../core/json/json-error.ts";
import { readInput } from "../read-input.ts";

/** A container of an ECS task definition. */
export type Container = z.infer<typeof CONTAINER>;

/**
 * The containers of a task definition, as `aws ecs describe-task-definition` prints it, as
 * `aws ecs register-task-definition` takes it, or only what is in `taskDefinition`. Throws where it is none.
 */
export function readContainers(file: string): Container[] {
  const { data, error } = FILE.safeParse(parseJson(file, readInput(file)));
  if (!error) return data.containerDefinitions;
  const faults = error.issues.map(({ path, message }) => `${path.join(".") || "the file"}: ${message}`);
  throw new Error(`${file} is no task definition of ECS: ${faults.join("; ")}.`);
}

function parseJson(file: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`${file} is not valid JSON (${describeJsonError(text)}).`);
  }
}

const CONTAINER = z.object({
  name: z.string(),
  secrets: z.array(z.object({ name: z.string(), valueFrom: z.string() })).nullish(),
  repositoryCredentials: z.unknown().optional(),
  logConfiguration: z.object({ secretOptions: z.array(z.unknown()).nullish() }).nullish(),
});
const TASK_DEFINITION = z.object({ containerDefinitions: z.array(CONTAINER).min(1) });
const FILE = z.preprocess(
  (json) => (json as { taskDefinition?: unknown } | null)?.taskDefinition ?? json,
  TASK_DEFINITION,
);
