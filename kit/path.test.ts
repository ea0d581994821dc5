import { expect, test } from "vitest";
import { filledPath, namesIn, path } from "./path.ts";

test.each([
  ["plain", "abc123", "/contacts/abc123/tags"],
  ["a slash", "a/b", "/contacts/a%2Fb/tags"],
  ["a question mark", "a?b=c", "/contacts/a%3Fb%3Dc/tags"],
  ["a step up inside", "../x", "/contacts/..%2Fx/tags"],
  ["letters beyond ASCII", "é", "/contacts/%C3%A9/tags"],
  ["a number", 42, "/contacts/42/tags"],
])("K5 a segment with %s stays one segment", (_what, id, expected) => {
  expect(path`/contacts/${id}/tags`).toBe(expected);
});

test.each(["", ".", ".."])("K5 the segment %j is refused, since it names another resource", (id) => {
  expect(() => path`/contacts/${id}`).toThrow(expect.objectContaining({ kind: "bug" }));
});

test("K5 a name in braces takes one encoded segment, and one without a value is refused", () => {
  expect(namesIn("/contacts/{contactId}/notes/{noteId}")).toEqual(["contactId", "noteId"]);
  expect(filledPath("/contacts/{contactId}/notes/{noteId}", { contactId: "a/b", noteId: 7 })).toBe(
    "/contacts/a%2Fb/notes/7",
  );
  expect(() => filledPath("/contacts/{contactId}", {})).toThrow(expect.objectContaining({ kind: "bug" }));
});
