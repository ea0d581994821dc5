import type { Invitations } from "./invitations.ts";
import type { Shelf } from "./products.ts";
import type { Quirks } from "./quirks.ts";
import type { BusinessUnit, Consumer, ServiceReview } from "./review.ts";
import type { ReviewBook } from "./reviews.ts";
import type { Webhooks } from "./webhooks.ts";
import type { Refusals } from "./wording.ts";

/** What the operations of an account work on. */
export type Ground = {
  readonly unit: BusinessUnit;
  readonly book: ReviewBook;
  readonly shelf: Shelf;
  readonly invitations: Invitations;
  readonly webhooks: Webhooks;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly now: () => number;
};

/** The consumer of a review. Every review has one. */
export function consumerOf({ book, refusals }: Pick<Ground, "book" | "refusals">, review: ServiceReview): Consumer {
  const consumer = book.consumers.get(review.consumerId);
  if (consumer === undefined) throw refusals.missing("Consumer not found");
  return consumer;
}

/** Refuses a business unit that is not the account's. @throws Refusal 404 */
export function demandUnit({ unit, refusals }: Pick<Ground, "unit" | "refusals">, id: string | undefined): void {
  if (id !== unit.id) throw refusals.missing("Business unit not found");
}

/** What lists show by now: a review that was written or changed a moment ago may not be among them. */
export function listedReviews({ book, quirks, now }: Ground): readonly ServiceReview[] {
  const until = now() - quirks().listLagMs;
  const ordered = book.reviews.sorted("createdAt");
  const known = [...ordered.backward(ordered.size())].filter(({ createdAt }) => createdAt <= until);
  return known.map((review) => ((review.updatedAt ?? 0) > until ? (book.earlier(review.id) ?? review) : review));
}
