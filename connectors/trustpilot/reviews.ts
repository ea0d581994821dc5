import type { Session } from "../../kit/index.ts";
import type { BookRecord } from "../../model/book.ts";
import type { Fields } from "../../model/value.ts";
import { productReview, productReviews, serviceReview, serviceReviews } from "./calls.ts";
import { PAGE_ROWS } from "./quirks.ts";
import {
  fieldsOf,
  followUpTask,
  type KeptReview,
  keptProduct,
  keptService,
  pageOf,
  reviewNote,
  reviewOf,
  scoreOf,
} from "./review.ts";
import type { Settings } from "./settings.ts";

/**
 * Reviews in the hub's book: every one that was seen, whose person it is (as far as that is known), and what came of it.
 * Whom a review is of is found by the reference that the invitation carried, then by the address that was invited.
 */

const REVIEW = "review";
const FORMER = "formerEmail";
/** Polls that come sooner than this after one another read the reviews once, ms. */
const GATHERED_MS = 15_000;
/** Product reviews can not be asked for by time, so all are read as often, ms. */
const PRODUCTS_MS = 3_600_000;

/** Brings what is new at Trustpilot into the book. */
export function gatherReviews(session: Session<Settings>): Promise<void> {
  return session.remember("reviews", GATHERED_MS, async () => {
    const startedAt = session.now();
    await gatherService(session);
    if (session.settings.productReviews) await gatherProducts(session, startedAt);
    await rereadSome(session);
  });
}

async function gatherService(session: Session<Settings>): Promise<void> {
  const { book, settings } = session;
  const until = session.now();
  const before = Number((await book.bookmark("service")) ?? Number.NaN);
  const since = Number.isFinite(before) ? before - settings.pollOverlapMs : undefined;
  for (let page = 1; ; page += 1) {
    const reviews = await serviceReviews(session, page, since);
    for (const review of reviews) await keepReview(session, keptService(review));
    if (reviews.length < PAGE_ROWS) break;
  }
  await book.setBookmark("service", String(until));
}

async function gatherProducts(session: Session<Settings>, now: number): Promise<void> {
  const { book } = session;
  const before = Number((await book.bookmark("products")) ?? Number.NaN);
  const isWhole = !(now - before < PRODUCTS_MS);
  for (let page = 1; ; page += 1) {
    const reviews = await productReviews(session, page);
    for (const review of reviews) await keepReview(session, keptProduct(review));
    if (!isWhole || reviews.length < PAGE_ROWS) break;
  }
  if (isWhole) await book.setBookmark("products", String(now));
}

/** Reads some known reviews again, in turn, since nothing but a webhook tells of one that was edited or deleted. */
async function rereadSome(session: Session<Settings>): Promise<void> {
  const { book, settings } = session;
  if (settings.rereadPerPoll === 0) return;
  const cursor = (await book.bookmark("reread")) ?? "";
  const page = await book.list(REVIEW, { limit: settings.rereadPerPoll, ...(cursor !== "" && { cursor }) });
  for (const { externalId, fields } of page.records)
    await refreshReview(session, externalId, reviewOf(externalId, fields).kind);
  await book.setBookmark("reread", page.next ?? "");
}

/**
 * Reads one review and keeps what it is now.
 * @param kind of a review that was not seen before both are tried.
 */
export async function refreshReview(session: Session<Settings>, id: string, kind?: KeptReview["kind"]): Promise<void> {
  const known = kind ?? (await knownKind(session, id));
  const service = known === "product" ? "gone" : await serviceReview(session, id);
  if (service !== "gone") return keepReview(session, keptService(service));
  const mayBeProduct = known !== "service" && session.settings.productReviews;
  const product = mayBeProduct ? await productReview(session, id) : "gone";
  if (product !== "gone") return keepReview(session, keptProduct(product));
  await forgetReview(session, id);
}

async function knownKind({ book }: Session<Settings>, id: string): Promise<KeptReview["kind"] | undefined> {
  const record = await book.read(REVIEW, id);
  return record === undefined ? undefined : reviewOf(id, record.fields).kind;
}

/** Keeps a review, and makes of it what it becomes for its person. Safe to repeat at any point. */
async function keepReview(session: Session<Settings>, review: KeptReview): Promise<void> {
  const { book, settings } = session;
  const before = await earlierOwner(session, review.id);
  const isNews = before === "" && settings.reviewersBecomePeople;
  const personId = (await isPerson(session, before))
    ? before
    : ((await personOf(session, review)) ?? (isNews ? await newPerson(session, review) : undefined));
  if (personId !== undefined) await tie(session, review, personId);
  const fields: Fields = { ...fieldsOf(review), personId: personId ?? before };
  await book.put({ resource: REVIEW, externalId: review.id, fields, origin: "partner" });
  if (personId !== undefined) await score(session, personId);
}

