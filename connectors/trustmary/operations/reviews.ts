import { z } from "zod";
import { actionsOf, SOURCES } from "./dialect.ts";

const reviewAction = actionsOf("Reviews");
const connectionAction = actionsOf("Review connections");

const Text = z.string().optional();
const Review = z.looseObject({ review_id: z.string(), reviewNps: z.number().optional(), eid: Text, personName: Text });
const REVIEW = { review_id: "revDemo1", reviewNps: 9, eid: "order-7", personName: "Mia Lund" };
const Connection = z.looseObject({ id: z.string(), slug: Text, title: Text, source: Text });
const CONNECTION = { id: "rcDemo1", slug: "shop", title: "Our shop", source: "custom" };
const connection = z.string().min(1).describe("Slug or id of the review connection.");

/** What can be asked about reviews and the places they are taken from. */
export const reviews = [
  reviewAction({
    id: "review.upsert",
    title: "Create or change a review",
    description: "Makes a review, or changes the one with the same external id.",
    effect: "changes",
    source: SOURCES.reviews,
    method: "POST",
    path: "/reviews",
    input: {
      eid: Text.describe("Your own id of the review."),
      nps: z.int().min(0).max(10).optional().describe("0 to 10; needed for a new review."),
      comment: Text,
      name: Text,
      company: Text,
      location: Text,
      title: Text,
      picture: z.url().optional(),
      video: z.url().optional(),
      published: z.boolean().optional(),
    },
    output: { review: Review },
    bare: "review",
    example: { input: { eid: REVIEW.eid, nps: 9, name: "Mia Lund" }, output: { review: REVIEW } },
  }),
  reviewAction({
    id: "review.list",
    title: "List reviews",
    description:
      "Lists the reviews of the organisation. Whether Trustmary has this is not published: it may answer 404.",
    effect: "reads",
    source: SOURCES.reviews,
    method: "GET",
    path: "/reviews",
    input: { offset: z.int().min(0).optional() },
    output: { reviews: z.array(Review) },
    bare: "reviews",
    example: { input: {}, output: { reviews: [REVIEW] } },
  }),
  connectionAction({
    id: "reviewConnection.list",
    title: "List the review connections",
    description: "Lists the places from which reviews are taken over.",
    effect: "reads",
    source: SOURCES.connections,
    method: "GET",
    path: "/review-connections",
    input: {},
    output: { reviewConnections: z.array(Connection) },
    example: { input: {}, output: { reviewConnections: [CONNECTION] } },
  }),
  connectionAction({
    id: "reviewConnection.create",
    title: "Create a review connection",
    description:
      "Takes reviews over: from an address of your own (title, slug, targetUrl) or a place of a known source.",
    effect: "creates",
    source: SOURCES.connections,
    method: "POST",
    path: "/review-connections",
    input: { title: Text, slug: Text, targetUrl: z.url().optional(), source: Text, targetId: Text, lang: Text },
    output: { id: Text },
    example: {
      input: { title: "Our shop", slug: "shop", targetUrl: "https://shop.example" },
      output: { id: "rcDemo1" },
    },
  }),
  connectionAction({
    id: "reviewConnection.update",
    title: "Rename a review connection",
    description: "Gives a review connection another slug or title.",
    effect: "changes",
    source: SOURCES.connections,
    method: "PATCH",
    path: "/review-connections/{connection}",
    input: { connection, slug: Text, title: Text },
    output: {},
    example: { input: { connection: "shop", title: "The shop" }, output: {} },
  }),
  connectionAction({
    id: "reviewConnection.delete",
    title: "Remove a review connection",
    description: "Takes no more reviews over from there. The address of this operation is assumed.",
    effect: "deletes",
    source: `${SOURCES.connections}; the address is assumed`,
    method: "DELETE",
    path: "/review-connections/{connection}",
    input: { connection },
    output: {},
    example: { input: { connection: "shop" }, output: {} },
  }),
];
