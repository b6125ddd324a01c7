import type { Env } from "./env.ts";

/** Lambda's log levels, in order. */
export type Level = "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";

/** `fields` appear only in JSON. Neither may hold a value. */
export type Log = (level: Level, message: Message, fields?: Fields) => void;

/** A function where it may be long: it is called if the message is written. */
export type Message = string | (() => string);

export type Fields = Record<string, string | number>;

/** Writes one line per message: text, or Lambda's JSON format if the function's log format is JSON. */
export function createLog(env: Env, write: (line: string) => void): Log {
  const threshold = LEVELS.indexOf(levelOf(env));
  const format = env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === "JSON" ? toJson : toText;
  return (level, message, fields = {}) => {
    if (LEVELS.indexOf(level) < threshold) return;
    write(`${format(level, typeof message === "string" ? message : message(), fields)}\n`);
  };
}

function levelOf({ SECRETS_LOG_LEVEL, AWS_LAMBDA_LOG_LEVEL }: Env): Level {
  const wanted = [SECRETS_LOG_LEVEL, AWS_LAMBDA_LOG_LEVEL].map((level) => level?.toUpperCase() as Level);
  return wanted.find((level) => LEVELS.includes(level)) ?? "INFO";
}

function toText(level: Level, message: string): string {
  return `[secrets-wrapper] ${level} ${message.replace(LINE_BREAKERS, escapeCharacter)}`;
}

/** Control characters and Unicode line ends: a name with one must not break the line or control a terminal. */
const LINE_BREAKERS = /[\p{Cc}\p{Zl}\p{Zp}]/gu;

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function toJson(level: Level, message: string, fields: Fields): string {
  return JSON.stringify({ timestamp: new Date().toISOString(), level, logger: "secrets-wrapper", message, ...fields });
}

const LEVELS: Level[] = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
