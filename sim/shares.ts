import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { GameName } from "./games.ts";
import type { Mutation } from "./mutations/index.ts";
import { addTallies, emptyTally, type Range, type Tally } from "./sweep.ts";

/** A sweep shared among processes of their own: a run is busy on one core, and a known bug changes a whole process. */

/** What a process that plays a share of a sweep prints for each seed, before its tally as JSON. */
export const TALLY_LINE = "tally ";

/** How a sweep is shared. */
export interface Sharing {
  readonly jobs: number;
  /** Who is played on the other side of HighLevel. */
  readonly partner: GameName;
  /** A known bug to bring back. Each share then ends with the first seed that finds it. */
  readonly mutation?: Mutation;
  /** Told of the sum so far, after each seed. */
  readonly onSeed?: (soFar: Tally) => void;
}

/**
 * Shares a range among so many processes; every one takes each so-many-th seed.
 * @throws Error when a process ends without having played its share
 */
export async function shared({ from, seeds, stride }: Range, sharing: Sharing): Promise<Tally> {
  let sum = emptyTally();
  const add = (tally: Tally): void => {
    sum = addTallies(sum, tally);
    sharing.onSeed?.(sum);
  };
  const shares = Array.from({ length: sharing.jobs }, (_, job) => ({
    from: from + job * stride,
    seeds: Math.max(0, Math.ceil((seeds - job) / sharing.jobs)),
    stride: stride * sharing.jobs,
  }));
  await Promise.all(shares.filter((share) => share.seeds > 0).map((share) => play(share, sharing, add)));
  return sum;
}

/** Plays a share in a process of its own. */
async function play(
  { from, seeds, stride }: Range,
  { mutation: bug, partner }: Sharing,
  add: (tally: Tally) => void,
): Promise<void> {
  const range = ["--from", String(from), "--seeds", String(seeds), "--stride", String(stride), "--partner", partner];
  const hook = bug === undefined ? [] : ["--import", new URL("./mutations/register.ts", import.meta.url).href];
  const until = bug === undefined ? [] : ["--until-failure"];
  const main = new URL("./main.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, [...process.execArgv, ...hook, main, "--worker", ...range, ...until], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, KITH_MUTATION: bug?.name ?? "" },
  });
  let played = 0;
  createInterface(child.stdout).on("line", (line) => {
    if (!line.startsWith(TALLY_LINE)) return;
    const tally: Tally = JSON.parse(line.slice(TALLY_LINE.length));
    played += tally.seeds;
    add(tally);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new Error(`a share ended with exit code ${code} at seed ${from + played * stride}`);
}
