import { randomInt } from "node:crypto";
import { Tokenization } from "aws-cdk-lib";
import type { Reference } from "../core/config/reference.ts";

/** What CloudFormation decides at deployment, in the three places where it is named. */
export type Unknown = {
  /** In SECRETS. */
  text: string;
  /** In the policy. */
  arn: string;
  region: string;
  /** In messages. */
  shown: string;
};

type StandIn = { find: string } & Omit<Unknown, "region">;

/** Text that is right by the wrapper's grammar, in place of CDK's tokens, so that the wrapper's own readers take it. */
export class StandIns {
  private readonly partition = `aws-${inLetters(unusedNumber())}`;
  private readonly account = unusedNumber();
  private readonly regions = new Map<string, string>();
  private readonly ofTokens: string[] = [];
  /** In this order: whole ARNs before their parts. */
  private readonly known = [wherever(this.partition, "*"), wherever(this.account, "*")];

  /** For the ARN of a secret. A complete one ends with the six characters that AWS adds. */
  secretArn(unknown: Unknown, isComplete: boolean): string {
    return this.arn("secretsmanager", ":secret:", `${unusedNumber()}${isComplete ? "-AbCdEf" : ""}`, unknown);
  }

  /** For the ARN of a parameter. */
  parameterArn(unknown: Unknown): string {
    return this.arn("ssm", ":", `parameter/${unusedNumber()}`, unknown);
  }

  /** For each token in a text. */
  tokens(text: string): string {
    return Tokenization.reverseString(text).tokens.reduce((rest: string, token) => {
      const [number, found] = [unusedNumber(), String(token)];
      const find = rest.includes(`arn:${found}:`) ? `aws-${inLetters(number)}` : number;
      this.known.push(wherever(find, found));
      this.ofTokens.push(find);
      return rest.replaceAll(found, find);
    }, text);
  }

  /** Whether a token hides what the policy depends on: is this a name or an ARN, and is the ARN complete? */
  isAmbiguous({ kind, id }: Reference): boolean {
    const isSecretArn = kind === "secret" && id.startsWith("arn:");
    return this.ofTokens.some((find) => id.startsWith(find) || (isSecretArn && id.endsWith(find)));
  }

  /** The text with what the stand-ins stand for. */
  restore(text: string, where: "text" | "arn" | "shown"): string {
    return this.known.reduce((rest, standIn) => rest.replaceAll(standIn.find, () => standIn[where]), text);
  }

  /** The same for all strings of a value. */
  restoreAll<T>(value: T, where: "text" | "arn"): T {
    if (typeof value === "string") return this.restore(value, where) as T;
    if (Array.isArray(value)) return value.map((item) => this.restoreAll(item, where)) as T;
    if (typeof value !== "object" || value === null) return value;
    const members = Object.entries(value).map(([name, member]) => [name, this.restoreAll(member, where)]);
    return Object.fromEntries(members) as T;
  }

  private arn(service: string, separator: string, name: string, { region, ...unknown }: Unknown): string {
    const owner = `arn:${this.partition}:${service}:${this.inRegion(region)}:${this.account}${separator}`;
    // The conditions for keys have an ARN in two parts: what is before the name, and `*:name`.
    this.known.unshift({ find: `${owner}${name}`, ...unknown }, { find: `*:${name}`, ...unknown });
    return `${owner}${name}`;
  }

  private inRegion(region: string): string {
    const number = this.regions.get(region) ?? unusedNumber();
    if (!this.regions.has(region)) this.known.push(wherever(number, region));
    this.regions.set(region, number);
    return number;
  }
}

function wherever(find: string, text: string): StandIn {
  return { find, text, arn: text, shown: text };
}

/** As an account has it, and random, so that nothing else in SECRETS is the same. */
function unusedNumber(): string {
  return String(randomInt(10 ** 11, 10 ** 12));
}

function inLetters(number: string): string {
  return number.replaceAll(/\d/g, (digit) => "abcdefghij".charAt(Number(digit)));
}
