import type { Random } from "../random.ts";
import { hexId } from "./ids.ts";
import { type Body, demandText, objectOf } from "./invitations.ts";
import type { Refusals } from "./wording.ts";

/** A product that can be reviewed: what was sent of it, by its stock number. */
export type Product = { readonly id: string; readonly sku: string; readonly fields: Body };

/** A review of a product. Times are epoch milliseconds. */
export type ProductReview = {
  readonly id: string;
  readonly sku: string;
  readonly stars: number;
  readonly content: string;
  readonly language: string;
  readonly consumer: { readonly id: string; readonly name: string; readonly email: string };
  readonly referenceId: string;
  readonly conversationId: string | undefined;
  readonly createdAt: number;
};

/** A word of the business in a conversation about a product review. */
export type Comment = { readonly id: string; readonly content: string; readonly createdAt: number };

/** A conversation about a product review. */
export type Conversation = {
  readonly id: string;
  readonly reviewId: string;
  readonly state: "public" | "private";
  readonly comments: readonly Comment[];
};

/** What somebody writes about a product. */
export type ProductWriting = {
  readonly sku: string;
  readonly stars: number;
  readonly content?: string;
  readonly name?: string;
  readonly email?: string;
  readonly referenceId?: string;
};

/** The products of an account, their reviews, and the conversations about these. */
export type Shelf = {
  readonly products: () => readonly Product[];
  /** Makes or changes products by stock number. @throws Refusal 400 */
  readonly upsert: (body: Body) => readonly Product[];
  readonly reviews: () => readonly ProductReview[];
  readonly review: (id: string) => ProductReview | undefined;
  readonly write: (writing: ProductWriting) => ProductReview;
  readonly removeReview: (id: string) => ProductReview | undefined;
  readonly conversation: (id: string) => Conversation | undefined;
  readonly converse: (review: ProductReview) => Conversation;
  readonly putConversation: (conversation: Conversation) => Conversation;
  readonly comment: (conversation: Conversation, content: string) => Comment;
  readonly clear: () => void;
};

/** Makes an empty shelf. */
export function createShelf(random: Random, now: () => number, refusals: Refusals): Shelf {
  const products = new Map<string, Product>();
  const reviews = new Map<string, ProductReview>();
  const conversations = new Map<string, Conversation>();
  const putConversation = (conversation: Conversation): Conversation => {
    conversations.set(conversation.id, conversation);
    return conversation;
  };
  return {
    products: () => [...products.values()],
    upsert: (body) => {
      if (!Array.isArray(body.products)) throw refusals.invalid("products is required");
      return body.products.map((given: unknown) => {
        const fields = objectOf(given, "product", refusals);
        const sku = demandText(fields, "sku", refusals);
        demandText(fields, "title", refusals);
        const before = products.get(sku);
        const product = { id: before?.id ?? hexId(random), sku, fields: { ...before?.fields, ...fields } };
        products.set(sku, product);
        return product;
      });
    },
    reviews: () => [...reviews.values()],
    review: (id) => reviews.get(id),
    write: ({ sku, stars, content = "", name = "Somebody", email = "", referenceId = "" }) => {
      const consumer = { id: hexId(random), name, email };
      const review: ProductReview = {
        id: hexId(random),
        sku,
        stars,
        content,
        language: "en",
        consumer,
        referenceId,
        conversationId: undefined,
        createdAt: now(),
      };
      reviews.set(review.id, review);
      return review;
    },
    removeReview: (id) => {
      const review = reviews.get(id);
      reviews.delete(id);
      return review;
    },
    conversation: (id) => conversations.get(id),
    converse: (review) => {
      const known = review.conversationId === undefined ? undefined : conversations.get(review.conversationId);
      if (known !== undefined) return known;
      const made = putConversation({ id: hexId(random), reviewId: review.id, state: "private", comments: [] });
      reviews.set(review.id, { ...review, conversationId: made.id });
      return made;
    },
    putConversation,
    comment: (conversation, content) => {
      const comment = { id: hexId(random), content, createdAt: now() };
      putConversation({ ...conversation, comments: [...conversation.comments, comment] });
      return comment;
    },
    clear: () => {
      for (const held of [products, reviews, conversations]) held.clear();
    },
  };
}
