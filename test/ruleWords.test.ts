import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ruleWords } from "../web/text/rules.ts";
import { ROOT, textOf } from "./source.ts";

const MERGE = "engine/merge";

/** The rules that planning can name, as they stand in its code. */
function plannedRules(): readonly string[] {
  const files = readdirSync(join(ROOT, MERGE)).filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  const code = files.map((name) => textOf(`${MERGE}/${name}`)).join("\n");
  return [...new Set([...code.matchAll(/"(M\d+)"/g)].flatMap(([, rule]) => rule ?? []))];
}

test("UI21 every rule that can decide a field has a sentence of its own", () => {
  const rules = plannedRules();
  expect(rules).toContain("M1");
  const said = rules.map(ruleWords);
  for (const words of said) expect(words).toMatch(/^[A-Z][^_]+\.$/);
  expect(said.filter((words) => words.startsWith("By rule"))).toEqual([]);
  expect(new Set(said).size).toBe(rules.length);
});

test("UI21 a rule that the page does not know is named", () => {
  expect(ruleWords("M99")).toBe("By rule M99.");
});
