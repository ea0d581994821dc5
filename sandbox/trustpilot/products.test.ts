import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

const WRITTEN = {
  sku: "S1",
  stars: 3,
  content: "One of two",
  name: "Ana",
  email: "ana@example.com",
  referenceId: "hub-1",
};

test("ET60 products are taken in by stock number, changed by it, and found by it", async () => {
  const { emulator, call } = await setUp();
  const at = `/v1/private/business-units/${emulator.signIn().businessUnitId}/products`;
  await call("POST", at, {
    products: [
      { sku: "S1", title: "Jib" },
      { sku: "S2", title: "Main" },
    ],
  });
  await call("POST", at, { products: [{ sku: "S1", title: "Jib", price: "90" }] });
  expect((await call("GET", `${at}?skus=S1`)).body.products).toMatchObject([{ sku: "S1", title: "Jib", price: "90" }]);
  expect((await call("GET", at)).body.products).toHaveLength(2);
  expect((await call("POST", at, { products: [{ title: "-" }] })).status).toBe(400);
});

test("ET61 a product review shows its address in private only, and its mean to anybody", async () => {
  const { emulator, call, open } = await setUp();
  const { id } = emulator.reviewers.writeOfProduct(WRITTEN);
  const unit = `product-reviews/business-units/${emulator.signIn().businessUnitId}`;
  const one = { id, stars: 3, consumer: { email: "ana@example.com" }, referenceId: "hub-1" };
  expect((await call("GET", `/v1/private/product-reviews/${id}`)).body).toMatchObject(one);
  expect((await call("GET", `/v1/private/${unit}/reviews?sku=S1`)).body.productReviews).toMatchObject([one]);
  const seen = (await open("GET", `/v1/${unit}/reviews`)).body;
  expect([seen.productReviews.length, JSON.stringify(seen).includes("ana@example.com")]).toEqual([1, false]);
  expect((await open("GET", `/v1/${unit}?sku=S1`)).body).toMatchObject({
    starsAverage: 3,
    numberOfReviews: { total: 1 },
  });
});

test("ET62 a product review is talked about in a conversation, which is private until it is made public", async () => {
  const { emulator, call, open } = await setUp();
  const { id } = emulator.reviewers.writeOfProduct(WRITTEN);
  const { conversationId } = (await call("POST", `/v1/private/product-reviews/${id}/create-conversation`)).body;
  expect((await call("POST", `/v1/private/product-reviews/${id}/create-conversation`)).body).toEqual({
    conversationId,
  });
  const at = `/v1/private/conversations/${conversationId}`;
  const { commentId } = (await call("POST", `${at}/comments`, { content: "Which one?" })).body;
  await call("PUT", `${at}/comments/${commentId}`, { content: "Which of them?" });
  expect((await call("GET", `${at}/comments/${commentId}`)).body.content).toBe("Which of them?");
  expect((await open("GET", `/v1/conversations/${conversationId}`)).status).toBe(404);
  await call("POST", `${at}/state`, { state: "public" });
  expect((await open("GET", `/v1/conversations/${conversationId}`)).body.comments).toHaveLength(1);
});

test.each([
  [{ productEvents: "none" }, []],
  [{ productEvents: "created" }, ["product-review-created"]],
  [{ productEvents: "all", productWebhookEmail: false }, ["product-review-created", "product-review-deleted"]],
] as const)("ET63 a product review is told of as far as the quirks say (%o)", async (quirks, expected) => {
  const { emulator, received } = await setUp({ quirks, webhookUrls: ["https://hub.example/hook"] });
  emulator.reviewers.removeOfProduct(emulator.reviewers.writeOfProduct(WRITTEN).id);
  await emulator.control.webhooks.flush();
  const names = received.map(({ body }) => (body.events[0] as { eventName: string }).eventName);
  expect(names).toEqual(expected);
  expect(JSON.stringify(received).includes("ana@example.com")).toBe(expected.length === 1);
});

test.each(["reviewUrl", "url"] as const)(
  "ET64 a link to review products is named %s, by quirk",
  async (productLinkAs) => {
    const { emulator, call } = await setUp({ quirks: { productLinkAs } });
    const at = `/v1/private/product-reviews/business-units/${emulator.signIn().businessUnitId}/invitation-links`;
    const body = {
      consumer: { email: "ana@example.com", name: "Ana" },
      referenceId: "r",
      locale: "en-US",
      productIds: ["p"],
    };
    expect((await call("POST", at, body)).body[productLinkAs]).toMatch(/^https:/);
    expect((await call("POST", at, { ...body, products: [] })).status).toBe(400);
  },
);

test("ET65 everything else that anybody with a key may read is there", async () => {
  const { emulator, open } = await setUp();
  const unit = `/v1/business-units/${emulator.signIn().businessUnitId}`;
  const urls = [
    ...["profileinfo", "web-links", "categories", "images", "images/logo", "images/header", "images/promotion-box"].map(
      (end) => `${unit}/${end}`,
    ),
    ...["promotion-box", "profilepromotion", "customerguarantee", "reviews"].map((end) => `${unit}/${end}`),
    ...["search?query=harbour", "all"].map((end) => `/v1/business-units/${end}`),
    ...["", "/sail_maker", "/sail_maker/business-units"].map((end) => `/v1/categories${end}`),
    ...["images", "images/icons", "images/logos", "images/stars/4", "strings/stars/4"].map(
      (end) => `/v1/resources/${end}`,
    ),
    ...["metadata/locales", "metadata/countries"].map((end) => `/v1/resources/${end}`),
    "/v1/business-signup/domain-availability?domain=x.example",
    "/v1/reviews/latest",
  ];
  const answers = await Promise.all(urls.map(async (url) => [url, (await open("GET", url)).status]));
  expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
  expect((await open("GET", "/v1/resources/strings/stars/6")).status).toBe(400);
  expect((await open("GET", "/v1/business-units/search?query=nobody")).body.businessUnits).toEqual([]);
});

test("ET66 people write reviews through the control address, and see there who was invited", async () => {
  const { open, emulator } = await setUp();
  const made = await open("POST", "/_control/contacts", {
    name: "Ana",
    email: "ana@example.com",
    stars: 2,
    title: "Late",
  });
  expect([made.status, made.body.fields]).toMatchObject([201, { stars: "2", title: "Late" }]);
  await open("PATCH", `/_control/contacts/${made.body.id}`, { stars: 3 });
  expect(emulator.control.contacts.list("ana").contacts).toMatchObject([{ fields: { stars: "3" } }]);
  const product = await open("POST", "/_control/product-reviews", { sku: "S1", stars: 5 });
  expect(emulator.control.state(product.body.id)).toMatchObject({ sku: "S1" });
  expect((await open("GET", "/_control/invitations")).body).toEqual({ invitations: [] });
  expect(emulator.control.reset(3, 12)).toEqual({ count: 12 });
});
