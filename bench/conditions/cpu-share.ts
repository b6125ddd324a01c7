import { mkdtempSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Processes that share a part of one processor. */
export type CpuLimit = {
  /** A process joins by having its id written into this file. */
  tasks: string;
  /** After all processes have ended. */
  remove(): void;
};

/** Where groups are made, and by which of the kernel's two interfaces. */
export type Hierarchy = { folder: string; version: 1 | 2 };

/** AWS documents what share a function has, not in which period: this one pauses a process for 20 ms at most. */
export const PERIOD_US = 20_000;
/** The kernel refuses less. */
const LEAST_QUOTA_US = 1000;

/** Makes a group that has `share` of one processor, 0.07 for a fourteenth. Throws with the reason where this machine cannot. */
export function limitCpu(share: number): CpuLimit {
  if (share * PERIOD_US < LEAST_QUOTA_US) {
    throw new Error(`Linux gives a group no less than ${LEAST_QUOTA_US / PERIOD_US} of one processor in this period`);
  }
  const hierarchy = findHierarchy(readFileSync("/proc/self/mountinfo", "utf8"));
  if (!hierarchy) throw new Error("no cgroup hierarchy with the cpu controller is mounted");
  const group = mkdtempSync(join(hierarchy.folder, "bench-"));
  const remove = () => rmdirSync(group);
  try {
    setQuota(group, hierarchy, Math.round(share * PERIOD_US));
  } catch (error) {
    remove();
    throw error;
  }
  return { tasks: join(group, "cgroup.procs"), remove };
}

/** Why this machine cannot make such a group, if it cannot. */
export function missingLimit(share: number): string | undefined {
  try {
    limitCpu(share).remove();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Reads /proc/self/mountinfo. A machine may have both versions, and only the first then has the controller. */
export function findHierarchy(mountinfo: string): Hierarchy | undefined {
  const mounts = mountinfo.split("\n").map((line) => {
    const [mount = "", filesystem = ""] = line.split(" - ");
    const [type, , options = ""] = filesystem.split(" ");
    return { folder: mount.split(" ")[4] ?? "", type, controllers: options.split(",") };
  });
  const first = mounts.find(({ type, controllers }) => type === "cgroup" && controllers.includes("cpu"));
  if (first) return { folder: first.folder, version: 1 };
  const second = mounts.find(({ type }) => type === "cgroup2");
  return second && { folder: second.folder, version: 2 };
}

function setQuota(group: string, { folder, version }: Hierarchy, quota: number): void {
  if (version === 1) {
    writeFileSync(join(group, "cpu.cfs_period_us"), String(PERIOD_US));
    writeFileSync(join(group, "cpu.cfs_quota_us"), String(quota));
    return;
  }
  const passedOn = readFileSync(join(folder, "cgroup.subtree_control"), "utf8").trim().split(" ");
  if (!passedOn.includes("cpu")) throw new Error(`${folder} does not pass the cpu controller on to its groups`);
  writeFileSync(join(group, "cpu.max"), `${quota} ${PERIOD_US}`);
}
