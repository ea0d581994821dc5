import { demandUnit, type Ground } from "./ground.ts";
import { demandText } from "./invitations.ts";
import type { Conversation, ProductReview } from "./products.ts";
import { shownTime } from "./review.ts";
import { pageOf, type Route } from "./routing.ts";

/** Registers the operations on products, their reviews and the conversations about these that need a token. */
export function privateProductRoutes(route: Route, ground: Ground): void {
  const { shelf, refusals } = ground;
  const demand = (id: string | undefined): ProductReview => {
    const review = shelf.review(id ?? "");
    if (review === undefined) throw refusals.missing("Product review not found");
    return review;
  };
  route("GET", "/private/product-reviews/business-units/:bu/reviews", ({ params, query }) => {
    demandUnit(ground, params.bu);
    const { page, links } = pageOf(
      reviewsOf(ground, query.sku).filter(
        ({ language }) => query.language === undefined || language === query.language,
      ),
      query,
      refusals,
    );
    return { links, productReviews: page.map((review) => shown(review, ground, true)) };
  });
  route("GET", "/private/product-reviews/business-units/:bu/summaries", ({ params }) => {
    demandUnit(ground, params.bu);
    return { summaries: shelf.products().map(({ sku }) => summary(sku, ground)) };
  });
  route("GET", "/private/product-reviews/:id", ({ params }) => shown(demand(params.id), ground, true));
  route("POST", "/private/product-reviews/:id/create-conversation", ({ params }) => ({
    conversationId: shelf.converse(demand(params.id)).id,
  }));
  route("POST", "/private/product-reviews/business-units/:bu/invitation-links", ({ params, body }) => {
    demandUnit(ground, params.bu);
    const { id, url } = ground.invitations.makeProductLink(body());
    return ground.quirks().productLinkAs === "url" ? { id, url } : { reviewLinkId: id, reviewUrl: url };
  });
  route("POST", "/private/business-units/:bu/products", ({ params, body }) => {
    demandUnit(ground, params.bu);
    return { products: shelf.upsert(body()).map(({ id, fields }) => ({ id, ...fields })) };
  });
  route("GET", "/private/business-units/:bu/products", ({ params, query }) => {
    demandUnit(ground, params.bu);
    const skus = query.skus?.split(",");
    const wanted = shelf.products().filter(({ sku }) => skus === undefined || skus.includes(sku));
    const { page, links } = pageOf(wanted, query, refusals);
    return { links, products: page.map(({ id, fields }) => ({ id, ...fields })) };
  });
  conversationRoutes(route, ground);
}

function conversationRoutes(route: Route, { shelf, refusals }: Ground): void {
  const demand = (id: string | undefined): Conversation => {
    const conversation = shelf.conversation(id ?? "");
    if (conversation === undefined) throw refusals.missing("Conversation not found");
    return conversation;
  };
  const comment = (conversation: Conversation, id: string | undefined) => {
    const found = conversation.comments.find((one) => one.id === id);
    if (found === undefined) throw refusals.missing("Comment not found");
    return found;
  };
  route("GET", "/private/conversations/:cid", ({ params }) => shownConversation(demand(params.cid)));
  route("POST", "/private/conversations/:cid/comments", ({ params, body }) =>
    shownComment(shelf.comment(demand(params.cid), demandText(body(), "content", refusals))),
  );
  route("GET", "/private/conversations/:cid/comments/:commentId", ({ params }) =>
    shownComment(comment(demand(params.cid), params.commentId)),
  );
  route("PUT", "/private/conversations/:cid/comments/:commentId", ({ params, body }) => {
    const conversation = demand(params.cid);
    const changed = { ...comment(conversation, params.commentId), content: demandText(body(), "content", refusals) };
    const comments = conversation.comments.map((one) => (one.id === changed.id ? changed : one));
    shelf.putConversation({ ...conversation, comments });
    return shownComment(changed);
  });
  route("POST", "/private/conversations/:cid/state", ({ params, body }) => {
    const { state } = body();
    if (state !== "public" && state !== "private") throw refusals.invalid("state must be public or private");
    return shownConversation(shelf.putConversation({ ...demand(params.cid), state }));
  });
}

/** Registers what anybody with a key may read of product reviews and public conversations. */
export function publicProductRoutes(route: Route, ground: Ground): void {
  const { shelf, refusals } = ground;
  const at = "/product-reviews/business-units/:bu";
  route("GET", at, ({ params, query }) => {
    demandUnit(ground, params.bu);
    return summary(query.sku ?? "", ground);
  });
  for (const [url, isImported] of [
    ["reviews", false],
    ["imported-reviews", true],
  ] as const) {
    route("GET", `${at}/${url}`, ({ params, query }) => {
      demandUnit(ground, params.bu);
      const { page, links } = pageOf(isImported ? [] : reviewsOf(ground, query.sku), query, refusals);
      return { links, productReviews: page.map((review) => shown(review, ground, false)) };
    });
  }
  route("GET", `${at}/imported-reviews-summaries`, ({ params }) => {
    demandUnit(ground, params.bu);
    return { summaries: [] };
  });
  for (const url of ["batch-summaries", "attribute-summaries"]) {
    route("POST", `${at}/${url}`, ({ params, body }) => {
      demandUnit(ground, params.bu);
      const { skus } = body();
      if (!Array.isArray(skus)) throw refusals.invalid("skus is required");
      return { summaries: skus.map((sku: unknown) => summary(String(sku), ground)) };
    });
  }
  route("GET", "/conversations/:cid", ({ params }) => {
    const conversation = shelf.conversation(params.cid ?? "");
    if (conversation?.state !== "public") throw refusals.missing("Conversation not found");
    return shownConversation(conversation);
  });
}

function reviewsOf({ shelf }: Ground, sku: string | undefined): readonly ProductReview[] {
  return shelf.reviews().filter((review) => sku === undefined || review.sku === sku);
}

function summary(sku: string, ground: Ground) {
  const stars = reviewsOf(ground, sku).map((review) => review.stars);
  const mean = stars.length === 0 ? 0 : stars.reduce((sum, one) => sum + one, 0) / stars.length;
  return { sku, starsAverage: Math.round(mean * 10) / 10, numberOfReviews: { total: stars.length } };
}

/** A product review as private operations show it, or public ones, which leave out who was invited. */
function shown(review: ProductReview, { shelf }: Ground, isPrivate: boolean): Record<string, unknown> {
  const product = shelf.products().find(({ sku }) => sku === review.sku);
  const { id, name, email } = review.consumer;
  return {
    id: review.id,
    stars: review.stars,
    content: review.content,
    language: review.language,
    createdAt: shownTime(review.createdAt),
    state: "published",
    product: { id: product?.id ?? "", sku: review.sku, name: product?.fields.title ?? "" },
    consumer: isPrivate ? { id, displayName: name, email } : { id, displayName: name },
    ...(isPrivate && { referenceId: review.referenceId, conversationId: review.conversationId ?? null }),
  };
}

function shownComment({ id, content, createdAt }: Conversation["comments"][number]) {
  return { commentId: id, createdAt: shownTime(createdAt), author: { id: "user", type: "businessUser" }, content };
}

function shownConversation({ id, reviewId, state, comments }: Conversation) {
  return { id, reviewId, state, comments: comments.map(shownComment) };
}
