import { z } from "zod";
import { actionsOf, SHAPES, shown } from "./dialect.ts";

const consumerAction = actionsOf("Consumers");
const categoryAction = actionsOf("Categories");
const resourceAction = actionsOf("Words and pictures");
const { id, text } = SHAPES;

const consumerId = id("Id of the consumer.");
const CONSUMER = { consumerId: "65f0c0ffee0000000000bb01" };
const categoryId = id("Id of the category.");
const CATEGORY = { categoryId: "sail_maker" };
const stars = z.int().min(1).max(5);

/** What anybody may ask of consumers, categories, words and pictures. No address is ever shown. */
export const consumers = [
  ...[
    ["read", "Read a consumer", ""],
    ["profile", "Read the profile of a consumer", "/profile"],
    ["reviews", "List the reviews of a consumer", "/reviews"],
    ["links", "Show where a consumer's profile stands", "/web-links"],
  ].map(([name = "", title = "", path = ""]) =>
    shown(
      consumerAction,
      {
        id: `consumer.${name}`,
        title,
        description: `${title}; their address is not shown.`,
        path: `/consumers/{consumerId}${path}`,
      },
      { consumerId },
      CONSUMER,
    ),
  ),
  consumerAction({
    id: "consumer.profiles",
    title: "Read the profiles of several consumers",
    description: "Shows several consumers at once.",
    effect: "reads",
    method: "POST",
    path: "/consumers/profile/bulk",
    input: { consumerIds: z.array(z.string().min(1)).min(1) },
    output: { consumers: z.array(z.looseObject({ id: z.string() })) },
    example: { input: { consumerIds: [CONSUMER.consumerId] }, output: { consumers: [{ id: CONSUMER.consumerId }] } },
  }),
  ...(["create", "validate"] as const).map((name) =>
    consumerAction({
      id: `consumer.${name}DisplayName`,
      title: name === "create" ? "Make a display name" : "Try a display name",
      description: "Says whether a name can be shown beside reviews.",
      effect: "reads",
      method: "POST",
      path: `/consumers/display-name/${name}`,
      input: { displayName: z.string().min(1) },
      output: { displayName: text, isValid: z.boolean().optional() },
      example: { input: { displayName: "Mia" }, output: { displayName: "Mia", isValid: true } },
    }),
  ),
  shown(categoryAction, {
    id: "category.list",
    title: "List categories",
    description: "Lists what businesses are sorted by.",
    path: "/categories",
  }),
  ...[
    ["read", "Read a category", ""],
    ["units", "List the businesses of a category", "/business-units"],
  ].map(([name = "", title = "", path = ""]) =>
    shown(
      categoryAction,
      { id: `category.${name}`, title, description: `${title}.`, path: `/categories/{categoryId}${path}` },
      { categoryId },
      CATEGORY,
    ),
  ),
  ...[
    ["images", "List pictures", "/resources/images"],
    ["icons", "List icons", "/resources/images/icons"],
    ["logos", "List logos", "/resources/images/logos"],
    ["locales", "List locales", "/resources/metadata/locales"],
    ["countries", "List countries", "/resources/metadata/countries"],
  ].map(([name = "", title = "", path = ""]) =>
    shown(resourceAction, { id: `resource.${name}`, title, description: `${title} that pages are made with.`, path }),
  ),
  ...[
    ["starImages", "Show the pictures of so many stars", "/resources/images/stars/{stars}"],
    ["starWords", "Say so many stars in a word", "/resources/strings/stars/{stars}"],
  ].map(([name = "", title = "", path = ""]) =>
    shown(resourceAction, { id: `resource.${name}`, title, description: `${title}.`, path }, { stars }, { stars: 4 }),
  ),
  shown(
    resourceAction,
    {
      id: "domain.availability",
      title: "See whether a domain is taken",
      description: "Says whether a domain has a profile already.",
      path: "/business-signup/domain-availability",
    },
    { domain: z.string().min(1) },
    { domain: "example.com" },
  ),
];
