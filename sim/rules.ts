import type { Side } from "../model/record.ts";
import type { ConflictPolicy, StartMode, SyncConfig } from "../model/sync.ts";
import { WorkspaceConfig } from "../model/workspace.ts";
import type { JotKind } from "./children/jots.ts";
import { childSyncFor } from "./children/syncs.ts";
import { ADDRESSES, type Partners } from "./partners.ts";
import { EDITED } from "./people.ts";

/** What is configured in a run: the parts of a workspace document that runs differ in. */
export interface Rules {
  readonly conflict: ConflictPolicy;
  readonly clear: "carry" | "leave";
  readonly onLeftGone: SyncConfig["deletes"]["onLeftGone"];
  readonly onRightGone: SyncConfig["deletes"]["onRightGone"];
  readonly breakerLimit: number;
  /** What is kept in step under contacts. */
  readonly children: readonly JotKind[];
  /** Contacts on a page of HighLevel's list; as many as there can be when absent. */
  readonly contactsPerPage?: number;
  /** How the sync is started; in full when absent. */
  readonly start?: StartMode;
  /** How long a record must have been left alone on a side before what was edited there is carried; at once when absent. */
  readonly settleMs?: Readonly<Record<Side, number>>;
}

/** How HighLevel is signed in to. Salesmate knows one way only. */
export type Credential = WorkspaceConfig["connections"][number]["credential"];

export const WORKSPACE_ID = "acme";
export const SYNC_ID = "contacts";

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** Between two polls of a side, and between two sweeps, ms: often enough that healing takes hours and not days. */
export const RHYTHM = { pollMs: HOUR_MS / 2, sweepMs: HOUR_MS, holdMs: MINUTE_MS } as const;

/** Longer than any run. */
const NEVER_MS = 1_000 * HOUR_MS;

/** The workspace document for a run's rules. */
export function documentFor(
  rules: Rules,
  partners: Partners,
  credential: Credential,
  isSwept: boolean,
): WorkspaceConfig {
  const { highlevel, salesmate } = partners;
  return WorkspaceConfig.parse({
    workspace: { id: WORKSPACE_ID, name: "Acme" },
    connections: [
      {
        id: "highlevel",
        connector: "highlevel",
        name: "HighLevel",
        settings: leftSettings(rules, highlevel),
        baseUrls: { api: ADDRESSES.left },
        credential,
      },
      {
        id: "salesmate",
        connector: "salesmate",
        name: "Salesmate",
        settings: settingsOf(salesmate),
        baseUrls: { api: `${ADDRESSES.right}/apis` },
        credential: { kind: "token", token: salesmate.sessionKey },
      },
    ],
    syncs: [syncFor(rules, isSwept), ...rules.children.map((kind) => childSyncFor(rules, kind))],
  });
}

/** The emulator's first calendar. */
const CALENDAR_ID = "cal00000000000000001";

function leftSettings({ contactsPerPage, children }: Rules, { location, publicKeys }: Partners["highlevel"]): object {
  return {
    ...{ locationId: location.id, country: location.country, writing: true, webhookKeys: publicKeys() },
    ...(contactsPerPage !== undefined && { contactsPerPage }),
    ...(children.includes("appointments") && { calendarId: CALENDAR_ID }),
  };
}

function settingsOf({ signIn }: Partners["salesmate"]): object {
  const { linkname, ownerId, timeZone } = signIn();
  return { linkname, ownerId, timeZone };
}

function syncFor(rules: Rules, isSwept: boolean): object {
  const policy = { conflict: rules.conflict, clear: rules.clear };
  return {
    id: SYNC_ID,
    name: "Contacts",
    left: "highlevel",
    right: "salesmate",
    resource: "contact",
    mapping: EDITED.map((field) => ({ left: field, right: field, ...policy })),
    deletes: deletesFor(rules),
    pollMs: { left: RHYTHM.pollMs, right: RHYTHM.pollMs },
    start: { isReviewed: true, mode: rules.start ?? "full" },
    ...(rules.settleMs !== undefined && { settleMs: rules.settleMs }),
    sweepMs: isSwept ? RHYTHM.sweepMs : NEVER_MS,
  };
}

/** What becomes of the other side of a record that is gone. */
export function deletesFor({ onLeftGone, onRightGone, breakerLimit }: Rules): object {
  return { onLeftGone, onRightGone, holdMs: RHYTHM.holdMs, breakerLimit };
}
