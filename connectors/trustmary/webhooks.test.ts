import { expect, test } from "vitest";
import { createTrustmaryEmulator } from "../../sandbox/trustmary/index.ts";
import { Settings } from "./settings.ts";
import { webhooks } from "./webhooks.ts";

const SECRET = "a-secret-of-twenty-four-letters";

/** The body of a webhook as the emulator sends it. */
async function told(webhookContact: "inside" | "beside"): Promise<unknown> {
  const bodies: unknown[] = [];
  const emulator = createTrustmaryEmulator({
    webhookUrls: ["https://hub.example"],
    quirks: { webhookContact },
    deliver: async (_url, text) => {
      bodies.push(JSON.parse(text));
      return 200;
    },
  });
  emulator.seed([{ fields: { email: "ana@example.com" } }]);
  const [contact] = emulator.control.contacts.list("").contacts;
  emulator.answer({ contactId: contact?.id ?? "", values: { nps: 3 } });
  await emulator.control.webhooks.flush();
  await emulator.close();
  return bodies[0];
}

test.each(["inside", "beside"] as const)(
  "TM30 a webhook names the answer and who gave it, whose contact stands %s it",
  async (where) => {
    const notice = webhooks.parse(await told(where));
    expect(notice).toMatchObject({
      type: "answer",
      account: "orgHarbour",
      refs: [{ resource: "note", externalId: expect.stringMatching(/^an/), parentId: "ana@example.com" }],
    });
  },
);

test("TM30 the same notice has the same delivery id, and a fuller one another", () => {
  const event = { answer: { answer_id: "an1", answer_values: { nps: 3 } } };
  const fuller = { answer: { answer_id: "an1", answer_values: { nps: 3, feedback: "-" } } };
  expect(webhooks.parse(event).deliveryId).toBe(webhooks.parse(structuredClone(event)).deliveryId);
  expect(webhooks.parse(fuller).deliveryId).not.toBe(webhooks.parse(event).deliveryId);
});

test.each([null, [], {}, { answer: {} }, { answer: { answer_id: 5 } }, { contact: {} }])(
  "TM31 what is no notice is refused (%o)",
  (body) => {
    expect(() => webhooks.parse(body)).toThrow("no notice");
  },
);

test("TM32 only the secret of its own address proves a webhook, and no account but its own may be told of", () => {
  const settings = Settings.parse({ webhookSecret: SECRET, organizationId: "org1" });
  const judged = (addressSecret: string) =>
    webhooks.verify({ headers: {}, rawBody: Buffer.from("{}"), addressSecret }, settings);
  expect([judged(SECRET).kind, judged("another").kind]).toEqual(["verified", "forged"]);
  const of = (organization_id?: string) => webhooks.parse({ answer: { answer_id: "a", organization_id } });
  expect([of("org1"), of("org2"), of()].map((notice) => webhooks.isFor(notice, settings))).toEqual([true, false, true]);
});
