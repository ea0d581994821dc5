/**
 * What a partner said, made fit for a message: short, without secrets and without anybody's e-mail or phone.
 */

const WORDS_MAX = 240;

/** Patterns that must not reach a message, with what stands in their place. */
const MASKS: readonly (readonly [RegExp, string])[] = [
  [/[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/g, "(an e-mail)"],
  [/\beyJ[\w-]+\.[\w-]+(\.[\w-]*)?/g, "(a token)"],
  [/\bpit-[\w-]+/gi, "(a token)"],
  [/\bBearer\s+\S+/gi, "(a token)"],
  [/\+?\d(?:[\s().-]{0,3}\d){6,}/g, "(a number)"],
];

/**
 * The words in an error answer, found where partners put them, clipped and masked.
 *
 * @param body    parsed JSON, or text
 * @param secrets texts that are masked wherever they stand, for instance the credential that was sent
 * @returns `""` when the answer says nothing readable
 */
export function partnersWords(body: unknown, secrets: readonly string[] = []): string {
  return tidy(wordsIn(body, 0), secrets);
}

/** Clips and masks a text of the partner's; see `partnersWords`. */
export function tidy(text: string, secrets: readonly string[] = []): string {
  const plain = text
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  const unsecret = secrets.reduce((rest, secret) => (secret === "" ? rest : rest.replaceAll(secret, "…")), plain);
  const masked = MASKS.reduce((rest, [pattern, instead]) => rest.replace(pattern, instead), unsecret);
  return masked.length > WORDS_MAX ? `${masked.slice(0, WORDS_MAX - 1)}…` : masked;
}

/** Keys under which partners say what is wrong, in order of preference. */
const WORD_KEYS = ["message", "Message", "error_description", "detail", "Error", "error", "errors", "title"];

function wordsIn(body: unknown, depth: number): string {
  if (typeof body === "string") return body;
  if (Array.isArray(body)) return body.map((part) => wordsIn(part, depth + 1)).join("; ");
  if (typeof body !== "object" || body === null || depth > 3) return "";
  const fields = new Map<string, unknown>(Object.entries(body));
  const said = WORD_KEYS.map((key) => wordsIn(fields.get(key), depth + 1)).find((words) => words !== "");
  return said ?? "";
}
