import { expect, test } from "vitest";
import { receiving, setUp } from "./testing.ts";

const [ROSA, TOM] = ["usr00000000000000001", "usr00000000000000002"];
const CAMPAIGN = "cmp00000000000000001";
const WORKFLOW = "wfl00000-0000-4000-8000-000000000001";

test("EH300 followers are added and removed, each once, and the contact shows who they are", async () => {
  const { call, add } = setUp();
  const id = await add({ firstName: "Ann" });
  const path = `/contacts/${id}/followers`;
  const added = await call("POST", path, { followers: [ROSA, TOM, ROSA] });
  expect(added.status).toBe(201);
  expect(added.body).toMatchObject({
    followers: [ROSA, TOM],
    followersAdded: [ROSA, TOM],
    traceId: expect.any(String),
  });
  expect((await call("POST", path, { followers: [TOM] })).body).toMatchObject({ followersAdded: [] });
  expect((await call("GET", `/contacts/${id}`)).body.contact.followers).toEqual([ROSA, TOM]);
  const removed = await call("DELETE", path, { followers: [ROSA] });
  expect([removed.status, removed.body.followers, removed.body.followersRemoved]).toEqual([200, [TOM], [ROSA]]);
});

test("EH301 followers must be named and be users of the location, or are kept as they are by quirk", async () => {
  const { call, add, emulator } = setUp();
  const path = `/contacts/${await add({ firstName: "Ann" })}/followers`;
  expect((await call("POST", path, {})).body.message).toEqual(["followers must be an array"]);
  expect((await call("POST", path, { followers: [] })).body.message).toEqual(["followers should not be empty"]);
  expect((await call("POST", path, { followers: [ROSA], locationId: "x" })).status).toBe(403);
  expect((await call("POST", path, { followers: ["nobody"] })).status).toBe(400);
  emulator.control.quirks.set({ unknownUser: "keep" });
  expect((await call("POST", path, { followers: ["nobody"] })).body.followers).toEqual(["nobody"]);
});

test("EH302 a change of followers sends no event", async () => {
  const { call, add, told } = receiving();
  const id = await add({ firstName: "Ann" });
  await call("POST", `/contacts/${id}/followers`, { followers: [ROSA] });
  expect((await told()).map(({ type }) => type)).toEqual(["ContactCreate"]);
});

test("EH303 a contact joins a campaign and leaves one or all, and each sends its status", async () => {
  const { call, add, locationId, emulator, told } = receiving();
  const id = await add({ firstName: "Ann" });
  const { campaigns } = (await call("GET", `/campaigns/?locationId=${locationId}`)).body;
  expect(campaigns).toHaveLength(2);
  const joined = await call("POST", `/contacts/${id}/campaigns/${CAMPAIGN}`, {});
  expect([joined.status, joined.body.succeded]).toEqual([201, true]);
  await call("POST", `/contacts/${id}/campaigns/${campaigns[1].id}`, {});
  expect((await call("DELETE", `/contacts/${id}/campaigns/${CAMPAIGN}`)).body.succeded).toBe(true);
  expect((await call("DELETE", `/contacts/${id}/campaigns/removeAll`)).status).toBe(200);
  const statuses = (await told()).filter(({ type }) => type === "CampaignStatusUpdate");
  expect(statuses.map(({ id: campaign, status }) => [campaign, status])).toEqual([
    [CAMPAIGN, "active"],
    [campaigns[1].id, "active"],
    [CAMPAIGN, "removed"],
    [campaigns[1].id, "removed"],
  ]);
  emulator.control.quirks.set({ campaignTells: false });
  await call("POST", `/contacts/${id}/campaigns/${CAMPAIGN}`, {});
  expect((await told()).filter(({ type }) => type === "CampaignStatusUpdate")).toHaveLength(4);
});

test("EH304 the path with a hyphen leaves all campaigns under v3 only", async () => {
  const { call, add } = setUp();
  const path = `/contacts/${await add({ firstName: "Ann" })}/campaigns/remove-all`;
  const dated = await call("DELETE", path);
  expect([dated.status, dated.body.message]).toEqual([404, `Cannot DELETE ${path}`]);
  const v3 = await call("DELETE", path, undefined, { version: "v3" });
  expect(v3.body).toMatchObject({ succeded: true, succeeded: true });
});

