import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

/** How the product's own client writes an operation down: the classes of token, then method and path. */
const WRITTEN = /requirements = (\[[^\]]*\]);[\s\S]*?method: '(\w+)',\s*url: [^(]*\([^)]*\)\('([^']+)'/g;

/** The classes that the product's own client sends, by method and path with `:x` for every name. */
function published(): Map<string, readonly string[]> {
  const folder = join(dirname(createRequire(import.meta.url).resolve("@gohighlevel/api-client")), "lib", "code");
  const files = readdirSync(folder, { recursive: true })
    .map(String)
    .filter((file) => file.endsWith(".js"));
  const found = files.flatMap((file) => [...readFileSync(join(folder, file), "utf8").matchAll(WRITTEN)]);
  return new Map(
    found.map(([, classes = "[]", method = "", path = ""]) => [`${method} ${shape(path)}`, JSON.parse(classes)]),
  );
}

function shape(path: string): string {
  return path.replaceAll(/\{[^}]+\}|:\w+/g, ":x").replace(/\/$/, "");
}

/** `bearer` and nothing at all both mean a token of the location. */
function inOurWords(classes: readonly string[]): string[] {
  const named = classes.map((one) => (one === "bearer" ? "Location-Access" : one));
  return [...new Set(named.length === 0 ? ["Location-Access"] : named)].sort();
}

test("EH414 every operation takes the classes of token that the product's own client sends to it", () => {
  const known = published();
  const { emulator } = setUp();
  const differing = [...emulator.at(emulator.location.id).operations.all()].flatMap(({ method, url, classes }) => {
    const theirs = known.get(`${method} ${shape(url)}`);
    const isSame = theirs === undefined || inOurWords(theirs).join() === [...classes].sort().join();
    return isSame ? [] : [`${method} ${url} takes ${classes.join()}, and is sent ${theirs.join()}`];
  });
  expect(differing).toEqual([]);
  expect(known.size).toBeGreaterThan(400);
});
