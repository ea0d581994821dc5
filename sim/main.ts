import { parseArgs } from "node:util";
import { GAME_NAMES, gameNamed, type ToldPlan } from "./games.ts";
import { MUTATIONS, type Mutation, mutationNamed } from "./mutations/index.ts";
import { failureLine, showProgress } from "./progress.ts";
import type { Verdict } from "./run.ts";
import { shared, TALLY_LINE } from "./shares.ts";
import { type Range, sweep, type Tally, tallyOf } from "./sweep.ts";

/**
 * `npm run sim`: plays many seeds and says what became of them, or one seed again in every detail. Ends with exit code
 * 1 when a promise was broken, or when a long sweep did not reach everything that it must.
 */

const USAGE = `npm run sim -- [--seeds 1000] [--from 1] [--jobs 2]   play so many seeds
npm run sim -- --partner NAME ...                      the same between HighLevel and ${GAME_NAMES.join(", ")}
npm run sim -- --replay SEED [--verbose]               play one seed again
npm run sim -- --mutation NAME                         bring a known bug back, and play until it is found
npm run sim -- --mutation NAME --from 1 [--seeds 400]  the same, by other seeds than those known to find it
npm run sim -- --mutation all                          the same for every known bug`;

/** Cutting a failing history down stops after this time, ms: a long one takes long each time it is played. */
const SHRINK_MS = 60_000;

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    from: { type: "string" },
    jobs: { type: "string", default: "1" },
    partner: { type: "string" },
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

/** The game that was asked for, that of a known bug, or that with Salesmate. */
function game(mutation?: Mutation) {
  return gameNamed(values.partner ?? mutation?.partner ?? "salesmate");
}

async function main(): Promise<number> {
  if (values.help) {
    console.log(USAGE);
    return 0;
  }
  if (values.replay !== undefined) return replay(Number(values.replay));
  if (values.mutation === "all") return huntAll();
  if (values.mutation !== undefined) return hunt(mutationNamed(values.mutation));
  const range = { from: Number(values.from ?? 1), seeds: Number(values.seeds), stride: Number(values.stride) };
  return values.worker ? work(range) : playAll(range);
}

/** Plays a share of a sweep for the process that started this one. */
async function work(range: Range): Promise<number> {
  const isLast = (verdict: Verdict): boolean => values["until-failure"] && verdict.violation !== undefined;
  await sweep(range, game(), (verdict) => {
    if (values.hashes) console.log(`seed ${verdict.seed} ${verdict.hash}`);
    console.log(TALLY_LINE + JSON.stringify(tallyOf(verdict)));
    return isLast(verdict) ? "stop" : "go on";
  });
  return 0;
}

async function playAll(range: Range): Promise<number> {
  const startedAt = performance.now();
  const progress = showProgress(range.seeds);
  const tally = await shared(range, { partner: game().name, jobs: Number(values.jobs), onSeed: progress.tell });
  progress.end();
  return report(tally, performance.now() - startedAt);
}

async function report(tally: Tally, ms: number): Promise<number> {
  const rate = ((tally.seeds * 1_000) / ms).toFixed(1);
  console.log(`${tally.seeds} seeds in ${(ms / 1_000).toFixed(1)} s (${rate} a second), ${tally.calls} calls`);
  for (const { name, meaning } of game().outcomes) {
    console.log(`  ${String(tally.reached[name] ?? 0).padStart(6)}  ${name}: ${meaning}`);
  }
  const missed = game().missedBy(tally);
  for (const { name, meaning } of missed) console.log(`NOT REACHED: ${name}: ${meaning}`);
  const failures = tally.failures.toSorted((one, other) => one.seed - other.seed);
  for (const failed of failures) console.log(failureLine(failed));
  const [first] = failures;
  if (first !== undefined) await replay(first.seed);
  return failures.length + missed.length === 0 ? 0 : 1;
}

/** The seed that is known to find a bug is reached by way of so many others. */
const SEEDS_BEFORE = 2;
/** What a seed means changes with the plans and with every call that the hub saves; by so many seeds one finds it again. */
const SEEDS_AGAIN = 400;

/** Plays with a known bug until some seed finds it: those that are known to, then from the first on, unless told from where. */
async function hunt(mutation: Mutation): Promise<number> {
  const known = Math.max(1, mutation.within - SEEDS_BEFORE);
  const ranges =
    values.from === undefined
      ? [
          { from: known, seeds: mutation.within - known + 1, stride: 1 },
          { from: 1, seeds: SEEDS_AGAIN, stride: 1 },
        ]
      : [{ from: Number(values.from), seeds: Number(values.seeds), stride: 1 }];
  console.log(`${mutation.name}: ${mutation.breaks}`);
  for (const range of ranges) {
    const [found] = (await shared(range, { partner: game(mutation).name, jobs: 1, mutation })).failures;
    if (found !== undefined) {
      console.log(`found by seed ${found.seed}: ${found.violation.oracle}: ${found.violation.findings[0]}`);
      return 0;
    }
    console.log(`not found by the seeds ${range.from} to ${range.from + range.seeds - 1}`);
  }
  return 1;
}

async function huntAll(): Promise<number> {
  let worst = 0;
  for (const mutation of MUTATIONS) worst = Math.max(worst, await hunt(mutation));
  return worst;
}

/** Plays one seed again and, where it fails, cuts its history down to what it fails by. */
async function replay(seed: number): Promise<number> {
  const verdict = await game().play(seed, { keepsTrace: values.verbose });
  for (const line of verdict.lines) console.log(line);
  console.log(`seed ${seed} ${verdict.hash}, ${verdict.calls} calls`);
  if (verdict.violation === undefined) return 0;
  const until = performance.now() + SHRINK_MS;
  const isTime = (): boolean => performance.now() < until;
  const least = await game().cutDown(seed, verdict, isTime);
  tellOf(least, isTime() ? "nothing more can be left out" : `cut down for ${SHRINK_MS / 1_000} s`);
  return 1;
}

function tellOf({ plan, verdict }: { readonly plan: ToldPlan; readonly verdict: Verdict }, howFar: string): void {
  console.log(`Broken promise: ${verdict.violation?.oracle}`);
  for (const finding of verdict.violation?.findings ?? []) console.log(`  ${finding}`);
  console.log(`Habits: ${JSON.stringify(plan.habits)}`);
  console.log(`Residents: ${JSON.stringify(plan.residents)}`);
  console.log(`History (${howFar}):`);
  for (const step of plan.steps) console.log(`  ${JSON.stringify(step)}`);
  console.log(`Replay: npm run sim -- --partner ${game().name} --replay ${plan.seed}`);
}

process.exitCode = await main();
