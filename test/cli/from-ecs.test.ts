import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundledTool, runTool, type Tool } from "../support/cli.ts";

const SECRET = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf:password::";
const PARAMETER = "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/log";
const WEB = {
  name: "web",
  image: "web",
  repositoryCredentials: { credentialsParameter: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:registry" },
  secrets: [
    { name: "DB_PASSWORD", valueFrom: SECRET },
    { name: "LOG_LEVEL", valueFrom: PARAMETER },
    { name: "LEVEL", valueFrom: "/prod/level" },
    { name: "AWS_REGION", valueFrom: "region" },
  ],
};
const SIDECAR = {
  name: "sidecar",
  logConfiguration: { logDriver: "splunk", secretOptions: [{ name: "splunk-token", valueFrom: "splunk" }] },
  secrets: [{ name: "LOG_LEVEL", valueFrom: "/sidecar/log" }],
};

describe("from-ecs", () => {
  let tool: Tool;
  beforeAll(async () => {
    tool = await bundledTool();
  });
  afterAll(() => tool.remove());

  const fromEcs = (content: unknown, ...args: string[]) => {
    const file = join(tool.folder, "taskdef.json");
    writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
    return runTool(tool, ["from-ecs", file, ...args]);
  };

  it.each([
    {
      as: "aws ecs describe-task-definition prints it",
      content: { taskDefinition: { containerDefinitions: [WEB] }, tags: [] },
    },
    { as: "aws ecs register-task-definition takes it", content: { family: "web", containerDefinitions: [WEB] } },
  ])("reads a task definition as $as", async ({ content }) => {
    const { stdout, stderr, status } = await fromEcs(content);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ DB_PASSWORD: SECRET, LOG_LEVEL: PARAMETER, LEVEL: "ssm:/prod/level" });
    expect(stderr.split("\n")).toEqual([
      'repositoryCredentials of the container "web" is left out: it is for ECS itself.',
      '"AWS_REGION" is left out: Lambda reserves this name.',
      "",
    ]);
  });

  it("names what differs between containers, and takes one of them", async () => {
    const content = { containerDefinitions: [WEB, SIDECAR] };
    const both = await fromEcs(content);
    expect(both).toMatchObject({ status: 1, stdout: "" });
    expect(both.stderr).toContain('"LOG_LEVEL" is not the same in the containers "web", "sidecar".\nTake one');
    const one = await fromEcs(content, "--container", "sidecar");
    expect(JSON.parse(one.stdout)).toEqual({ LOG_LEVEL: "ssm:/sidecar/log" });
    expect(one.stderr).toBe(
      'logConfiguration.secretOptions of the container "sidecar" is left out: it is for ECS itself.\n',
    );
  });

  it("says where SECRETS is too large for a variable", async () => {
    const secrets = Array.from({ length: 60 }, (_, index) => ({ name: `KEY_${index}`, valueFrom: SECRET }));
    const { stdout, stderr } = await fromEcs({ containerDefinitions: [{ name: "web", secrets }] });
    expect(Object.keys(JSON.parse(stdout))).toHaveLength(60);
    expect(stderr).toMatch(/more than the 4096 bytes.*SECRETS_FILE=secrets.json/);
  });

  it.each([
    { what: "what is not JSON", content: "{", says: /taskdef.json is not valid JSON \(/ },
    {
      what: "what is no task definition",
      content: { services: [] },
      says: /is no task definition of ECS: containerDefinitions: /,
    },
    {
      what: "a secret without a reference",
      content: { containerDefinitions: [{ name: "web", secrets: [{ name: "A" }] }] },
      says: /containerDefinitions\.0\.secrets\.0\.valueFrom: /,
    },
    { what: "no secrets", content: { containerDefinitions: [{ name: "web" }] }, says: /has no secrets for variables/ },
    {
      what: "what the wrapper would refuse",
      content: { containerDefinitions: [{ name: "web", secrets: [{ name: "A", valueFrom: "/prod/" }] }] },
      says: /A \(from "ssm:\/prod\/"\): a path returns several parameters .*\[InvalidReference\]/,
    },
  ])("reports $what", async ({ content, says }) => {
    const { stderr, ...ended } = await fromEcs(content);
    expect(ended).toMatchObject({ status: 1, stdout: "" });
    expect(stderr).toMatch(says);
  });

  it("reports a container that is not there, and those that are", async () => {
    const { stderr, status } = await fromEcs({ containerDefinitions: [WEB, SIDECAR] }, "--container", "app");
    expect(status).toBe(1);
    expect(stderr).toContain('There is no container "app", but "web", "sidecar".');
  });
});
