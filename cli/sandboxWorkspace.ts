import { readFileSync } from "node:fs";
import type { z } from "zod";
import type { Resource } from "../model/record.ts";
import type { WorkspaceConfig } from "../model/workspace.ts";
import type { EmulatorsReady } from "./emulators.ts";

type Document = z.input<typeof WorkspaceConfig>;
type Connection = NonNullable<Document["connections"]>[number];
type Sync = NonNullable<Document["syncs"]>[number];

/**
 * The sandbox's workspace: HighLevel and each app, their contacts and what belongs to these kept in step with rhythms short
 * enough to watch. Deletions are followed on both sides, because here they harm nobody.
 */
export function sandboxWorkspace(ready: EmulatorsReady): Document {
  return {
    workspace: { id: "sandbox", name: "Sandbox" },
    connections: [
      highlevel(ready),
      salesmate(ready),
      trustmary(ready),
      trustpilot(ready),
      trint(ready),
      daybook(ready),
    ],
    syncs: [
      ...withSalesmate(),
      ...withApp("trustmary", "Trustmary", ["note", "task"]),
      ...withApp("trustpilot", "Trustpilot", ["note", "task"]),
      ...withApp("trint", "Trint", ["note", "task"]),
      ...withApp("daybook", "Daybook", ["note", "task", "appointment"]),
    ],
  };
}

function highlevel({ highlevel }: EmulatorsReady): Connection {
  return {
    id: "highlevel",
    connector: "highlevel",
    name: "HighLevel",
    settings: {
      locationId: highlevel.locationId,
      writing: true,
      calendarId: highlevel.calendarId,
      webhookKeys: highlevel.publicKeys,
      requestsPer10s: HIGHLEVEL_PER_10S,
      searchLagMs: SEARCH_LAG_MS,
      requestsPerDay: HIGHLEVEL_PER_DAY,
    },
    baseUrls: { api: highlevel.url, marketplace: highlevel.url },
    credential: { kind: "token", token: highlevel.token },
  };
}

function salesmate({ salesmate }: EmulatorsReady): Connection {
  return {
    id: "salesmate",
    connector: "salesmate",
    name: "Salesmate",
    settings: {
      linkname: salesmate.linkname,
      ownerId: salesmate.ownerId,
      timeZone: salesmate.timeZone,
      requestsPerHour: LIFTED,
    },
    baseUrls: { api: `${salesmate.url}/apis` },
    credential: { kind: "token", token: salesmate.sessionKey },
  };
}

function trustmary({ trustmary, hookSecret }: EmulatorsReady): Connection {
  return {
    id: "trustmary",
    connector: "trustmary",
    name: "Trustmary",
    settings: { organizationId: trustmary.organizationId, webhookSecret: hookSecret, requestsPerMinute: LIFTED },
    baseUrls: { api: `${trustmary.url}/v1` },
    credential: { kind: "token", token: trustmary.apiKey },
  };
}

function trustpilot({ trustpilot, hookSecret }: EmulatorsReady): Connection {
  const { url, apiKey, apiSecret, businessUnitId, businessUserId } = trustpilot;
  return {
    id: "trustpilot",
    connector: "trustpilot",
    name: "Trustpilot",
    settings: {
      businessUnitId,
      businessUserId,
      writing: true,
      webhookSecret: hookSecret,
      requestsPer5Minutes: LIFTED,
      rereadPerPoll: 2,
    },
    baseUrls: { api: `${url}/v1`, invitations: `${url}/invitations/v1`, consent: `${url}/authenticate` },
    credential: { kind: "consent", clientId: apiKey, clientSecret: apiSecret },
  };
}

function trint({ trint, hookSecret }: EmulatorsReady): Connection {
  const { url, keyId, keySecret } = trint;
  return {
    id: "trint",
    connector: "trint",
    name: "Trint",
    settings: { keyId, writing: true, webhookSecret: hookSecret, requestsPerMinute: LIFTED },
    baseUrls: { api: url, upload: `${url}/upload`, translation: `${url}/translation`, members: `${url}/scim/v2` },
    credential: { kind: "token", token: keySecret },
  };
}

