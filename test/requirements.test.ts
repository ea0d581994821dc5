import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT, textOf } from "./source.ts";

/** The table of docs/requirements.md says the truth as far as a test can tell. */

const STATES = ["here", "partly", "not yet"];

interface Requirement {
  readonly number: string;
  readonly state: string;
  readonly where: string;
  readonly test: string;
}

const NUMBERS = [...numbers("R", 3, 236), ...numbers("TA", 2, 25)];

function numbers(family: string, digits: number, last: number): string[] {
  return Array.from({ length: last }, (_, place) => `${family}${String(place + 1).padStart(digits, "0")}`);
}

function requirements(text: string): Requirement[] {
  const rows = text.split("\n").filter((line) => /^\| (R|TA)\d+ \|/.test(line));
  return rows.map((line) => {
    const [number = "", , state = "", where = "", shown = ""] = line
      .slice(1, -1)
      .split("|")
      .map((cell) => cell.trim());
    return { number, state, where, test: shown };
  });
}

/** What stands in backticks and is the path of a file or folder of ours. */
function paths(cell: string): string[] {
  return [...cell.matchAll(/`([\w.-]+\/[\w./-]*)`/g)].flatMap(([, path]) => (path === undefined ? [] : [path]));
}

/** What is wrong with the table, one sentence each. */
function faults(text: string, exists: (path: string) => boolean): string[] {
  const rows = requirements(text);
  const said = rows.map(({ number }) => number);
  return [
    ...NUMBERS.filter((number) => !said.includes(number)).map((number) => `${number} is missing`),
    ...said.filter((number, place) => said.indexOf(number) !== place).map((number) => `${number} stands here twice`),
    ...said.filter((number) => !NUMBERS.includes(number)).map((number) => `${number} was never asked for`),
    ...rows.flatMap((row) => rowFaults(row, exists)),
  ];
}

function rowFaults({ number, state, where, test: shown }: Requirement, exists: (path: string) => boolean): string[] {
  const lost = [...paths(where), ...paths(shown)].filter((path) => !exists(path));
  return [
    ...(STATES.includes(state) ? [] : [`${number} has no known state: ${state}`]),
    ...(state !== "not yet" && (paths(where).length === 0 || paths(shown).length === 0)
      ? [`${number} is ${state}, but names no place or no test`]
      : []),
    ...paths(shown)
      .filter((path) => !/\.test\.tsx?$/.test(path))
      .map((path) => `${number} names ${path}, which is no test`),
    ...lost.map((path) => `${number} names ${path}, which does not exist`),
  ];
}

test("every number stands in the table once, with its state, and what it names exists", () => {
  expect(faults(textOf("docs/requirements.md"), (path) => existsSync(join(ROOT, path)))).toEqual([]);
});

test.each([
  ["R900 was never asked for", "| R900 | x | not yet | – | – |"],
  ["R001 stands here twice", "| R001 | x | not yet | – | – |\n| R001 | x | not yet | – | – |"],
  ["R001 has no known state: soon", "| R001 | x | soon | – | – |"],
  ["R001 is here, but names no place or no test", "| R001 | x | here | `kit/` | – |"],
  ["R001 is partly, but names no place or no test", "| R001 | x | partly | `kit/` | – |"],
  ["R001 names kit/gone.test.ts, which does not exist", "| R001 | x | here | `kit/` | `kit/gone.test.ts` |"],
  ["R001 names kit/, which is no test", "| R001 | x | here | `kit/` | `kit/` |"],
  ["R236 is missing", ""],
])("a faulty table is caught: %s", (fault, text) => {
  expect(faults(text, (path) => path === "kit/")).toContain(fault);
});
