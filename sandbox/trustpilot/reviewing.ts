import { consumerOf, type Ground } from "./ground.ts";
import type { ProductReview, ProductWriting } from "./products.ts";
import { type ServiceReview, shownTime, toldReview } from "./review.ts";
import type { Writing } from "./reviews.ts";

/** What people do on the product's pages. Each act is told to whoever listens. */
export type Reviewers = {
  readonly write: (writing: Writing) => ServiceReview;
  /** Changes stars or words of a review. @throws Refusal 404 */
  readonly edit: (id: string, change: Pick<Partial<Writing>, "stars" | "title" | "text">) => ServiceReview;
  /** @throws Refusal 404 */
  readonly remove: (id: string) => void;
  readonly writeOfProduct: (writing: ProductWriting) => ProductReview;
  readonly removeOfProduct: (id: string) => void;
};

/** Makes the reviewers of one business. */
export function createReviewers(ground: Ground): Reviewers {
  const { book, shelf, webhooks, quirks, refusals, now } = ground;
  const demand = (id: string): ServiceReview => {
    const review = book.reviews.get(id);
    if (review === undefined) throw refusals.missing("Review not found");
    return review;
  };
  const tell = (event: string, review: ServiceReview): void =>
    webhooks.tell(`service-review-${event}`, toldReview(review, consumerOf(ground, review)));
  const tellOfProduct = (event: "created" | "deleted", review: ProductReview): void => {
    const { productEvents } = quirks();
    if (productEvents === "all" || productEvents === event) {
      webhooks.tell(`product-review-${event}`, toldProductReview(review, quirks().productWebhookEmail));
    }
  };
  return {
    write: (writing) => {
      const review = book.write(writing);
      tell("created", review);
      return review;
    },
    edit: (id, change) => {
      const review = book.put({ ...demand(id), ...change, updatedAt: now() });
      tell("updated", review);
      return review;
    },
    remove: (id) => {
      const review = demand(id);
      book.remove(id);
      tell("deleted", review);
    },
    writeOfProduct: (writing) => {
      const review = shelf.write(writing);
      tellOfProduct("created", review);
      return review;
    },
    removeOfProduct: (id) => {
      const review = shelf.removeReview(id);
      if (review === undefined) throw refusals.missing("Product review not found");
      tellOfProduct("deleted", review);
    },
  };
}

function toldProductReview(review: ProductReview, hasEmail: boolean): Record<string, unknown> {
  const { id, name, email } = review.consumer;
  return {
    id: review.id,
    stars: review.stars,
    content: review.content,
    createdAt: shownTime(review.createdAt),
    state: "published",
    referenceId: review.referenceId,
    product: { sku: review.sku },
    consumer: hasEmail ? { id, name, email } : { id, name },
  };
}
