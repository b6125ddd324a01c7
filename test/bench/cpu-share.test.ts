import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type CpuLimit, findHierarchy, limitCpu, missingLimit } from "../../bench/conditions/cpu-share.ts";
import { ROOT } from "../../layer/paths.ts";
import { describeUnless } from "../support/needs.ts";
import { run } from "../support/run.ts";

const SHARE = 0.07;
const CPU_MOUNT = "32 31 0:29 / /sys/fs/cgroup/cpu rw,relatime - cgroup cgroup rw,cpu";
const CPUSET_MOUNT = "34 31 0:31 / /sys/fs/cgroup/cpuset rw,relatime - cgroup cgroup rw,cpuset";
const UNIFIED_MOUNT = "38 31 0:35 / /sys/fs/cgroup/unified rw,relatime shared:4 - cgroup2 cgroup2 rw";

describe("groups of processes are made", () => {
  it.each([
    ["where the cpu controller of version 1 is", [CPUSET_MOUNT, CPU_MOUNT, UNIFIED_MOUNT], "/sys/fs/cgroup/cpu", 1],
    ["in version 2 where there is no other", [CPUSET_MOUNT, UNIFIED_MOUNT], "/sys/fs/cgroup/unified", 2],
  ])("%s", (_, mounts, folder, version) => {
    expect(findHierarchy(mounts.join("\n"))).toEqual({ folder, version });
  });

  it("nowhere where there is neither", () => {
    expect(findHierarchy(`${CPUSET_MOUNT}\n`)).toBeUndefined();
  });
});

describeUnless(missingLimit(SHARE), "a share of a processor", () => {
  let limit: CpuLimit;
  beforeEach(() => {
    limit = limitCpu(SHARE);
  });
  afterEach(() => {
    if (existsSync(dirname(limit.tasks))) limit.remove();
  });

  it("is what the kernel gives to a process of the group, and no more", async () => {
    const busy = 'echo $$ >"$1"; for i in $(seq 30000); do :; done; cat /proc/self/cgroup';
    const { status, stdout } = await run("sh", ["-c", busy, "sh", limit.tasks], { PATH: process.env.PATH ?? "" });
    const group = dirname(limit.tasks);
    const throttled = /^nr_throttled (\d+)$/m.exec(readFileSync(join(group, "cpu.stat"), "utf8"))?.[1];
    expect({ status, quota: quotaOf(group) }).toEqual({ status: 0, quota: SHARE });
    expect(String(stdout)).toContain(group.slice(group.lastIndexOf("/")));
    expect(Number(throttled)).toBeGreaterThan(0);
  });

  it("leaves nothing behind when it is removed", () => {
    limit.remove();
    expect(existsSync(dirname(limit.tasks))).toBe(false);
  });
});

it("a share that is less than the kernel gives is refused, with the least one", () => {
  expect(missingLimit(0.01)).toBe("Linux gives a group no less than 0.05 of one processor in this period");
});

describeUnless(process.getuid?.() === 0 ? undefined : "this is not root", "where no cgroups are mounted", () => {
  it("the reason is given", async () => {
    const program = `import { limitCpu } from "./bench/conditions/cpu-share.ts"; limitCpu(${SHARE});`;
    const node = [process.execPath, "--import", "tsx", "--input-type=module", "--eval", program];
    const withoutCgroups = ["--mount", "sh", "-c", 'umount -Rl /sys/fs/cgroup && cd "$0" && "$@"'];
    const { status, stderr } = await run("unshare", [...withoutCgroups, ROOT, ...node], {
      PATH: process.env.PATH ?? "",
    });
    expect(status).toBe(1);
    expect(stderr).toContain("Error: no cgroup hierarchy with the cpu controller is mounted");
  });
});

/** As a share of one processor. */
function quotaOf(group: string): number {
  const read = (name: string) => readFileSync(join(group, name), "utf8").trim();
  const [quota, period] = existsSync(join(group, "cpu.max"))
    ? read("cpu.max").split(" ")
    : [read("cpu.cfs_quota_us"), read("cpu.cfs_period_us")];
  return Number(quota) / Number(period);
}
