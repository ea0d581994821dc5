import { z } from "zod";
import { ORIGINS } from "../book.ts";
import { FieldDefinition } from "../field.ts";
import { LINK_STATES } from "../link.ts";
import { route } from "./route.ts";
import { ValueView } from "./views.ts";

/** What the hub keeps itself beside a partner's records, as it leaves the hub. */

/** A kind of record that the hub keeps for a connection. */
export const KeptResource = z.object({
  /** `contact`, `note`, `task`, `appointment`, or a connector's own word. */
  resource: z.string(),
  /** What its records are called in sentences: `person`. */
  noun: z.string(),
  /** The resource that its records belong to; absent for those that stand for themselves. */
  parent: z.string().optional(),
  /** Whether people may add, edit and delete its records; the other kinds are a connector's own memory. */
  isEditable: z.boolean(),
  fields: z.array(FieldDefinition),
  /** How many there are. */
  count: z.int(),
});
export type KeptResource = z.infer<typeof KeptResource>;

export const KeptView = z.object({
  connection: z.object({ id: z.string(), name: z.string(), partner: z.string() }),
  resources: z.array(KeptResource),
});
export type KeptView = z.infer<typeof KeptView>;

/** One record that the hub keeps. */
export const KeptRecord = z.object({
  resource: z.string(),
  externalId: z.string(),
  /** The name by which people recognise it. */
  title: z.string(),
  parentId: z.string().optional(),
  /** The name of the contact that it belongs to, where the hub knows it. */
  parentTitle: z.string().optional(),
  fields: z.record(z.string(), ValueView),
  /** Keys of the fields that a person may write. */
  writable: z.array(z.string()),
  /** Who made it: somebody by way of the hub, or the partner's own doing, which only the product changes. */
  origin: z.enum(ORIGINS),
  /** Where it, or what it stands beside, is in the product's own pages. */
  pageUrl: z.string().optional(),
  createdAt: z.number(),
  changedAt: z.number(),
  /** Its links to the other sides, one per sync that has met it. */
  links: z.array(z.object({ linkId: z.string(), syncId: z.string(), state: z.enum(LINK_STATES) })),
});
export type KeptRecord = z.infer<typeof KeptRecord>;

const Params = z.object({ workspaceId: z.string(), connectionId: z.string() });
const ResourceParams = Params.extend({ resource: z.string() });
const RecordParams = ResourceParams.extend({ externalId: z.string() });
/** Values by field key; an empty one clears the field, and fields that are not named stay as they are. */
const Values = z.record(z.string(), ValueView);

const PATH = "/api/workspaces/:workspaceId/connections/:connectionId/kept" as const;

/** The routes to what the hub keeps. */
export const KEPT_ROUTES = {
  kept: route({
    method: "GET",
    path: PATH,
    tag: "Kept by the hub",
    summary:
      "Lists the kinds of record that the hub keeps itself for a connection, since its partner has no place for them.",
    params: Params,
    answer: KeptView,
  }),
  keptRecords: route({
    method: "GET",
    path: `${PATH}/:resource`,
    tag: "Kept by the hub",
    summary:
      "Lists the records of one kind that the hub keeps: newest change first and by words, or, with order=changed, all of them page by page from the one that changed longest ago.",
    params: ResourceParams,
    query: z.object({
      text: z.string().max(200).optional(),
      parentId: z.string().optional(),
      order: z.enum(["newest", "changed"]).default("newest"),
      /** With order=newest: how many to pass over. */
      offset: z.coerce.number().int().min(0).default(0),
      /** With order=changed: only what changed at this time or after, epoch ms. */
      since: z.coerce.number().int().optional(),
      /** With order=changed: the `next` of the page before. */
      cursor: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    answer: z.object({ records: z.array(KeptRecord), total: z.int().optional(), next: z.string().optional() }),
  }),
  keptRecord: route({
    method: "GET",
    path: `${PATH}/:resource/:externalId`,
    tag: "Kept by the hub",
    summary: "Shows one record that the hub keeps.",
    params: RecordParams,
    answer: KeptRecord,
  }),
  addKept: route({
    method: "POST",
    path: `${PATH}/:resource`,
    tag: "Kept by the hub",
    summary: "Adds a record to what the hub keeps; it travels to the other side like any other.",
    params: ResourceParams,
    body: z.object({ fields: Values, parentId: z.string().optional() }),
    answer: KeptRecord,
  }),
  editKept: route({
    method: "PATCH",
    path: `${PATH}/:resource/:externalId`,
    tag: "Kept by the hub",
    summary: "Edits a record that the hub keeps; the change travels like any other.",
    params: RecordParams,
    body: z.object({ fields: Values }),
    answer: KeptRecord,
  }),
  deleteKept: route({
    method: "DELETE",
    path: `${PATH}/:resource/:externalId`,
    tag: "Kept by the hub",
    summary:
      "Deletes a record that the hub keeps, with what belongs to it; the sync's policy says what follows from that.",
    params: RecordParams,
    answer: z.object({ isDone: z.literal(true) }),
  }),
} as const;
