import { deletesFor, RHYTHM, type Rules, SYNC_ID } from "../rules.ts";
import { JOT_FIELDS, JOT_NAMES, type JotKind } from "./jots.ts";

/** The sync of the notes or tasks of a run's contacts; its id is their kind. */
export function childSyncFor(rules: Rules, kind: JotKind): object {
  const policy = { conflict: rules.conflict, clear: rules.clear };
  return {
    id: kind,
    name: `The ${kind}`,
    left: "highlevel",
    right: "salesmate",
    resource: JOT_NAMES[kind],
    parent: SYNC_ID,
    mapping: JOT_FIELDS[kind].map((field) => ({ left: field, right: field, ...policy })),
    deletes: deletesFor(rules),
    pollMs: { left: RHYTHM.pollMs, right: RHYTHM.pollMs },
    start: { isReviewed: true },
    sweepMs: RHYTHM.sweepMs,
  };
}
