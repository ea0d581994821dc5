import { expect, test } from "vitest";
import { summaryOf } from "./results.ts";

function report(passed: number, failed: number, files: { status: string; assertionResults: unknown[] }[]): string {
  return JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults: files });
}

test("the line holds the counts of the report", () => {
  const files = [{ status: "passed", assertionResults: [{}, {}] }];
  expect(summaryOf(report(12, 3, files))).toBe("12 passed, 3 failed");
});

test("a test file that could not be loaded counts as a failure", () => {
  const files = [{ status: "failed", assertionResults: [] }];
  expect(summaryOf(report(12, 0, files))).toBe("12 passed, 1 failed");
});

test("a report that is not vitest's is refused", () => {
  expect(() => summaryOf("{}")).toThrow();
});
