import { expect, test } from "vitest";
import type { HighLevelOptions } from "./index.ts";
import { receiving, setUp } from "./testing.ts";

const PIPELINE = "pip00000000000000001";
const [NEW, TALKED] = ["57a9e000-0000-4000-8000-000000000001", "57a9e000-0000-4000-8000-000000000002"];
const [ROSA, TOM] = ["usr00000000000000001", "usr00000000000000002"];

/** A location with one contact, and a function that makes opportunities for it. */
async function withContact(options: HighLevelOptions = {}) {
  const bench = receiving(options);
  const contactId = await bench.add({ firstName: "Ann", email: "ann@x.example" });
  const { locationId } = bench;
  const about = { locationId, contactId, pipelineId: PIPELINE, name: "A bathroom", status: "open" };
  const make = (more: object = {}) => bench.call("POST", "/opportunities/", { ...about, ...more });
  return { ...bench, contactId, about, make };
}

test("EH320 an opportunity is made in the first step, read, changed and deleted", async () => {
  const { call, make, contactId, locationId, clock } = await withContact();
  const made = await make({ monetaryValue: 1200, assignedTo: ROSA });
  expect(made.status).toBe(201);
  const { opportunity } = made.body;
  expect(opportunity).toMatchObject({
    name: "A bathroom",
    monetaryValue: 1200,
    pipelineStageId: NEW,
    status: "open",
    assignedTo: ROSA,
    contactId,
    locationId,
    contact: { id: contactId, name: "Ann", email: "ann@x.example" },
    createdAt: new Date(clock.now()).toISOString(),
  });
  expect(opportunity).not.toHaveProperty("forecastProbability");
  clock.advance(60_000);
  const one = `/opportunities/${opportunity.id}`;
  const changed = (await call("PUT", one, { pipelineStageId: TALKED, assignedTo: null })).body.opportunity;
  expect(changed).toMatchObject({ pipelineStageId: TALKED, assignedTo: null, createdAt: opportunity.createdAt });
  expect(changed.lastStageChangeAt > opportunity.lastStageChangeAt).toBe(true);
  expect(changed.lastStatusChangeAt).toBe(opportunity.lastStatusChangeAt);
  expect((await call("GET", one)).body.opportunity).toEqual(changed);
  expect((await call("DELETE", one)).body.succeded).toBe(true);
  expect((await call("GET", one)).status).toBe(404);
});

test.each([
  [{ contactId: undefined }, 422, ["contactId must be a string", "contactId should not be empty"]],
  [{ status: "maybe" }, 422, ["status must be one of the following values: open, won, lost, abandoned"]],
  [{ colour: "red" }, 422, ["property colour should not exist"]],
  [{ pipelineId: "none" }, 400, "The pipeline id none is invalid"],
  [{ pipelineStageId: "none" }, 400, "The pipeline stage id none is invalid"],
  [{ assignedTo: "nobody" }, 400, "User not found for id: nobody"],
  [{ forecastProbability: 5 }, 422, ["property forecastProbability should not exist"]],
])("EH321 an opportunity that can not be is refused in words: %j", async (more, status, message) => {
  const { make } = await withContact();
  const { body, status: answered } = await make(more);
  expect([answered, body.message]).toEqual([status, message]);
});

test("EH322 a second opportunity of a contact in a pipeline is refused and names the first, unless that is allowed", async () => {
  const { make, emulator, call, locationId } = await withContact();
  const { id } = (await make()).body.opportunity;
  const second = await make();
  expect(second.status).toBe(400);
  expect(second.body).toMatchObject({ code: "OPPORTUNITY_NO_DUPLICATE", meta: { existingId: id } });
  emulator.control.quirks.set({ allowDuplicateOpportunity: true });
  expect((await make()).status).toBe(201);
  const { settings } = (await call("GET", `/locations/${locationId}`)).body.location;
  expect(settings.allowDuplicateOpportunity).toBe(true);
});

