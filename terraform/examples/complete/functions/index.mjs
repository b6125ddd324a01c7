export async function handler() {
  const { API_TOKEN, DB_user, DB_password } = process.env;
  return { API_TOKEN, DB_user, DB_password };
}
