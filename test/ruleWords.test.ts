import { expect, test } from "vitest";
import { ruleWords } from "../web/text/rules.ts";
import { textOf } from "./source.ts";

/** The rules that planning can name, as they stand in its code. */
function plannedRules(): readonly string[] {
  const found = [...textOf("engine/merge/plan.ts").matchAll(/"(M\d+)"/g)].flatMap(([, rule]) => rule ?? []);
  return [...new Set(found)];
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
