import { z } from "zod";
import { actionsOf, REVIEW_ID, SHAPES, shown } from "./dialect.ts";

const action = actionsOf("Reviews of the business");
const { id, text, page, perPage, tags } = SHAPES;

const reviewId = id("Id of the review.");
const Review = z.looseObject({ id: z.string(), stars: z.number(), title: text.nullable(), text: text.nullable() });
const REVIEW = { id: REVIEW_ID, stars: 5, title: "Quick help", text: "Solved in an hour." };
const ONE = { reviewId: REVIEW_ID };
const TAGS = [{ group: "Generic", value: "vip" }];
const Tags = { tags: z.array(z.looseObject({ group: z.string(), value: z.string() })) };

/** What can be asked about reviews of the business, replies and labels. */
export const reviews = [
  action({
    id: "review.list",
    title: "List reviews with who was invited",
    description: "Lists reviews with their references and addresses, newest first; the main source of what is new.",
    effect: "reads",
    method: "GET",
    path: "/private/business-units/{businessUnitId}/reviews",
    input: {
      page,
      perPage,
      orderBy: z.enum(["createdat.desc", "createdat.asc", "stars.asc", "stars.desc"]).optional(),
      startDateTime: text.describe("Written at or after, YYYY-MM-DDTHH:mm:ss in UTC."),
      endDateTime: text.describe("Written at or before."),
      stars: text.describe("One to five, several with commas."),
      language: text,
      referenceId: text,
      referralEmail: text,
      responded: z.boolean().optional(),
      reported: z.boolean().optional(),
      tagGroup: text,
      tagValue: text,
    },
    output: { reviews: z.array(Review) },
    example: { input: { stars: "1,2" }, output: { reviews: [REVIEW] } },
  }),
  action({
    id: "review.read",
    title: "Read a review with who was invited",
    description: "Shows one review with its reference and the address that was invited.",
    effect: "reads",
    method: "GET",
    path: "/private/reviews/{reviewId}",
    input: { reviewId },
    output: { review: Review },
    bare: "review",
    example: { input: ONE, output: { review: REVIEW } },
  }),
  action({
    id: "review.reply",
    title: "Reply to a review",
    description: "Writes the business's answer under a review, in the name of a user.",
    effect: "changes",
    method: "POST",
    path: "/private/reviews/{reviewId}/reply",
    input: {
      reviewId,
      message: z.string().min(1),
      authorBusinessUserId: text.describe("Needed where the account alone signs in and no businessUserId is set."),
    },
    output: { succeeded: z.boolean() },
    example: { input: { ...ONE, message: "Thank you!" }, output: { succeeded: true } },
  }),
  action({
    id: "review.deleteReply",
    title: "Take a reply back",
    description: "Takes the business's answer under a review away.",
    effect: "deletes",
    method: "DELETE",
    path: "/private/reviews/{reviewId}/reply",
    input: { reviewId },
    output: { succeeded: z.boolean() },
    example: { input: ONE, output: { succeeded: true } },
  }),
  action({
    id: "review.tags",
    title: "List the labels of a review",
    description: "Lists labels by group and value.",
    effect: "reads",
    method: "GET",
    path: "/private/reviews/{reviewId}/tags",
    input: { reviewId },
    output: Tags,
    example: { input: ONE, output: { tags: TAGS } },
  }),
  action({
    id: "review.addTags",
    title: "Label a review",
    description: "Adds labels and keeps those that are there.",
    effect: "changes",
    method: "PUT",
    path: "/private/reviews/{reviewId}/tags",
    input: { reviewId, tags },
    output: Tags,
    example: { input: { ...ONE, tags: TAGS }, output: { tags: TAGS } },
  }),
  action({
    id: "review.setTags",
    title: "Replace the labels of a review",
    description: "Sets the labels and takes all others away.",
    effect: "changes",
    method: "POST",
    path: "/private/reviews/{reviewId}/tags",
    input: { reviewId, tags },
    output: Tags,
    example: { input: { ...ONE, tags: TAGS }, output: { tags: TAGS } },
  }),
  action({
    id: "review.deleteTag",
    title: "Take a label off a review",
    description: "Takes one label off, or all of a group.",
    effect: "deletes",
    method: "DELETE",
    path: "/private/reviews/{reviewId}/tags",
    inQuery: ["group", "value"],
    input: { reviewId, group: z.string().min(1), value: text },
    output: { succeeded: z.boolean() },
    example: { input: { ...ONE, group: "Generic", value: "vip" }, output: { succeeded: true } },
  }),
  action({
    id: "review.findReviewer",
    title: "Ask a reviewer who they are",
    description: "Has Trustpilot ask whoever wrote a review to identify themselves.",
    effect: "creates",
    method: "POST",
    path: "/private/reviews/{reviewId}/find-reviewer",
    input: {
      reviewId,
      message: z.string().min(1),
      skipNotificationEmailToBusinessUser: z.boolean().optional(),
    },
    output: { succeeded: z.boolean() },
    example: { input: { ...ONE, message: "Which order was it?" }, output: { succeeded: true } },
  }),
  ...[
    ["review.public", "Read a review as anybody sees it", "/reviews/{reviewId}"],
    ["review.likes", "List the likes of a review", "/reviews/{reviewId}/likes"],
    ["review.links", "Show where a review stands", "/reviews/{reviewId}/web-links"],
  ].map(([operation = "", title = "", path = ""]) =>
    shown(action, { id: operation, title, description: `${title}, without who was invited.`, path }, { reviewId }, ONE),
  ),
  shown(
    action,
    {
      id: "review.latest",
      title: "List the latest reviews of all businesses",
      description: "Lists what was written last on Trustpilot.",
      path: "/reviews/latest",
    },
    { language: text },
  ),
];