test("EH323 the state is changed by a call of its own, with a reason for losing", async () => {
  const { call, make, locationId } = await withContact();
  const one = `/opportunities/${(await make()).body.opportunity.id}`;
  const { lostReasons, total } = (await call("GET", `/opportunities/lost-reason?locationId=${locationId}`)).body;
  expect(total).toBe(3);
  const lost = { status: "lost", lostReasonId: lostReasons[0].id };
  expect((await call("PUT", `${one}/status`, lost)).body).toMatchObject({ succeded: true });
  expect((await call("GET", one)).body.opportunity).toMatchObject(lost);
  expect((await call("PUT", `${one}/status`, { status: "lost", lostReasonId: "none" })).status).toBe(404);
  expect((await call("PUT", `${one}/status`, {})).status).toBe(422);
});

test("EH324 v3 knows a forecast, says success, and takes values as fieldValue", async () => {
  const { call, make, emulator } = await withContact();
  const field = emulator.customFields.add("Room", "TEXT", [], "opportunity");
  const { id } = (await make()).body.opportunity;
  const body = { forecastProbability: 40, customFields: [{ id: field.id, fieldValue: "Hall" }] };
  const changed = await call("PUT", `/opportunities/${id}`, body, { version: "v3" });
  expect(changed.body.opportunity).toMatchObject({
    forecastProbability: 40,
    customFields: [{ id: field.id, fieldValue: "Hall" }],
  });
  const deleted = (await call("DELETE", `/opportunities/${id}`, undefined, { version: "v3" })).body;
  expect(deleted).toEqual({ success: true, traceId: expect.any(String) });
});

test("EH325 an upsert changes what it finds by id or contact, makes what it does not find, and minds followers", async () => {
  const { call, about, emulator, locationId } = await withContact();
  const upsert = (body: object) => call("POST", "/opportunities/upsert", body);
  const made = await upsert({ ...about, followers: [ROSA] });
  expect([made.status, made.body.new, made.body.opportunity.followers]).toEqual([200, true, [ROSA]]);
  const { id } = made.body.opportunity;
  const again = await upsert({ ...about, monetaryValue: 5, followers: [TOM], followersActionType: "add" });
  expect(again.body).toMatchObject({ new: false, opportunity: { id, monetaryValue: 5, followers: [ROSA, TOM] } });
  const byId = await upsert({ id, pipelineId: PIPELINE, locationId, isRemoveAllFollowers: true });
  expect(byId.body.opportunity.followers).toEqual([]);
  expect((await upsert({ id: "none", pipelineId: PIPELINE, locationId })).status).toBe(404);
  expect((await upsert({ pipelineId: PIPELINE, locationId })).body.message).toContain("contactId must be a string");
  emulator.control.quirks.set({ upsertDemandsFollowers: true });
  expect((await upsert(about)).status).toBe(422);
});

test("EH326 the search takes names with underscores in dated versions and camel case in v3, and only those", async () => {
  const { call, make, locationId, contactId } = await withContact();
  await make();
  await call("PUT", `/contacts/${contactId}`, { country: "PT" });
  await call("POST", `/contacts/${contactId}/campaigns/cmp00000000000000001`, {});
  const total = async (query: string, version: string) => {
    const { body, status } = await call("GET", `/opportunities/search?${query}`, undefined, { version });
    return status === 200 ? body.meta.total : body.message;
  };
  expect(await total(`location_id=${locationId}&pipeline_id=${PIPELINE}`, "2021-07-28")).toBe(1);
  expect(await total(`locationId=${locationId}&pipelineId=${PIPELINE}&status=open`, "v3")).toBe(1);
  expect(await total(`location_id=${locationId}&locationId=${locationId}`, "2021-07-28")).toEqual([
    "property locationId should not exist",
  ]);
  expect(await total(`location_id=${locationId}`, "v3")).toContain("property location_id should not exist");
  expect(await total(`location_id=${locationId}&status=won`, "2021-07-28")).toBe(0);
  expect(await total(`location_id=${locationId}&q=bath`, "2021-07-28")).toBe(1);
  expect(await total(`location_id=${locationId}&date=05-05-2026`, "2021-07-28")).toBe(0);
  expect(await total(`location_id=${locationId}&country=pt&campaignId=cmp00000000000000001`, "2021-07-28")).toBe(1);
  expect(await total(`location_id=${locationId}&campaignId=cmp00000000000000002`, "2021-07-28")).toBe(0);
  expect(await total(`location_id=${locationId}&country=ES`, "2021-07-28")).toBe(0);
});

