export const handler = async () => ({ environment: process.env, pid: process.pid });
