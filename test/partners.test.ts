import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { HABITS } from "../connectors/highlevel/quirks.ts";
import { connectors } from "../connectors/index.ts";
import type { Operation } from "../kit/index.ts";
import { QuirksShape } from "../sandbox/highlevel/quirks.ts";
import { ROOT, textOf } from "./source.ts";

/**
 * The tables of docs/partners/highlevel.md are written from what the code declares; the words around them are not. After
 * a change there, run `UPDATE_DOCS=1 npm test -- test/partners.test.ts`.
 */
const FILE = "docs/partners/highlevel.md";
const QUIRKS_FILE = "sandbox/highlevel/quirks.ts";

const TESTS = {
  action: "connectors/highlevel/operations/emulator.test.ts",
  trigger: "connectors/highlevel/operations/triggers.test.ts",
} as const satisfies Record<Operation["kind"], string>;

function row(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function table(headings: readonly string[], rows: readonly string[]): string {
  return [row(...headings), row(...headings.map(() => "---")), ...rows].join("\n");
}

const HEADINGS = [
  "no.",
  "operation",
  "does",
  "asks, or is fired by",
  "API",
  "permission",
  "connector",
  "emulator",
  "shown by",
];

function operationRow(entry: Operation, place: number): string {
  return row(
    String(place + 1),
    `\`${entry.id}\``,
    entry.title,
    wayOf(entry),
    entry.generations.join(", "),
    scopesOf(entry),
    entry.kind === "action" ? "runs it" : "lists it, runs nothing on it yet",
    stateInEmulator(entry),
    `\`${TESTS[entry.kind]}\``,
  );
}

function scopesOf({ scopes, tokenClass }: Operation): string {
  const asked = scopes.map((scope) => `\`${scope}\``).join(", ");
  return tokenClass === undefined ? asked : `${asked}, token of the ${tokenClass}`;
}

function wayOf(entry: Operation): string {
  if (entry.kind === "action") {
    return [...new Set(entry.calls.map(({ method, path }) => `\`${method} ${path}\``))].join("; ");
  }
  const { firedBy, delay } = entry;
  const by = firedBy.kind === "webhook" ? firedBy.events.join(", ") : `asking \`${firedBy.operation}\``;
  return `${by}. ${delay.words}`;
}

/** Every action is tried there, by the test that is named beside it. */
function stateInEmulator(entry: Operation): string {
  if (entry.kind === "action") return "answers it";
  return entry.firedBy.kind === "webhook" ? "sends it" : "answers what is asked";
}

/** The switches of the emulator with the words that stand above each in its source. */
function quirkRows(): readonly string[] {
  const defaults: Readonly<Record<string, unknown>> = QuirksShape.parse({});
  const said = [...textOf(QUIRKS_FILE).matchAll(/\/\*\*([\s\S]*?)\*\/\s*(\w+): z\b/g)];
  const words = new Map(
    said.map(([, comment = "", name = ""]) => [name, comment.replaceAll(/\s*\n\s*\*?\s*/g, " ").trim()]),
  );
  // Switches that belong together stand under one comment.
  return Object.entries(defaults).map(([name, value]) =>
    row(`\`${name}\``, `\`${JSON.stringify(value)}\``, words.get(name) ?? "As the one above."),
  );
}

const operations = connectors.find(({ id }) => id === "highlevel")?.operations ?? [];
const TABLES = {
  habits: () =>
    table(
      ["HighLevel", "the hub"],
      HABITS.map(({ does, therefore }) => row(does, therefore)),
    ),
  operations: () => table(HEADINGS, operations.map(operationRow)),
  quirks: () => table(["switch", "unless set", "meaning"], quirkRows()),
} as const;

/** The page with each table between its two marks made anew. */
function renewed(page: string): string {
  return Object.entries(TABLES).reduce((text, [name, make]) => {
    const marks = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- end of ${name} -->)`);
    expect(text).toMatch(marks);
    return text.replace(marks, (_whole, start: string, end: string) => start + make() + end);
  }, page);
}

test("HL109 the page on HighLevel lists each operation and each switch as the code declares them", () => {
  // The one way to write the tables: by hand they would soon say something else.
  if (process.env.UPDATE_DOCS === "1") writeFileSync(join(ROOT, FILE), renewed(textOf(FILE)));
  const page = textOf(FILE);
  expect(page).toBe(renewed(page));
  for (const { id } of operations) expect(page).toContain(`| \`${id}\` |`);
});
