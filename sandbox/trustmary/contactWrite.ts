import { opaqueId, type Random } from "../random.ts";
import type { Book } from "./book.ts";
import { CONTACT_TYPES, CUSTOM_FIELDS, type StoredContact, TEXTS } from "./contact.ts";
import type { Sendings } from "./lists.ts";
import type { Quirks } from "./quirks.ts";
import type { Refusals } from "./wording.ts";

/** What an import and a deletion work with. */
export type WriteParts = {
  readonly book: Book;
  readonly sendings: Sendings;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly random: Random;
  readonly now: () => number;
};

/** What became of an import. */
export type Imported = {
  readonly contact: StoredContact;
  readonly action: string;
  readonly listsUpdated: number;
};

/** The ways in which contacts change. */
export type ContactWriter = {
  /** Makes the contact with this e-mail, or changes what the body names. @throws Refusal */
  readonly import: (body: unknown) => Imported;
  /** Marks the contact with this e-mail as deleted. @throws Refusal 404 where there is none */
  readonly remove: (email: unknown) => StoredContact;
};

type Body = Readonly<Record<string, unknown>>;

const EMAIL = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const PHONE = /^\+[\d\s()-]{6,20}$/;
const PASSED_OVER = new Set(["email", "type", "processName", "addToLists", "addToList", "removeFromLists"]);

/** Makes the writer. */
export function createContactWriter(parts: WriteParts): ContactWriter {
  return {
    import: (given) => {
      const body = objectOf(given, parts.refusals);
      const email = emailOf(body.email, parts.refusals);
      const held = parts.book.holding(email) ?? returning(parts, email);
      const before = held ?? emptyContact(parts, email);
      const { lists, listsUpdated, started } = onLists(before.lists, body, parts);
      const values = { ...before, ...changesOf(body, before, parts), lists };
      if (parts.quirks().eidIsUnique) refuseTakenEid(values, parts);
      const contact = stamped(before, values, held !== undefined, parts);
      for (const automationId of started) parts.sendings.start(automationId, email);
      return { contact, action: held === undefined ? "IMPORT_CREATE" : parts.quirks().updateAction, listsUpdated };
    },
    remove: (email) => {
      const contact = parts.book.holding(emailOf(email, parts.refusals));
      if (contact === undefined) throw parts.refusals.missing("Contact not found");
      const at = parts.now();
      return parts.book.put({ ...contact, deletedAt: at, updatedAt: at, lastAction: "DELETE" });
    },
  };
}

function returning({ book, quirks }: WriteParts, email: string): StoredContact | undefined {
  return quirks().deletedReturnAs === "same" ? book.held(email) : undefined;
}

function emptyContact({ random, now }: WriteParts, email: string): StoredContact {
  const id = `ct${opaqueId(random, 10)}`;
  const texts = { eid: "", name: "", phone: "", company: "" };
  const at = now();
  return {
    ...texts,
    id,
    email,
    type: "customer",
    status: "active",
    lastAction: "",
    custom: {},
    lists: [],
    createdAt: at,
    updatedAt: at,
    deletedAt: undefined,
  };
}

function stamped(before: StoredContact, values: StoredContact, isThere: boolean, parts: WriteParts): StoredContact {
  const changed = { ...values, deletedAt: undefined };
  const isSame = isThere && JSON.stringify(changed) === JSON.stringify({ ...before });
  if (isSame && !parts.quirks().touchOnNoChange) return before;
  const lastAction = isThere ? parts.quirks().updateAction : "IMPORT_CREATE";
  return parts.book.put({ ...changed, lastAction, updatedAt: parts.now() });
}

/** Clearing is by an empty text. */
function changesOf(body: Body, before: StoredContact, { quirks, refusals }: WriteParts): Partial<StoredContact> {
  const custom: Record<string, string> = { ...before.custom };
  const texts: Partial<Record<(typeof TEXTS)[number], string>> = {};
  for (const [key, value] of Object.entries(body)) {
    if (PASSED_OVER.has(key)) continue;
    const text = textOf(key, value, refusals);
    if (isText(key)) texts[key] = text;
    else if (isCustom(key)) custom[key] = text;
    else if (quirks().unknownFields === "reject") throw refusals.invalid(`Unknown field: ${key}`);
  }
  if (texts.phone !== undefined && texts.phone !== "" && !PHONE.test(texts.phone)) {
    throw refusals.invalid("phone must be a number with its country code");
  }
  return { ...texts, ...typeOf(body, refusals), custom };
}

function isText(key: string): key is (typeof TEXTS)[number] {
  return TEXTS.some((name) => name === key);
}

function isCustom(key: string): boolean {
  return CUSTOM_FIELDS.some((name) => name === key);
}

function textOf(key: string, value: unknown, refusals: Refusals): string {
  if (value === null) return "";
  if (typeof value !== "string") throw refusals.invalid(`${key} must be a string`);
  return value.trim();
}

function typeOf({ type }: Body, refusals: Refusals): Partial<Pick<StoredContact, "type">> {
  if (type === undefined) return {};
  const known = CONTACT_TYPES.find((name) => name === type);
  if (known === undefined) throw refusals.invalid("type must be one of customer, employee");
  return { type: known };
}

/** Being put on a list with a segment begins the list's automation, also for whoever is on it. */
function onLists(
  before: readonly string[],
  body: Body,
  { sendings, refusals }: WriteParts,
): { lists: readonly string[]; listsUpdated: number; started: readonly string[] } {
  const added = entriesOf(body.addToLists ?? body.addToList, refusals);
  const removed = entriesOf(body.removeFromLists, refusals);
  const known = new Map(sendings.lists().map((list) => [list.id, list]));
  for (const { id } of [...added, ...removed]) if (!known.has(id)) throw refusals.invalid(`No such list: ${id}`);
  const lists = new Set(before);
  for (const { id } of added) lists.add(id);
  for (const { id } of removed) lists.delete(id);
  const started = added.flatMap(({ id, segment }) => {
    const automation = segment === undefined ? undefined : known.get(id)?.automationId;
    return automation === undefined ? [] : [automation];
  });
  return { lists: [...lists], listsUpdated: added.length + removed.length, started };
}

function entriesOf(given: unknown, refusals: Refusals): readonly { id: string; segment: string | undefined }[] {
  if (given === undefined) return [];
  if (!Array.isArray(given)) throw refusals.invalid("lists must be given as an array");
  return given.map((entry: unknown) => {
    if (typeof entry === "string") return { id: entry, segment: undefined };
    const { id, segment } = objectOf(entry, refusals);
    return { id: String(id ?? ""), segment: typeof segment === "string" ? segment : undefined };
  });
}

function refuseTakenEid(contact: StoredContact, { book, refusals }: WriteParts): void {
  const others = contact.eid === "" ? [] : book.contacts.find("eid", contact.eid);
  const holder = others.find(({ id, deletedAt }) => id !== contact.id && deletedAt === undefined);
  if (holder !== undefined) throw refusals.invalid("eid is already in use");
}

function emailOf(given: unknown, refusals: Refusals): string {
  const email = typeof given === "string" ? given.trim().toLowerCase() : "";
  if (email === "") throw refusals.invalid("email is required");
  if (!EMAIL.test(email)) throw refusals.invalid("email is not a valid e-mail address");
  return email;
}

/** A body as an object. @throws Refusal 400 where it is none */
export function objectOf(given: unknown, refusals: Refusals): Body {
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    throw refusals.invalid("Request body must be an object");
  }
  // Checked above; every value is looked at before it is used.
  return given as Body;
}
