/**
 * Makes a fresh or outdated checkout ready to run: installs the packages of package-lock.json and builds the web pages,
 * each only when missing or out of date. `npm start`, `npm test` and their like run it first; it says nothing when there
 * is nothing to do.
 *
 * This is the one file that may run under an older Node (20), because the Node that everything else runs under is itself
 * one of the packages it installs. Hence plain JavaScript and nothing but what Node brings along.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

/** What went wrong and what to do about it, in one sentence for a person. */
class SetupError extends Error {}

/**
 * @typedef {object} Surroundings  All that the set-up needs of the machine.
 * @property {string} root                                         the checkout
 * @property {(line: string) => void} say                          shows one progress line
 * @property {(program: string, args: string[]) => number} run     runs a program to its end, in `root`; its exit code
 * @property {{ program: string, args: string[] }} npm             how npm is called
 * @property {NodeJS.Platform} platform
 */

/**
 * Brings the checkout up to date.
 *
 * @param {Surroundings} surroundings
 * @throws {SetupError} when a step fails
 */
function setUp(surroundings) {
  if (!hasPackages(surroundings.root)) installPackages(surroundings);
  requireRuntime(surroundings);
  const sources = webSourcesHash(surroundings.root);
  if (!hasWebBuild(surroundings.root, sources)) buildWeb(surroundings, sources);
}

/**
 * Whether `node_modules` holds what package-lock.json asks for, going by the list that npm leaves there when an
 * installation has come to its end. Packages made for other machines may be missing.
 *
 * @param {string} root
 */
function hasPackages(root) {
  const installedFile = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedFile)) return false;
  const wanted = readJson(join(root, "package-lock.json")).packages;
  const installed = readJson(installedFile).packages;
  return declares(root, wanted[""]) && Object.entries(wanted).every(([path, entry]) => fits(path, entry, installed));
}

function fits(path, wanted, installed) {
  if (path === "") return true;
  const found = installed[path];
  if (found === undefined) return wanted.optional === true;
  return found.version === wanted.version && found.integrity === wanted.integrity;
}

/** Whether package.json still asks for what the lock file was made from; when not, npm explains it better than we can. */
function declares(root, locked) {
  const asked = readJson(join(root, "package.json"));
  return ["dependencies", "devDependencies"].every((part) => sorted(asked[part]) === sorted(locked[part]));
}

function sorted(versions) {
  return JSON.stringify(Object.entries(versions ?? {}).sort());
}

function installPackages({ run, npm, say }) {
  say("Setting up: installing packages (about a minute)…");
  const code = run(npm.program, [...npm.args, "ci", "--include=dev", "--loglevel=error", "--no-progress"]);
  if (code === 0) return;
  throw new SetupError(
    "Installing the packages failed (npm's reason stands above): correct that, or see that this machine reaches the npm registry, then run the same command again.",
  );
}

/** npm skips the step that fetches our Node when it is told to run no package scripts; say so rather than fail later. */
function requireRuntime({ root, platform }) {
  if (existsSync(runtimePath(root, platform))) return;
  throw new SetupError(
    'The package "node" is installed without its program, because npm was told to run no package scripts: run "npm ci --ignore-scripts=false", then the same command again.',
  );
}

/** The Node that the hub runs under, whatever Node the machine has. */
function runtimePath(root, platform) {
  return join(root, "node_modules", "node", "bin", platform === "win32" ? "node.exe" : "node");
}

function hasWebBuild(root, sources) {
  const stamp = webStampPath(root);
  if (!existsSync(join(root, "web", "dist", "index.html")) || !existsSync(stamp)) return false;
  return readFileSync(stamp, "utf8") === sources;
}

function buildWeb({ root, run, say, platform }, sources) {
  say("Setting up: building the web pages (a few seconds)…");
  const vite = join(root, "node_modules", "vite", "bin", "vite.js");
  const code = run(runtimePath(root, platform), [vite, "build", "web", "--logLevel", "warn"]);
  if (code !== 0) {
    throw new SetupError(
      "Building the web pages failed (the reason stands above): correct it, then run the same command again.",
    );
  }
  mkdirSync(join(root, "node_modules", ".kith"), { recursive: true });
  writeFileSync(webStampPath(root), sources);
}

/** Kept outside web/dist, which the hub serves to everyone. */
function webStampPath(root) {
  return join(root, "node_modules", ".kith", "web-sources");
}

/**
 * A fingerprint of everything the web pages are made from: their own files, the model they share with the hub, and the
 * versions of the packages.
 *
 * @param {string} root
 */
function webSourcesHash(root) {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  for (const folder of ["web", "model"]) {
    for (const file of sourceFiles(join(root, folder))) {
      hash.update(`\0${relative(root, file).replaceAll("\\", "/")}\0`).update(readFileSync(file));
    }
  }
  return hash.digest("hex");
}

function sourceFiles(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((one, other) => (one.name < other.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "dist" ? [] : sourceFiles(path);
    return /\.test\.tsx?$/.test(entry.name) ? [] : [path];
  });
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}

/** npm itself where npm called us, so that one and the same npm does everything; else the `npm` of the path. */
function callingNpm(environment) {
  const script = environment.npm_execpath;
  if (script?.endsWith(".js")) return { program: environment.npm_node_execpath ?? process.execPath, args: [script] };
  return { program: process.platform === "win32" ? "npm.cmd" : "npm", args: [] };
}

function main() {
  const root = fileURLToPath(new URL("..", import.meta.url));
  try {
    setUp({
      root,
      platform: process.platform,
      npm: callingNpm(process.env),
      say: (line) => process.stderr.write(`${line}\n`),
      // Standard output stays free for what the command itself prints, for instance JSON.
      run: (program, args) => {
        const isBatch = program.endsWith(".cmd");
        return spawnSync(program, args, { cwd: root, stdio: ["ignore", 2, 2], shell: isBatch }).status ?? 1;
      },
    });
  } catch (thrown) {
    if (!(thrown instanceof SetupError)) throw thrown;
    process.stderr.write(`${thrown.message}\n`);
    process.exitCode = 1;
  }
}

main();
