import { loadProxy } from "../../../core/config/load-proxy.ts";

it.each([{}, { NO_PROXY: "*", no_proxy: "*", ALL_PROXY: "x" }, { HTTPS_PROXY: "", http_proxy: "" }])(
  "loads nothing for %j",
  async (env) => {
    expect(await loadProxy(env)).toBeUndefined();
  },
);

it.each(["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"])("finds the proxy of %s", async (variable) => {
  const proxyFor = await loadProxy({ [variable]: "proxy.test:3128" });
  const url = variable.toLowerCase() === "https_proxy" ? "https://service.test/" : "http://service.test/";
  expect(proxyFor?.(url)).toEqual({ variable, proxy: { url: "http://proxy.test:3128" } });
});
