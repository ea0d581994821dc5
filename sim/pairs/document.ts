import { WorkspaceConfig } from "../../model/workspace.ts";
import type { HighLevelEmulator } from "../../sandbox/highlevel/index.ts";
import { ADDRESSES } from "../partners.ts";
import { RHYTHM, SYNC_ID, WORKSPACE_ID } from "../rules.ts";
import type { PairPartner } from "./partner.ts";
import { PAIR_FIELDS } from "./partner.ts";
import type { PairHabits } from "./plan.ts";

/** The ids of the syncs of what belongs to contacts are their kinds. */
export const CHILD_SYNCS = { notes: "note", tasks: "task" } as const;

/** What a document is made of. */
export interface DocumentParts {
  readonly highlevel: HighLevelEmulator;
  readonly partner: PairPartner;
  readonly habits: PairHabits;
}

/** The workspace document of a run: HighLevel and the partner, with contacts, notes and tasks in step. */
export function pairDocument({ highlevel, partner, habits }: DocumentParts): WorkspaceConfig {
  const baseUrls = Object.entries(partner.paths).map(([name, path]) => [name, `${ADDRESSES.right}${path}`]);
  const sync = (id: string, resource: string, mapping: readonly object[]) => ({
    ...{ id, name: id, resource, mapping, left: "highlevel", right: partner.name },
    ...(resource !== "contact" && { parent: SYNC_ID }),
    deletes: {
      ...{ onLeftGone: habits.onLeftGone, onRightGone: habits.onRightGone },
      ...{ holdMs: RHYTHM.holdMs, breakerLimit: 50 },
    },
    ...{ pollMs: { left: RHYTHM.pollMs, right: RHYTHM.pollMs }, sweepMs: RHYTHM.sweepMs },
    start: { isReviewed: true },
  });
  return WorkspaceConfig.parse({
    workspace: { id: WORKSPACE_ID, name: "Acme" },
    connections: [
      {
        ...{ id: "highlevel", connector: "highlevel", name: "HighLevel", baseUrls: { api: ADDRESSES.left } },
        settings: { locationId: highlevel.location.id, writing: true, webhookKeys: highlevel.publicKeys() },
        credential: { kind: "token", token: highlevel.access.issuePrivate().value },
      },
      {
        ...{ id: partner.name, connector: partner.name, name: partner.name, settings: partner.settings },
        ...{ baseUrls: Object.fromEntries(baseUrls), credential: partner.credential },
      },
    ],
    syncs: [
      sync(SYNC_ID, "contact", contactRows(partner, habits)),
      ...Object.entries(CHILD_SYNCS).map(([id, resource]) => sync(id, resource, [])),
    ],
  });
}

/** Names keep to the stock mapping. */
function contactRows({ rows }: PairPartner, { conflict, clear }: PairHabits): readonly object[] {
  return PAIR_FIELDS.flatMap((left) => {
    const right = rows[left];
    return right === undefined ? [] : [{ left, right, conflict, clear }];
  });
}
