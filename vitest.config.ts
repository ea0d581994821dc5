import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * The files that take longest, in the order in which they begin: begun last, one of them would keep one core busy while
 * the other rests. The sweep is busy on both, so what mostly waits for time to pass goes beside it.
 */
const LONGEST = [
  "sim/sweep",
  "e2e/killed",
  "e2e/newcomer",
  "e2e/children",
  "sim/mutations",
  "test/e2e/",
  "engine/start",
];

/** Begins with the longest files, also where no earlier run has left its times; the others in the usual order. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files);
    return usual.toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const place = LONGEST.findIndex((name) => moduleId.includes(`/${name}`));
  return place === -1 ? LONGEST.length : place;
}

/** Where the processes that tests start find what others have compiled; half of what many of them do is to compile it. */
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), "node-compile-cache");

/** Two workers: a machine with two cores runs everything, and the browser and PostgreSQL need room beside them. */
export default defineConfig({
  test: {
    include: ["**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "web/dist/**", "data/**"],
    environment: "node",
    globalSetup: ["test/postgres.ts"],
    pool: "forks",
    maxWorkers: 2,
    // A worker plays one file after the other: to load everything anew for each costs as much as the tests themselves.
    // Nothing here keeps state in a module, so no file can meet what another has left.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Generous, because a busy machine is no fault of the code; tests wait for events, never for time to pass.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    allowOnly: false,
  },
});
