import { readFileSync } from "node:fs";
import { z } from "zod";

/**
 * Prints `N passed, N failed` from the results that vitest wrote as JSON, so that a person or a program reading the end
 * of the log need not know vitest. A test file that could not even be loaded counts as one failure.
 *
 * Usage: `node scripts/results.ts <file>`
 */
const Results = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.unknown()) })),
});

/** The line for one run's results, given as the text of vitest's JSON report. */
export function summaryOf(report: string): string {
  const results = Results.parse(JSON.parse(report));
  const unloaded = results.testResults.filter((file) => file.status === "failed" && file.assertionResults.length === 0);
  return `${results.numPassedTests} passed, ${results.numFailedTests + unloaded.length} failed`;
}

if (import.meta.main) {
  const [file] = process.argv.slice(2);
  if (file === undefined) throw new Error("Name the file that vitest wrote its JSON results to.");
  process.stdout.write(`${summaryOf(readFileSync(file, "utf8"))}\n`);
}
