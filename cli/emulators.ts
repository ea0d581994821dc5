import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { Failure } from "../model/errors.ts";
import { HIGHLEVEL_PER_10S, HIGHLEVEL_PER_DAY } from "./sandboxWorkspace.ts";

const Ready = z.object({
  kind: z.literal("ready"),
  highlevel: z.object({
    url: z.url(),
    locationId: z.string(),
    calendarId: z.string(),
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
  await letNotesTouchContacts(parsed.data);
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
  const free = ["--highlevel-port", "0", "--salesmate-port", "0", "--belongings", "--exit-with-parent"];
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
 * Whether a note touches its contact in Salesmate is not known. Here it does, so that the note is seen to go across within
 * seconds; otherwise it would be found when the turn over all contacts comes to it.
 */
async function letNotesTouchContacts({ salesmate }: EmulatorsReady): Promise<void> {
  await put(salesmate.url, "quirks", { notesTouchContact: true });
}

/**
 * The real allowances are made for months, the sandbox for a minute: Salesmate's 1,500 calls an hour do not carry a poll
 * every second, and HighLevel's 100 in ten seconds would stretch the first sync beyond the minute that it may take.
 */
async function widenLimits({ highlevel, salesmate }: EmulatorsReady): Promise<void> {
  await put(highlevel.url, "limits", { requests: HIGHLEVEL_PER_10S, daily: HIGHLEVEL_PER_DAY });
  await put(salesmate.url, "limits", { off: true });
}

async function put(url: string, what: "limits" | "quirks", change: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  await fetch(`${url}/_control/${what}`, { method: "PUT", headers, body: JSON.stringify(change) });
}
