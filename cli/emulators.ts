import { randomBytes } from "node:crypto";
import { z } from "zod";
import { Failure } from "../model/errors.ts";
import { type Child, startChild } from "./child.ts";
import { type DaybookReady, introduceVisitors, startDaybook } from "./daybook.ts";
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
  trustmary: z.object({ url: z.url(), apiKey: z.string(), organizationId: z.string() }),
  trustpilot: z.object({
    url: z.url(),
    apiKey: z.string(),
    apiSecret: z.string(),
    businessUnitId: z.string(),
    businessUserId: z.string(),
  }),
  trint: z.object({ url: z.url(), keyId: z.string(), keySecret: z.string() }),
});

/** How to reach the emulators and the example app, as they say themselves, and the secret that proves their webhooks. */
export type EmulatorsReady = z.infer<typeof Ready> & {
  readonly daybook: DaybookReady;
  /** In the address of webhooks that are not signed; Daybook signs with it. */
  readonly hookSecret: string;
};

/** The emulators and the example app, running in processes of their own. */
export interface Emulators {
  readonly ready: EmulatorsReady;
  readonly stop: () => Promise<void>;
}

/** What the emulators are started with. */
export interface EmulatorsOptions {
  readonly seed: string;
  /** How many contacts HighLevel and Salesmate hold, for instance `500,480`. */
  readonly contacts: string;
  /** Where the hub takes webhooks, without what stands behind it: `http://127.0.0.1:4680/hooks`. */
  readonly hooks: string;
}

/** Starts the emulators and the example app on free ports, all of them with people who overlap. */
export async function startEmulators(options: EmulatorsOptions): Promise<Emulators> {
  // In hexadecimal, as a command line takes a word that begins with a hyphen for an option.
  const hookSecret = randomBytes(24).toString("hex");
  const started = await Promise.allSettled([
    startChild(new URL("../sandbox/main.ts", import.meta.url), argumentsOf(options, hookSecret), Ready),
    startDaybook({
      webhooks: `${options.hooks}/yourapp/daybook`,
      secret: hookSecret,
      apiKey: randomBytes(24).toString("hex"),
    }),
  ]);
  const [emulators, daybook] = started;
  if (emulators.status === "rejected" || daybook.status === "rejected") {
    await Promise.all(started.map((one) => (one.status === "fulfilled" ? one.value.stop() : undefined)));
    throw emulators.status === "rejected" ? emulators.reason : (daybook as PromiseRejectedResult).reason;
  }
  return madeReady(emulators.value, daybook.value, hookSecret);
}

async function madeReady(
  emulators: Child<z.infer<typeof Ready>>,
  daybook: Child<DaybookReady>,
  hookSecret: string,
): Promise<Emulators> {
  const ready = { ...emulators.ready, daybook: daybook.ready, hookSecret };
  await widenLimits(ready);
  await makeWatchable(ready);
  await makeScoreFields(ready);
  await introduceVisitors(ready.highlevel.url, ready.daybook);
  return {
    ready,
    stop: async () => {
      await Promise.all([emulators.stop(), daybook.stop()]);
    },
  };
}

/** Products that sign no webhooks: what proves them is a secret in the address. */
const UNSIGNED = ["trustmary", "trustpilot", "trint"] as const;

function argumentsOf({ seed, contacts, hooks }: EmulatorsOptions, hookSecret: string): string[] {
  const ports = ["highlevel", "salesmate", ...UNSIGNED].flatMap((product) => [`--${product}-port`, "0"]);
  const further = UNSIGNED.flatMap((product) => [
    `--${product}-webhooks`,
    `${hooks}/${product}/${product}/${hookSecret}`,
  ]);
  const fixed = [...ports, "--all", "--belongings", "--exit-with-parent"];
  return [...fixed, "--seed", seed, "--contacts", contacts, "--webhooks", `${hooks}/highlevel/highlevel`, ...further];
}

/**
 * Whether a note touches its contact in Salesmate is not known. Here it does, so that the note is seen to go across within
 * seconds; otherwise it would be found when the turn over all contacts comes to it. A recording is transcribed in two
 * seconds rather than minutes.
 */
async function makeWatchable({ salesmate, trint }: EmulatorsReady): Promise<void> {
  await put(salesmate.url, "quirks", { notesTouchContact: true });
  await put(trint.url, "quirks", { takesMs: 2_000 });
}

/**
 * The real allowances are made for months, the sandbox for a minute: Salesmate's 1,500 calls an hour do not carry a poll
 * every second, and HighLevel's 100 in ten seconds would stretch the first sync beyond the minute that it may take.
 */
async function widenLimits({ highlevel, ...others }: EmulatorsReady): Promise<void> {
  await put(highlevel.url, "limits", { requests: HIGHLEVEL_PER_10S, daily: HIGHLEVEL_PER_DAY });
  for (const product of ["salesmate", ...UNSIGNED] as const) await put(others[product].url, "limits", { off: true });
}

/** The custom fields in which HighLevel shows the stars of a contact's reviews; those that are there are mapped by themselves. */
const SCORE_FIELDS = { score: "NUMERICAL", mean: "NUMERICAL", reviews: "NUMERICAL", on: "DATE", id: "TEXT" } as const;

/** Makes them, as the owner of an account would who wants to see stars there. */
async function makeScoreFields({ highlevel: { url, locationId, token } }: EmulatorsReady): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, version: "2021-07-28", "content-type": "application/json" };
  for (const [name, dataType] of Object.entries(SCORE_FIELDS)) {
    const body = JSON.stringify({ name: `Trustpilot ${name}`, dataType });
    const answer = await fetch(`${url}/locations/${locationId}/customFields`, { method: "POST", headers, body });
    if (!answer.ok) throw new Failure("misconfigured", `HighLevel's stand-in makes no custom field: ${answer.status}.`);
  }
}

async function put(url: string, what: "limits" | "quirks", change: object): Promise<void> {
  const headers = { "content-type": "application/json" };
  await fetch(`${url}/_control/${what}`, { method: "PUT", headers, body: JSON.stringify(change) });
}
