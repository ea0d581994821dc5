import { expect, test } from "vitest";
import { createPatterns } from "./patterns.ts";

function patterns(...known: readonly string[]) {
  const made = createPatterns();
  for (const one of known) {
    const [method = "", pattern = ""] = one.split(" ");
    made.add(method, pattern);
  }
  return (asked: string) => {
    const [method = "", path = ""] = asked.split(" ");
    return made.find(method, path);
  };
}

test("EH84 a path finds its operation by method and shape, with or without a closing slash", () => {
  const find = patterns("GET /contacts/", "POST /contacts/", "GET /contacts/:id", "DELETE /contacts/:id/notes/:noteId");
  expect(find("POST /contacts")).toEqual({ pattern: "/contacts/", params: {} });
  expect(find("GET /contacts/a%20b/")).toEqual({ pattern: "/contacts/:id", params: { id: "a b" } });
  expect(find("DELETE /contacts/c1/notes/n1")?.params).toEqual({ id: "c1", noteId: "n1" });
  for (const nothing of ["PUT /contacts/c1", "GET /contact", "GET /contacts/c1/notes", "GET /contacts/%zz", "GET /"]) {
    expect(find(nothing)).toBeUndefined();
  }
});

test("EH85 a fixed word goes before a named place, unless the rest of the path does not fit it", () => {
  const find = patterns("GET /c/:id", "GET /c/search", "GET /c/search/duplicate", "GET /c/:id/notes", "PUT /c/:id");
  expect(find("GET /c/search")?.pattern).toBe("/c/search");
  expect(find("GET /c/search/notes")).toEqual({ pattern: "/c/:id/notes", params: { id: "search" } });
  expect(find("PUT /c/search")?.pattern).toBe("/c/:id");
  expect(find("GET /c//notes")).toBeUndefined();
});
