import { expect, test } from "vitest";
import { Settings } from "./settings.ts";
import { webhooks } from "./webhooks.ts";

const SECRET = "a-secret-of-twenty-four-letters";

test.each([
  [{ id: 1588 }, [{ resource: "contact", externalId: "1588" }]],
  [{ module: "Contact", id: " 1588 ", email: "mia@example.com" }, [{ resource: "contact", externalId: "1588" }]],
  [{ module: "company", id: "7" }, [{ resource: "business", externalId: "7" }]],
  [{ module: "deal", id: 9, contactId: "" }, [{ resource: "opportunity", externalId: "9" }]],
  [{ module: "Task", id: 9, contactId: 5 }, [{ resource: "task", externalId: "9", parentId: "5" }]],
  [{ module: "meeting", id: 9 }, [{ resource: "appointment", externalId: "9" }]],
  [{ module: "note", contactId: 5 }, [{ resource: "note", externalId: "", parentId: "5" }]],
  [{ module: "campaign", id: 9, title: "Spring" }, []],
])("SM96 the message %j names %j and nothing else", (body, refs) => {
  expect(webhooks.parse(body)).toEqual({
    type: expect.stringMatching(/^smart flow: /),
    account: "",
    deliveryId: "",
    refs,
  });
});

test("SM96 a contact without a number is named by its e-mail", () => {
  const notice = webhooks.parse({ module: "contact", id: "", email: "mia@example.com" });
  expect(notice).toMatchObject({ refs: [], keys: [{ resource: "contact", rule: "email", value: "mia@example.com" }] });
});

test.each([null, [], "id", {}, { id: {} }, { module: "deal" }, { module: "note", id: 9 }])(
  "SM97 what names no record is refused (%j)",
  (body) => {
    expect(() => webhooks.parse(body)).toThrow("no message of a Smart Flow");
  },
);

test("SM98 only the secret of its own address proves a message, and only its own account may be told of", () => {
  const settings = Settings.parse({ linkname: "acme", ownerId: 1, webhookSecret: SECRET });
  const judged = (addressSecret: string) =>
    webhooks.verify({ headers: {}, rawBody: Buffer.from("{}"), addressSecret }, settings).kind;
  expect([judged(SECRET), judged("another")]).toEqual(["verified", "forged"]);
  const without = Settings.parse({ linkname: "acme", ownerId: 1 });
  expect(webhooks.verify({ headers: {}, rawBody: Buffer.from("{}"), addressSecret: SECRET }, without).kind).toBe(
    "unsigned",
  );
  const accounts = ["", "acme", "Acme.salesmate.io", "other"];
  expect(accounts.map((account) => webhooks.isFor(webhooks.parse({ id: 1, account }), settings))).toEqual([
    ...[true, true, true, false],
  ]);
});
