import { actionsOf, SHAPES, shown } from "./dialect.ts";

const action = actionsOf("Business units");
const { text, page, perPage } = SHAPES;
const AT = "/business-units/{businessUnitId}";

const PARTS = [
  ["profile", "Show the profile of the business", "/profileinfo"],
  ["links", "Show where the profile stands", "/web-links"],
  ["categories", "List the categories of the business", "/categories"],
  ["images", "List the pictures of the business", "/images"],
  ["logo", "Show the logo of the business", "/images/logo"],
  ["header", "Show the header picture of the business", "/images/header"],
  ["promotionImage", "Show the picture of the promotion box", "/images/promotion-box"],
  ["promotionBox", "Show the promotion box", "/promotion-box"],
  ["promotion", "Show the promotion of the profile", "/profilepromotion"],
  ["guarantee", "Show the customer guarantee", "/customerguarantee"],
] as const;

/** What anybody may ask of businesses. */
export const units = [
  shown(
    action,
    {
      id: "unit.find",
      title: "Find a business by its domain",
      description: "Shows the business unit that a domain belongs to, with its id, score and number of reviews.",
      path: "/business-units/find",
    },
    { name: SHAPES.id("Domain of the business: example.com.") },
    { name: "example.com" },
  ),
  ...[
    ["unit.search", "Search businesses by name", "/business-units/search"],
    ["unit.list", "List businesses", "/business-units/all"],
  ].map(([id = "", title = "", path = ""]) =>
    shown(action, { id, title, description: `${title}, page by page.`, path }, { query: text, page, perPage }),
  ),
  shown(action, {
    id: "unit.read",
    title: "Read the business unit",
    description: "Shows the connection's own business unit, with its score and number of reviews.",
    path: AT,
  }),
  ...PARTS.map(([name, title, path]) =>
    shown(action, { id: `unit.${name}`, title, description: `${title}, as anybody sees it.`, path: AT + path }),
  ),
  shown(
    action,
    {
      id: "unit.reviews",
      title: "List reviews as anybody sees them",
      description: "Lists the reviews of the business without references and addresses.",
      path: `${AT}/reviews`,
    },
    { page, perPage, stars: text, language: text },
  ),
  shown(
    action,
    {
      id: "unit.allReviews",
      title: "Follow all reviews from the first to the last",
      description: "Lists the reviews of the business by a token from page to page.",
      path: `${AT}/all-reviews`,
    },
    { pageToken: text },
  ),
];
