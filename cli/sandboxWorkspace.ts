import type { z } from "zod";
import type { WorkspaceConfig } from "../model/workspace.ts";
import type { EmulatorsReady } from "./emulators.ts";

/**
 * The sandbox's workspace: both emulators, kept in step with rhythms short enough to watch. Deletions are followed on
 * both sides, because here they harm nobody.
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
          webhookKeys: highlevel.publicKeys,
          requestsPer10s: HIGHLEVEL_PER_10S,
        },
        baseUrls: { api: highlevel.url },
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
        id: "contacts",
        name: "Contacts",
        left: "highlevel",
        right: "salesmate",
        resource: "contact",
        deletes: { onLeftGone: "delete", onRightGone: "delete", holdMs: 1_000 },
        start: { isReviewed: true },
        pollMs: { left: 5_000, right: 1_000 },
        sweepMs: 10_000,
      },
    ],
  };
}

/** Salesmate's real allowance, 1,500 an hour, would not carry a poll every second; the emulator's is lifted likewise. */
export const SALESMATE_PER_HOUR = 1_000_000;

/** HighLevel's real allowance is 100; with it the first sync of some 600 contacts takes more than a minute. */
export const HIGHLEVEL_PER_10S = 400;
