import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

const HOOK = "https://hub.example/hooks/secret";
const ANA = {
  email: "ana@example.com",
  name: "Ana Ruiz",
  stars: 4,
  title: "Good",
  text: "Came early",
  isInvited: true,
};

const listOf = (emulator: Awaited<ReturnType<typeof setUp>>["emulator"]): string =>
  `/v1/private/business-units/${emulator.signIn().businessUnitId}/reviews`;

test("ET20 a review is listed and read with the address that was invited, and in public without", async () => {
  const { emulator, call, open } = await setUp();
  const { id } = emulator.reviewers.write({ ...ANA, referenceId: "hub-1" });
  const stranger = emulator.reviewers.write({ stars: 1, email: "who@example.com" });
  const private_ = {
    id,
    stars: 4,
    referralEmail: "ana@example.com",
    referenceId: "hub-1",
    consumer: { displayName: "Ana Ruiz" },
  };
  expect((await call("GET", `${listOf(emulator)}?referenceId=hub-1`)).body.reviews).toMatchObject([private_]);
  expect((await call("GET", `/v1/private/reviews/${id}`)).body).toMatchObject(private_);
  expect((await call("GET", `/v1/private/reviews/${stranger.id}`)).body.referralEmail).toBeNull();
  const seen = (await open("GET", `/v1/reviews/${id}`)).body;
  expect(seen).not.toHaveProperty("referralEmail");
  expect(JSON.stringify(seen)).not.toContain("ana@example.com");
});

test("ET20 a review that is written by the control address is of who was invited, where it says so", async () => {
  const { emulator, call } = await setUp();
  const fields = { name: "Ana Ruiz", email: "ana@example.com", stars: "2", text: "Late" };
  const { id } = emulator.control.contacts.create({ ...fields, isInvited: "true" });
  const stranger = emulator.control.contacts.create(fields);
  expect((await call("GET", `/v1/private/reviews/${id}`)).body.referralEmail).toBe("ana@example.com");
  expect((await call("GET", `/v1/private/reviews/${stranger.id}`)).body.referralEmail).toBeNull();
});

test("ET21 a listing comes in pages of a hundred at most, newest first or as asked, and ends with an empty page", async () => {
  const { emulator, call } = await setUp();
  emulator.seed(
    Array.from({ length: 130 }, (_, number) => ({
      fields: { stars: String((number % 5) + 1) },
      createdAt: number * 1_000,
    })),
  );
  const first = (await call("GET", `${listOf(emulator)}?perPage=100`)).body;
  expect([first.reviews.length, first.links[0].rel]).toEqual([100, "next-page"]);
  expect(first.reviews[0].createdAt).toBe("1970-01-01T00:02:09Z");
  expect((await call("GET", `${listOf(emulator)}?perPage=100&page=2`)).body.reviews).toHaveLength(30);
  expect((await call("GET", `${listOf(emulator)}?perPage=100&page=3`)).body.reviews).toEqual([]);
  const worst = (await call("GET", `${listOf(emulator)}?orderBy=stars.asc&perPage=1`)).body.reviews;
  expect(worst[0].stars).toBe(1);
  expect((await call("GET", `${listOf(emulator)}?perPage=101`)).status).toBe(400);
});

test("ET22 a listing is narrowed by stars, time, address, answer and label", async () => {
  const { emulator, call, clock } = await setUp();
  const { id } = emulator.reviewers.write(ANA);
  clock.advance(3_600_000);
  const late = emulator.reviewers.write({ stars: 1, email: "ben@example.com", isInvited: true });
  await call("PUT", `/v1/private/reviews/${id}/tags`, { tags: [{ group: "Generic", value: "VIP" }] });
  await call("POST", `/v1/private/reviews/${late.id}/reply`, { message: "Sorry" });
  const ids = async (query: string) =>
    (await call("GET", `${listOf(emulator)}?${query}`)).body.reviews.map((review: { id: string }) => review.id);
  expect(await ids("stars=4,5")).toEqual([id]);
  expect(await ids("startDateTime=2026-05-04T08:30:00")).toEqual([late.id]);
  expect(await ids("referralEmail=ANA@example.com")).toEqual([id]);
  expect(await ids("responded=true")).toEqual([late.id]);
  expect(await ids("tagGroup=Generic&tagValue=vip&ignoreTagValueCase=true")).toEqual([id]);
  expect(await ids("tagGroup=Generic&tagValue=vip")).toEqual([]);
});

test("ET23 labels are added by PUT, replaced by POST and taken away one by one", async () => {
  const { emulator, call } = await setUp();
  const at = `/v1/private/reviews/${emulator.reviewers.write(ANA).id}/tags`;
  const tag = (value: string) => ({ group: "Generic", value });
  await call("PUT", at, { tags: [tag("one"), tag("two")] });
  expect((await call("PUT", at, { tags: [tag("two"), tag("three")] })).body.tags).toEqual([
    tag("one"),
    tag("two"),
    tag("three"),
  ]);
  await call("DELETE", `${at}?group=Generic&value=two`);
  expect((await call("GET", at)).body.tags).toEqual([tag("one"), tag("three")]);
  expect((await call("POST", at, { tags: [tag("four")] })).body.tags).toEqual([tag("four")]);
});

