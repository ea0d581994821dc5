import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

const AT = "/apis/activity/v4";
const SEARCH = `${AT}/search?rows=250&from=0&viewType=list`;
const NOON = Date.parse("2026-05-06T12:00:00.000Z");

/** A search for activities, with these rules, showing these fields. */
function searchBody(rules: readonly object[], fields: readonly string[] = ["id"]): object {
  return {
    displayingFields: fields.map((name) => `activity.${name}`),
    filterQuery: { group: { operator: "AND", rules } },
    moduleId: 2,
  };
}

function equals(name: string, data: string): object {
  return { condition: "EQUALS", moduleName: "Activity", field: { fieldName: `activity.${name}` }, data };
}

test("ES70 an activity is created, read, changed and deleted, and belongs to its contact", async () => {
  const { call, add, addActivity, emulator } = setUp();
  const contact = await add({ firstName: "Ana", lastName: "Ruiz" });
  const id = await addActivity(contact, { description: "About the roof", dueDate: NOON, duration: 30 });
  const required = { title: "Call again", type: "Call", owner: emulator.ownerId };
  await call("PUT", `${AT}/${id}`, { ...required, location: "Lugo" });
  expect((await call("GET", `${AT}/${id}`)).body.Data).toMatchObject({
    ...{ id, title: "Call again", type: "Call", description: "About the roof", location: "Lugo", duration: 30 },
    PrimaryContact: { id: contact, name: "Ana Ruiz" },
    Owner: { id: emulator.ownerId },
    dueDate: "2026-05-06T12:00:00.000Z",
    endDate: "2026-05-06T12:30:00.000Z",
    isCompleted: false,
    completedAt: null,
  });
  expect((await call("DELETE", `${AT}/${id}`)).body.Status).toBe("success");
  expect((await call("GET", `${AT}/${id}`)).body.Error.Name).toBe("ObjectNotFound");
});

test.each([
  ["no title", { title: " " }, "Title is required"],
  ["no owner", { owner: undefined }, "Owner is required"],
  ["no type", { type: undefined }, "Type is required"],
  ["a type that the account does not have", { type: "Dance" }, "Type is not valid"],
  ["a title of 501 letters", { title: "x".repeat(501) }, "Title must be at most 500 characters long"],
  [
    "a description of 2,001 letters",
    { description: "x".repeat(2_001) },
    "description must be at most 2000 characters long",
  ],
  ["a due date that is none", { dueDate: "soon" }, "Due Date is not a valid date"],
  ["half a minute", { duration: 0.5 }, "Duration must be a whole number of minutes"],
  ["a contact that is not there", { primaryContact: 7 }, "Primary Contact is not valid"],
])("ES71 an activity with %s is refused, in create and update", async (_what, fields, message) => {
  const { call, add, addActivity, emulator } = setUp();
  const id = await addActivity(await add({}));
  const body = { title: "Call back", type: "Task", owner: emulator.ownerId, ...fields };
  for (const [method, url] of [["POST", AT] as const, ["PUT", `${AT}/${id}`] as const]) {
    expect((await call(method, url, body)).body).toMatchObject({
      Error: { Name: "ValidationError", Message: message },
    });
  }
});

test.each([
  ["epoch", NOON, true],
  ["epoch", "2026-05-06T12:00:00Z", false],
  ["iso", NOON, false],
  ["iso", "2026-05-06T14:00:00+02:00", true],
  ["either", NOON, true],
  ["either", "2026-05-06T12:00:00Z", true],
] as const)("ES72 where due dates are taken as %s, %j is taken: %s", async (dueDateTakes, dueDate, isTaken) => {
  const { call, add, emulator } = setUp({ quirks: { dueDateTakes } });
  const primaryContact = await add({});
  const body = { title: "Call back", type: "Task", owner: emulator.ownerId, primaryContact, dueDate };
  const { body: answer } = await call("POST", AT, body);
  expect(answer.Status).toBe(isTaken ? "success" : "failure");
  if (!isTaken) return;
  expect((await call("GET", `${AT}/${answer.Data.id}`)).body.Data.dueDate).toBe("2026-05-06T12:00:00.000Z");
});

