import { expect, test } from "vitest";
import { filesBelow, isNode, isTest, nameOf, parse, textOf, walk } from "./source.ts";

/**
 * Rules and tests belong together: docs/SPEC.md states each rule on a line `- **M1** …`, and the titles of the tests
 * that show it begin with its id. Every family of ids (`M`, `HL` …) is stated there; a title that begins with letters and
 * a number of no such family, `R1` for instance, names no rule.
 */
const RULE_LINE = /^- \*\*([A-Z]{1,3}\d+)\*\*/gm;

const ID = /^([A-Z]{1,3}\d+)\b/;

function rulesOf(spec: string): string[] {
  return [...spec.matchAll(RULE_LINE)].flatMap(([, id]) => (id === undefined ? [] : [id]));
}

/** The ids that titles in a test file begin with. Where a title is filled in from a table, the table is read as well. */
function titledIds(path: string, text: string): string[] {
  const titles: string[] = [];
  const texts: string[] = [];
  walk(parse(path, text), undefined, (node) => {
    const written = textOfLiteral(node);
    if (written !== undefined) texts.push(written);
    if (node.type !== "CallExpression" || !TITLED.has(rootName(node.callee) ?? "")) return;
    const [title] = Array.isArray(node.arguments) ? node.arguments : [];
    titles.push(textOfLiteral(title) ?? "");
  });
  const isFilledIn = titles.some((title) => /^[%$]/.test(title));
  return [...new Set(isFilledIn ? [...titles, ...texts] : titles)].flatMap((title) => ID.exec(title)?.[1] ?? []);
}

const TITLED = new Set(["test", "it", "describe"]);

/** `test` of `test("…")`, `test.each(rows)("…")` and ``test.each`…`("…")``. */
function rootName(callee: unknown): string | undefined {
  if (!isNode(callee)) return undefined;
  return nameOf(callee) ?? rootName(callee.object ?? callee.callee ?? callee.tag);
}

function textOfLiteral(node: unknown): string | undefined {
  if (!isNode(node)) return undefined;
  if (node.type === "Literal") return typeof node.value === "string" ? node.value : undefined;
  const [first] = node.type === "TemplateLiteral" && Array.isArray(node.quasis) ? node.quasis : [];
  const value = isNode(first) ? first.value : undefined;
  return typeof value === "object" && value !== null && "cooked" in value ? String(value.cooked) : undefined;
}

function familyOf(id: string): string {
  return id.replace(/\d+$/, "");
}

/** What does not belong together, one sentence each. */
function mismatches(spec: string, tests: ReadonlyMap<string, string>): string[] {
  const rules = rulesOf(spec);
  const families = new Set(rules.map(familyOf));
  const titled = [...tests].flatMap(([path, text]) => titledIds(path, text).map((id) => ({ id, path })));
  const shown = new Set(titled.map(({ id }) => id));
  return [
    ...rules.filter((id, place) => rules.indexOf(id) !== place).map((id) => `rule ${id} is stated twice`),
    ...rules.filter((id) => !shown.has(id)).map((id) => `rule ${id} has no test`),
    ...titled
      .filter(({ id }) => families.has(familyOf(id)) && !rules.includes(id))
      .map(({ id, path }) => `${path} names rule ${id}, which docs/SPEC.md does not state`),
  ];
}

test("every rule of the specification has a test, and every rule that a test names exists", () => {
  const files = filesBelow(".").filter((path) => /\.tsx?$/.test(path) && isTest(path) && path !== "test/rules.test.ts");
  const tests = new Map(files.map((path) => [path, textOf(path)]));
  const spec = textOf("docs/SPEC.md");
  expect(rulesOf(spec).length).toBeGreaterThan(0);
  expect(mismatches(spec, tests)).toEqual([]);
});

const SPEC = "## Merging\n\n- **M1** A change travels.\n- **M2** An echo plans nothing.\n";

test.each([
  ["a rule without a test", 'test("M1 a change travels")', ["rule M2 has no test"]],
  [
    "a test without a rule",
    'test("M1 x"); it.each(rows)(`M2: y`); describe("M3 z")',
    ["a.test.ts names rule M3, which docs/SPEC.md does not state"],
  ],
  [
    "a rule of a table",
    'test("M1 x"); test.each([["M2 y", 1], ["M4 z", 2]])("%s", () => {})',
    ["a.test.ts names rule M4, which docs/SPEC.md does not state"],
  ],
  ["nothing, when another family is used", 'test("M1 x"); test.each([["p", "q"]])("M2 y"); test("HL9 z")', []],
])("names %s", (_what, text, expected) => {
  expect(mismatches(SPEC, new Map([["a.test.ts", text]]))).toEqual(expected);
});

test("names a rule that is stated twice", () => {
  const tests = new Map([["a.test.ts", 'test("M1 x"); test("M2 y")']]);
  expect(mismatches(`${SPEC}- **M1** Again.\n`, tests)).toEqual(["rule M1 is stated twice"]);
});
