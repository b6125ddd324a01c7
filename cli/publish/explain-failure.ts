/** Why a call has failed, and what to do: a sentence each. */
export function explainFailure(error: Error): string {
  const code = (error as NodeJS.ErrnoException).code ?? error.name;
  const remedy = REMEDIES.find(({ codes }) => codes.includes(code))?.remedy ?? RUN_AGAIN;
  return `${error.message.trim().replace(/\.?$/, ".")} ${remedy} [${code}]`;
}

const REMEDIES = [
  {
    codes: ["AccessDeniedException", "AccessDenied"],
    remedy:
      "Allow your role lambda:ListLayerVersions, lambda:GetLayerVersion, lambda:PublishLayerVersion and, for --organization, lambda:AddLayerVersionPermission.",
  },
  {
    codes: ["UnrecognizedClientException", "InvalidClientTokenId"],
    remedy: "Enable the Region for the account (its opt-in status is in the account's settings), or sign in again.",
  },
  {
    codes: ["ExpiredTokenException", "ExpiredToken"],
    remedy: "Sign in again, and run the command again: what is published is not published twice.",
  },
  {
    codes: ["CodeStorageExceededException"],
    remedy: "Delete versions of layers and functions that nothing uses, or ask AWS for more code storage.",
  },
  {
    codes: ["ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "TimeoutError"],
    remedy: "Check the Region's name and the network.",
  },
];
const RUN_AGAIN = "Run the command again: what is published is not published twice.";
