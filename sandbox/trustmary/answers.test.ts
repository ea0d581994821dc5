import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

const HOOK = "https://hub.example/hooks/secret";

test("EM40 an answer is kept with its survey and tells whoever was registered for it, unsigned", async () => {
  const { call, emulator, received } = setUp();
  const hook = { name: "Hub", hookUrl: HOOK, events: ["answer_completed"] };
  expect((await call("POST", "/v1/webhooks", hook)).body.webhook).toMatchObject(hook);
  const { contact } = (await call("POST", "/v1/contacts", { email: "ana@example.com", eid: "hub-1" })).body;
  const answer = emulator.answer({ contactId: contact.id, values: { nps: 9, feedback: "Quick", isPublic: true } });
  await emulator.control.webhooks.flush();
  const body = { answer_id: answer.id, answer_values: { nps: 9, publicConsent: "true", noPublicConsent: "" } };
  expect(received).toMatchObject([{ url: HOOK, body: { answer: { ...body, contact: { eid: "hub-1" } } } }]);
  const listed = await call("GET", `/v1/survey/${answer.surveyId}/responses`);
  expect(listed.body.responses).toMatchObject([body]);
  const survey = await call("GET", `/v1/survey/${answer.surveyId}`);
  expect(survey.body.survey).toMatchObject({ id: answer.surveyId, count: 1 });
});

test("EM41 the contact of an answer stands inside or beside it, by quirk", async () => {
  const { call, emulator, received } = setUp({ quirks: { webhookContact: "beside" }, webhookUrls: [HOOK] });
  const { contact } = (await call("POST", "/v1/contacts", { email: "ana@example.com" })).body;
  emulator.answer({ contactId: contact.id, values: { nps: 3 } });
  emulator.answer({ values: { nps: 8, email: "who@example.com" } });
  await emulator.control.webhooks.flush();
  expect(received.map(({ body }) => body)).toMatchObject([
    { contact: { email: "ana@example.com" } },
    { answer: { answer_values: { email: "who@example.com" } } },
  ]);
  expect(received[1]?.body).not.toHaveProperty("contact");
});

test("EM42 an answer may be told of twice, first with its first page, by quirk", async () => {
  const { emulator, received } = setUp({ quirks: { tellsPartly: true }, webhookUrls: [HOOK] });
  const { id } = emulator.answer({ values: { nps: 3, feedback: "Late" } });
  await emulator.control.webhooks.flush();
  const answers = received.map(({ body }) => (body as { answer: { answer_id: string; answer_values: object } }).answer);
  expect(answers.map(({ answer_id }) => answer_id)).toEqual([id, id]);
  expect(answers[0]?.answer_values).not.toHaveProperty("feedback");
  expect(answers[1]?.answer_values).toMatchObject({ feedback: "Late" });
});

test("EM43 a webhook is refused for an event that there is not, listed, removed, and then hears nothing", async () => {
  const { call, emulator, received } = setUp();
  const wrong = await call("POST", "/v1/webhooks", { name: "Hub", hookUrl: HOOK, events: ["contact_updated"] });
  expect([wrong.status, wrong.body.message]).toEqual([400, "Unknown event: contact_updated"]);
  const { webhook } = (await call("POST", "/v1/webhooks", { name: "Hub", hookUrl: HOOK, events: ["answer_completed"] }))
    .body;
  expect((await call("GET", "/v1/webhooks")).body.webhooks).toHaveLength(1);
  await call("DELETE", `/v1/webhooks/${webhook.id}`);
  expect((await call("DELETE", `/v1/webhooks/${webhook.id}`)).status).toBe(404);
  emulator.answer({ values: { nps: 3 } });
  await emulator.control.webhooks.flush();
  expect(received).toEqual([]);
});

test("EM44 an example shows what a webhook carries", async () => {
  const { call } = setUp();
  expect((await call("GET", "/v1/webhooks/example")).body).toMatchObject([{ answer: { answer_values: { nps: 9 } } }]);
});

test("EM45 a delivery that was refused is not sent again, unless the quirk says how often", async () => {
  const { emulator, received, answerWith, clock } = setUp({ webhookUrls: [HOOK] });
  answerWith(500);
  emulator.answer({ values: { nps: 3 } });
  await emulator.control.webhooks.flush();
  expect(received).toHaveLength(1);
  emulator.control.quirks.set({ webhookRetries: 2 });
  emulator.answer({ values: { nps: 4 } });
  await emulator.control.webhooks.flush();
  clock.advance(60_000);
  await emulator.control.webhooks.flush();
  expect(received.length).toBeGreaterThanOrEqual(3);
});

test("EM46 people answer surveys through the control address as well", async () => {
  const { call, emulator } = setUp();
  const { surveys } = (await call("GET", "/_control/surveys")).body;
  const given = await call("POST", "/_control/answers", { surveyId: surveys[1].id, nps: 7, feedback: "Fine" });
  expect([given.status, given.body.values]).toEqual([201, { nps: 7, feedback: "Fine" }]);
  expect(emulator.control.state(given.body.id)).toMatchObject({ surveyId: surveys[1].id });
  expect((await call("POST", "/_control/answers", { contactId: "ct0", nps: 7 })).status).toBe(404);
});
