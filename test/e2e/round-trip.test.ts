import fc from "fast-check";
import { PRINT_ENVIRON, parseEnviron } from "../support/environ.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, type Stored, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

const variable = fc.stringMatching(/^[A-Z][A-Z0-9_]{0,20}$/).map((name) => `T_${name}`);
const text = fc.string({ unit: "binary", maxLength: 300 }).filter((value) => !value.includes("\0"));

describe.each(WRAPPERS)("on %s, byte for byte in the child's environment", (host, wrapper) => {
  // Node takes eight times as long to start.
  const numRuns = host === "Node" ? 8 : 60;
  const secrets: Record<string, Stored> = {};
  let store: Store;
  beforeAll(async () => {
    store = await startStore(secrets);
  });
  afterAll(() => store.close());

  async function environOf(references: unknown): Promise<Map<string, Buffer>> {
    const ended = await run(wrapper, PRINT_ENVIRON, lambdaEnv(store.url, references));
    expect(ended.stderr).toBe("");
    return parseEnviron(ended.stdout);
  }

  it("any texts, a secret each", async () => {
    const property = fc.asyncProperty(fc.dictionary(variable, text, { minKeys: 1, maxKeys: 8 }), async (values) => {
      for (const [name, value] of Object.entries(values)) secrets[`app/${name}`] = value;
      const environ = await environOf(Object.fromEntries(Object.keys(values).map((name) => [name, `app/${name}`])));
      for (const [name, value] of Object.entries(values)) expect(environ.get(name)).toEqual(Buffer.from(value));
    });
    await fc.assert(property, { numRuns });
  });

  it("any texts, keys of one JSON secret, one by one and by wildcard", async () => {
    const property = fc.asyncProperty(fc.dictionary(variable, text, { minKeys: 1, maxKeys: 8 }), async (values) => {
      secrets.json = JSON.stringify(values);
      const single = Object.fromEntries(Object.keys(values).map((name) => [`ONE_${name}`, `json:${name}`]));
      const environ = await environOf({ "ALL_*": "json", ...single });
      for (const [name, value] of Object.entries(values)) {
        expect(environ.get(`ONE_${name}`)).toEqual(Buffer.from(value));
        expect(environ.get(`ALL_${name}`)).toEqual(Buffer.from(value));
      }
    });
    await fc.assert(property, { numRuns });
  });

  it("any bytes, as base64", async () => {
    const property = fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), async (bytes) => {
      secrets.bytes = bytes;
      const environ = await environOf({ BYTES: "bytes" });
      expect(Buffer.from(String(environ.get("BYTES")), "base64")).toEqual(Buffer.from(bytes));
    });
    await fc.assert(property, { numRuns });
  });
});
