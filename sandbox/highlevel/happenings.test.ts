import { expect, test } from "vitest";
import { createCaller } from "../testing.ts";
import { receiving, setUp } from "./testing.ts";

const FORM = "frm00000000000000001";
const SURVEY = "srv00000000000000001";
const WORKFLOW = "wfl00000-0000-4000-8000-000000000001";

test("EH360 a form that is filled in makes a contact or changes one, and its answers are listed newest first", async () => {
  const { call, emulator, locationId, clock, told } = receiving();
  const { happenings } = emulator;
  const first = happenings.submit("form", FORM, { firstName: "Ann", email: "Ann@x.example", wish: "A pond" });
  clock.advance(86_400_000);
  const second = happenings.submit("form", FORM, { email: "ann@x.example", city: "Bath", wish: "A bridge" });
  expect(second.contactId).toBe(first.contactId);
  expect((await call("GET", `/contacts/${first.contactId}`)).body.contact).toMatchObject({
    city: "Bath",
    source: "Ask for a visit",
    createdBy: { source: "FORM" },
  });
  expect((await told()).map(({ type }) => type)).toEqual(["ContactCreate", "ContactUpdate"]);
  const list = async (more = "") => (await call("GET", `/forms/submissions?locationId=${locationId}${more}`)).body;
  const { submissions, meta } = await list();
  expect(meta).toEqual({ total: 2, currentPage: 1, nextPage: null, prevPage: null });
  expect(submissions[0]).toMatchObject({ id: second.id, formId: FORM, others: { wish: "A bridge", city: "Bath" } });
  expect((await list("&limit=1&page=2")).submissions[0].id).toBe(first.id);
  expect((await list("&startAt=2026-05-05")).meta.total).toBe(1);
  expect((await list("&endAt=2026-05-04&q=ann")).meta.total).toBe(1);
  expect((await list(`&formId=frm00000000000000002`)).meta.total).toBe(0);
  expect((await call("GET", `/forms/submissions?locationId=${locationId}&limit=101`)).status).toBe(422);
});

test("EH361 forms and surveys are listed, each under a scope of its own", async () => {
  const { call, emulator, locationId } = setUp();
  expect((await call("GET", `/forms/?locationId=${locationId}`)).body).toMatchObject({
    total: 2,
    forms: [{ id: FORM, name: "Ask for a visit", locationId }, {}],
  });
  expect((await call("GET", `/surveys/?locationId=${locationId}`)).body).toMatchObject({ surveys: [{ id: SURVEY }] });
  const { id } = emulator.happenings.submit("survey", SURVEY, { phone: "+12025550144", stars: "5" });
  const { submissions } = (await call("GET", `/surveys/submissions?locationId=${locationId}`)).body;
  expect(submissions).toMatchObject([{ id, surveyId: SURVEY, others: { stars: "5" } }]);
  const authorization = `Bearer ${emulator.access.issuePrivate(["forms.readonly"]).value}`;
  expect((await call("GET", `/surveys/?locationId=${locationId}`, undefined, { authorization })).status).toBe(401);
});

test("EH362 a message that a contact writes stands in their conversation and is told", async () => {
  const { call, add, emulator, told } = receiving();
  const contactId = await add({ firstName: "Ann", email: "ann@x.example" });
  const message = emulator.happenings.receive(contactId, { channel: "Email", text: "<p>Hi</p>", subject: "Tiles" });
  expect((await call("GET", `/conversations/${message.conversationId}`)).body.unreadCount).toBe(1);
  expect((await told()).find(({ type }) => type === "InboundMessage")).toMatchObject({
    subject: "Tiles",
    from: "ann@x.example",
    messageType: "Email",
  });
});

