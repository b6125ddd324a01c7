import { Stack } from "aws-cdk-lib";
import type { IKey } from "aws-cdk-lib/aws-kms";
import type { IFunction } from "aws-cdk-lib/aws-lambda";
import { Construct } from "constructs";
import { changeable, checkStart, checkUnset, startOf, validate, WRAPPER } from "./function.ts";
import { grantDecrypt, grantRead } from "./grants.ts";
import { layerFor } from "./layer.ts";
import { type ReadSecrets, readSecrets } from "./read-secrets.ts";
import type { Secrets } from "./secrets.ts";

export type { ParameterReference, SecretReference } from "./references.ts";
export type { Entry, EntryOptions, ParameterOptions, SecretOptions, Secrets } from "./secrets.ts";

export interface SecretsWrapperProps {
  /** What SECRETS says, with constructs where it has names of secrets and parameters. */
  readonly secrets: Secrets;
  /** Customer managed keys of secrets and parameters whose constructs do not name them. */
  readonly encryptionKeys?: IKey[];
  /** Whether functions get the layer with the live cache, which serves secrets that rotate. Default: false. */
  readonly live?: boolean;
}

export interface AddToOptions {
  /** Whether the function's own image or bootstrap starts its program through the wrapper, as docs/containers.md says. */
  readonly startsWrapper?: boolean;
}

/** Secrets for the environment of Lambda functions. */
export class SecretsWrapper extends Construct {
  /** Throws where the wrapper would refuse the entries, in its words. */
  constructor(
    scope: Construct,
    id: string,
    private readonly props: SecretsWrapperProps,
  ) {
    super(scope, id);
    // Again for each function: what a name refers to depends on the function's stack.
    this.read(Stack.of(this));
  }

  /** Gives a function the layer, its variables and the least permissions. Throws where that cannot work. */
  addTo(fn: IFunction, { startsWrapper = false }: AddToOptions = {}): void {
    const { encryptionKeys = [], live = false } = this.props;
    const target = changeable(fn);
    checkStart(target, startsWrapper);
    checkUnset(target);
    const secrets = this.read(Stack.of(target));
    const start = startOf(target);
    if (start !== "image") target.addLayers(layerFor(target, { live }));
    if (start === "exec wrapper") target.addEnvironment("AWS_LAMBDA_EXEC_WRAPPER", WRAPPER);
    target.addEnvironment("SECRETS", Stack.of(target).toJsonString(secrets.value));
    grantRead(target, secrets);
    grantDecrypt(target, secrets, encryptionKeys);
    target.node.addValidation({ validate: () => validate(target, secrets.entries.length > 0) });
  }

  private read(stack: Stack): ReadSecrets {
    return readSecrets(this.node.path, this.props.secrets, stack);
  }
}
