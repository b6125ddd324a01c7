/** A request to the cache. */
export type Request = { method: string; url: string; headers: Readonly<Record<string, string | string[] | undefined>> };

/** The whole response. */
export type Answer = { status: number; headers: Record<string, string>; body: string };

export function text(body: string, headers: Record<string, string> = {}): Answer {
  return { status: 200, headers: { "content-type": "text/plain; charset=utf-8", ...headers }, body };
}

export function json(body: unknown, headers: Record<string, string> = {}, status = 200): Answer {
  return { status, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) };
}

/** A refusal, in words that a person reads. */
export function refusal(status: number, code: string, message: string, headers: Record<string, string> = {}): Answer {
  return json({ code, message }, headers, status);
}
