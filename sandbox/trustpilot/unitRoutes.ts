import { demandUnit, type Ground, listedReviews } from "./ground.ts";
import { presented } from "./reviewRoutes.ts";
import { pageOf, type Route } from "./routing.ts";

/** Registers what anybody with a key may ask of businesses. */
export function unitRoutes(route: Route, ground: Ground): void {
  const { unit, refusals } = ground;
  route("GET", "/business-units/find", ({ query }) => {
    if (query.name !== unit.identifyingName) throw refusals.missing("Business unit not found");
    return shownUnit(ground);
  });
  for (const url of ["/business-units/search", "/business-units/all"]) {
    route("GET", url, ({ query }) => {
      const isMeant = unit.displayName.toLowerCase().includes((query.query ?? "").toLowerCase());
      const { page, links } = pageOf(isMeant ? [shownUnit(ground)] : [], query, refusals);
      return { links, businessUnits: page };
    });
  }
  const one = (url: string, answer: () => unknown): void => {
    route("GET", `/business-units/:bu${url}`, ({ params }) => {
      demandUnit(ground, params.bu);
      return answer();
    });
  };
  one("", () => shownUnit(ground));
  one("/profileinfo", () => ({
    description: { header: unit.displayName, text: "Sails, made by hand" },
    email: "care@harbourlight.example",
  }));
  one("/web-links", () => ({
    profileUrl: `https://www.trustpilot.com/review/${unit.identifyingName}`,
    locale: "en-US",
  }));
  one("/categories", () => ({ categories: [CATEGORY] }));
  one("/images", () => ({ logo: image("logo"), header: image("header"), promotionBox: image("promotion-box") }));
  for (const name of ["logo", "header", "promotion-box"]) one(`/images/${name}`, () => image(name));
  one("/promotion-box", () => ({ title: "Spring fitting", text: "Ten of a hundred off until May" }));
  one("/profilepromotion", () => ({ isEnabled: false }));
  one("/customerguarantee", () => ({ title: "Two years", text: "Whatever tears is mended" }));
  reviewListRoutes(route, ground);
}

/** A category that businesses are listed under. */
export const CATEGORY = { categoryId: "sail_maker", displayName: "Sail maker", name: "Sail maker" };

function image(name: string) {
  return { image: { url: `https://images.example/${name}.png`, width: 120, height: 80 } };
}

function reviewListRoutes(route: Route, ground: Ground): void {
  const { refusals, quirks } = ground;
  const listed = (query: Readonly<Record<string, string | undefined>>) => {
    const stars = query.stars?.split(",").map(Number);
    return listedReviews(ground).filter(
      (review) =>
        (stars === undefined || stars.includes(review.stars)) &&
        (query.language === undefined || review.language === query.language),
    );
  };
  route("GET", "/business-units/:bu/reviews", ({ params, query }) => {
    demandUnit(ground, params.bu);
    const { page, links } = pageOf(listed(query), query, refusals);
    return { links, reviews: page.map((review) => presented(review, ground, false)) };
  });
  route("GET", "/business-units/:bu/all-reviews", ({ params, query }) => {
    demandUnit(ground, params.bu);
    const all = listed(query);
    const start = all.findIndex(({ id }) => id === query.pageToken) + 1;
    const page = all.slice(start, start + 100);
    const last = page.at(-1);
    const isMore = last !== undefined && start + page.length < all.length;
    const href = `https://api.trustpilot.com/v1/business-units/${ground.unit.id}/all-reviews?pageToken=${last?.id ?? ""}`;
    return {
      links: isMore ? [{ href, method: "GET", rel: "next-page" }] : [],
      reviews: page.map((review) => presented(review, ground, false)),
      ...(isMore && quirks().nextPageAs === "key" && { nextPageToken: last.id }),
    };
  });
}

/** The business as answers show it, with the mean of its stars. */
function shownUnit(ground: Ground): Record<string, unknown> {
  const { unit } = ground;
  const stars = listedReviews(ground).map((review) => review.stars);
  const counted = (wanted: number) => stars.filter((one) => one === wanted).length;
  const mean = stars.length === 0 ? 0 : stars.reduce((sum, one) => sum + one, 0) / stars.length;
  return {
    id: unit.id,
    displayName: unit.displayName,
    name: { identifying: unit.identifyingName, referring: [unit.identifyingName] },
    score: { trustScore: Math.round(mean * 10) / 10, stars: Math.round(mean) },
    numberOfReviews: {
      total: stars.length,
      usedForTrustScoreCalculation: stars.length,
      oneStar: counted(1),
      twoStars: counted(2),
      threeStars: counted(3),
      fourStars: counted(4),
      fiveStars: counted(5),
    },
    country: unit.country,
    status: "active",
    websiteUrl: `https://${unit.identifyingName}`,
    links: [],
  };
}
