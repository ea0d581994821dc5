import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { Failure } from "../model/errors.ts";
import { HIGHLEVEL_PER_10S } from "./sandboxWorkspace.ts";

const Ready = z.object({
  kind: z.literal("ready"),
  highlevel: z.object({
    url: z.url(),
    locationId: z.string(),
    token: z.string(),
    publicKeys: z.record(z.string(), z.string()),
  }),
  salesmate: z.object({
    url: z.url(),
    linkname: z.string(),
    sessionKey: z.string(),
    ownerId: z.int(),
    timeZone: z.string(),
  }),
});

/** How to reach the emulators, as they say themselves. */
export type EmulatorsReady = z.infer<typeof Ready>;

/** The emulators, running in a process of their own. */
export interface Emulators {
  readonly ready: EmulatorsReady;
  readonly stop: () => Promise<void>;
}

/** What the emulators are started with. */
export interface EmulatorsOptions {
  readonly seed: string;
  /** How many contacts each holds, for instance `500,480`. */
  readonly contacts: string;
  /** Where HighLevel's webhooks go. */
  readonly webhooks: string;
}

/**
 * Starts the emulators on free ports. They stand outside this process's group, so that Ctrl-C lets the hub finish its
 * calls before they go; and they end by themselves when this process is gone, however it went.
 */
export async function startEmulators(options: EmulatorsOptions): Promise<Emulators> {
  const child = spawn(process.execPath, [MAIN, ...argumentsOf(options)], {
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ready = await Promise.race([firstLine(child), ended.then(() => undefined)]);
  const parsed = Ready.safeParse(ready === undefined ? undefined : jsonOf(ready));
  if (!parsed.success) {
    child.kill();
    throw new Failure("misconfigured", "The emulators did not start; what they printed above says why.");
  }
  await widenLimits(parsed.data);
  return {
    ready: parsed.data,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

const MAIN = fileURLToPath(new URL("../sandbox/main.ts", import.meta.url));

function argumentsOf({ seed, contacts, webhooks }: EmulatorsOptions): string[] {
  const free = ["--highlevel-port", "0", "--salesmate-port", "0", "--exit-with-parent"];
  return [...free, "--seed", seed, "--contacts", contacts, "--webhooks", webhooks];
}

function firstLine(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    if (child.stdout === null) resolve(undefined);
    else createInterface(child.stdout).once("line", resolve);
  });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Not the line that was promised: the caller says that they did not start.
    return undefined;
  }
}

/**
 * The real allowances are made for months, the sandbox for a minute: Salesmate's 1,500 calls an hour do not carry a poll
 * every second, and HighLevel's 100 in ten seconds would stretch the first sync beyond the minute that it may take.
 */
async function widenLimits({ highlevel, salesmate }: EmulatorsReady): Promise<void> {
  await setLimits(highlevel.url, { requests: HIGHLEVEL_PER_10S });
  await setLimits(salesmate.url, { off: true });
}

async function setLimits(url: string, limits: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  await fetch(`${url}/_control/limits`, { method: "PUT", headers, body: JSON.stringify(limits) });
}