test("EH327 the search goes from page to page without losing or doubling one, and lags behind writes", async () => {
  const quirks = { allowDuplicateOpportunity: true, searchLagMs: 2_000 };
  const { call, make, locationId, clock } = await withContact({ quirks });
  for (let number = 0; number < 5; number += 1) await make({ name: `Room ${number}` });
  const first = await call("GET", `/opportunities/search?location_id=${locationId}&limit=2`);
  expect(first.body.meta.total).toBe(0);
  clock.advance(2_000);
  const names: string[] = [];
  let cursor = "";
  for (let page = 0; page < 3; page += 1) {
    const { body } = await call("GET", `/opportunities/search?location_id=${locationId}&limit=2${cursor}`);
    names.push(...body.opportunities.map(({ name }: { name: string }) => name));
    cursor = `&startAfter=${body.meta.startAfter}&startAfterId=${body.meta.startAfterId}`;
    expect(body.meta.nextPageUrl === null).toBe(page === 2);
  }
  expect(names.toSorted()).toEqual(["Room 0", "Room 1", "Room 2", "Room 3", "Room 4"]);
  expect((await call("GET", `/opportunities/search?location_id=${locationId}&limit=101`)).status).toBe(422);
});

test("EH328 the search by body demands all its parts, goes on after a cursor, and adds what was asked for", async () => {
  const { call, make, locationId, contactId } = await withContact({ quirks: { allowDuplicateOpportunity: true } });
  await call("POST", `/contacts/${contactId}/notes`, { body: "Likes tiles" });
  await make();
  await make({ name: "A kitchen" });
  const details = { notes: true, tasks: false, calendarEvents: false, unReadConversations: false };
  const body = { locationId, query: "", limit: 1, page: 1, searchAfter: [], additionalDetails: details };
  const first = (await call("POST", "/opportunities/search", body)).body;
  expect([first.total, first.opportunities[0].notes[0].body]).toEqual([2, "Likes tiles"]);
  const { searchAfter } = first.opportunities[0];
  const second = (await call("POST", "/opportunities/search", { ...body, searchAfter })).body;
  expect(second.opportunities[0].id).not.toBe(first.opportunities[0].id);
  expect((await call("POST", "/opportunities/search", { ...body, page: undefined })).status).toBe(422);
});

test("EH329 each change sends OpportunityUpdate and the event of its field; followers send none", async () => {
  const { call, make, told, emulator } = await withContact();
  const { id } = (await make()).body.opportunity;
  const one = `/opportunities/${id}`;
  await call("PUT", one, { pipelineStageId: TALKED, monetaryValue: 7 });
  await call("PUT", `${one}/status`, { status: "won" });
  await call("PUT", one, { assignedTo: TOM });
  await call("PUT", one, { name: "A bathroom" });
  await call("POST", `${one}/followers`, { followers: [ROSA] });
  await call("DELETE", `${one}/followers?isRemoveAllFollowers=true`);
  await call("DELETE", one);
  const events = (await told()).filter(({ type }) => String(type).startsWith("Opportunity"));
  expect(events.map(({ type }) => String(type).replace("Opportunity", ""))).toEqual([
    "Create",
    "Update",
    "StageUpdate",
    "MonetaryValueUpdate",
    "Update",
    "StatusUpdate",
    "Update",
    "AssignedToUpdate",
    "Delete",
  ]);
  expect(events[1]).toMatchObject({ id, monetaryValue: 7, pipelineStageId: TALKED, dateAdded: expect.any(String) });
  emulator.control.quirks.set({ opportunityUpdateBeside: false });
  const { id: second } = (await make()).body.opportunity;
  await call("PUT", `/opportunities/${second}/status`, { status: "won" });
  expect((await told()).slice(-2).map(({ type }) => type)).toEqual(["OpportunityCreate", "OpportunityStatusUpdate"]);
});

test("EH315 the location has a pipeline of four steps", async () => {
  const { call, locationId } = setUp();
  const { pipelines } = (await call("GET", `/opportunities/pipelines?locationId=${locationId}`)).body;
  expect(pipelines).toHaveLength(1);
  expect(pipelines[0]).toMatchObject({ id: PIPELINE, name: "Sales", locationId });
  expect(pipelines[0].stages.map(({ position }: { position: number }) => position)).toEqual([0, 1, 2, 3]);
});
