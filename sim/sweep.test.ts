import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { missedBy, OUTCOMES } from "./census.ts";

/** More than enough for either sweep, ms, also on a machine that is busy with other things. */
const TIMEOUT_MS = 600_000;

/** Runs the simulation as people do, in a process of its own, where nothing but the run is going on. */
function sim(...args: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> {
  const child = spawn(process.execPath, ["sim/main.ts", ...args], { stdio: ["ignore", "pipe", "pipe"] });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (part) => {
      text += String(part);
    });
  }
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, text }));
  });
}

test(
  "Z1 the same seed plays the same run to the last byte",
  async () => {
    const args = ["--worker", "--hashes", "--seeds", "8"];
    const [once, again] = await Promise.all([sim(...args), sim(...args)]);
    expect(once.text.match(/^seed \d+ [0-9a-f]{32}$/gm)).toHaveLength(8);
    expect(again.text).toBe(once.text);
  },
  TIMEOUT_MS,
);

/** One sweep shows that no promise is broken, and that it looked everywhere. */
const sweep = sim("--seeds", "1000", "--jobs", "2");

test(
  "Z2 whatever goes wrong, every run heals and keeps its promises",
  async () => {
    const { text } = await sweep;
    expect(text.match(/^FAILED.*$/gm) ?? []).toEqual([]);
    expect(text).toMatch(/^1000 seeds in /m);
  },
  TIMEOUT_MS,
);

test(
  "Z3 a sweep of a thousand seeds reaches everything that it must",
  async () => {
    const { text } = await sweep;
    expect(text).toMatch(/^1000 seeds in /m);
    expect(text.match(/^NOT REACHED.*$/gm) ?? []).toEqual([]);
  },
  TIMEOUT_MS,
);

test("Z3 a long sweep that missed an outcome says which", () => {
  const [first, ...others] = OUTCOMES.map(({ name }) => name);
  const reached = Object.fromEntries(others.map((name) => [name, 1]));
  expect(missedBy({ seeds: 1_000, reached }).map(({ name }) => name)).toEqual([first]);
  expect(missedBy({ seeds: 999, reached })).toEqual([]);
});
