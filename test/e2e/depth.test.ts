import { MAX_DEPTH } from "../../core/json/json.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

const inLists = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
const inObjects = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

const SECRETS = {
  lists: `{"k":${inLists(MAX_DEPTH - 1)}}`,
  objects: `{"k":${inObjects(MAX_DEPTH - 1)}}`,
  deeper: `{"k":${inLists(MAX_DEPTH)}}`,
  deepest: `{"k":${inObjects(10_000)}}`,
};

let store: Store;
beforeAll(async () => {
  store = await startStore(SECRETS);
});
afterAll(() => store.close());

describe.each(WRAPPERS)("on %s, JSON", (_, wrapper) => {
  const start = (secrets: unknown) => run(wrapper, ["printenv", "K"], lambdaEnv(store.url, secrets));

  it.each([
    ["lists", inLists(MAX_DEPTH - 1)],
    ["objects", inObjects(MAX_DEPTH - 1)],
  ])("may be nested as deep as the limit, in %s", async (name, value) => {
    expect(await start({ K: `${name}:k` })).toMatchObject({ status: 0, stdout: Buffer.from(`${value}\n`), stderr: "" });
  });

  it.each([[{ K: "deeper:k" }], [{ K: "deepest:k" }], [{ "*": "deepest" }], [["deepest"]]])(
    "that is deeper has a sentence: %j",
    async (secrets) => {
      const { status, stderr } = await start(secrets);
      expect(status).toBe(1);
      expect(stderr).toMatch(/nested more than \d+ levels deep.*\[NotJson\]/);
    },
  );

  it.each([500, 50_000])("of SECRETS that is %i deep has one too", async (depth) => {
    const { status, stderr } = await start(inLists(depth));
    expect(status).toBe(1);
    expect(stderr).toMatch(/SECRETS: .*nested more than \d+ levels deep.*\[InvalidJson\]/);
  });
});
