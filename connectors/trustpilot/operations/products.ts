import { z } from "zod";
import { actionsOf, SHAPES, shown } from "./dialect.ts";

const productAction = actionsOf("Products");
const reviewAction = actionsOf("Reviews of products");
const conversationAction = actionsOf("Conversations");
const { id, text, page, perPage } = SHAPES;

const reviewId = id("Id of the review of a product.");
const conversationId = id("Id of the conversation.");
const commentId = id("Id of the comment.");
const ONE = { reviewId: "65f0c0ffee0000000000cc01" };
const TALK = { conversationId: "65f0c0ffee0000000000dd01" };
const COMMENT = { commentId: "65f0c0ffee0000000000ee01", content: "Which one was it?" };
const Product = z.looseObject({ sku: z.string(), title: text });
const Review = z.looseObject({ id: z.string(), stars: z.number(), content: text });
const REVIEW = { id: ONE.reviewId, stars: 4, content: "Fits." };
const Comment = { commentId: text, content: text };
const PRIVATE = "/private/product-reviews/business-units/{businessUnitId}";
const PUBLIC = "/product-reviews/business-units/{businessUnitId}";

/** What can be asked about products, their reviews and the conversations about these. */
export const products = [
  productAction({
    id: "product.list",
    title: "List products",
    description: "Lists products that can be reviewed.",
    effect: "reads",
    method: "GET",
    path: "/private/business-units/{businessUnitId}/products",
    input: { page, perPage, skus: text.describe("Stock numbers with commas between."), groupId: text, locale: text },
    output: { products: z.array(Product) },
    example: { input: {}, output: { products: [{ sku: "S1", title: "Lamp" }] } },
  }),
  productAction({
    id: "product.upsert",
    title: "Create or change products",
    description: "Makes products, or changes those with the same stock numbers.",
    effect: "changes",
    method: "POST",
    path: "/private/business-units/{businessUnitId}/products",
    input: {
      products: z
        .array(
          z.looseObject({
            sku: z.string().min(1),
            title: z.string().min(1),
            link: text,
            imageLink: text,
            price: text,
            currency: text,
            gtin: text,
            mpn: text,
            brand: text,
            description: text,
          }),
        )
        .min(1),
      skuSameAsGoogleMerchantCenterProductId: z.boolean().optional(),
    },
    output: { products: z.array(Product).optional() },
    example: {
      input: { products: [{ sku: "S1", title: "Lamp" }] },
      output: { products: [{ sku: "S1", title: "Lamp" }] },
    },
  }),
  reviewAction({
    id: "productReview.list",
    title: "List reviews of products with who was invited",
    description: "Lists reviews of products with their references and addresses.",
    effect: "reads",
    method: "GET",
    path: `${PRIVATE}/reviews`,
    input: { page, perPage, sku: text, language: text, state: text, locale: text },
    output: { productReviews: z.array(Review) },
    example: { input: { sku: "S1" }, output: { productReviews: [REVIEW] } },
  }),
  reviewAction({
    id: "productReview.read",
    title: "Read a review of a product with who was invited",
    description: "Shows one review of a product with its reference and the address that was invited.",
    effect: "reads",
    method: "GET",
    path: "/private/product-reviews/{reviewId}",
    input: { reviewId },
    output: { review: Review },
    bare: "review",
    example: { input: ONE, output: { review: REVIEW } },
  }),
  shown(reviewAction, {
    id: "productReview.summaries",
    title: "Sum up the reviews of all products",
    description: "Shows the mean and number of reviews for each product.",
    path: `${PRIVATE}/summaries`,
  }),
  reviewAction({
    id: "productReview.invitationLink",
    title: "Make a link for reviewing products",
    description:
      "Makes a link by which one person reviews products. Inviting only customers who are expected to be happy breaks Trustpilot's rules.",
    effect: "creates",
    method: "POST",
    path: `${PRIVATE}/invitation-links`,
    input: {
      consumer: z.object({ email: z.email(), name: z.string().min(1) }),
      referenceId: z.string().min(1),
      locale: z.string().min(1),
      redirectUri: z.url().optional(),
      productIds: z.array(z.string()).optional(),
      products: z.array(z.looseObject({ sku: z.string() })).optional(),
    },
    output: { url: z.string(), id: text },
    // Its names are not published: either may be answered.
    aliases: { url: ["reviewUrl", "url"], id: ["reviewLinkId", "id"] },
    example: {
      input: {
        consumer: { email: "mia@example.com", name: "Mia" },
        referenceId: "order-7",
        locale: "en-US",
        productIds: ["65f0c0ffee0000000000ff01"],
      },
      output: { url: "https://www.trustpilot.com/evaluate-link/abc", id: "65f0c0ffee0000000000ab01" },
    },
  }),
  ...[
    ["summary", "Sum up the reviews of a product", ""],
    ["public", "List reviews of products as anybody sees them", "/reviews"],
    ["imported", "List imported reviews of products", "/imported-reviews"],
  ].map(([name = "", title = "", path = ""]) =>
    shown(
      reviewAction,
      { id: `productReview.${name}`, title, description: `${title}.`, path: PUBLIC + path },
      { sku: text, page, perPage },
      { sku: "S1" },
    ),
  ),
  shown(reviewAction, {
    id: "productReview.importedSummaries",
    title: "Sum up imported reviews of products",
    description: "Shows the mean and number of imported reviews.",
    path: `${PUBLIC}/imported-reviews-summaries`,
  }),
  ...[
    ["batchSummaries", "Sum up the reviews of several products", "batch-summaries"],
    ["attributeSummaries", "Sum up what was said of the attributes of products", "attribute-summaries"],
  ].map(([name = "", title = "", path = ""]) =>
    reviewAction({
      id: `productReview.${name}`,
      title,
      description: `${title}, by their stock numbers.`,
      effect: "reads",
      method: "POST",
      path: `${PUBLIC}/${path}`,
      input: { skus: z.array(z.string().min(1)).min(1) },
      output: { summaries: z.array(z.unknown()) },
      example: { input: { skus: ["S1"] }, output: { summaries: [{ sku: "S1" }] } },
    }),
  ),
  conversationAction({
    id: "conversation.create",
    title: "Begin a conversation about a review of a product",
    description: "Opens the conversation about a review, or shows the one that there is.",
    effect: "creates",
    method: "POST",
    path: "/private/product-reviews/{reviewId}/create-conversation",
    input: { reviewId },
    output: { conversationId: z.string() },
    example: { input: ONE, output: TALK },
  }),
  shown(
    conversationAction,
    {
      id: "conversation.read",
      title: "Read a conversation",
      description: "Shows a conversation with its comments.",
      path: "/private/conversations/{conversationId}",
    },
    { conversationId },
    TALK,
  ),
  shown(
    conversationAction,
    {
      id: "conversation.public",
      title: "Read a public conversation",
      description: "Shows a conversation as anybody sees it.",
      path: "/conversations/{conversationId}",
    },
    { conversationId },
    TALK,
  ),
  conversationAction({
    id: "conversation.setState",
    title: "Make a conversation public or private",
    description: "Says whether anybody may read a conversation.",
    effect: "changes",
    method: "POST",
    path: "/private/conversations/{conversationId}/state",
    input: { conversationId, state: z.enum(["public", "private"]) },
    output: { state: text },
    example: { input: { ...TALK, state: "public" }, output: { state: "public" } },
  }),
  conversationAction({
    id: "comment.create",
    title: "Say something in a conversation",
    description: "Adds a comment of the business.",
    effect: "creates",
    method: "POST",
    path: "/private/conversations/{conversationId}/comments",
    input: { conversationId, content: z.string().min(1), integrationId: text },
    output: Comment,
    example: { input: { ...TALK, content: COMMENT.content }, output: COMMENT },
  }),
  conversationAction({
    id: "comment.read",
    title: "Read a comment",
    description: "Shows one comment of a conversation.",
    effect: "reads",
    method: "GET",
    path: "/private/conversations/{conversationId}/comments/{commentId}",
    input: { conversationId, commentId },
    output: Comment,
    example: { input: { ...TALK, commentId: COMMENT.commentId }, output: COMMENT },
  }),
  conversationAction({
    id: "comment.update",
    title: "Change a comment",
    description: "Changes what the business said in a conversation.",
    effect: "changes",
    method: "PUT",
    path: "/private/conversations/{conversationId}/comments/{commentId}",
    input: { conversationId, commentId, content: z.string().min(1) },
    output: Comment,
    example: { input: { ...TALK, commentId: COMMENT.commentId, content: "Which of them?" }, output: COMMENT },
  }),
];
