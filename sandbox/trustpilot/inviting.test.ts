import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

const WHOM = { consumerName: "Ana", consumerEmail: "Ana@example.com", referenceNumber: "hub-1", locale: "en-US" };
const FROM = { senderName: "Harbour Light", senderEmail: "care@h.example", replyTo: "care@h.example" };

test("ET40 an invitation is asked for with a template of the account, and answers nothing or an id, by quirk", async () => {
  const { emulator, call } = await setUp();
  const at = `/invitations/v1/private/business-units/${emulator.signIn().businessUnitId}`;
  const [{ id: templateId }] = (await call("GET", `${at}/templates`)).body.templates;
  const body = { ...WHOM, ...FROM, serviceReviewInvitation: { templateId, preferredSendTime: "2026-05-05T09:00:00" } };
  const sent = await call("POST", `${at}/email-invitations`, body);
  expect([sent.status, sent.text]).toEqual([202, ""]);
  emulator.control.quirks.set({ invitationAnswers: "json" });
  const other = await call("POST", `${at}/email-invitations`, { ...body, referenceNumber: "hub-2" });
  expect(other.body.id).toMatch(/^[0-9a-f]{24}$/);
  expect(emulator.invitations()).toMatchObject([
    { email: "ana@example.com", referenceId: "hub-1" },
    { referenceId: "hub-2" },
  ]);
});

test.each([
  ["no name", { consumerName: "" }, 400],
  ["neither invitation", { serviceReviewInvitation: undefined }, 400],
  ["another's template", { serviceReviewInvitation: { templateId: "0" } }, 400],
  ["a time that is none", { serviceReviewInvitation: { preferredSendTime: "soon" } }, 400],
])("ET41 an invitation with %s is refused", async (_what, change, status) => {
  const { emulator, call } = await setUp();
  const at = `/invitations/v1/private/business-units/${emulator.signIn().businessUnitId}`;
  const body = { ...WHOM, ...FROM, serviceReviewInvitation: {}, ...change };
  expect((await call("POST", `${at}/email-invitations`, body)).status).toBe(status);
  expect(emulator.invitations()).toEqual([]);
});

test.each([
  ["suppressed", true],
  ["sent", false],
] as const)(
  "ET42 a second invitation for the same person and reference is %s, by quirk, and says nothing of it",
  async (secondInvitation, isSuppressed) => {
    const { emulator, call } = await setUp({ quirks: { secondInvitation } });
    const at = `/invitations/v1/private/business-units/${emulator.signIn().businessUnitId}/email-invitations`;
    const body = { ...WHOM, ...FROM, serviceReviewInvitation: {} };
    expect([(await call("POST", at, body)).status, (await call("POST", at, body)).status]).toEqual([202, 202]);
    expect(emulator.invitations().map((invitation) => invitation.isSuppressed)).toEqual([false, isSuppressed]);
  },
);

test("ET43 a link for one person is made, and invitations lie under their own address only", async () => {
  const { emulator, call } = await setUp();
  const unit = `private/business-units/${emulator.signIn().businessUnitId}`;
  const body = { email: "ana@example.com", name: "Ana", referenceId: "hub-1", locale: "en-US" };
  const made = await call("POST", `/invitations/v1/${unit}/invitation-links`, body);
  expect([made.status, made.body.url]).toEqual([201, expect.stringContaining("https://www.trustpilot.com/")]);
  expect((await call("POST", `/v1/${unit}/invitation-links`, body)).status).toBe(404);
  const nobody = { "x-business-user-id": undefined };
  expect((await call("POST", `/invitations/v1/${unit}/invitation-links`, body, nobody)).status).toBe(403);
});

test("ET44 what was given for invitations is forgotten for an address or up to a day, not for both", async () => {
  const { emulator, call, clock } = await setUp();
  const at = `/invitations/v1/private/business-units/${emulator.signIn().businessUnitId}`;
  const link = (email: string) =>
    call("POST", `${at}/invitation-links`, { email, name: "A", referenceId: "r", locale: "en-US" });
  for (const email of ["ana@example.com", "ben@example.com"]) await link(email);
  clock.advance(86_400_000 * 2);
  await link("cleo@example.com");
  const forget = (body: object) => call("POST", `${at}/invitation-data/delete`, body);
  await forget({ customerEmails: ["ANA@example.com"] });
  expect(emulator.invitations().map(({ email }) => email)).toEqual(["ben@example.com", "cleo@example.com"]);
  await forget({ deleteOlderThan: "2026-05-05" });
  expect(emulator.invitations().map(({ email }) => email)).toEqual(["cleo@example.com"]);
  expect((await forget({})).status).toBe(400);
  expect((await forget({ customerEmails: [], deleteOlderThan: "2026-05-05" })).status).toBe(400);
});
