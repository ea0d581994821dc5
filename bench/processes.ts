import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";

const ROOT = path.resolve(import.meta.dirname, "..");

/** As in the scripts of package.json, and as the program sets for itself when it starts. */
const MEMORY = ["--max-semi-space-size=16", "--heap-growing-percent=100"];

/** What the emulators say of themselves when they are ready. */
const Ready = z.object({
  highlevel: z.object({
    url: z.string(),
    locationId: z.string(),
    token: z.string(),
    publicKeys: z.object({ ed25519: z.string(), rsa: z.string() }),
  }),
  salesmate: z.object({
    url: z.string(),
    linkname: z.string(),
    sessionKey: z.string(),
    ownerId: z.number(),
    timeZone: z.string(),
  }),
});

/** The two emulators, in one process of their own. */
export interface Emulators extends z.infer<typeof Ready> {
  readonly stop: () => Promise<void>;
}

/** Starts both emulators, empty and without limits; HighLevel's webhooks go to `webhookUrl`. */
export async function startEmulators(webhookUrl: string): Promise<Emulators> {
  const child = node("sandbox/main.ts", [
    ...["--highlevel-port", "0", "--salesmate-port", "0", "--contacts", "0,0", "--unlimited", "--exit-with-parent"],
    ...["--webhooks", webhookUrl],
  ]);
  const ready = Ready.parse(JSON.parse(await firstLine(child)));
  return { ...ready, stop: () => end(child) };
}

/** A hub with a store of its own in a folder that is removed at the end. */
export interface HubProcess {
  readonly url: string;
  readonly operatorToken: string;
  /** From the start of the process until it said that it was ready, ms. */
  readonly readyMs: number;
  /** Processor time used so far, seconds. */
  readonly cpuSeconds: () => number;
  /** Resident memory now, MB. */
  readonly memoryMb: () => number;
  readonly stop: () => Promise<void>;
}

/** Starts the hub on this port with its data in `dataDir`, and waits until it is ready. */
export async function startHub(port: number, dataDir: string): Promise<HubProcess> {
  const startedAt = performance.now();
  const child = node("cli/kith.mjs", ["serve"], {
    KITH_PORT: String(port),
    KITH_DATA_DIR: dataDir,
    KITH_LOG_LEVEL: "error",
    NODE_ENV: "production",
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(url, child);
  return {
    url,
    operatorToken: readFileSync(path.join(dataDir, "operator.token"), "utf8").trim(),
    readyMs: performance.now() - startedAt,
    cpuSeconds: () => processorSeconds(child.pid ?? 0),
    memoryMb: () => residentMb(child.pid ?? 0),
    stop: () => end(child),
  };
}

/** The floor: the same calls with no engine and no store. */
export interface Floor {
  readonly url: string;
  /** From the start of the process until it said that it was ready, ms. */
  readonly readyMs: number;
  /** Resident memory now, MB. */
  readonly memoryMb: () => number;
  readonly stop: () => Promise<void>;
}

/** Starts the floor script with this configuration; see floor.ts. */
export async function startFloor(config: unknown): Promise<Floor> {
  const startedAt = performance.now();
  const child = node("bench/floor.ts", []);
  child.stdin?.end(JSON.stringify(config));
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(await firstLine(child)));
  const readyMs = performance.now() - startedAt;
  return { url, readyMs, memoryMb: () => residentMb(child.pid ?? 0), stop: () => end(child) };
}

const Listed = z.object({ kind: z.literal("done"), records: z.number(), seconds: z.number(), maxRssMb: z.number() });

/** Lets a bare script ask for every page of both partners; see floorList.ts. */
export async function listBarely(emulators: Emulators): Promise<z.infer<typeof Listed>> {
  const { highlevel, salesmate } = emulators;
  return Listed.parse(await runOnce("bench/floorList.ts", { highlevel, salesmate }));
}

/**
 * Runs a script to its end; it reads `order` as JSON from its input and says what it found as its last line.
 * @returns that line, read as JSON; `null` when it said nothing.
 */
export async function runOnce(script: string, order: unknown): Promise<unknown> {
  const child = node(script, []);
  child.stdin?.end(JSON.stringify(order));
  const lines: string[] = [];
  if (child.stdout !== null) for await (const line of createInterface({ input: child.stdout })) lines.push(line);
  return JSON.parse(lines.at(-1) ?? "null");
}

/** A folder in the machine's temporary place; `remove` takes it away. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "kith-bench-"));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A port that is free at this moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}

function node(script: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [...MEMORY, path.join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
}

async function firstLine(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("the process has no output to read");
  for await (const line of createInterface({ input: child.stdout })) {
    child.stdout.resume();
    return line;
  }
  throw new Error("the process ended before it said that it was ready");
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
  child.stdout?.resume();
  const deadline = performance.now() + 60_000;
  while (performance.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`the hub ended with code ${child.exitCode}`);
    const isReady = await fetch(`${url}/readyz`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (isReady) return;
    await pause(10);
  }
  throw new Error("the hub was not ready within a minute");
}

/** Waits; only the bench may. */
export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** The kernel counts in hundredths of a second. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

function residentMb(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(line?.[1] ?? 0) / 1024;
}

function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
    setTimeout(() => child.kill("SIGKILL"), 10_000).unref();
  });
}
