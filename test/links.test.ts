import { existsSync } from "node:fs";
import { join, posix } from "node:path";
import { expect, test } from "vitest";
import { filesBelow, ROOT, textOf } from "./source.ts";

/** Files that the document links to or shows, relative to the top folder; neither web addresses nor places within it. */
function linked(path: string, text: string): string[] {
  const targets = [...text.matchAll(/\]\(([^)\s#]+)[^)]*\)/g)].flatMap(([, target]) =>
    target === undefined ? [] : [target],
  );
  const ours = targets.filter((target) => !/^[a-z]+:/.test(target));
  return ours.map((target) => posix.normalize(posix.join(posix.dirname(path), target)));
}

test("every file that a document links to exists", () => {
  const documents = filesBelow(".").filter((path) => path.endsWith(".md"));
  const links = documents.flatMap((path) => linked(path, textOf(path)).map((target) => ({ path, target })));
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter(({ target }) => !existsSync(join(ROOT, target)))).toEqual([]);
});

test("links are read relative to their document", () => {
  const text = "[a](b.md) ![c](../d.png) [e](https://example.com/f) [g](#h) [i](j.md#k)";
  expect(linked("docs/x.md", text)).toEqual(["docs/b.md", "d.png", "docs/j.md"]);
});
