import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ROOT } from "../test/source.ts";

/** A checkout in miniature, with an npm of its own that installs a Vite of its own; both write down that they ran. */
let checkout: string;

beforeEach(() => {
  checkout = mkdtempSync(join(tmpdir(), "kith-setup-"));
  const packages = { "": { dependencies: { acme: "1.0.0" } }, "node_modules/acme": { version: "1.0.0" } };
  put("package.json", JSON.stringify({ type: "module", dependencies: { acme: "1.0.0" } }));
  put("package-lock.json", JSON.stringify({ packages: { ...packages, "node_modules/other-os": { optional: true } } }));
  put("web/index.html", "<!doctype html>");
  put("model/contact.ts", "export const one = 1;");
  put("npm.js", NPM);
  cpSync(join(ROOT, "scripts", "setup.mjs"), join(checkout, "scripts", "setup.mjs"));
});

afterEach(() => rmSync(checkout, { recursive: true, force: true }));

const NPM = `
import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
appendFileSync("ran", "npm " + process.argv[2] + "\\n");
if (process.env.NPM_FAILS) process.exit(1);
rmSync("node_modules", { recursive: true, force: true });
mkdirSync("node_modules/node/bin", { recursive: true });
mkdirSync("node_modules/vite/bin", { recursive: true });
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const installed = Object.entries(packages).filter(([path, entry]) => path !== "" && !entry.optional);
writeFileSync("node_modules/.package-lock.json", JSON.stringify({ packages: Object.fromEntries(installed) }));
if (!process.env.NPM_SKIPS_SCRIPTS) symlinkSync(process.execPath, "node_modules/node/bin/node");
writeFileSync("node_modules/vite/bin/vite.js", ${JSON.stringify(`
const { appendFileSync, mkdirSync, writeFileSync } = require("node:fs");
appendFileSync("ran", "vite " + process.argv[2] + "\\n");
if (process.env.VITE_FAILS) process.exit(1);
mkdirSync("web/dist", { recursive: true });
writeFileSync("web/dist/index.html", "built");
`)});
writeFileSync("node_modules/vite/package.json", "{}");
`;

function put(path: string, text: string): void {
  mkdirSync(dirname(join(checkout, path)), { recursive: true });
  writeFileSync(join(checkout, path), text);
}

/** Runs the set-up as npm would; tells what it said, how it ended, and which programs ran. */
function setUp(environment: Record<string, string> = {}) {
  rmSync(join(checkout, "ran"), { force: true });
  const env = {
    CI: "true",
    npm_execpath: join(checkout, "npm.js"),
    npm_node_execpath: process.execPath,
    ...environment,
  };
  const script = join(checkout, "scripts", "setup.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script], { env, stdio: "pipe", encoding: "utf8" });
  const log = join(checkout, "ran");
  return { status, stdout, stderr, ran: existsSync(log) ? readFileSync(log, "utf8").trim().split("\n") : [] };
}

test("a fresh checkout gets its packages, then its pages, and says so on standard error only", () => {
  const first = setUp();
  expect(first).toMatchObject({ status: 0, stdout: "", ran: ["npm ci", "vite build"] });
  expect(first.stderr).toMatch(/installing packages.*\n.*building the web pages/);
});

test("a checkout that is up to date is left alone without a word", () => {
  setUp();
  expect(setUp()).toEqual({ status: 0, stdout: "", stderr: "", ran: [] });
});

test.each([
  ["a changed lock file", () => put("package-lock.json", lockOf("1.0.1")), ["npm ci", "vite build"]],
  ["a changed page", () => put("web/index.html", "<!doctype html><p>"), ["vite build"]],
  ["a changed model", () => put("model/contact.ts", "export const one = 2;"), ["vite build"]],
  ["pages that were removed", () => rmSync(join(checkout, "web/dist"), { recursive: true }), ["vite build"]],
  [
    "packages that were removed",
    () => rmSync(join(checkout, "node_modules"), { recursive: true }),
    ["npm ci", "vite build"],
  ],
  ["a changed test of a page", () => put("web/page.test.tsx", "test()"), []],
])("after %s only what is needed is done again", (_what, change, expected) => {
  setUp();
  change();
  expect(setUp()).toMatchObject({ status: 0, ran: expected });
});

function lockOf(version: string): string {
  const root = { dependencies: { acme: "1.0.0" } };
  return JSON.stringify({ packages: { "": root, "node_modules/acme": { version } } });
}

test.each([
  ["packages can not be installed", { NPM_FAILS: "1" }, /^Installing the packages failed .* registry.*\.$/],
  [
    "npm runs no package scripts",
    { NPM_SKIPS_SCRIPTS: "1" },
    /^The package "node" is installed without .*ignore-scripts.*\.$/,
  ],
  [
    "the pages can not be built",
    { VITE_FAILS: "1" },
    /^Building the web pages failed .* run the same command again\.$/,
  ],
])("when %s, one sentence says what to do and the exit code is 1", (_what, environment, sentence) => {
  const failed = setUp(environment);
  const lines = failed.stderr.trim().split("\n");
  expect(failed.status).toBe(1);
  expect(lines.at(-1)).toMatch(sentence);
  expect(lines.every((line) => line.startsWith("Setting up: ") || sentence.test(line))).toBe(true);
});

test("after a failure the next run tries again", () => {
  setUp({ VITE_FAILS: "1" });
  expect(setUp()).toMatchObject({ status: 0, ran: ["vite build"] });
});
