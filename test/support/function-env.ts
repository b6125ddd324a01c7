/** What Lambda sets besides credentials and Region. */
export function functionEnv(taskRoot: string): Record<string, string> {
  return {
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    LAMBDA_TASK_ROOT: taskRoot,
    AWS_LAMBDA_FUNCTION_NAME: "app",
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "128",
    AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/app",
    AWS_LAMBDA_LOG_STREAM_NAME: "2026/11/21/[$LATEST]0",
    AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
    _HANDLER: "app.handler",
  };
}