test("EH305 a contact joins a workflow, with a time or without, and leaves it", async () => {
  const { call, add, locationId } = setUp();
  const path = `/contacts/${await add({ firstName: "Ann" })}/workflow/${WORKFLOW}`;
  const { workflows } = (await call("GET", `/workflows/?locationId=${locationId}`)).body;
  expect(workflows[0]).toMatchObject({ id: WORKFLOW, status: "published", version: 1, locationId });
  expect((await call("POST", path, { eventStartTime: "2026-05-06T10:00:00+02:00" })).body.succeded).toBe(true);
  expect((await call("POST", path, { eventStartTime: "soon" })).status).toBe(422);
  expect((await call("DELETE", path)).status).toBe(200);
});

test.each([
  ["POST", `/contacts/nobody/campaigns/${CAMPAIGN}`],
  ["DELETE", "/contacts/nobody/campaigns/removeAll"],
  ["POST", "/contacts/CONTACT/campaigns/none"],
  ["POST", `/contacts/nobody/workflow/${WORKFLOW}`],
  ["DELETE", "/contacts/CONTACT/workflow/none"],
] as const)("EH306 what is not there can not be joined or left: %s %s", async (method, path) => {
  const { call, add } = setUp();
  const id = await add({ firstName: "Ann" });
  expect((await call(method, path.replace("CONTACT", id))).status).toBe(404);
});

test("EH307 tags of many contacts are added at once, with a line for each", async () => {
  const { call, add, locationId } = setUp();
  const [ann, bob] = [await add({ firstName: "Ann", tags: ["old"] }), await add({ firstName: "Bob" })];
  const path = "/contacts/bulk/tags/update/add";
  const answer = await call("POST", path, { contacts: [ann, "ghost", bob], tags: ["New", "old"], locationId });
  expect([answer.status, answer.body.succeded, answer.body.errorCount]).toEqual([201, false, 1]);
  expect(answer.body.responses).toEqual([
    expect.objectContaining({ contactId: ann, oldTags: ["old"], tagsAdded: ["new"], tagsRemoved: [], type: "success" }),
    expect.objectContaining({ contactId: "ghost", type: "error" }),
    expect.objectContaining({ contactId: bob, oldTags: [], tagsAdded: ["new", "old"] }),
  ]);
  expect((await call("GET", `/contacts/${ann}`)).body.contact.tags).toEqual(["old", "new"]);
});

test("EH308 tags of many contacts are removed, some or all", async () => {
  const { call, add, locationId } = setUp();
  const ann = await add({ firstName: "Ann", tags: ["a", "b", "c"] });
  const remove = (more: object) =>
    call("POST", "/contacts/bulk/tags/update/remove", { contacts: [ann], tags: [], locationId, ...more });
  expect((await remove({ tags: ["B"] })).body.responses[0].tagsRemoved).toEqual(["b"]);
  expect((await remove({ removeAllTags: true })).body.responses[0].tagsRemoved).toEqual(["a", "c"]);
  const body = { contacts: [ann], tags: ["x"], locationId, removeAllTags: true };
  expect((await call("POST", "/contacts/bulk/tags/update/add", body)).status).toBe(400);
  expect((await call("POST", "/contacts/bulk/tags/update/swap", { ...body, removeAllTags: false })).status).toBe(422);
});

test("EH309 contacts are put under a business at once, listed there, and detached with null", async () => {
  const { call, add, locationId } = setUp();
  const [ann, bob] = [await add({ firstName: "Ann" }), await add({ firstName: "Bob" })];
  const { id: businessId } = (await call("POST", "/businesses/", { name: "Tiles Ltd", locationId })).body.buiseness;
  const move = (more: object) => call("POST", "/contacts/bulk/business", { locationId, ids: [ann, bob], ...more });
  expect((await move({ businessId })).body).toMatchObject({ success: true, ids: [ann, bob] });
  const list = () => call("GET", `/contacts/business/${businessId}?locationId=${locationId}`);
  expect((await list()).body.count).toBe(2);
  expect((await move({ businessId: null, ids: [bob] })).status).toBe(200);
  expect((await list()).body.contacts.map(({ id }: { id: string }) => id)).toEqual([ann]);
  expect((await move({ businessId: "none" })).status).toBe(404);
  expect((await move({ businessId, ids: Array.from({ length: 51 }, () => ann) })).status).toBe(422);
  expect((await move({})).status).toBe(422);
});