test("EH363 a workflow changes a contact in its own name, and the same events are sent", async () => {
  const { call, add, emulator, told } = receiving();
  const id = await add({ firstName: "Ann", tags: ["new"] });
  const deed = { set: { city: "Bath" }, addTags: ["Warm"], removeTags: ["new"], note: "Welcomed" };
  emulator.happenings.runWorkflow(WORKFLOW, id, deed);
  const { contact } = (await call("GET", `/contacts/${id}`)).body;
  expect(contact).toMatchObject({
    city: "Bath",
    tags: ["warm"],
    lastUpdatedBy: { source: "WORKFLOW", sourceId: WORKFLOW },
  });
  expect(emulator.enrolments.of("workflow", id)).toEqual([WORKFLOW]);
  expect((await told()).map(({ type }) => type)).toEqual([
    "ContactCreate",
    "ContactUpdate",
    "ContactTagUpdate",
    "ContactTagUpdate",
    "NoteCreate",
  ]);
});

test("EH364 what happens without the API can be asked for over HTTP, and is refused in words", async () => {
  const { add, emulator, locationId, call } = setUp();
  const contactId = await add({ firstName: "Ann", phone: "+12025550145" });
  const control = createCaller(emulator.app, {});
  const post = (path: string, body: object) => control("POST", `/_control${path}`, body);
  expect((await post(`/forms/${FORM}/submissions`, { email: "bob@x.example" })).status).toBe(201);
  expect((await post(`/surveys/${SURVEY}/submissions`, { phone: "+12025550145", stars: "4" })).body.contactId).toBe(
    contactId,
  );
  expect((await post("/forms/none/submissions", {})).body.message).toBe("Form not found for id: none");
  expect((await post(`/forms/${FORM}/submissions`, { wish: "x" })).status).toBe(400);
  const { body: message } = await post("/messages", { contactId, text: "Hi" });
  expect(message).toMatchObject({ direction: "inbound", channel: "SMS" });
  expect((await control("GET", `/_control/state/${message.id}`)).body.body).toBe("Hi");
  expect((await post("/messages", { contactId })).status).toBe(400);
  expect((await post(`/workflows/${WORKFLOW}/run`, { contactId, set: { colour: "red" } })).status).toBe(422);
  expect((await post(`/workflows/${WORKFLOW}/run`, { contactId, addTags: ["a"] })).body.tags).toEqual(["a"]);
  await post("/users", { firstName: "Ida", lastName: "Falk", email: "ida@harbourlight.example" });
  expect((await call("GET", `/users/?locationId=${locationId}`)).body.users).toHaveLength(4);
});

test("EH365 a reset begins anew with what a location begins with", async () => {
  const { call, emulator, locationId } = setUp();
  emulator.happenings.hire({ firstName: "Ida", lastName: "Falk", email: "ida@x.example" });
  emulator.happenings.submit("form", FORM, { email: "ann@x.example" });
  await call("POST", "/calendars/", { locationId, name: "Tasting" });
  emulator.control.reset(1, 0);
  expect((await call("GET", `/users/?locationId=${locationId}`)).body.users).toHaveLength(3);
  expect((await call("GET", `/forms/submissions?locationId=${locationId}`)).body.meta.total).toBe(0);
  expect((await call("GET", `/calendars/?locationId=${locationId}`)).body.calendars).toHaveLength(2);
});

test.each([
  ["both", ["ContactCreate", "ContactUpdate", "ContactDndUpdate"]],
  ["dnd", ["ContactCreate", "ContactDndUpdate"]],
  ["update", ["ContactCreate", "ContactUpdate"]],
] as const)("EH366 a change of what a contact wants to get sends its event, by quirk: %s", async (dndTells, types) => {
  const { call, add, told } = receiving({ quirks: { dndTells } });
  const id = await add({ firstName: "Ann" });
  const dndSettings = { SMS: { status: "active", message: "No" } };
  await call("PUT", `/contacts/${id}`, { dndSettings });
  const events = await told();
  expect(events.map(({ type }) => type)).toEqual(types);
  if (dndTells !== "update") expect(events.at(-1)).toMatchObject({ id, dndSettings });
});