/**
 * Whose review it was when it was last seen, also where they have been deleted; empty where that is not known. Whose it is
 * stays so: it goes on naming the address that was invited, when its writer has long had another, or somebody else has it.
 */
async function earlierOwner({ book }: Session<Settings>, id: string): Promise<string> {
  const note = await book.read("note", id);
  if (note?.parentId !== undefined) return note.parentId;
  const kept = await book.read(REVIEW, id);
  return String(kept?.fields.personId ?? "");
}

async function isPerson({ book }: Pick<Session<Settings>, "book">, id: string): Promise<boolean> {
  return id !== "" && (await book.read("contact", id)) !== undefined;
}

/** The person whose review it is by what it says, where the hub knows them. */
async function personOf({ book }: Session<Settings>, { reference, email }: KeptReview): Promise<string | undefined> {
  if (reference !== "") {
    if ((await book.read("contact", reference)) !== undefined) return reference;
    const [named] = await book.find("contact", "reference", reference);
    if (named !== undefined) return named;
  }
  if (email === "") return undefined;
  const found = await book.find("contact", "email", email);
  // An address that several share does not tell whose review it is.
  if (found.length > 0) return found.length === 1 ? found[0] : undefined;
  const former = String((await book.read(FORMER, email))?.fields.personId ?? "");
  return (await isPerson({ book }, former)) ? former : undefined;
}

/** Notes that a person had this address: whoever was invited under it may review when they have another. */
export async function noteFormer({ book }: Session<Settings>, email: string, personId: string): Promise<void> {
  const externalId = email.trim().toLowerCase();
  if (externalId !== "") await book.put({ resource: FORMER, externalId, fields: { personId }, origin: "partner" });
}

/** Somebody whom nobody knew. Without an address they could be told from nobody, and wait until they are known. */
async function newPerson({ book }: Session<Settings>, review: KeptReview): Promise<string | undefined> {
  if (review.email === "" || (await book.find("contact", "email", review.email)).length > 0) return undefined;
  const externalId = `reviewer_${review.consumerId || review.id}`;
  const fields = { fullName: review.consumerName, email: review.email, reference: review.reference };
  const answer = await book.put({ resource: "contact", externalId, fields, origin: "hub" });
  return answer.kind === "deleted" ? undefined : externalId;
}

/**
 * The task that a review may make is put first and only where its note is not there yet: so it is made once, also when the
 * hub dies in between, and stays as people left it, deleted ones included.
 */
async function tie({ book, settings, now }: Session<Settings>, review: KeptReview, parentId: string): Promise<void> {
  const isKnown =
    (await book.read("note", review.id)) !== undefined || (await book.deletedBy("note", review.id)) !== undefined;
  const task = isKnown ? undefined : followUpTask(review, settings, now());
  if (task !== undefined) {
    await book.put({ resource: "task", externalId: `followup_${review.id}`, parentId, fields: task, origin: "hub" });
  }
  const pageUrl = pageOf(review);
  const note = {
    resource: "note",
    externalId: review.id,
    parentId,
    fields: reviewNote(review),
    origin: "partner",
  } as const;
  await book.put({ ...note, ...(pageUrl !== undefined && { pageUrl }) });
}

/** Brings what is shown of a person's reviews up to date. */
async function score({ book }: Session<Settings>, personId: string): Promise<void> {
  const ids = await book.find(REVIEW, "personId", personId);
  const records = await Promise.all(ids.map((id) => book.read(REVIEW, id)));
  const reviews = records.flatMap((record) =>
    record === undefined ? [] : [reviewOf(record.externalId, record.fields)],
  );
  const changes = Object.entries(scoreOf(reviews)).map(([key, value]) => [key, { kind: "set", value } as const]);
  await book.update("contact", personId, Object.fromEntries(changes));
}

async function forgetReview(session: Session<Settings>, id: string): Promise<void> {
  const { book } = session;
  const record = await book.read(REVIEW, id);
  await book.delete("note", id, "partner");
  await book.delete(REVIEW, id, "partner");
  const personId = String(record?.fields.personId ?? "");
  if (personId !== "") await score(session, personId);
}

/** Gives a person whom the hub has just come to know, or knows by another address now, the reviews that wait for them. */
export async function claimReviews(
  session: Session<Settings>,
  person: Pick<BookRecord, "externalId" | "fields">,
): Promise<void> {
  const { book } = session;
  const keys = [
    ["email", String(person.fields.email ?? "")],
    ["reference", String(person.fields.reference ?? "")],
    ["reference", person.externalId],
  ] as const;
  const found = await Promise.all(keys.map(([key, value]) => (value === "" ? [] : book.find(REVIEW, key, value))));
  for (const id of new Set(found.flat())) {
    const record = await book.read(REVIEW, id);
    if (record === undefined || (await isPerson(session, String(record.fields.personId ?? "")))) continue;
    await keepReview(session, reviewOf(id, record.fields));
  }
}
