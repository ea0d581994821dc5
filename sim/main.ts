import { spawn } from "node:child_process";
import { parseArgs } from "node:util";
import { OUTCOMES } from "./census.ts";
import { type Mutation, mutationNamed } from "./mutations/index.ts";
import { planOf } from "./plan.ts";
import { run, type Verdict } from "./run.ts";
import { shrink } from "./shrink.ts";
import { addTallies, emptyTally, type Range, sweep, type Tally } from "./sweep.ts";

/**
 * `npm run sim`: plays many seeds and says what became of them, or one seed again in every detail. Ends with exit code
 * 1 when a promise was broken, or when a long sweep did not reach everything that it must.
 */

const USAGE = `npm run sim -- [--seeds 1000] [--from 1] [--jobs 2]   play so many seeds
npm run sim -- --replay SEED [--verbose]               play one seed again
npm run sim -- --mutation NAME [--seeds 400]           bring a known bug back, and play until it is found`;

/** A shorter sweep may miss some outcome by chance. */
const CENSUS_SEEDS = 1_000;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    from: { type: "string", default: "1" },
    jobs: { type: "string", default: "1" },
    replay: { type: "string" },
    mutation: { type: "string" },
    "until-failure": { type: "boolean", default: false },
    hashes: { type: "boolean", default: false },
    stride: { type: "string", default: "1" },
    worker: { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});

/** What a process that plays a share of a sweep prints at its end. */
const TALLY_LINE = "tally ";

async function main(): Promise<number> {
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.replay !== undefined) return replay(Number(values.replay));
  const range = { from: Number(values.from), seeds: Number(values.seeds), stride: Number(values.stride) };
  if (values.worker) return work(range);
  if (values.mutation !== undefined) return hunt(mutationNamed(values.mutation), range);
  const startedAt = performance.now();
  const tally = await shared(range, Number(values.jobs));
  return report(tally, performance.now() - startedAt);
}

/** Plays a share of a sweep for the process that started this one. */
async function work(range: Range): Promise<number> {
  const isLast = (verdict: Verdict): boolean => values["until-failure"] && verdict.violation !== undefined;
  const tally = await sweep(range, (verdict) => {
    if (values.hashes) console.log(`seed ${verdict.seed} ${verdict.hash}`);
    return isLast(verdict) ? "stop" : "go on";
  });
  console.log(TALLY_LINE + JSON.stringify(tally));
  return 0;
}

/** Shares a range among so many processes; every one takes each so-many-th seed. */
async function shared({ from, seeds }: Range, jobs: number): Promise<Tally> {
  const shares = Array.from({ length: jobs }, (_, job) => {
    const share = Math.ceil((seeds - job) / jobs);
    return share <= 0 ? Promise.resolve(emptyTally()) : played({ from: from + job, seeds: share, stride: jobs });
  });
  return (await Promise.all(shares)).reduce(addTallies, emptyTally());
}

function played({ from, seeds, stride }: Range, mutation?: Mutation): Promise<Tally> {
  const range = ["--from", String(from), "--seeds", String(seeds), "--stride", String(stride)];
  const bug = mutation === undefined ? [] : ["--import", new URL("./mutations/register.ts", import.meta.url).href];
  const until = mutation === undefined ? [] : ["--until-failure"];
  const args = [...process.execArgv, ...bug, import.meta.filename, "--worker", ...range, ...until];
  const env = { ...process.env, KITH_MUTATION: mutation?.name ?? "" };
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"], env });
  let text = "";
  child.stdout.on("data", (part) => {
    text += String(part);
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      const line = text.split("\n").find((each) => each.startsWith(TALLY_LINE));
      if (line === undefined) reject(new Error(`a share of the sweep ended with exit code ${code}`));
      else resolve(JSON.parse(line.slice(TALLY_LINE.length)));
    });
  });
}

/** Plays with a known bug until some seed finds it. */
async function hunt(mutation: Mutation, { from }: Range): Promise<number> {
  const known = await played({ from: mutation.knownBy, seeds: 1, stride: 1 }, mutation);
  const isKnown = known.failures.length > 0;
  const { seeds, failures } = isKnown ? known : await played({ from, seeds: mutation.within, stride: 1 }, mutation);
  const [found] = failures;
  console.log(`${mutation.name}: ${mutation.breaks}`);
  if (found === undefined) {
    console.log(`NOT FOUND within ${seeds} seeds`);
    return 1;
  }
  console.log(`found by seed ${found.seed}: ${found.violation.oracle}: ${found.violation.findings[0]}`);
  return 0;
}

async function report(tally: Tally, ms: number): Promise<number> {
  const rate = ((tally.seeds * 1_000) / ms).toFixed(1);
  console.log(`${tally.seeds} seeds in ${(ms / 1_000).toFixed(1)} s (${rate} a second), ${tally.calls} calls`);
  for (const { name, meaning } of OUTCOMES) {
    console.log(`  ${String(tally.reached[name] ?? 0).padStart(6)}  ${name}: ${meaning}`);
  }
  const missed = tally.seeds < CENSUS_SEEDS ? [] : OUTCOMES.filter(({ name }) => tally.reached[name] === undefined);
  for (const { name } of missed) console.log(`NOT REACHED: ${name}`);
  for (const { seed, violation } of tally.failures) {
    console.log(`FAILED: seed ${seed}: ${violation.oracle}: ${violation.findings[0]}`);
  }
  const [first] = tally.failures;
  if (first !== undefined) await replay(first.seed);
  return tally.failures.length + missed.length === 0 ? 0 : 1;
}

/** Plays one seed again and, where it fails, cuts its history down to what it fails by. */
async function replay(seed: number): Promise<number> {
  const plan = planOf(seed);
  const verdict = await run(plan, { keepsTrace: values.verbose });
  for (const line of verdict.lines) console.log(line);
  console.log(`seed ${seed} ${verdict.hash}, ${verdict.calls} calls`);
  if (verdict.violation === undefined) return 0;
  const { plan: least, verdict: last } = await shrink(plan, verdict);
  console.log(`Broken: ${last.violation?.oracle}`);
  for (const finding of last.violation?.findings ?? []) console.log(`  ${finding}`);
  console.log(`Habits: ${JSON.stringify(least.habits)}`);
  console.log(`Residents: ${JSON.stringify(least.residents)}`);
  for (const step of least.steps) console.log(`  ${JSON.stringify(step)}`);
  console.log(`Replay: npm run sim -- --replay ${seed}`);
  return 1;
}

process.exitCode = await main();
