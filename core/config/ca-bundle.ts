import type { Fault } from "../fault/fault.ts";
import { failure, type Result, success } from "../fault/result.ts";
import type { Env } from "../host/env.ts";
import { readText } from "./file-text.ts";

/** The certificates in the file in AWS_CA_BUNDLE, in PEM format; undefined if the variable is not set. */
export function readCaBundle({ AWS_CA_BUNDLE: file }: Env): Result<string | undefined, Fault> {
  if (!file) return success(undefined);
  const text = readText(file);
  if (!text.ok) return failure({ subject: NAME, ...text.error, remedy: REMEDY });
  return text.value.includes("-----BEGIN CERTIFICATE-----") ? text : failure(NO_CERTIFICATE);
}

const NAME = "AWS_CA_BUNDLE";
const REMEDY =
  "Use a file of at most 1 MB in the function's package or in a layer, with CA certificates in PEM format, or remove the variable to trust the public CAs.";
const NO_CERTIFICATE: Fault = {
  subject: NAME,
  code: "InvalidSetting",
  cause: "the file contains no certificate in PEM format",
  remedy: REMEDY,
};
