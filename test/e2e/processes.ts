import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { ROOT } from "../source.ts";
import { until } from "./until.ts";

/** A program of ours, running as a process of its own. */
export interface Program {
  readonly out: () => string;
  readonly err: () => string;
  /** Sends the signal; the exit code, or `null` when the signal itself ended it. */
  readonly end: (signal: "SIGTERM" | "SIGKILL") => Promise<number | null>;
  /** Resolves with the exit code when the program has ended by itself. */
  readonly ended: Promise<number | null>;
}

/** What began has to end: undoes everything in the opposite order, also after a failure. */
export interface Ending {
  readonly add: (undo: () => unknown) => void;
  readonly all: () => Promise<void>;
}

/** Gathers what is to be undone; `afterAll(ending.all)` belongs to it. */
export function anEnding(): Ending {
  const undos: (() => unknown)[] = [];
  return {
    add: (undo) => undos.push(undo),
    all: async () => {
      for (const undo of undos.splice(0).reverse()) await undo();
    },
  };
}

/** A folder in the machine's temporary place, removed at the end. */
export function aFolder(ending: Ending): string {
  const folder = mkdtempSync(join(tmpdir(), "kith-e2e-"));
  ending.add(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts one of our scripts; whatever still runs of it at the end is killed. */
export function startProgram(ending: Ending, script: string, args: readonly string[], env: Environment = {}): Program {
  // Standard input stays open: the emulators take its closing as the end of whoever started them.
  const child = spawn(process.execPath, [join(ROOT, script), ...args], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: "production", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  running.add(child);
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  void ended.then(() => running.delete(child));
  ending.add(() => {
    child.kill("SIGKILL");
    return ended;
  });
  const said = { out: gather(child.stdout), err: gather(child.stderr) };
  return {
    ...said,
    ended,
    end: (signal) => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Children that live; none may outlive a test run that is broken off. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** Variables beside those of this process. */
export type Environment = Readonly<Record<string, string>>;

function gather(stream: ChildProcess["stdout"]): () => string {
  let text = "";
  stream?.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
  });
  return () => text;
}

/** Runs `kith` with these words to its end. */
export async function kith(ending: Ending, words: readonly string[], env: Environment = {}) {
  const program = startProgram(ending, "cli/kith.mjs", words, env);
  const code = await program.ended;
  return { code, out: program.out().trim(), err: program.err().trim() };
}

const Ready = z.object({
  highlevel: z.object({
    url: z.url(),
    locationId: z.string(),
    token: z.string(),
    publicKeys: z.record(z.string(), z.string()),
  }),
  salesmate: z.object({ url: z.url(), linkname: z.string(), sessionKey: z.string(), ownerId: z.int() }),
});

/** Where the emulators are and how to sign in to them, as they say themselves. */
export type Emulators = z.infer<typeof Ready>;

/** Starts both emulators on free ports, without rate limits; HighLevel's webhooks go to `webhooks`. */
export async function startEmulators(
  ending: Ending,
  options: { readonly contacts: string; readonly webhooks: string },
): Promise<Emulators> {
  const { contacts, webhooks } = options;
  const ports = ["--highlevel-port", "0", "--salesmate-port", "0", "--unlimited", "--exit-with-parent"];
  const program = startProgram(ending, "sandbox/main.ts", [...ports, "--contacts", contacts, "--webhooks", webhooks]);
  const line = await saidBy(program, "the emulators", /^\{.*\}$/m);
  return Ready.parse(JSON.parse(line[0]));
}

/** A hub that has said that it runs. */
export interface HubProcess extends Program {
  /** Its address without a slash at the end. */
  readonly url: string;
  /** The link that signs in once. */
  readonly signInLink: string;
  /** What makes the command line find it. */
  readonly env: Environment;
}

/**
 * Starts `kith serve` or `kith sandbox` on a store in `dataDir`.
 * @param port 0 takes any free one; a hub that is started again takes the one it had.
 */
export async function startHub(
  ending: Ending,
  dataDir: string,
  options: { readonly words?: readonly string[]; readonly port?: number; readonly more?: Environment } = {},
): Promise<HubProcess> {
  const { words = ["serve"], port = 0, more = {} } = options;
  const env = { KITH_DATA_DIR: dataDir, KITH_PORT: String(port), KITH_LOG_LEVEL: "error", ...more };
  const program = startProgram(ending, "cli/kith.mjs", words, env);
  const [, url = "", signInLink = ""] = await saidBy(program, "the hub", /^Kith runs at (\S+)\n.*: (http\S+)$/m);
  return { ...program, url, signInLink, env: { ...env, KITH_PORT: new URL(url).port } };
}

/** The hub's own key for commands on its machine. */
export function operatorToken({ env }: Pick<HubProcess, "env">): string {
  const files = ["operator.token", "operator.sandbox.token"].map((name) => join(env.KITH_DATA_DIR ?? "", name));
  return readFileSync(files.find(existsSync) ?? "", "utf8").trim();
}

/** Waits for words on standard output. @throws when the program ends before, with what it said on the error stream. */
export async function saidBy(program: Program, who: string, words: RegExp): Promise<RegExpExecArray> {
  const end = { isThere: false };
  void program.ended.then(() => {
    end.isThere = true;
  });
  return until(`${who} started`, () => {
    if (end.isThere) throw new Error(`${who} ended before it was ready: ${program.err()}`);
    return words.exec(program.out());
  });
}
