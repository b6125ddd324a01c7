/** Says what it has found, and of secrets only how long they are. */
export async function handler() {
  const { API_TOKEN, DB_PASSWORD, LOG_LEVEL } = process.env;
  return { API_TOKEN: lengthOf(API_TOKEN), DB_PASSWORD: lengthOf(DB_PASSWORD), LOG_LEVEL };
}

function lengthOf(value) {
  return `${value.length} characters`;
}
