import type { Classification, ErrorAnswer } from "../../kit/index.ts";
import { ERROR_QUIRKS } from "./quirks.ts";

/** What Trustpilot's error answers mean: by their status, since their bodies are not published. See `ERROR_QUIRKS`. */
export function classify({ status, body }: ErrorAnswer): Classification | undefined {
  const quirk = ERROR_QUIRKS.find((known) => known.status === status);
  if (quirk === undefined) return undefined;
  const said = wordsOf(body);
  const message = [said, quirk.advice].filter((part) => part !== undefined && part !== "").join(". ");
  return { kind: quirk.kind, message, ...(quirk.kind === "rejected" && said !== "" && { issues: [said] }) };
}

function wordsOf(body: unknown): string {
  if (typeof body === "string") return body.slice(0, WORDS_MAX).trim();
  if (typeof body !== "object" || body === null) return "";
  if ("message" in body) return wordsOf(body.message);
  return "error" in body ? wordsOf(body.error) : "";
}

const WORDS_MAX = 300;
