import { InvalidArgumentError } from "commander";

/** For an option's value, which must match; `example` is one that does. */
export function matching(pattern: RegExp, example: string): (value: string) => string {
  return (value) => {
    if (pattern.test(value)) return value;
    throw new InvalidArgumentError(`Use for example ${example}.`);
  };
}

export const checkRegion = matching(/^[a-z]+(?:-[a-z]+)+-\d+$/, "eu-west-1");
