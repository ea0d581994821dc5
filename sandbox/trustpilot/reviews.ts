import { createTable, type Table } from "../control/table.ts";
import type { Random } from "../random.ts";
import { hexId } from "./ids.ts";
import type { Consumer, ServiceReview } from "./review.ts";

/** What somebody writes in a review. */
export type Writing = {
  readonly stars: number;
  readonly title?: string;
  readonly text?: string;
  readonly language?: string;
  /** Who writes: the same address is the same consumer. Empty for somebody without one. */
  readonly email?: string;
  readonly name?: string;
  readonly country?: string;
  /** Whom the invitation was for, where there was one. */
  readonly referenceId?: string;
  /** Whether the account learns the address: it does for those it invited. */
  readonly isInvited?: boolean;
};

/** The reviews of one business, and who wrote them. */
export type ReviewBook = {
  readonly reviews: Table<ServiceReview>;
  readonly consumers: Table<Consumer>;
  /** A review as it was before its last change. */
  readonly earlier: (id: string) => ServiceReview | undefined;
  readonly write: (writing: Writing, at?: number) => ServiceReview;
  readonly put: (review: ServiceReview) => ServiceReview;
  readonly remove: (id: string) => void;
  readonly writtenBy: (consumerId: string) => readonly ServiceReview[];
  readonly clear: () => void;
};

/** Makes an empty book. */
export function createReviewBook(random: Random, now: () => number): ReviewBook {
  const reviews = createTable(REVIEWS);
  const consumers = createTable(CONSUMERS);
  const before = new Map<string, ServiceReview>();

  const consumerOf = ({ email = "", name = "Somebody", country = "GB" }: Writing): Consumer => {
    const known = email === "" ? undefined : consumers.find("email", email.toLowerCase())[0];
    if (known !== undefined) return known;
    const consumer = { id: hexId(random), name, email: email.toLowerCase(), country };
    consumers.put(consumer);
    return consumer;
  };

  return {
    reviews,
    consumers,
    earlier: (id) => before.get(id),
    write: (writing, at = now()) => {
      const review: ServiceReview = {
        id: hexId(random),
        consumerId: consumerOf(writing).id,
        stars: writing.stars,
        title: writing.title ?? "",
        text: writing.text ?? "",
        language: writing.language ?? "en",
        referenceId: writing.referenceId ?? "",
        referralEmail: writing.isInvited === true ? (writing.email ?? "").toLowerCase() : "",
        tags: [],
        reply: undefined,
        isVerified: writing.isInvited === true,
        likes: 0,
        createdAt: at,
        updatedAt: undefined,
      };
      reviews.put(review);
      return review;
    },
    put: (review) => {
      const old = reviews.get(review.id);
      if (old !== undefined) before.set(old.id, old);
      reviews.put(review);
      return review;
    },
    remove: (id) => reviews.remove(id),
    writtenBy: (consumerId) => reviews.find("consumer", consumerId),
    clear: () => {
      reviews.clear();
      consumers.clear();
      before.clear();
    },
  };
}

const compareIds = (left: string, right: string): number => (left < right ? -1 : Number(left > right));

const REVIEWS = {
  idOf: ({ id }: ServiceReview) => id,
  compareIds,
  keysOf: (_index: string, { consumerId }: ServiceReview) => [consumerId],
  orderOf: (order: string, { stars, createdAt }: ServiceReview) => (order === "stars" ? stars : createdAt),
};

const CONSUMERS = {
  idOf: ({ id }: Consumer) => id,
  compareIds,
  keysOf: (_index: string, { email }: Consumer) => (email === "" ? [] : [email]),
  orderOf: (_order: string, { name }: Consumer) => name,
};
