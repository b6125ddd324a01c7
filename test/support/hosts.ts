import { findEmulator, startEmulated } from "./emulator.ts";
import { type FunctionOptions, type LambdaFunction, startFunction } from "./lambda-host.ts";

export type Host = (options: FunctionOptions) => Promise<LambdaFunction>;

const emulator = findEmulator();

/** What runs functions on this machine, by name. */
export const HOSTS: [string, Host][] = [["the project's Lambda host", startFunction]];
if (emulator) HOSTS.push(["AWS's emulator", (options) => startEmulated(emulator, options)]);
