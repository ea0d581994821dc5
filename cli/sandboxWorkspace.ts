import type { z } from "zod";
import type { WorkspaceConfig } from "../model/workspace.ts";
import type { EmulatorsReady } from "./emulators.ts";

/**
 * The sandbox's workspace: both emulators, their contacts and what belongs to these kept in step with rhythms short enough
 * to watch. Deletions are followed on both sides, because here they harm nobody.
 */
export function sandboxWorkspace({ highlevel, salesmate }: EmulatorsReady): z.input<typeof WorkspaceConfig> {
  return {
    workspace: { id: "sandbox", name: "Sandbox" },
    connections: [
      {
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
      },
      {
        id: "salesmate",
        connector: "salesmate",
        name: "Salesmate",
        settings: {
          linkname: salesmate.linkname,
          ownerId: salesmate.ownerId,
          timeZone: salesmate.timeZone,
          requestsPerHour: SALESMATE_PER_HOUR,
        },
        baseUrls: { api: `${salesmate.url}/apis` },
        credential: { kind: "token", token: salesmate.sessionKey },
      },
    ],
    syncs: [
      {
        ...BETWEEN,
        id: "contacts",
        name: "Contacts",
        resource: "contact",
        pollMs: { left: 5_000, right: 1_000 },
        sweepMs: 10_000,
      },
      { ...BETWEEN, ...OF_CONTACTS, id: "notes", name: "Notes", resource: "note" },
      { ...BETWEEN, ...OF_CONTACTS, id: "tasks", name: "Tasks", resource: "task", sweepMs: 15_000 },
      { ...BETWEEN, ...OF_CONTACTS, id: "appointments", name: "Appointments", resource: "appointment" },
    ],
  };
}

const BETWEEN = {
  left: "highlevel",
  right: "salesmate",
  deletes: { onLeftGone: "delete", onRightGone: "delete", holdMs: 1_000 },
  start: { isReviewed: true },
} as const;

/**
 * Events and polls tell of all that belongs to contacts, but of an edited task of HighLevel nothing does: it is found when
 * the turn over all contacts, a call for each, comes to it. For tasks that is short enough to watch; the others need none.
 */
const OF_CONTACTS = {
  parent: "contacts",
  pollMs: { left: 4_000, right: 1_000 },
  sweepMs: 3_600_000,
} as const;

/** Salesmate's real allowance, 1,500 an hour, would not carry a poll every second; the emulator's is lifted likewise. */
export const SALESMATE_PER_HOUR = 1_000_000;

/** HighLevel's real allowance is 100; with it the first sync of 600 contacts and what belongs to them takes minutes. */
export const HIGHLEVEL_PER_10S = 4_000;

/** HighLevel's real allowance is 200,000; looking at the tasks of all contacts every few seconds would use it in hours. */
export const HIGHLEVEL_PER_DAY = 100_000_000;

/** The emulator's searches lag by two seconds; how far the real ones do is not known, and a minute is believed of them. */
const SEARCH_LAG_MS = 3_000;
