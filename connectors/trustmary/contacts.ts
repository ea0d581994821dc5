import {
  type CreateAnswer,
  type ListPage,
  type ListQuery,
  type ResourceAdapter,
  readAnswer,
  type Session,
} from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Changes, type Fields } from "../../model/value.ts";
import { followAddress, gatherAnswers, latestAnswers, moveAddress } from "./answers.ts";
import { about, contactWith, listPage } from "./calls.ts";
import {
  addressOf,
  changeBody,
  contactSnapshot,
  customNames,
  describeContact,
  importBody,
  writableFields,
} from "./contact.ts";
import { PAGE_OVERLAP, PAGE_ROWS } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { Contact, ImportAnswer } from "./wire.ts";

/** The contacts of a Trustmary organisation: people who can be asked, known by their e-mail. */
export const contacts: ResourceAdapter<Settings> = {
  keyedBy: "email",
  describe: async (session) => describeContact(await customFieldsOf(session)),
  // A poll reads the whole list, since it cannot be asked for changes; nothing is missed between two of them.
  listing: ({ listLagMs }) => ({ isComplete: true, lagMs: listLagMs, overlapMs: listLagMs }),
  list,
  read: async (session, externalId) => {
    const found = await contactWith(session, externalId);
    return found === undefined ? "gone" : snapshotOf(session, found);
  },
  create,
  update,
  delete: remove,
  find: async (session, rule, value) => {
    // Nobody can be looked up by anything else there.
    const found = rule === "email" ? await contactWith(session, value.trim().toLowerCase()) : undefined;
    return found === undefined ? [] : [found.email.toLowerCase()];
  },
};

const FIELDS_KEPT_MS = 10 * 60_000;

/** The custom fields that the setting names, and those that the first contacts show: no operation lists them. */
export function customFieldsOf(session: Session<Settings>): Promise<readonly string[]> {
  return session.remember("customFields", FIELDS_KEPT_MS, async () => {
    const first = await listPage(session, { path: "/contacts", name: "contacts", shape: Contact });
    return [...new Set([...session.settings.customFields, ...first.flatMap(customNames)])].sort();
  });
}

async function list(session: Session<Settings>, { since, cursor }: ListQuery): Promise<ListPage> {
  if (cursor === undefined) await gatherAnswers(session);
  const offset = Number(cursor ?? 0);
  const custom = await customFieldsOf(session);
  const latest = await latestAnswers(session);
  const rows = await listPage(session, { path: "/contacts", name: "contacts", shape: Contact, query: { offset } });
  const snapshots: Snapshot[] = [];
  for (const row of rows) {
    if (row.deleted_at) continue;
    const email = row.email.toLowerCase();
    await followAddress(session, row.id, email);
    const answer = latest.get(email);
    const changedAt = Math.max(Date.parse(row.updated_at ?? "") || Number.POSITIVE_INFINITY, answer?.changedAt ?? 0);
    if (since === undefined || changedAt >= since) snapshots.push(contactSnapshot(row, custom, answer));
  }
  return { records: snapshots, ...(rows.length >= PAGE_ROWS && { next: String(offset + PAGE_ROWS - PAGE_OVERLAP) }) };
}

async function snapshotOf(session: Session<Settings>, contact: Contact): Promise<Snapshot> {
  const [custom, latest] = await Promise.all([customFieldsOf(session), latestAnswers(session)]);
  return contactSnapshot(contact, custom, latest.get(contact.email.toLowerCase()));
}

/** An import of somebody who is there would change them, so it is looked first. */
async function create(session: Session<Settings>, fields: Fields): Promise<CreateAnswer> {
  const email = addressOf(fields);
  const there = await contactWith(session, email);
  if (there !== undefined) return { kind: "found", externalId: email };
  const { joinLists } = session.settings;
  const body = { ...importBody(fields), ...(joinLists.length > 0 && { addToLists: joinLists }) };
  const made = await importContact(session, body, "create a contact");
  await followAddress(session, made.id, email);
  const snapshot = await snapshotOf(session, made);
  return { kind: "created", externalId: snapshot.externalId, snapshot };
}

