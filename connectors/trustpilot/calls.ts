import { type AnswerContext, path, readAnswer, type Session } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import { conditionTime, PAGE_ROWS } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { ProductReview, ProductReviews, ServiceReview, ServiceReviews } from "./wire.ts";

/** What an answer of Trustpilot was to, for messages. */
export function about(doing: string): AnswerContext {
  return { partner: "Trustpilot", doing };
}

/** One page of the reviews of the business, newest first, written at or after `since` (epoch ms). */
export async function serviceReviews(
  session: Session<Settings>,
  page: number,
  since: number | undefined,
): Promise<readonly ServiceReview[]> {
  const doing = "list the reviews";
  const answer = await session.http.request({
    method: "GET",
    path: path`/private/business-units/${session.settings.businessUnitId}/reviews`,
    query: {
      page,
      perPage: PAGE_ROWS,
      orderBy: "createdat.desc",
      ...(since !== undefined && { startDateTime: conditionTime(since) }),
    },
    doing,
  });
  return readAnswer(ServiceReviews, answer, about(doing)).reviews;
}

/** One page of the reviews of products; their order is not published. */
export async function productReviews(session: Session<Settings>, page: number): Promise<readonly ProductReview[]> {
  const doing = "list the reviews of products";
  const answer = await session.http.request({
    method: "GET",
    path: path`/private/product-reviews/business-units/${session.settings.businessUnitId}/reviews`,
    query: { page, perPage: PAGE_ROWS },
    doing,
  });
  return readAnswer(ProductReviews, answer, about(doing)).productReviews;
}

/** One review of the business by a direct read. */
export function serviceReview(session: Session<Settings>, id: string): Promise<ServiceReview | "gone"> {
  const doing = `read review ${id}`;
  return goneWhenMissing(async () => {
    const answer = await session.http.request({ method: "GET", path: path`/private/reviews/${id}`, doing });
    return readAnswer(ServiceReview, answer, about(doing));
  });
}

/** One review of a product by a direct read. */
export function productReview(session: Session<Settings>, id: string): Promise<ProductReview | "gone"> {
  const doing = `read product review ${id}`;
  return goneWhenMissing(async () => {
    const answer = await session.http.request({ method: "GET", path: path`/private/product-reviews/${id}`, doing });
    return readAnswer(ProductReview, answer, about(doing));
  });
}

async function goneWhenMissing<Found>(read: () => Promise<Found>): Promise<Found | "gone"> {
  try {
    return await read();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === "not_found") return "gone";
    throw thrown;
  }
}
