import fc from "fast-check";
import { expect, test } from "vitest";
import { fieldsOf, keptProduct, keptService, reviewOf, scoreOf } from "./review.ts";
import { Settings } from "./settings.ts";
import { webhooks } from "./webhooks.ts";

const SECRET = "a-secret-of-twenty-four-letters";
const EVENT = { eventName: "service-review-created", version: "1", eventData: { id: "r1", stars: 5 } };

test("TP20 a webhook names each review that it tells of, once", () => {
  const other = { eventName: "service-review-updated", eventData: { id: "r2" } };
  expect(webhooks.parse({ events: [EVENT, other, EVENT] })).toMatchObject({
    type: "service-review-created, service-review-updated",
    account: "",
    refs: [
      { resource: "note", externalId: "r1" },
      { resource: "note", externalId: "r2" },
    ],
  });
});

test("TP20 the same notice has the same delivery id, and another has another", () => {
  const again = webhooks.parse({ events: [structuredClone(EVENT)] });
  expect(webhooks.parse({ events: [EVENT] }).deliveryId).toBe(again.deliveryId);
  const edited = { ...EVENT, eventData: { id: "r1", stars: 4 } };
  expect(webhooks.parse({ events: [edited] }).deliveryId).not.toBe(again.deliveryId);
});

test.each([
  null,
  [],
  {},
  { events: [] },
  { events: [{ eventName: "x" }] },
  { events: [{ eventName: "x", eventData: {} }] },
])("TP21 what is no notice is refused (%o)", (body) => {
  expect(() => webhooks.parse(body)).toThrow("no notice");
});

test("TP22 only the secret of its own address proves a webhook", () => {
  const settings = Settings.parse({ businessUnitId: "0123456789abcdef01234567", webhookSecret: SECRET });
  const judged = (addressSecret: string) =>
    webhooks.verify({ headers: {}, rawBody: Buffer.from("{}"), addressSecret }, settings).kind;
  expect([judged(SECRET), judged("another")]).toEqual(["verified", "forged"]);
});

const text = fc.option(fc.string({ maxLength: 60 }));
const wire = fc.record({
  id: fc.string({ minLength: 1 }),
  stars: fc.integer({ min: 1, max: 5 }),
  title: text,
  text,
  content: text,
  createdAt: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
  referenceId: text,
  referralEmail: text,
  consumer: fc.option(fc.record({ id: text, displayName: text, email: text })),
});

test("TP23 what is kept of a review is read again as it was", () => {
  fc.assert(
    fc.property(wire, (review) => {
      for (const kept of [keptService(review), keptProduct(review)]) {
        expect(reviewOf(kept.id, fieldsOf(kept))).toEqual(kept);
      }
    }),
  );
});

test("TP24 the order in which reviews are read makes no difference to what they come to", () => {
  fc.assert(
    fc.property(fc.uniqueArray(wire, { selector: ({ createdAt }) => createdAt, maxLength: 6 }), (reviews) => {
      const kept = reviews.map(keptService);
      const { consumerId: _one, ...score } = scoreOf(kept);
      const { consumerId: _other, ...turned } = scoreOf([...kept].reverse());
      expect(turned).toEqual(score);
    }),
  );
});
