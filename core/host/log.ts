import type { Env } from "./env.ts";

/** In Lambda's words and order. */
export type Level = "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";

/** `fields` appear only in JSON. Neither may hold a value. */
export type Log = (level: Level, message: string, fields?: Record<string, string>) => void;

/** Writes one line a message, as text or, where Lambda asks for it, as JSON in its shape. */
export function createLog(env: Env, write: (line: string) => void): Log {
  const threshold = LEVELS.indexOf(levelOf(env));
  const format = env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === "JSON" ? toJson : toText;
  return (level, message, fields = {}) => {
    if (LEVELS.indexOf(level) >= threshold) write(`${format(level, message, fields)}\n`);
  };
}

function levelOf({ SECRETS_LOG_LEVEL, AWS_LAMBDA_LOG_LEVEL }: Env): Level {
  const wanted = [SECRETS_LOG_LEVEL, AWS_LAMBDA_LOG_LEVEL].map((level) => level?.toUpperCase() as Level);
  return wanted.find((level) => LEVELS.includes(level)) ?? "INFO";
}

function toText(level: Level, message: string): string {
  return `[secrets-wrapper] ${level} ${message.replace(LINE_BREAKERS, escapeCharacter)}`;
}

/** Control characters and Unicode's line ends: a name that holds one must not break the line, or steer a terminal. */
const LINE_BREAKERS = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function toJson(level: Level, message: string, fields: Record<string, string>): string {
  return JSON.stringify({ timestamp: new Date().toISOString(), level, logger: "secrets-wrapper", message, ...fields });
}

const LEVELS: Level[] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
