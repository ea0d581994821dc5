import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { z } from "zod";
import { connectors } from "../connectors/index.ts";
import { VARIABLES } from "../server/env.ts";
import { ROOT, textOf } from "./source.ts";

/**
 * docs/configuration.md is written from what the code declares. After a change there, run
 * `UPDATE_DOCS=1 npm test -- test/configuration.test.ts`.
 */
const FILE = "docs/configuration.md";

const Settings = z.object({
  properties: z.record(z.string(), z.object({ description: z.string(), default: z.unknown().optional() })),
  required: z.array(z.string()).default([]),
});

function row(...cells: string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

function variableRows(): string[] {
  return Object.entries(VARIABLES).map(([name, { meaning, fallback, isSecret }]) =>
    row(`\`${name}\``, isSecret ? `${meaning} Secret.` : meaning, fallback),
  );
}

function settingRows(shape: z.ZodType): string[] {
  const { properties, required } = Settings.parse(z.toJSONSchema(shape, { io: "input", unrepresentable: "any" }));
  return Object.entries(properties).map(([key, { description, default: fallback }]) =>
    row(`\`${key}\``, description, required.includes(key) ? "must be given" : shown(fallback)),
  );
}

function shown(fallback: unknown): string {
  return typeof fallback === "object" || fallback === undefined ? "as described" : `\`${String(fallback)}\``;
}

function configuration(): string {
  const settings = connectors.flatMap(({ id, name, settings: shape, credentials }) => [
    `## Settings of a ${name} connection`,
    "",
    `\`connector: ${id}\`. Ways to sign in:`,
    "",
    ...credentials.map(({ kind, label, help }) => `- \`kind: ${kind}\`: ${label}. ${help}`),
    "",
    row("setting", "meaning", "when absent"),
    row("---", "---", "---"),
    ...settingRows(shape),
    "",
  ]);
  return [
    "# Configuration",
    "",
    "This page is written from the code; a test keeps it true.",
    "",
    "## Environment variables of the hub",
    "",
    "An empty value counts as not set. A value that can not be understood stops the hub with a message that names it.",
    "",
    row("variable", "meaning", "when not set"),
    row("---", "---", "---"),
    ...variableRows(),
    "",
    "## The workspace file",
    "",
    "Connections, syncs and mappings come from a file that `kith apply` reads; [examples/workspace.yaml](../examples/workspace.yaml)",
    "explains each line. The addresses under which a partner is called can be changed per connection with `baseUrls`.",
    "",
    ...settings,
  ].join("\n");
}

test("the page on configuration says what the code declares", () => {
  // The one way to write it: by hand it would soon say something else.
  if (process.env.UPDATE_DOCS === "1") writeFileSync(join(ROOT, FILE), configuration());
  expect(textOf(FILE)).toBe(configuration());
});