test("ES73 completing notes the time, and opening again forgets it", async () => {
  const { call, add, addActivity, clock, emulator } = setUp();
  const id = await addActivity(await add({}));
  const required = { title: "Call back", type: "Task", owner: emulator.ownerId };
  const read = async () => (await call("GET", `${AT}/${id}`)).body.Data;
  clock.advance(60_000);
  await call("PUT", `${AT}/${id}`, { ...required, isCompleted: true });
  expect(await read()).toMatchObject({ isCompleted: true, completedAt: new Date(clock.now()).toISOString() });
  await call("PUT", `${AT}/${id}`, { ...required, isCompleted: false });
  expect(await read()).toMatchObject({ isCompleted: false, completedAt: null });
});

test.each([
  ["stay", { Status: "success", Data: { PrimaryContact: null } }],
  ["go", { Status: "failure", Error: { Name: "ObjectNotFound" } }],
] as const)("ES74 the activities of a deleted contact %s", async (activitiesOfDeleted, expected) => {
  const { call, add, addActivity } = setUp({ quirks: { activitiesOfDeleted } });
  const contact = await add({});
  const id = await addActivity(contact);
  await call("DELETE", `/apis/contact/v4/${contact}`);
  expect((await call("GET", `${AT}/${id}`)).body).toMatchObject(expected);
});

test("ES75 a search finds activities by type and change, with times as text of the account's zone", async () => {
  const { call, add, addActivity, clock } = setUp();
  const contact = await add({});
  await addActivity(contact, { type: "Meeting" });
  clock.advance(600_000);
  const late = await addActivity(contact, { dueDate: NOON, duration: 15 });
  const field = { fieldName: "activity.lastModifiedAt", type: "DateTime" };
  const after = { condition: "IS_AFTER", moduleName: "Activity", field, data: "May 04, 2026 09:05 AM" };
  const fields = ["id", "dueDate", "endDate", "primaryContact.id", "isCompleted", "description"];
  expect((await call("POST", SEARCH, searchBody([after], fields))).body.Data).toMatchObject({
    totalRows: 1,
    data: [
      {
        id: late,
        dueDate: "May 06, 2026 01:00 PM",
        endDate: "May 06, 2026 01:15 PM",
        PrimaryContact: { id: contact },
        isCompleted: false,
        description: null,
      },
    ],
  });
  expect((await call("POST", SEARCH, searchBody([equals("type", "Task")]))).body.Data.data).toEqual([{ id: late }]);
});

test.each([
  ["taken", "success", 1],
  ["ignored", "success", 2],
  ["refused", "failure", undefined],
] as const)(
  "ES76 a search for the activities of one contact is %s, by quirk",
  async (searchByContact, status, count) => {
    const { call, add, addActivity } = setUp({ quirks: { searchByContact } });
    const [one, other] = [await add({}), await add({})];
    await addActivity(one);
    await addActivity(other);
    const { body } = await call("POST", SEARCH, searchBody([equals("primaryContact.id", String(one))]));
    expect([body.Status, body.Data?.totalRows]).toEqual([status, count]);
  },
);

test("ES77 a deleted activity is kept with a mark, unless it was deleted for good", async () => {
  const { call, add, addActivity } = setUp({ quirks: { goneAs: "isDeleted" } });
  const contact = await add({});
  const [soft, hard] = [await addActivity(contact), await addActivity(contact)];
  await call("DELETE", `${AT}/${soft}?hardDelete=false`);
  await call("DELETE", `${AT}/${hard}?hardDelete=true`);
  expect((await call("GET", `${AT}/${soft}`)).body.Data.isDeleted).toBe(true);
  expect((await call("GET", `${AT}/${hard}`)).body.Error.Name).toBe("ObjectNotFound");
  expect((await call("POST", SEARCH, searchBody([]))).body.Data.totalRows).toBe(0);
});

test("ES78 the activity types of the account are listed", async () => {
  const { call } = setUp();
  const { Data } = (await call("GET", "/apis/v1/activityTypes/")).body;
  expect(Data.map(({ type }: { type: string }) => type)).toEqual(expect.arrayContaining(["Task", "Meeting", "Call"]));
});

test("ES79 a stale read shows an activity as it was before its last change", async () => {
  const { call, add, addActivity, emulator } = setUp();
  const id = await addActivity(await add({}));
  await call("PUT", `${AT}/${id}`, { title: "Other", type: "Task", owner: emulator.ownerId });
  emulator.control.faults.set([{ effect: "stale-read", match: { path: "activity" } }]);
  expect((await call("GET", `${AT}/${id}`)).body.Data.title).toBe("Call back");
});
