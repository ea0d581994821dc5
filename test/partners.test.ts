import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { z } from "zod";
import { HABITS } from "../connectors/highlevel/quirks.ts";
import { connectors } from "../connectors/index.ts";
import { HABITS as SALESMATE_HABITS } from "../connectors/salesmate/quirks.ts";
import type { Operation } from "../kit/index.ts";
import { QuirksShape as HighLevelQuirks } from "../sandbox/highlevel/quirks.ts";
import { QuirksShape as SalesmateQuirks } from "../sandbox/salesmate/quirks.ts";
import { QuirksShape as TrintQuirks } from "../sandbox/trint/quirks.ts";
import { QuirksShape as TrustmaryQuirks } from "../sandbox/trustmary/quirks.ts";
import { QuirksShape as TrustpilotQuirks } from "../sandbox/trustpilot/quirks.ts";
import { ROOT, textOf } from "./source.ts";

/**
 * The tables of docs/partners/ are written from what the code declares; the words around them are not. After a change
 * there, run `UPDATE_DOCS=1 npm test -- test/partners.test.ts`.
 */

/** The page on one partner. */
interface PartnerPage {
  /** Its connector; its emulator and its page have the same name. */
  readonly id: string;
  readonly quirks: z.ZodType<object>;
  readonly tests: Readonly<Record<Operation["kind"], string>>;
  /** What the partner does oddly, and what the hub does about it; absent where the words of the page say so. */
  readonly habits?: readonly { readonly does: string; readonly therefore: string }[];
}

const PAGES: readonly PartnerPage[] = [
  {
    id: "highlevel",
    quirks: HighLevelQuirks,
    tests: {
      action: "connectors/highlevel/operations/emulator.test.ts",
      trigger: "connectors/highlevel/operations/triggers.test.ts",
    },
    habits: HABITS,
  },
  { id: "trint", quirks: TrintQuirks, tests: both("connectors/trint/operations.test.ts") },
  { id: "trustmary", quirks: TrustmaryQuirks, tests: both("connectors/trustmary/operations.test.ts") },
  {
    id: "salesmate",
    quirks: SalesmateQuirks,
    tests: both("connectors/salesmate/operations.test.ts"),
    habits: SALESMATE_HABITS,
  },
  { id: "trustpilot", quirks: TrustpilotQuirks, tests: both("connectors/trustpilot/operations.test.ts") },
];

function both(file: string): PartnerPage["tests"] {
  return { action: file, trigger: file };
}

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

function operationRow(entry: Operation, place: number, tests: PartnerPage["tests"]): string {
  return row(
    String(place + 1),
    `\`${entry.id}\``,
    entry.title,
    wayOf(entry),
    entry.generations.join(", "),
    scopesOf(entry),
    entry.kind === "action" ? "runs it" : "lists it, runs nothing on it yet",
    stateInEmulator(entry),
    `\`${tests[entry.kind]}\``,
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

/** The switches of an emulator with the words that stand above each in its source. */
function quirkRows({ id, quirks }: PartnerPage): readonly string[] {
  const said = [...textOf(`sandbox/${id}/quirks.ts`).matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(\w+): z\b/g)];
  const words = new Map(
    said.map(([, comment = "", name = ""]) => [name, comment.replaceAll(/\s*\n\s*\*?\s*/g, " ").trim()]),
  );
  // Switches that belong together stand under one comment.
  return Object.entries(quirks.parse({})).map(([name, value]) =>
    row(`\`${name}\``, `\`${JSON.stringify(value)}\``, words.get(name) ?? "As the one above."),
  );
}

function operationsOf({ id }: PartnerPage): readonly Operation[] {
  return connectors.find((connector) => connector.id === id)?.operations ?? [];
}

/** The tables of a page, by the marks that they stand between. */
function tablesOf(page: PartnerPage): Readonly<Record<string, string>> {
  const { habits, tests } = page;
  const rows = operationsOf(page).map((entry, place) => operationRow(entry, place, tests));
  return {
    ...(habits && {
      habits: table(
        [connectors.find(({ id }) => id === page.id)?.name ?? page.id, "the hub"],
        habits.map(({ does, therefore }) => row(does, therefore)),
      ),
    }),
    operations: table(HEADINGS, rows),
    quirks: table(["switch", "unless set", "meaning"], quirkRows(page)),
  };
}

/** The page with each table between its two marks made anew. */
function renewed(page: PartnerPage, text: string): string {
  return Object.entries(tablesOf(page)).reduce((before, [name, made]) => {
    const marks = new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- end of ${name} -->)`);
    expect(before).toMatch(marks);
    return before.replace(marks, (_whole, start: string, end: string) => start + made + end);
  }, text);
}

test.each(PAGES)("HL109 the page on $id lists each operation and each switch as the code declares them", (page) => {
  const file = `docs/partners/${page.id}.md`;
  // The one way to write the tables: by hand they would soon say something else.
  if (process.env.UPDATE_DOCS === "1") writeFileSync(join(ROOT, file), renewed(page, textOf(file)));
  const text = textOf(file);
  expect(text).toBe(renewed(page, text));
  for (const { id } of operationsOf(page)) expect(text).toContain(`| \`${id}\` |`);
});
