import { readFileSync } from "node:fs";

const { AWS_SESSION_TOKEN, READ_AT_INIT, SECRETS_PORT = "2773" } = process.env;

async function read(path) {
  const answer = await fetch(`http://127.0.0.1:${SECRETS_PORT}${path}`, {
    headers: { "X-Aws-Parameters-Secrets-Token": AWS_SESSION_TOKEN },
  });
  return { status: answer.status, body: await answer.text() };
}

const init = READ_AT_INIT ? await read(READ_AT_INIT) : null;

export async function handler({ read: paths = [], file }) {
  const answers = await Promise.all(paths.map(read));
  return { init, read: answers, environment: process.env, file: file ? readFileSync(file, "utf8") : null };
}
