import { hubKept, type ResourceAdapter } from "../../kit/index.ts";
import type { FieldDefinition } from "../../model/field.ts";
import { claimReviews, gatherReviews, noteFormer, refreshReview } from "./reviews.ts";
import type { Settings } from "./settings.ts";

/** People, notes and tasks, for which Trustpilot has no place: kept by the hub beside its reviews. */

const PERSON: readonly FieldDefinition[] = [
  { key: "fullName", label: "Name", type: "fullName", isWritable: true, standard: "fullName" },
  { key: "email", label: "E-mail", type: "email", isWritable: true, standard: "email" },
  { key: "phone", label: "Phone", type: "phone", isWritable: true, standard: "phone" },
  { key: "reference", label: "Reference in invitations", type: "text", isWritable: true },
  { key: "score", label: "Stars of the latest review", type: "number", isWritable: false, standard: "trustpilotScore" },
  { key: "meanScore", label: "Mean of all stars", type: "number", isWritable: false, standard: "trustpilotMean" },
  { key: "reviewCount", label: "Number of reviews", type: "number", isWritable: false, standard: "trustpilotReviews" },
  { key: "reviewedOn", label: "Latest review", type: "date", isWritable: false, standard: "trustpilotOn" },
  { key: "consumerId", label: "Consumer at Trustpilot", type: "text", isWritable: false, standard: "trustpilotId" },
];

const NOTE: readonly FieldDefinition[] = [
  { key: "title", label: "Title", type: "text", isWritable: true, standard: "title" },
  { key: "body", label: "Text", type: "richText", isWritable: true, standard: "body" },
];

const TASK: readonly FieldDefinition[] = [
  { key: "title", label: "Title", type: "text", isWritable: true, standard: "title" },
  { key: "body", label: "Description", type: "longText", isWritable: true, standard: "body" },
  { key: "dueAt", label: "Due", type: "dateTime", isWritable: true, standard: "dueAt" },
  { key: "isCompleted", label: "Done", type: "boolean", isWritable: true, standard: "isCompleted" },
];

const kept = hubKept<Settings>({ resource: "contact", noun: "person", fields: PERSON, gather: gatherReviews });

/** The people whom the hub knows beside Trustpilot, with what they wrote: a review that waits for somebody finds them. */
export const people: ResourceAdapter<Settings> = {
  ...kept,
  create: async (session, fields) => {
    const answer = await kept.create(session, fields);
    const record = await session.book.read("contact", answer.externalId);
    if (record !== undefined) await claimReviews(session, record);
    const snapshot = await kept.read(session, answer.externalId);
    return snapshot === "gone" ? answer : { kind: "created", externalId: answer.externalId, snapshot };
  },
  update: async (session, externalId, changes, known) => {
    const before = await session.book.read("contact", externalId);
    if (before !== undefined && "email" in changes)
      await noteFormer(session, String(before.fields.email ?? ""), externalId);
    await kept.update(session, externalId, changes, known);
    const record = await session.book.read("contact", externalId);
    if (record !== undefined && ("email" in changes || "reference" in changes)) await claimReviews(session, record);
    const snapshot = await kept.read(session, externalId);
    return snapshot === "gone" ? undefined : snapshot;
  },
};

/** Reviews, and what people write about a person. */
export const notes = hubKept<Settings>({
  resource: "note",
  parent: "contact",
  fields: NOTE,
  gather: gatherReviews,
  // What the hub wrote itself is nothing that Trustpilot could tell of.
  refresh: async (session, externalId) => {
    const record = await session.book.read("note", externalId);
    if (record?.origin !== "hub" && !externalId.startsWith(HUB_MADE)) await refreshReview(session, externalId);
  },
});

/** What ids of records begin with that the hub made. Source: model/book.ts. */
const HUB_MADE = "kith_";

/** What is to be done about a person: poor reviews make such a task by themselves. */
export const tasks = hubKept<Settings>({ resource: "task", parent: "contact", fields: TASK, gather: gatherReviews });
