import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { MUTATIONS } from "./mutations/index.ts";
import { mutated } from "./mutations/mutation.ts";

/** Long enough for every seed of a mutation on a busy machine, ms. */
const TIMEOUT_MS = 600_000;

/** Plays with a mutation, by the last seeds within which it must be found. @returns what was said of it */
function hunt(name: string): Promise<string> {
  const child = spawn(process.execPath, ["sim/main.ts", "--mutation", name], { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part) => {
      text += String(part);
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", () => resolve(text));
  });
}

test.each(MUTATIONS)(
  "Z4 a known bug that is brought back is found: $name",
  { timeout: TIMEOUT_MS },
  async ({ name }) => {
    expect(await hunt(name)).toContain("found by seed");
  },
);

test("Z4 every mutation fits the code as it is", () => {
  expect(MUTATIONS.length).toBeGreaterThanOrEqual(12);
  for (const mutation of MUTATIONS) {
    const text = readFileSync(mutation.file, "utf8");
    expect(mutated(text, mutation)).not.toBe(text);
  }
});
