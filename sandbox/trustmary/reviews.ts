import { opaqueId, type Random } from "../random.ts";
import { objectOf } from "./contactWrite.ts";
import type { Refusals } from "./wording.ts";

/** A review that is shown on the account's own pages. Times are epoch milliseconds. */
export type Review = {
  readonly id: string;
  readonly eid: string;
  readonly nps: number;
  readonly texts: Readonly<Record<string, string>>;
  readonly source: "custom" | "trustmary";
  readonly publishedAt: number | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** The reviews of an account. */
export type Reviews = {
  /** Oldest first. */
  readonly all: () => readonly Review[];
  /** Makes a review, or changes the one with the same `eid`. @throws Refusal 400 */
  readonly write: (body: unknown) => Review;
  readonly clear: () => void;
};

/** What an answer calls the texts of a request. Source: the vendor's developer article on reviews. */
const SHOWN_AS: Readonly<Record<string, string>> = {
  comment: "comment",
  name: "personName",
  title: "personTitle",
  picture: "personPicture",
  location: "personLocation",
  company: "personOrganization",
  video: "commentVideo",
};

/** Makes an empty list of reviews. */
export function createReviews(random: Random, now: () => number, refusals: Refusals): Reviews {
  const kept = new Map<string, Review>();
  const write = (given: unknown): Review => {
    const body = objectOf(given, refusals);
    const eid = typeof body.eid === "string" ? body.eid : "";
    const before = eid === "" ? undefined : [...kept.values()].find((review) => review.eid === eid);
    const at = now();
    const nps = body.nps ?? before?.nps;
    if (typeof nps !== "number" || !Number.isInteger(nps) || nps < 0 || nps > 10) {
      throw refusals.invalid("nps must be a whole number from 0 to 10");
    }
    const isPublished = body.published ?? before?.publishedAt !== undefined;
    if (typeof isPublished !== "boolean") throw refusals.invalid("published must be true or false");
    const review: Review = {
      id: before?.id ?? `rev${opaqueId(random, 9)}`,
      eid,
      nps,
      texts: { ...before?.texts, ...textsOf(body, refusals) },
      source: "custom",
      publishedAt: isPublished ? (before?.publishedAt ?? at) : undefined,
      createdAt: before?.createdAt ?? at,
      updatedAt: at,
    };
    kept.set(review.id, review);
    return review;
  };
  return { all: () => [...kept.values()], write, clear: () => kept.clear() };
}

function textsOf(body: Readonly<Record<string, unknown>>, refusals: Refusals): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const [key, value] of Object.entries(body)) {
    if (!(key in SHOWN_AS)) continue;
    if (typeof value !== "string") throw refusals.invalid(`${key} must be a string`);
    texts[key] = value;
  }
  return texts;
}

/** A review as answers show it: under other names than requests give. */
export function shownReview(review: Review): Record<string, unknown> {
  const texts = Object.entries(review.texts).map(([key, text]) => [SHOWN_AS[key] ?? key, text]);
  const time = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
  return {
    review_id: review.id,
    eid: review.eid,
    reviewNps: review.nps,
    ...Object.fromEntries(texts),
    source: review.source,
    published: review.publishedAt !== undefined,
    published_at: time(review.publishedAt),
    created_at: time(review.createdAt),
    updated_at: time(review.updatedAt),
    deleted_at: null,
  };
}
