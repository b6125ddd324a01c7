import type { FileTarget } from "../config/file-target.ts";
import type { Value } from "./encode.ts";

/**
 * What is to be at a path, and the variable that holds the path: a file, or a folder of files; or nothing
 * where an optional secret is not there, so that what an earlier start wrote is removed.
 */
export type SecretFile = FileTarget & { name: string; content: Value | Folder | undefined; validity?: Validity };

/** When a certificate is in date. */
export type Validity = { notBefore: Date; notAfter: Date };

/** The contents of files, by their paths in a directory. */
export type Folder = Map<string, string>;
