import { z } from "zod";
import { FIELD_TYPES } from "./field.ts";
import { isStandalone, RESOURCES, type Resource, SIDES, type Side, type StandaloneResource } from "./record.ts";

/** How a field is settled when both sides changed it to different values. */
export const CONFLICT_POLICIES = ["preferLeft", "preferRight", "newest", "ask"] as const;
export type ConflictPolicy = (typeof CONFLICT_POLICIES)[number];

const FieldKey = z.string().min(1);

const Parts = z.discriminatedUnion("as", [
  z.strictObject({ as: z.literal("fullName"), side: z.enum(SIDES), first: FieldKey, last: FieldKey }),
  z.strictObject({
    as: z.literal("address"),
    side: z.enum(SIDES),
    street: FieldKey,
    city: FieldKey,
    state: FieldKey.optional(),
    postalCode: FieldKey.optional(),
    country: FieldKey.optional(),
  }),
]);

/**
 * The fields that on one side hold together what the other side holds in one: the words of a name, or the parts of an
 * address. Parts that are not named are not kept on that side.
 */
export const RowParts = Parts.refine((parts) => new Set(partKeys(parts)).size === partKeys(parts).length, {
  message: "each part must be a field of its own",
});
export type RowParts = z.infer<typeof Parts>;

/** The keys of the fields that a row's parts name, in the order of their roles. */
export function partKeys(parts: RowParts): readonly string[] {
  if (parts.as === "fullName") return [parts.first, parts.last];
  const { street, city, state, postalCode, country } = parts;
  return [street, city, state, postalCode, country].filter((key) => key !== undefined);
}

/**
 * One row of a mapping: a field on the left, its counterpart on the right, and the policy between them. Where `parts` are
 * given, the name of that side's field is only what they are called together.
 */
export const MappingRow = z
  .strictObject({
    left: FieldKey,
    right: FieldKey,
    /** Several fields of one side in the place of its one. */
    parts: RowParts.optional(),
    /** How the two are compared; from the field catalogue when absent. */
    type: z.enum(FIELD_TYPES).optional(),
    /** Where changes travel. On a row that goes one way the side it comes from wins every difference. */
    direction: z.enum(["both", "toRight", "toLeft"]).default("both"),
    /** Who wins a row that goes both ways; `ask` asks on any row. */
    conflict: z.enum(CONFLICT_POLICIES).default("preferLeft"),
    /** Whether emptying the field on one side empties it on the other. */
    clear: z.enum(["carry", "leave"]).default("carry"),
  })
  .refine((row) => row.parts === undefined || row.type === undefined || row.type === row.parts.as, {
    path: ["type"],
    message: "a row with parts is compared as what the parts are; leave its type out",
  });
export type MappingRow = z.infer<typeof MappingRow>;

/** The fields of one side that a row claims: no other row may have them. */
export function rowKeys(row: MappingRow, side: Side): readonly string[] {
  const parts = row.parts?.side === side ? partKeys(row.parts) : [];
  return [...new Set([row[side], ...parts])];
}

/** The keys of the fields that a row reads on a side: those of its parts there, or its one field. */
export function readKeys(row: MappingRow, side: Side): readonly string[] {
  return row.parts?.side === side ? partKeys(row.parts) : [row[side]];
}

/** What a sync does when a record is proved deleted on one side. */
export const DELETE_POLICIES = ["leave", "unlink", "delete"] as const;

/** How records can be recognised as the same. Two people may share a name, so contacts are never recognised by it alone. */
export const MATCH_RULES = ["email", "phone", "name", "website"] as const;
export type MatchRule = (typeof MATCH_RULES)[number];

/** The rules that each kind of record may be recognised by, in the order in which they are asked where a sync names none. */
export const USUAL_RULES: Readonly<Record<StandaloneResource, readonly MatchRule[]>> = {
  contact: ["email", "phone"],
  business: ["name", "website", "phone", "email"],
  tag: ["name"],
};

/** The rules of a sync that names none; what belongs to a contact is recognised otherwise, and keeps the contact's. */
function usualRules(resource: Resource): readonly MatchRule[] {
  return USUAL_RULES[isStandalone(resource) ? resource : "contact"];
}

/**
 * What a sync does with the records that were there before it was started. `full`: everything is brought in step.
 * `newOnly`: pairs are linked as they are, records without counterpart are left alone. `fillEmpty`: pairs only give each
 * other what one of them lacks, records without counterpart are made across. What is edited later travels in each.
 */
export const START_MODES = ["full", "newOnly", "fillEmpty"] as const;
export type StartMode = (typeof START_MODES)[number];

/** Whether a sync may write: both sides are still read, it waits to be started, is being made ready, or is at work. */
export const START_STATES = ["reading", "ready", "starting", "started"] as const;
export type StartState = (typeof START_STATES)[number];

/** Who edits longer than this at a stretch is not at one form any more, ms. */
const SETTLE_MAX_MS = 10 * 60_000;

const WrittenSync = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, "use lower-case letters, digits and hyphens"),
  name: z.string().min(1),
  left: z.string().min(1),
  right: z.string().min(1),
  resource: z.enum(RESOURCES),
  /** Of notes, tasks, appointments and opportunities: the id of the sync that keeps the contacts they belong to, with the same sides. */
  parent: z.string().min(1).optional(),
  /**
   * How records are recognised as the same, in order; `USUAL_RULES` of the resource when absent. What children are
   * recognised by is fixed per resource (`MATCHED_BY`).
   */
  match: z.array(z.enum(MATCH_RULES)).min(1).optional(),
  /** Rows in addition to, or overriding, the stock mapping of the two connectors. */
  mapping: z.array(MappingRow).default([]),
  /** Whether the stock mapping of the two connectors is included. */
  hasStockMapping: z.boolean().default(true),
  /** Standard fields of the stock mapping to leave out. */
  without: z.array(z.string()).default([]),
  deletes: z
    .strictObject({
      /** When gone on the left, what to do on the right. */
      onLeftGone: z.enum(DELETE_POLICIES).default("unlink"),
      onRightGone: z.enum(DELETE_POLICIES).default("unlink"),
      /** Between the first read that says gone and the second. */
      holdMs: z.int().min(0).default(60_000),
      /** More deletions than this within an hour wait for a person. */
      breakerLimit: z.int().min(1).default(50),
    })
    .prefault({}),
  pollMs: z
    .strictObject({ left: z.int().min(250).default(60_000), right: z.int().min(250).default(120_000) })
    .prefault({}),
  /** How long a record must have been left alone on a side before what was edited there is carried; at once when absent. */
  settleMs: z
    .strictObject({
      left: z.int().min(0).max(SETTLE_MAX_MS).default(0),
      right: z.int().min(0).max(SETTLE_MAX_MS).default(0),
    })
    .optional(),
  /** How it begins; without effect once it was started. */
  start: z
    .strictObject({
      mode: z.enum(START_MODES).default("full"),
      /** Whether it starts by itself once both sides were read; else nothing is written before a person starts it. */
      isReviewed: z.boolean().default(false),
    })
    .prefault({}),
  /** Time between full comparisons. */
  sweepMs: z
    .int()
    .min(1_000)
    .default(6 * 3_600_000),
});

/** A configured pair: two connections, a resource, a mapping, policies and rhythms. Times in milliseconds. */
export const SyncConfig = WrittenSync.transform((sync) => ({
  ...sync,
  match: sync.match ?? [...usualRules(sync.resource)],
}));
export type SyncConfig = z.infer<typeof SyncConfig>;
