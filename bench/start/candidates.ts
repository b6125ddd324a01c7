import type { Job } from "../measure.ts";

/** One way to get secrets into a program. */
export type Candidate = {
  name: string;
  /** Starts `program` with its secrets; a handler is the program itself, and prints them. */
  command(program: string[]): string[];
  /** The file or folder that its user deploys, if that is known. */
  deployed?: string;
  /** For a handler: its interpreter alone. */
  interpreter?: Job;
};

/** Makes candidates with these programs; throws where this machine lacks something else for them. */
export type Build = { name: string; needs?: string[]; make(): Promise<Candidate[]> };

export const THIS_LAYER = "This layer";
export const FLOOR = "The floor: native code by hand";
export const GO_IN_PARALLEL = "Go SDK, in parallel";
export const GO_IN_TURN = "Go SDK, one by one";
