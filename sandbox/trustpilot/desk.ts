import { type Desk, type DeskContact, type DeskFields, matchesQuery } from "../control/desk.ts";
import { consumerOf, type Ground } from "./ground.ts";
import type { ServiceReview } from "./review.ts";
import type { Reviewers } from "./reviewing.ts";

/**
 * The control address knows one list for every product. Here it is the list of reviews, as the business sees them on its
 * own screen; making one means that somebody writes it.
 */
export function createDesk(ground: Ground, reviewers: Reviewers, clear: () => void): Desk {
  const { book } = ground;
  return {
    list: (query, offset, limit) => {
      const all = [...book.reviews.sorted("createdAt").backward(book.reviews.size())].map((review) =>
        shown(review, ground),
      );
      const meant = all.filter(({ fields }) => matchesQuery(query, Object.values(fields).map(String)));
      return { contacts: meant.slice(offset, offset + limit), total: meant.length };
    },
    create: (given) => {
      const { stars = "5", isInvited, ...texts } = textsOf(given);
      const review = { ...texts, stars: starsOf(stars, ground), isInvited: isInvited === "true" };
      return shown(reviewers.write(review), ground);
    },
    edit: (id, given) => {
      const { stars, title, text } = textsOf(given);
      const change = {
        ...(stars !== undefined && { stars: starsOf(stars, ground) }),
        ...(title !== undefined && { title }),
        ...(text !== undefined && { text }),
      };
      return shown(reviewers.edit(id, change), ground);
    },
    remove: reviewers.remove,
    seed: (reviews) => {
      for (const { fields, createdAt } of reviews) {
        const { stars = "5", isInvited, ...texts } = textsOf(fields);
        book.write({ ...texts, stars: starsOf(stars, ground), isInvited: isInvited === "true" }, createdAt);
      }
    },
    clear,
    state: (id) => book.reviews.get(id) ?? book.consumers.get(id) ?? ground.shelf.review(id),
  };
}

function shown(review: ServiceReview, ground: Ground): DeskContact {
  const { name, email } = consumerOf(ground, review);
  const { stars, title, text, referenceId } = review;
  const fields = { name, email, stars: String(stars), title, text, referenceId, reply: review.reply?.text ?? "" };
  return { id: review.id, fields, updatedAt: new Date(review.updatedAt ?? review.createdAt).toISOString() };
}

function textsOf(fields: DeskFields): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, String(value)]));
}

/** @throws Refusal 400 */
function starsOf(text: string, { refusals }: Ground): number {
  const stars = Number(text);
  if (!Number.isInteger(stars) || stars < 1 || stars > 5) throw refusals.invalid("stars are 1 to 5");
  return stars;
}
