import { demandUnit, type Ground } from "./ground.ts";
import { demandText } from "./invitations.ts";
import type { Consumer } from "./review.ts";
import { presented } from "./reviewRoutes.ts";
import type { Route } from "./routing.ts";
import { CATEGORY } from "./unitRoutes.ts";

/** Registers what anybody with a key may ask of consumers. No address of theirs is ever shown. */
export function consumerRoutes(route: Route, ground: Ground): void {
  const { book, refusals } = ground;
  const demand = (id: string | undefined): Consumer => {
    const consumer = book.consumers.get(id ?? "");
    if (consumer === undefined) throw refusals.missing("Consumer not found");
    return consumer;
  };
  const shown = (consumer: Consumer) => ({
    id: consumer.id,
    displayName: consumer.name,
    displayLocation: consumer.country,
    numberOfReviews: book.writtenBy(consumer.id).length,
  });
  for (const url of ["", "/profile"]) route("GET", `/consumers/:id${url}`, ({ params }) => shown(demand(params.id)));
  route("GET", "/consumers/:id/reviews", ({ params }) => ({
    links: [],
    reviews: book.writtenBy(demand(params.id).id).map((review) => presented(review, ground, false)),
  }));
  route("GET", "/consumers/:id/web-links", ({ params }) => ({
    profileUrl: `https://www.trustpilot.com/users/${demand(params.id).id}`,
  }));
  route("POST", "/consumers/profile/bulk", ({ body }) => {
    const { consumerIds } = body();
    if (!Array.isArray(consumerIds)) throw refusals.invalid("consumerIds is required");
    return { consumers: consumerIds.flatMap((id: unknown) => book.consumers.get(String(id)) ?? []).map(shown) };
  });
  for (const url of ["create", "validate"]) {
    route("POST", `/consumers/display-name/${url}`, ({ body }) => {
      const displayName = demandText(body(), "displayName", refusals);
      return { displayName, isValid: displayName.length <= 30 };
    });
  }
}

/** Registers the categories, and the words and pictures that pages are made with. */
export function resourceRoutes(route: Route, ground: Ground): void {
  const { refusals, unit } = ground;
  const demandCategory = (id: string | undefined) => {
    if (id !== CATEGORY.categoryId) throw refusals.missing("Category not found");
    return CATEGORY;
  };
  route("GET", "/categories", () => ({ categories: [CATEGORY] }));
  route("GET", "/categories/:id", ({ params }) => demandCategory(params.id));
  route("GET", "/categories/:id/business-units", ({ params }) => {
    demandCategory(params.id);
    return { links: [], businessUnits: [{ id: unit.id, displayName: unit.displayName }] };
  });
  for (const url of ["", "/icons", "/logos"]) route("GET", `/resources/images${url}`, () => ({ images: [PICTURE] }));
  route("GET", "/resources/images/stars/:stars", ({ params }) => ({
    stars: starsOf(params.stars, ground),
    images: [PICTURE],
  }));
  route("GET", "/resources/strings/stars/:stars", ({ params }) => {
    const stars = starsOf(params.stars, ground);
    return { stars, string: ["Bad", "Poor", "Average", "Great", "Excellent"][stars - 1] };
  });
  route("GET", "/resources/metadata/locales", () => ({ locales: [{ locale: "en-US" }, { locale: "da-DK" }] }));
  route("GET", "/resources/metadata/countries", () => ({ countries: [{ country: "GB" }, { country: "DK" }] }));
  route("GET", "/business-signup/domain-availability", ({ query }) => ({
    domain: query.domain ?? "",
    isAvailable: query.domain !== unit.identifyingName,
  }));
}

const PICTURE = { url: "https://images.example/star.svg", width: 24, height: 24 };

function starsOf(text: string | undefined, { refusals }: Ground): number {
  const stars = Number(text);
  if (!Number.isInteger(stars) || stars < 1 || stars > 5) throw refusals.invalid("stars are 1 to 5");
  return stars;
}

/** Registers the invitations, which lie under an address of their own. */
export function invitationRoutes(route: Route, ground: Ground): void {
  const { invitations, quirks, refusals } = ground;
  const at = "/private/business-units/:bu";
  const demandUser = (userId: string | undefined): void => {
    if (userId === undefined && quirks().needsBusinessUser) throw refusals.needsUser();
  };
  route("GET", `${at}/templates`, ({ params }) => {
    demandUnit(ground, params.bu);
    return { templates: invitations.templates() };
  });
  route("POST", `${at}/email-invitations`, ({ params, body, userId, answerAs }) => {
    demandUnit(ground, params.bu);
    demandUser(userId);
    const { id } = invitations.sendEmail(body());
    answerAs(202);
    return quirks().invitationAnswers === "json" ? { id } : "";
  });
  route("POST", `${at}/invitation-links`, ({ params, body, userId, answerAs }) => {
    demandUnit(ground, params.bu);
    demandUser(userId);
    answerAs(201);
    return invitations.makeLink(body());
  });
  route("POST", `${at}/invitation-data/delete`, ({ params, body }) => {
    demandUnit(ground, params.bu);
    invitations.forget(body());
    return "";
  });
}
