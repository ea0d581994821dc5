import { wholeMinute } from "../../kit/index.ts";
import { EMPTY, type Fields, type Value } from "../../model/value.ts";
import type { Settings } from "./settings.ts";
import type { ProductReview, ServiceReview } from "./wire.ts";

/** A review as what the hub keeps of it, and as the note, task and score it becomes. Pure. */

/** A review of either kind, as the hub's book keeps it. */
export interface KeptReview {
  readonly id: string;
  readonly kind: "service" | "product";
  readonly stars: number;
  readonly title: string;
  readonly text: string;
  /** ISO 8601, UTC; empty where it is not told. */
  readonly writtenAt: string;
  /** What whoever invited called the person or order. */
  readonly reference: string;
  /** In lower case; empty for those who were not invited. */
  readonly email: string;
  readonly consumerId: string;
  readonly consumerName: string;
  readonly reply: string;
}

/** What is kept of a review of the business. */
export function keptService(review: ServiceReview): KeptReview {
  return {
    id: review.id,
    kind: "service",
    stars: review.stars,
    title: review.title?.trim() ?? "",
    text: review.text?.trim() ?? "",
    writtenAt: isoOf(review.createdAt),
    reference: review.referenceId?.trim() ?? "",
    email: review.referralEmail?.trim().toLowerCase() ?? "",
    consumerId: review.consumer?.id ?? "",
    consumerName: review.consumer?.displayName ?? review.consumer?.name ?? "",
    reply: review.companyReply?.text?.trim() ?? "",
  };
}

/** What is kept of a review of a product. */
export function keptProduct(review: ProductReview): KeptReview {
  const product = review.product?.name?.trim() || review.product?.sku?.trim() || "a product";
  return {
    id: review.id,
    kind: "product",
    stars: review.stars,
    title: product,
    text: review.content?.trim() ?? "",
    writtenAt: isoOf(review.createdAt),
    reference: review.referenceId?.trim() ?? "",
    email: review.consumer?.email?.trim().toLowerCase() ?? "",
    consumerId: review.consumer?.id ?? "",
    consumerName: review.consumer?.displayName ?? review.consumer?.name ?? "",
    reply: "",
  };
}

function isoOf(time: string | null | undefined): string {
  const at = Date.parse(time ?? "");
  return Number.isFinite(at) ? new Date(at).toISOString() : "";
}

/** A kept review as the fields of a record of the book. */
export function fieldsOf(review: KeptReview): Fields {
  return { ...review };
}

/** A record of the book as a kept review. */
export function reviewOf(externalId: string, fields: Fields): KeptReview {
  const text = (key: string) => String(fields[key] ?? "");
  return {
    id: externalId,
    kind: text("kind") === "product" ? "product" : "service",
    stars: Number(fields.stars ?? 0),
    title: text("title"),
    text: text("text"),
    writtenAt: text("writtenAt"),
    reference: text("reference"),
    email: text("email"),
    consumerId: text("consumerId"),
    consumerName: text("consumerName"),
    reply: text("reply"),
  };
}

/** Where people look at a review. */
export function pageOf({ kind, id }: KeptReview): string | undefined {
  return kind === "service" ? `https://www.trustpilot.com/reviews/${encodeURIComponent(id)}` : undefined;
}

/** The note that a review is. */
export function reviewNote(review: KeptReview): Fields {
  const { kind, stars, title, text, reply } = review;
  const heading =
    kind === "service" ? `Trustpilot: ${stars} of 5 stars` : `Trustpilot: ${stars} of 5 stars for ${title}`;
  const page = pageOf(review);
  const parts = [
    kind === "service" && title !== "" ? `<p><b>${clean(title)}</b></p>` : "",
    text === "" ? "" : `<p>${clean(text)}</p>`,
    reply === "" ? "" : `<p>Reply: ${clean(reply)}</p>`,
    page === undefined ? "" : `<p>${clean(page)}</p>`,
  ];
  return { title: heading, body: parts.join("") || `<p>${clean(heading)}</p>` };
}

const DAY_MS = 86_400_000;

/** The one task that a poor review makes; none for a good one, and none for one that was old when it was first seen. */
export function followUpTask(review: KeptReview, settings: Settings, now: number): Fields | undefined {
  const writtenAt = Date.parse(review.writtenAt);
  if (review.stars > settings.followUpAtMost) return undefined;
  if (!(writtenAt >= now - settings.followUpWithinDays * DAY_MS)) return undefined;
  return {
    title: `Follow up: ${review.stars} of 5 stars on Trustpilot`,
    body: [review.title, review.text].filter((part) => part !== "").join("\n"),
    dueAt: wholeMinute(writtenAt + settings.followUpDays * DAY_MS),
    isCompleted: false,
  };
}

/** What a person's reviews come to: the stars of the last, the mean of all, how many, and when the last was written. */
export function scoreOf(reviews: readonly KeptReview[]): Readonly<Record<ScoreKey, Value>> {
  const inOrder = [...reviews].sort((left, right) => (left.writtenAt < right.writtenAt ? -1 : 1));
  const last = inOrder.at(-1);
  if (last === undefined)
    return { score: EMPTY, meanScore: EMPTY, reviewCount: EMPTY, reviewedOn: EMPTY, consumerId: EMPTY };
  const mean = inOrder.reduce((sum, { stars }) => sum + stars, 0) / inOrder.length;
  return {
    score: last.stars,
    meanScore: Math.round(mean * 100) / 100,
    reviewCount: inOrder.length,
    reviewedOn: last.writtenAt.slice(0, 10) || EMPTY,
    consumerId: inOrder.findLast(({ consumerId }) => consumerId !== "")?.consumerId ?? EMPTY,
  };
}

/** The keys of what is shown of a person's reviews. */
export type ScoreKey = "score" | "meanScore" | "reviewCount" | "reviewedOn" | "consumerId";

function clean(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\n", "<br>");
}