async function importContact(session: Session<Settings>, json: object, doing: string): Promise<Contact> {
  const answer = await session.http.request({ method: "POST", path: "/contacts", json, doing });
  return readAnswer(ImportAnswer, answer, about(doing, true)).contact;
}

/** @throws Failure `not_found` when it is gone */
async function update(
  session: Session<Settings>,
  externalId: string,
  changes: Changes,
  known: Fields,
): Promise<Snapshot> {
  // An import under an address that is gone would make somebody anew.
  const there = await contactWith(session, externalId);
  if (there === undefined)
    throw new Failure("not_found", `Could not update contact ${externalId} at Trustmary: it is gone.`);
  const next = addressOf(applyChanges(known, changes));
  if (next !== externalId) return moveTo(session, there, next, changes);
  const body = changeBody(externalId, changes, known);
  return snapshotOf(session, await importContact(session, body, `update contact ${externalId}`));
}

/**
 * Gives a contact another e-mail, which no operation of Trustmary does. In this order, so that wherever it is cut short the
 * next attempt goes on, and at no moment is the person in neither place: made under the new address with all that the old
 * one shows; proved by reading; what the hub keeps of the person moved there; the old one deleted.
 */
async function moveTo(session: Session<Settings>, from: Contact, to: string, changes: Changes): Promise<Snapshot> {
  const doing = "change the e-mail of a contact";
  if (session.settings.emailChange === "refuse") {
    const words = "Trustmary knows people by their e-mail, and the setting emailChange leaves it as it is.";
    throw new Failure("rejected", `Could not ${doing} at Trustmary: ${words}`, { issues: [words] });
  }
  await claimAddress(session, from.email.toLowerCase(), to);
  const old = await snapshotOf(session, from);
  const fields = writableFields(applyChanges(old.fields, changes), await customFieldsOf(session));
  const { joinLists } = session.settings;
  await importContact(
    session,
    { ...importBody(fields), ...(joinLists.length > 0 && { addToLists: joinLists }) },
    doing,
  );
  const made = await contactWith(session, to);
  if (made === undefined) {
    throw new Failure(
      "unavailable",
      `Could not ${doing} at Trustmary: the new contact does not show yet. It is tried again.`,
    );
  }
  await moveAddress(session, from, made);
  await remove(session, old.externalId);
  await session.book.delete(CLAIM, to, "partner");
  return snapshotOf(session, made);
}

/** The records of the hub's book that say for whom an address is about to be used, by the address. */
const CLAIM = "claimedAddress";

/**
 * An import under an address that somebody else has would write over them. Whoever is there must be what an attempt
 * that was cut short has made: that is noted down before it begins.
 * @throws Failure `rejected` where somebody else is there, naming them, so that the engine can have them make way
 */
async function claimAddress(session: Session<Settings>, from: string, to: string): Promise<void> {
  const { book } = session;
  if ((await contactWith(session, to)) === undefined) {
    await book.put({ resource: CLAIM, externalId: to, fields: { from }, origin: "partner" });
    return;
  }
  const claim = await book.read(CLAIM, to);
  if (claim?.fields.from === from) return;
  const words = "Somebody else has this e-mail at Trustmary, which lets only one contact have it.";
  throw new Failure("rejected", `Could not change the e-mail of a contact at Trustmary: ${words}`, {
    issues: [words],
    heldBy: to,
  });
}

async function remove(session: Session<Settings>, externalId: string): Promise<void> {
  await session.http.request({
    method: "DELETE",
    path: "/contacts",
    json: { email: externalId },
    doing: `delete contact ${externalId}`,
    isExpected: ({ status }) => status === 404,
  });
}
