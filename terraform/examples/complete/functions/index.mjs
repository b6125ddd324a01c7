const { AWS_SESSION_TOKEN, SECRETS_PORT = "2773" } = process.env;

/** As it is now, however long ago this environment was started. */
async function current(name) {
  const headers = { "X-Aws-Parameters-Secrets-Token": AWS_SESSION_TOKEN };
  const answer = await fetch(`http://127.0.0.1:${SECRETS_PORT}/secrets/${name}`, { headers });
  if (!answer.ok) throw new Error(await answer.text());
  return await answer.text();
}

export async function handler() {
  const { API_TOKEN, DB_user } = process.env;
  return { API_TOKEN, DB_user, DB_password: await current("DB_password") };
}
