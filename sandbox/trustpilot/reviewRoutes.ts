import { consumerOf, demandUnit, type Ground, listedReviews } from "./ground.ts";
import { demandText } from "./invitations.ts";
import { type ServiceReview, shownReview, type Tag } from "./review.ts";
import { pageOf, type Route, type Visit } from "./routing.ts";

/** Registers the operations on reviews of the business that need a token. */
export function privateReviewRoutes(route: Route, ground: Ground): void {
  const { book, refusals, quirks, now } = ground;
  const demand = ({ params, isStale }: Visit): ServiceReview => {
    const id = params.id ?? "";
    const review = book.reviews.get(id);
    if (review === undefined) throw refusals.missing("Review not found");
    return isStale ? (book.earlier(id) ?? review) : review;
  };
  const shown = (review: ServiceReview) => presented(review, ground, true);

  route("GET", "/private/business-units/:bu/reviews", (visit) => {
    demandUnit(ground, visit.params.bu);
    const { page, links } = pageOf(
      ordered(listedReviews(ground).filter(filterOf(visit, ground)), visit, ground),
      visit.query,
      refusals,
    );
    return { links, reviews: page.map(shown) };
  });
  route("GET", "/private/reviews/:id", (visit) => shown(demand(visit)));
  route("POST", "/private/reviews/:id/reply", (visit) => {
    const review = demand(visit);
    const body = visit.body();
    const author = visit.userId ?? (typeof body.authorBusinessUserId === "string" ? body.authorBusinessUserId : "");
    if (author === "" && quirks().needsBusinessUser) throw refusals.needsUser();
    const reply = { text: demandText(body, "message", refusals), createdAt: now(), author };
    book.put({ ...review, reply });
    visit.answerAs(Number(quirks().replyStatus));
    return "";
  });
  route("DELETE", "/private/reviews/:id/reply", (visit) => {
    book.put({ ...demand(visit), reply: undefined });
    visit.answerAs(204);
    return "";
  });
  route("POST", "/private/reviews/:id/find-reviewer", (visit) => {
    demand(visit);
    demandText(visit.body(), "message", refusals);
    return {};
  });
  tagRoutes(route, ground, demand);
}

/** Here PUT adds and POST replaces, the opposite of habit. */
function tagRoutes(route: Route, { book, refusals }: Ground, demand: (visit: Visit) => ServiceReview): void {
  const at = "/private/reviews/:id/tags";
  const keep = (review: ServiceReview, tags: readonly Tag[]) => {
    book.put({ ...review, tags });
    return { tags };
  };
  const given = (visit: Visit): readonly Tag[] => {
    const { tags } = visit.body();
    if (!Array.isArray(tags)) throw refusals.invalid("tags is required");
    return tags.map((tag: unknown) => {
      const { group, value } = (tag ?? {}) as Record<string, unknown>; // looked at in the next line
      if (typeof group !== "string" || typeof value !== "string")
        throw refusals.invalid("a tag has a group and a value");
      return { group, value };
    });
  };
  route("GET", at, (visit) => ({ tags: demand(visit).tags }));
  route("PUT", at, (visit) => {
    const review = demand(visit);
    const added = given(visit).filter((tag) => !review.tags.some((kept) => isSame(kept, tag)));
    return keep(review, [...review.tags, ...added]);
  });
  route("POST", at, (visit) => keep(demand(visit), given(visit)));
  route("DELETE", at, (visit) => {
    const { group, value } = visit.query;
    const review = demand(visit);
    const isMeant = (tag: Tag) => tag.group === group && (value === undefined || tag.value === value);
    return keep(
      review,
      review.tags.filter((tag) => !isMeant(tag)),
    );
  });
}

function isSame(left: Tag, right: Tag): boolean {
  return left.group === right.group && left.value === right.value;
}

/** Registers what anybody with a key may read of single reviews. */
export function publicReviewRoutes(route: Route, ground: Ground): void {
  const { book, refusals } = ground;
  const demand = (id: string | undefined): ServiceReview => {
    const review = book.reviews.get(id ?? "");
    if (review === undefined) throw refusals.missing("Review not found");
    return review;
  };
  route("GET", "/reviews/latest", ({ query }) => {
    const latest = listedReviews(ground).filter(
      ({ language }) => query.language === undefined || language === query.language,
    );
    return { links: [], reviews: latest.slice(0, 20).map((review) => presented(review, ground, false)) };
  });
  route("GET", "/reviews/:id", ({ params }) => presented(demand(params.id), ground, false));
  route("GET", "/reviews/:id/likes", ({ params }) => ({
    links: [],
    likes: Array.from({ length: demand(params.id).likes }, () => ({})),
  }));
  route("GET", "/reviews/:id/web-links", ({ params, query }) => {
    const address = `https://www.trustpilot.com/reviews/${demand(params.id).id}`;
    return { reviewUrl: address, editReviewUrl: `${address}/edit`, locale: query.locale ?? "en-US" };
  });
}

/** A review as answers show it. */
export function presented(review: ServiceReview, ground: Ground, isPrivate: boolean): Record<string, unknown> {
  const consumer = consumerOf(ground, review);
  const written = ground.book.writtenBy(consumer.id).length;
  return shownReview(review, consumer, ground.unit, { isPrivate, written });
}

/** The conditions that a listing can be asked with. Times have no zone and are UTC. */
function filterOf({ query }: Visit, ground: Ground): (review: ServiceReview) => boolean {
  const stars = query.stars?.split(",").map(Number);
  const from = timeOf(query.startDateTime, Number.NEGATIVE_INFINITY, ground);
  const to = timeOf(query.endDateTime, Number.POSITIVE_INFINITY, ground);
  const fold = (text: string) => (query.ignoreTagValueCase === "true" ? text.toLowerCase() : text);
  return (review) =>
    (stars === undefined || stars.includes(review.stars)) &&
    review.createdAt >= from &&
    review.createdAt <= to &&
    (query.language === undefined || review.language === query.language) &&
    (query.referenceId === undefined || review.referenceId === query.referenceId) &&
    (query.referralEmail === undefined || review.referralEmail === query.referralEmail.toLowerCase()) &&
    (query.responded === undefined || (review.reply !== undefined) === (query.responded === "true")) &&
    (query.username === undefined || consumerOf(ground, review).name === query.username) &&
    (query.tagGroup === undefined || review.tags.some(({ group }) => group === query.tagGroup)) &&
    (query.tagValue === undefined || review.tags.some(({ value }) => fold(value) === fold(query.tagValue ?? "")));
}

function timeOf(text: string | undefined, otherwise: number, { refusals }: Ground): number {
  if (text === undefined) return otherwise;
  const at = Date.parse(/[zZ]|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`);
  if (Number.isNaN(at)) throw refusals.invalid("a time is written YYYY-MM-DDTHH:mm:ss");
  return at;
}

function ordered(reviews: readonly ServiceReview[], { query }: Visit, { refusals }: Ground): readonly ServiceReview[] {
  const [by = "createdat", way = "desc"] = (query.orderBy ?? "createdat.desc").toLowerCase().split(".");
  if (!["createdat", "stars"].includes(by) || !["asc", "desc"].includes(way))
    throw refusals.invalid("orderBy is not known");
  const value = (review: ServiceReview) => (by === "stars" ? review.stars : review.createdAt);
  const rising = [...reviews].sort((left, right) => value(left) - value(right) || (left.id < right.id ? -1 : 1));
  return way === "asc" ? rising : rising.reverse();
}
