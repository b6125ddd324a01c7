import { planRequests } from "../../../core/config/plan.ts";
import { SECRETS_MANAGER } from "../../../core/config/service.ts";
import type { Problem } from "../../../core/fault/fault.ts";
import type { Deadline } from "../../../core/host/deadline.ts";
import { explainHttpError } from "../../../core/sources/explain/explain-http.ts";
import { parameterNotFound } from "../../../core/sources/explain/explain-parameter.ts";
import { fetchAll } from "../../../core/sources/fetch-all.ts";
import { parseSecrets } from "../../core/parse-secrets.ts";

/** Beside those that the end-to-end tests provoke. */
export async function problemsOfNetwork(): Promise<Problem[]> {
  const explained = [...ofService(), ...ofProxy()].map((error) =>
    explainHttpError(Object.assign(new Error(), error), SECRETS_MANAGER, "eu-west-1", 5000),
  );
  return [...explained, ...(await ofDeadline()), ...ofParameters()];
}

function ofService() {
  const certificate = ["CERT_NOT_YET_VALID", "CERT_REVOKED", "CERT_REJECTED"];
  const codes = ["ENETUNREACH", "EMFILE", "EIO", "ERR_CA", ...certificate];
  const phases = ["queue", "lookup", "connect", "handshake", "response", "body"] as const;
  return [
    ...codes.map((code) => ({ code, phase: "connect" as const, host: HOST })),
    ...phases.map((phase) => ({ code: "ETIMEDOUT", phase, host: HOST })),
  ];
}

function ofProxy() {
  const codes = ["ETIMEDOUT", "ECONNRESET", "EPROTO", "HPE_INVALID_RESPONSE", "ENETUNREACH", "CERT_HAS_EXPIRED"];
  const proxy = { address: "proxy.example.com:3128", variable: "HTTPS_PROXY" };
  return codes.map((code) => {
    const phase = code === "ETIMEDOUT" ? ("lookup" as const) : ("proxy" as const);
    return { code, phase, proxy, host: HOST };
  });
}

/** Of a call that never returns. */
async function ofDeadline(): Promise<Problem[]> {
  const { plan } = planRequests(parseSecrets('{"DB_PASSWORD":"prod/db"}').entries, "eu-west-1");
  const never = () => new Promise<never>(() => {});
  const outcomes = await fetchAll(plan, never, ENDED, () => {});
  return [...outcomes.values()].flatMap((outcome) => (outcome.ok ? [] : [outcome.error]));
}

function ofParameters(): Problem[] {
  const references = [
    { kind: "parameter", id: "/prod/db" },
    { kind: "path", id: "/prod/", recursive: false },
  ] as const;
  return references.map((reference) => parameterNotFound(reference, "eu-west-1"));
}

const ENDED: Deadline = { totalMs: 5000, remainingMs: () => 0 };
const HOST = "secretsmanager.eu-west-1.amazonaws.com";
