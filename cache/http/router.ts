import { type Answer, type Request, refusal } from "./answer.ts";

/** A request's path and query, apart. */
export type Target = { path: string; query: URLSearchParams };

type Handler = (target: Target, request: Request) => Answer | Promise<Answer>;

/** Handlers by path, and by method. A path that ends in a slash stands for all below it. */
export type Routes = Readonly<Record<string, { [method in "GET" | "POST"]?: Handler }>>;

/** Finds the handler of a request. */
export function route(routes: Routes, request: Request): Answer | Promise<Answer> {
  const [path = "", query = ""] = split(request.url);
  const methods = find(routes, path) ?? find(routes, path.slice(0, path.lastIndexOf("/") + 1));
  if (!methods) return refusal(404, "NoSuchPath", `The paths are ${Object.keys(routes).join(", ")}.`);
  const handler = Object.hasOwn(methods, request.method) ? methods[request.method as "GET"] : undefined;
  if (handler) return handler({ path, query: query ? new URLSearchParams(query) : NO_QUERY }, request);
  const allow = Object.keys(methods).join(", ");
  return refusal(405, "WrongMethod", `${path} is for ${allow}.`, { allow });
}

const NO_QUERY = new URLSearchParams();

function find(routes: Routes, path: string): Routes[string] | undefined {
  return Object.hasOwn(routes, path) ? routes[path] : undefined;
}

function split(url: string): [path: string, query: string] {
  const mark = url.indexOf("?");
  return mark < 0 ? [url, ""] : [url.slice(0, mark), url.slice(mark + 1)];
}
