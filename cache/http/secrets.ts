import type { Entry } from "../../core/config/parse.ts";
import { type FetchRequest, toRequest } from "../../core/config/plan.ts";
import type { Problem } from "../../core/fault/fault.ts";
import { memoize } from "../../core/host/memoize.ts";
import type { FormatReaders } from "../../core/values/format-readers.ts";
import { valuesOf } from "../../core/values/values-of.ts";
import type { Cache, Served } from "../cache.ts";
import { type Slot, subjectsOf } from "../slot.ts";
import type { Variable, View } from "../view.ts";
import { type Answer, type Request, refusal, text } from "./answer.ts";
import { etagOf, freshnessHeaders, matches } from "./freshness-headers.ts";
import type { Target } from "./router.ts";

/** What the handlers read. */
export type Source = { cache: Cache; view(): View; readers: FormatReaders };

/** All variables as one JSON object. */
export async function getAll({ cache, view }: Source): Promise<Answer> {
  if (cache.slots.some(cache.isWaitedFor)) await cache.refreshListed();
  const served: Served[] = [];
  for (const slot of cache.slots) {
    const result = cache.serve(slot);
    if (!result.ok) return unavailable(slot, result.error);
    served.push(result.value);
  }
  const headers = { "content-type": "application/json", ...freshnessHeaders(served, Date.now()) };
  return text(toJson(view()), headers);
}

/** Made once for all who ask before something changes. */
const toJson = memoize((view: View) =>
  JSON.stringify(Object.fromEntries([...view].map(([name, { value }]) => [name, value]))),
);

/** One variable, at once where it is fresh. */
export function getOne(source: Source, { path, query }: Target, request: Request): Answer | Promise<Answer> {
  const name = decode(path.slice(path.lastIndexOf("/") + 1));
  if (name === undefined) return refusal(400, "InvalidName", "The name is not valid percent-encoded UTF-8.");
  const stage = query.get("versionStage");
  if (stage !== null) return getStage(source, name, stage, request);
  const variable = source.view().get(name);
  if (variable && !source.cache.isWaitedFor(variable.slot)) return answer(source, variable, request);
  return getNewest(source, name, request);
}

/** Another version of the secret that an entry names, as AWSPREVIOUS. */
async function getStage({ cache, readers }: Source, name: string, stage: string, request: Request): Promise<Answer> {
  const [slot] = slotsFor(cache, name);
  const entry = slot?.entries.find((entry) => isFor(entry, name));
  if (!slot || !entry || slot.request.kind !== "secret")
    return refusal(
      400,
      "InvalidStage",
      "Only an entry of SECRETS that names a variable and a secret has other stages.",
    );
  const { id, region } = slot.request;
  const other = cache.slotOf(toRequest({ kind: "secret", id, stage }, region) as FetchRequest);
  await cache.refresh([other]);
  const served = cache.serve(other);
  if (!served.ok) return unavailable(other, served.error);
  const values = valuesOf(entry, served.value.held.outcome, readers);
  if (!values.ok) return unavailable(slot, values.error);
  const value = values.value[0]?.value ?? "";
  return respond(value, served.value, etagOf(served.value.held, value), request);
}

async function getNewest(source: Source, name: string, request: Request): Promise<Answer> {
  const { cache, view } = source;
  const slots = slotsFor(cache, name);
  await cache.refresh(slots);
  const variable = view().get(name);
  if (variable) return answer(source, variable, request);
  for (const slot of slots) {
    const served = cache.serve(slot);
    if (!served.ok) return unavailable(slot, served.error);
  }
  await cache.refreshListed();
  const names = [...view().keys()].sort().join(", ");
  return refusal(404, "NoSuchSecret", `SECRETS gives no variable of this name. There is ${names || "none"}.`);
}

/** Those of the entry with this name; else all that give names of their own. */
function slotsFor({ slots }: Cache, name: string): Slot[] {
  const own = slots.filter(({ entries }) => entries.some((entry) => isFor(entry, name)));
  return own.length > 0 ? own : slots.filter(({ entries }) => entries.some(({ target }) => target !== "variable"));
}

function isFor({ target, subject }: Entry, name: string): boolean {
  return target === "variable" && subject === name;
}

function answer({ cache }: Source, variable: Variable, request: Request): Answer {
  const { value, slot } = variable;
  const served = cache.serve(slot);
  if (!served.ok) return unavailable(slot, served.error);
  variable.etag ??= etagOf(served.value.held, value);
  return respond(value, served.value, variable.etag, request);
}

function respond(value: string, served: Served, etag: string, request: Request): Answer {
  const headers = { etag, ...freshnessHeaders([served], Date.now()) };
  return matches(request, etag) ? { status: 304, headers, body: "" } : text(value, headers);
}

/** No value may be served. */
export function unavailable(slot: Slot, problem: Problem): Answer {
  return refusal(503, problem.code, `${subjectsOf(slot)}: ${problem.cause}.`);
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
