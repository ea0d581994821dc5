import type { Classification, ErrorAnswer } from "../../kit/index.ts";
import { ERROR_QUIRKS } from "./quirks.ts";

/** What Trint's error answers mean: by their words, then by their status. Most are plain text. See `ERROR_QUIRKS`. */
export function classify({ status, body }: ErrorAnswer): Classification | undefined {
  const said = wordsOf(body);
  const quirk = ERROR_QUIRKS.find(
    (known) =>
      (known.status === undefined || known.status === status) &&
      (known.says === undefined || (status >= 400 && status < 500 && known.says.test(said))),
  );
  if (quirk === undefined) return undefined;
  const message = [said, quirk.advice].filter((part) => part !== undefined && part !== "").join(". ");
  return { kind: quirk.kind, message, ...(quirk.kind === "rejected" && said !== "" && { issues: [said] }) };
}

/** The words of an error, wherever they stand. */
function wordsOf(body: unknown): string {
  if (typeof body === "string") return body.slice(0, WORDS_MAX).trim();
  if (typeof body !== "object" || body === null) return "";
  if ("message" in body) return wordsOf(body.message);
  return "error" in body ? wordsOf(body.error) : "";
}

const WORDS_MAX = 300;