test("ET24 a reply needs a user of the business, shows under the review, and can be taken back", async () => {
  const { emulator, call } = await setUp();
  const { id } = emulator.reviewers.write(ANA);
  const nobody = await call(
    "POST",
    `/v1/private/reviews/${id}/reply`,
    { message: "Thank you" },
    { "x-business-user-id": undefined },
  );
  expect(nobody.status).toBe(403);
  expect((await call("POST", `/v1/private/reviews/${id}/reply`, { message: "Thank you" })).status).toBe(201);
  expect((await call("GET", `/v1/private/reviews/${id}`)).body.companyReply.text).toBe("Thank you");
  expect((await call("DELETE", `/v1/private/reviews/${id}/reply`)).status).toBe(204);
  expect((await call("GET", `/v1/private/reviews/${id}`)).body.companyReply).toBeNull();
});

test("ET25 a review that is written, changed or deleted is told of, unsigned and without an address", async () => {
  const { emulator, received } = await setUp({ webhookUrls: [HOOK] });
  const { id } = emulator.reviewers.write({ ...ANA, referenceId: "hub-1" });
  emulator.reviewers.edit(id, { stars: 2 });
  emulator.reviewers.remove(id);
  await emulator.control.webhooks.flush();
  expect(received.map(({ body }) => body.events[0])).toMatchObject([
    { eventName: "service-review-created", version: "1", eventData: { id, stars: 4, referenceId: "hub-1" } },
    { eventName: "service-review-updated", eventData: { id, stars: 2 } },
    { eventName: "service-review-deleted", eventData: { id } },
  ]);
  expect(JSON.stringify(received)).not.toContain("ana@example.com");
});

test("ET26 an edited review shows when it was changed, keeps its place, and lists lag by quirk", async () => {
  const { emulator, call, clock } = await setUp({ quirks: { listLagMs: 60_000 } });
  const { id } = emulator.reviewers.write(ANA);
  expect((await call("GET", listOf(emulator))).body.reviews).toEqual([]);
  clock.advance(60_000);
  emulator.reviewers.edit(id, { stars: 1 });
  expect((await call("GET", listOf(emulator))).body.reviews).toMatchObject([{ stars: 4, updatedAt: null }]);
  expect((await call("GET", `/v1/private/reviews/${id}`)).body).toMatchObject({
    stars: 1,
    updatedAt: "2026-05-04T08:01:00Z",
  });
  clock.advance(60_000);
  expect((await call("GET", listOf(emulator))).body.reviews).toMatchObject([{ stars: 1 }]);
});

test("ET27 all reviews are followed by a token, told by a key or by a link only, by quirk", async () => {
  const { emulator, open } = await setUp();
  emulator.seed(Array.from({ length: 150 }, (_, number) => ({ fields: { stars: "5" }, createdAt: number * 1_000 })));
  const at = `/v1/business-units/${emulator.signIn().businessUnitId}/all-reviews`;
  const first = (await open("GET", at)).body;
  const second = (await open("GET", `${at}?pageToken=${first.nextPageToken}`)).body;
  expect([first.reviews.length, second.reviews.length, second.links]).toEqual([100, 50, []]);
  emulator.control.quirks.set({ nextPageAs: "link" });
  const linked = (await open("GET", at)).body;
  expect(linked).not.toHaveProperty("nextPageToken");
  expect(linked.links[0].href).toContain(`pageToken=${first.nextPageToken}`);
});

test("ET28 a business is found by its address, with the mean of its stars, and others are not", async () => {
  const { emulator, open } = await setUp();
  for (const stars of [5, 4]) emulator.reviewers.write({ stars });
  const { businessUnitId, domain } = emulator.signIn();
  const found = (await open("GET", `/v1/business-units/find?name=${domain}`)).body;
  expect(found).toMatchObject({
    id: businessUnitId,
    score: { trustScore: 4.5 },
    numberOfReviews: { total: 2, fiveStars: 1 },
  });
  expect((await open("GET", "/v1/business-units/find?name=other.example")).status).toBe(404);
  expect((await open("GET", "/v1/business-units/0123456789abcdef01234567")).status).toBe(404);
});

test("ET29 a consumer is shown with their reviews and never with an address", async () => {
  const { emulator, open } = await setUp();
  const { consumerId } = emulator.reviewers.write(ANA);
  const all = [
    `/v1/consumers/${consumerId}`,
    `/v1/consumers/${consumerId}/profile`,
    `/v1/consumers/${consumerId}/reviews`,
  ];
  const answers = await Promise.all(all.map((url) => open("GET", url)));
  const bulk = await open("POST", "/v1/consumers/profile/bulk", { consumerIds: [consumerId] });
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(bulk.body.consumers).toMatchObject([{ displayName: "Ana Ruiz", numberOfReviews: 1 }]);
  expect(JSON.stringify([...answers.map(({ body }) => body), bulk.body])).not.toContain("ana@example.com");
});

test("ET30 a stale read shows a review as it was before its last change", async () => {
  const { emulator, call } = await setUp();
  const { id } = emulator.reviewers.write(ANA);
  emulator.reviewers.edit(id, { stars: 1 });
  emulator.control.faults.set([{ match: {}, effect: "stale-read", times: 1 }]);
  expect((await call("GET", `/v1/private/reviews/${id}`)).body.stars).toBe(4);
  expect((await call("GET", `/v1/private/reviews/${id}`)).body.stars).toBe(1);
});
