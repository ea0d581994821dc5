import { spawn } from "node:child_process";
import { expect, test } from "vitest";
import { missedByPair, PAIR_OUTCOMES } from "./pairs/outcomes.ts";
import { PARTNER_NAMES } from "./pairs/partner.ts";

/** More than enough for each sweep, ms, also on a machine that is busy with other things. */
const TIMEOUT_MS = 600_000;

/** Runs the simulation as people do, in a process of its own. @returns what it printed */
function sim(...args: readonly string[]): Promise<string> {
  const child = spawn(process.execPath, ["sim/main.ts", ...args], { stdio: ["ignore", "pipe", "pipe"] });
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

/** All at once, since each is busy on one core. */
const sweeps = Object.fromEntries(PARTNER_NAMES.map((name) => [name, sim("--partner", name, "--seeds", "100")]));

test.each(PARTNER_NAMES)(
  "Z16 between HighLevel and %s every run heals and keeps its promises, and a hundred seeds reach what they must",
  { timeout: TIMEOUT_MS },
  async (partner) => {
    const text = (await sweeps[partner]) ?? "";
    expect(text).toMatch(/^100 seeds in /m);
    expect(text.match(/^(FAILED|NOT REACHED).*$/gm) ?? []).toEqual([]);
  },
);

test.each(PARTNER_NAMES)(
  "Z17 between HighLevel and %s the same seed plays the same run to the last byte",
  { timeout: TIMEOUT_MS },
  async (partner) => {
    const args = ["--partner", partner, "--worker", "--hashes", "--seeds", "3", "--from", "7"];
    const [once, again] = await Promise.all([sim(...args), sim(...args)]);
    expect(once.match(/^seed \d+ [0-9a-f]{32}$/gm)).toHaveLength(3);
    expect(again).toBe(once);
  },
);

test("Z16 a sweep of a pair that missed an outcome says which", () => {
  const [first, ...others] = PAIR_OUTCOMES.map(({ name }) => name);
  const reached = Object.fromEntries(others.map((name) => [name, 1]));
  expect(missedByPair({ seeds: 100, reached }).map(({ name }) => name)).toEqual([first]);
  expect(missedByPair({ seeds: 99, reached })).toEqual([]);
});
