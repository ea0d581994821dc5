import { Failure } from "../model/errors.ts";

/**
 * Builds a path with every inserted segment percent-encoded: path`/contacts/${id}/tags`.
 *
 * @throws Failure `bug` for an empty segment, `.` or `..`: encoding cannot keep those from naming another resource.
 */
export function path(parts: TemplateStringsArray, ...segments: readonly (string | number)[]): string {
  return parts.reduce((built, part, index) => built + encodeSegment(segments[index - 1] ?? "") + part);
}

function encodeSegment(segment: string | number): string {
  const text = String(segment);
  if (text === "" || text === "." || text === "..") {
    throw new Failure("bug", `A path segment is ${JSON.stringify(text)}, which does not name a record.`);
  }
  return encodeURIComponent(text);
}
