import { Failure } from "../model/errors.ts";

/**
 * Builds a path with every inserted segment percent-encoded: path`/contacts/${id}/tags`.
 *
 * @throws Failure `bug` for an empty segment, `.` or `..`: encoding cannot keep those from naming another resource.
 */
export function path(parts: TemplateStringsArray, ...segments: readonly (string | number)[]): string {
  return parts.reduce((built, part, index) => built + encodeSegment(segments[index - 1] ?? "") + part);
}

/** The names in braces of a path such as `/contacts/{contactId}/tags`, in order. */
export function namesIn(template: string): readonly string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].flatMap(([, name]) => name ?? []);
}

/**
 * A path whose names in braces are replaced by values, percent-encoded.
 *
 * @throws Failure `bug` as `path` does, for a name without a value as well.
 */
export function filledPath(template: string, values: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeSegment(String(values[name] ?? "")));
}

function encodeSegment(segment: string | number): string {
  const text = String(segment);
  if (text === "" || text === "." || text === "..") {
    throw new Failure("bug", `A path segment is ${JSON.stringify(text)}, which does not name a record.`);
  }
  return encodeURIComponent(text);
}
