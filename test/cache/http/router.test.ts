import { type Answer, text } from "../../../cache/http/answer.ts";
import { route } from "../../../cache/http/router.ts";

const ROUTES = {
  "/secrets": { GET: () => text("all") },
  "/secrets/": {
    GET: ({ path, query }: { path: string; query: URLSearchParams }) => text(`${path} ${query.get("a")}`),
  },
  "/refresh": { POST: () => text("refreshed") },
};
const ask = (method: string, url: string) => route(ROUTES, { method, url, headers: {} }) as Answer;

it.each([
  ["GET", "/secrets", "all"],
  ["GET", "/secrets?x=1", "all"],
  ["GET", "/secrets/A", "/secrets/A null"],
  ["GET", "/secrets/A?a=b%20c", "/secrets/A b c"],
  ["GET", "/secrets/?", "/secrets/ null"],
  ["POST", "/refresh", "refreshed"],
])("finds the handler of %s %s", (method, url, body) => {
  expect(ask(method, url)).toMatchObject({ status: 200, body });
});

it.each([
  "/",
  "",
  "/secret",
  "/secrets/A/B",
  "//secrets",
  "/refresh/",
  "*",
  "http://localhost/secrets",
  "/__proto__",
  "/constructor",
  "__proto__",
])("has no path %j", (url) => {
  expect(ask("GET", url)).toMatchObject({ status: 404 });
});

it.each([
  ["POST", "/secrets", "GET"],
  ["HEAD", "/secrets/A", "GET"],
  ["GET", "/refresh", "POST"],
  ["toString", "/secrets", "GET"],
  ["DELETE", "/secrets/A", "GET"],
])("says what %s %s should have been", (method, url, allow) => {
  expect(ask(method, url)).toMatchObject({ status: 405, headers: { allow } });
});