/** The declaration that comes with Daybook, with an allowance that carries short rhythms. */
function daybook({ daybook, hookSecret }: EmulatorsReady): Connection {
  const declared = JSON.parse(readFileSync(new URL("../examples/your-app/daybook.app.json", import.meta.url), "utf8"));
  return {
    id: "daybook",
    connector: "yourapp",
    name: "Daybook",
    settings: {
      app: { ...declared, limits: [{ requests: LIFTED, perMs: 1_000 }] },
      writing: true,
      webhookSecret: hookSecret,
    },
    baseUrls: { api: `${daybook.url}/api` },
    credential: { kind: "token", token: daybook.apiKey },
  };
}

const DELETES = { onLeftGone: "delete", onRightGone: "delete", holdMs: 1_000 } as const;

function withSalesmate(): Sync[] {
  const between = { left: "highlevel", right: "salesmate", deletes: DELETES, start: { isReviewed: true } } as const;
  const rhythm = { parent: "contacts", pollMs: { left: 4_000, right: 1_000 }, sweepMs: 3_600_000 } as const;
  return [
    {
      ...between,
      id: "contacts",
      name: "Contacts with Salesmate",
      resource: "contact",
      pollMs: { left: 5_000, right: 1_000 },
      sweepMs: 10_000,
    },
    {
      ...between,
      id: "businesses",
      name: "Businesses with Salesmate",
      resource: "business",
      pollMs: { left: 5_000, right: 1_000 },
      sweepMs: 60_000,
    },
    { ...between, ...rhythm, id: "notes", name: "Notes with Salesmate", resource: "note" },
    { ...between, ...rhythm, id: "tasks", name: "Tasks with Salesmate", resource: "task", sweepMs: TASK_TURN_MS },
    { ...between, ...rhythm, id: "appointments", name: "Appointments with Salesmate", resource: "appointment" },
  ];
}

type ChildResource = Exclude<Resource, "contact">;

/**
 * Contacts and what belongs to them between HighLevel and one more app. HighLevel is asked less often than for Salesmate:
 * its webhooks tell at once, and each sync would ask the same again.
 */
function withApp(id: string, name: string, children: readonly ChildResource[]): Sync[] {
  const between = { left: "highlevel", right: id, deletes: DELETES, start: { isReviewed: true } } as const;
  const parent = `${id}-contacts`;
  return [
    {
      ...between,
      id: parent,
      name: `Contacts with ${name}`,
      resource: "contact",
      pollMs: { left: 10_000, right: 2_000 },
      sweepMs: 20_000,
    },
    ...children.map((resource) => ({
      ...between,
      ...{ id: `${id}-${resource}s`, name: `${NAMES[resource]} with ${name}`, resource, parent },
      pollMs: { left: 10_000, right: 2_000 },
      sweepMs: resource === "task" ? 2 * TASK_TURN_MS : 3_600_000,
    })),
  ];
}

const NAMES: Readonly<Partial<Record<ChildResource, string>>> = {
  note: "Notes",
  task: "Tasks",
  appointment: "Appointments",
};

/**
 * Events and polls tell of all that belongs to contacts, but of an edited task of HighLevel nothing does: it is found when
 * the turn over all contacts, a call for each, comes to it. For tasks that is short enough to watch; the others need none.
 */
const TASK_TURN_MS = 15_000;

/** The real allowances, 1,500 an hour at Salesmate, would not carry a poll every second; the emulators' are lifted likewise. */
const LIFTED = 1_000_000;

/** HighLevel's real allowance is 100; with it the first sync of all contacts and what belongs to them takes minutes. */
export const HIGHLEVEL_PER_10S = 4_000;

/** HighLevel's real allowance is 200,000; looking at the tasks of all contacts every few seconds would use it in hours. */
export const HIGHLEVEL_PER_DAY = 100_000_000;

/** The emulator's searches lag by two seconds; how far the real ones do is not known, and a minute is believed of them. */
const SEARCH_LAG_MS = 3_000;
