import { expect, test } from "vitest";
import { DATA_TYPES } from "./customFields.ts";
import { receiving, setUp } from "./testing.ts";

const ROSA = "usr00000000000000001";

test("EH350 a tag of the location is made in lower case and once, renamed and deleted", async () => {
  const { call, locationId } = setUp();
  const path = `/locations/${locationId}/tags`;
  const made = await call("POST", path, { name: "Warm Lead" });
  expect([made.status, made.body.tag]).toEqual([201, { id: expect.any(String), name: "warm lead", locationId }]);
  expect((await call("POST", path, { name: "WARM LEAD" })).status).toBe(400);
  expect((await call("POST", path, {})).status).toBe(422);
  const one = `${path}/${made.body.tag.id}`;
  expect((await call("PUT", one, { name: "Hot" })).body.tag.name).toBe("hot");
  expect((await call("GET", one)).body.tag.name).toBe("hot");
  expect((await call("DELETE", one)).body.succeded).toBe(true);
  expect((await call("GET", one)).status).toBe(404);
});

test("EH351 a renamed or deleted tag changes on contacts too, and tells it, unless the quirk says otherwise", async () => {
  const { call, add, locationId, told, emulator } = receiving();
  const ann = await add({ firstName: "Ann", tags: ["warm", "vip"] });
  const path = `/locations/${locationId}/tags`;
  const tags = async () => (await call("GET", `/contacts/${ann}`)).body.contact.tags;
  const [warm, vip] = (await call("GET", path)).body.tags;
  await call("PUT", `${path}/${warm.id}`, { name: "hot" });
  expect(await tags()).toEqual(["hot", "vip"]);
  await call("DELETE", `${path}/${vip.id}`);
  expect(await tags()).toEqual(["hot"]);
  expect((await told()).map(({ type }) => type)).toEqual(["ContactCreate", "ContactTagUpdate", "ContactTagUpdate"]);
  emulator.control.quirks.set({ tagEditsReachContacts: false });
  await call("DELETE", `${path}/${warm.id}`);
  expect(await tags()).toEqual(["hot"]);
});

test.each(DATA_TYPES)(
  "EH352 a custom field can be made of every type, for contacts or opportunities: %s",
  async (type) => {
    const { call, locationId } = setUp();
    const path = `/locations/${locationId}/customFields`;
    const more = { options: ["A", "B"], acceptedFormat: [".pdf"], isMultipleFile: true, maxNumberOfFiles: 3 };
    const boxes = { textBoxListOptions: [{ label: "Width", prefillValue: "0" }] };
    const body = { name: "Thing", dataType: type, model: "opportunity", placeholder: "Say it", position: 7 };
    const { customField } = (await call("POST", path, { ...body, ...more, ...boxes })).body;
    expect(customField).toMatchObject({
      fieldKey: "opportunity.thing",
      dataType: type,
      model: "opportunity",
      placeholder: "Say it",
      position: 7,
    });
    const hasOptions = ["SINGLE_OPTIONS", "RADIO", "MULTIPLE_OPTIONS", "CHECKBOX"].includes(type);
    expect(customField.picklistOptions).toEqual(hasOptions ? ["A", "B"] : undefined);
    expect(customField.maxFileLimit).toBe(type === "FILE_UPLOAD" ? 3 : undefined);
    expect(customField.textBoxListOptions).toEqual(type === "TEXTBOX_LIST" ? boxes.textBoxListOptions : undefined);
    const listed = (await call("GET", `${path}?model=opportunity`)).body.customFields;
    expect(listed).toEqual([customField]);
  },
);

test("EH353 custom fields are listed of one kind or of all, and of no other", async () => {
  const { call, locationId } = setUp();
  const path = `/locations/${locationId}/customFields`;
  await call("POST", path, { name: "Thing", dataType: "TEXT", model: "opportunity" });
  const count = async (query: string) => (await call("GET", `${path}${query}`)).body.customFields.length;
  expect([await count(""), await count("?model=all"), await count("?model=contact")]).toEqual([14, 14, 13]);
  expect((await call("GET", `${path}?model=deal`)).status).toBe(422);
});

test("EH354 a custom value has a key that stays, and is made, read, changed and deleted", async () => {
  const { call, locationId } = setUp();
  const path = `/locations/${locationId}/customValues`;
  expect((await call("GET", path)).body.customValues).toHaveLength(2);
  const made = await call("POST", path, { name: "Opening hours", value: "Nine to six" });
  expect([made.status, made.body.customValue.fieldKey]).toEqual([201, "{{ custom_values.opening_hours_2 }}"]);
  const one = `${path}/${made.body.customValue.id}`;
  const changed = (await call("PUT", one, { name: "Hours", value: "Ten to six" })).body.customValue;
  expect(changed).toEqual({ ...made.body.customValue, name: "Hours", value: "Ten to six" });
  expect((await call("PUT", one, { name: "Hours" })).status).toBe(422);
  expect((await call("DELETE", one)).body.succeded).toBe(true);
  expect((await call("GET", one)).status).toBe(404);
});

test("EH355 locations are searched: a location's token finds its own, the agency's finds all", async () => {
  const { call, emulator, locationId } = setUp({ furtherLocations: [{ name: "Attic" }] });
  const ids = async (query: string, headers = {}) =>
    (await call("GET", `/locations/search?${query}`, undefined, headers)).body.locations.map(
      ({ name }: { name: string }) => name,
    );
  expect(await ids("")).toEqual([emulator.location.name]);
  const authorization = `Bearer ${emulator.access.issuePrivate(undefined, "Company").value}`;
  expect(await ids("", { authorization })).toEqual(["Attic", emulator.location.name]);
  expect(await ids("order=desc&limit=1", { authorization })).toEqual([emulator.location.name]);
  expect(await ids("email=nobody@x.example", { authorization })).toEqual([]);
  expect((await call("GET", `/locations/${locationId}`, undefined, { authorization })).status).toBe(200);
});

test("EH375 the agency is read by itself, with a token of its own", async () => {
  const { call, emulator } = setUp();
  const { companyId, name } = emulator.agency;
  const authorization = `Bearer ${emulator.access.issuePrivate(undefined, "Company").value}`;
  const read = (id: string) => call("GET", `/companies/${id}`, undefined, { authorization });
  expect((await read(companyId)).body.company).toMatchObject({ id: companyId, name });
  expect((await read("another")).status).toBe(404);
  expect((await call("GET", `/companies/${companyId}`)).status).toBe(401);
});

test("EH356 time zones and templates are listed, and a template can be deleted", async () => {
  const { call, locationId } = setUp();
  const { timeZones } = (await call("GET", `/locations/${locationId}/timezones`)).body;
  expect(timeZones).toContain("America/New_York");
  const path = `/locations/${locationId}/templates`;
  const list = async (more = "") => (await call("GET", `${path}?originId=${locationId}${more}`)).body;
  const { templates, totalCount } = await list();
  expect([totalCount, templates.map(({ type }: { type: string }) => type)]).toEqual([2, ["sms", "email"]]);
  expect((await list("&type=email")).templates[0].template.html).toBe("<p>Thank you.</p>");
  expect((await call("GET", path)).status).toBe(422);
  expect((await call("DELETE", `${path}/${templates[0].id}`)).status).toBe(200);
  expect((await list()).totalCount).toBe(1);
  expect((await call("DELETE", `${path}/${templates[0].id}`)).status).toBe(404);
});

const RULE = { intervalType: "weekly", interval: 1, startDate: "2026-05-06T09:00:00Z", dueAfterSeconds: 3_600 };

test("EH357 a recurring task is made with the first task of its row, unless that is waived, changed and deleted", async () => {
  const { call, add, locationId } = setUp();
  const ann = await add({ firstName: "Ann" });
  const path = `/locations/${locationId}/recurring-tasks`;
  const body = { title: "Ring", description: "Weekly", contactIds: [ann], owners: [ROSA], rruleOptions: RULE };
  const made = await call("POST", path, body);
  expect(made.status).toBe(201);
  const { recurringTask } = made.body;
  expect(recurringTask).toMatchObject({ title: "Ring", contactId: ann, assignedTo: ROSA, totalOccurrence: 1 });
  const tasks = async () => (await call("GET", `/contacts/${ann}/tasks`)).body.tasks;
  expect(await tasks()).toMatchObject([{ title: "Ring", dueDate: "2026-05-06T10:00:00.000Z", assignedTo: ROSA }]);
  await call("POST", path, { ...body, ignoreTaskCreation: true });
  expect(await tasks()).toHaveLength(1);
  const one = `${path}/${recurringTask.id}`;
  expect((await call("PUT", one, { title: "Write" })).body.recurringTask.title).toBe("Write");
  expect((await call("GET", one)).body.recurringTask.title).toBe("Write");
  expect((await call("DELETE", one)).body).toMatchObject({ id: recurringTask.id, success: true });
  expect((await call("GET", one)).status).toBe(404);
});

test("EH374 a recurring task comes again when it is time, as often as its rule says, and not after it is deleted", async () => {
  const { call, add, locationId, clock } = setUp();
  const [ann, bob] = [await add({ firstName: "Ann" }), await add({ firstName: "Bob" })];
  const path = `/locations/${locationId}/recurring-tasks`;
  const rule = { ...RULE, intervalType: "monthly", startDate: "2026-05-31T09:00:00Z" };
  const about = { title: "Ring", rruleOptions: { ...rule, count: 3 } };
  const { id } = (await call("POST", path, { ...about, contactIds: [ann] })).body.recurringTask;
  const other = await call("POST", path, { ...about, title: "Write", contactIds: [bob], ignoreTaskCreation: true });
  const dueOf = async (contactId: string) =>
    (await call("GET", `/contacts/${contactId}/tasks`)).body.tasks.map(({ dueDate }: { dueDate: string }) => dueDate);
  expect(await dueOf(bob)).toEqual([]);
  clock.advance(40 * 86_400_000);
  expect(await dueOf(bob)).toHaveLength(0);
  clock.advance(30 * 86_400_000);
  expect(await dueOf(bob)).toEqual(["2026-06-30T10:00:00.000Z"]);
  await call("DELETE", `${path}/${other.body.recurringTask.id}`);
  clock.advance(300 * 86_400_000);
  expect(await dueOf(bob)).toHaveLength(1);
  expect(await dueOf(ann)).toHaveLength(3);
  expect((await call("GET", `${path}/${id}`)).body.recurringTask.totalOccurrence).toBe(3);
});

test.each([
  [{ title: undefined }, 422],
  [{ rruleOptions: { ...RULE, intervalType: "often" } }, 422],
  [{ rruleOptions: { ...RULE, colour: "red" } }, 422],
  [{ rruleOptions: { intervalType: "daily" } }, 422],
  [{ contactIds: ["nobody"] }, 404],
  [{ owners: ["nobody"] }, 400],
])("EH358 a recurring task that can not be is refused: %j", async (wrong, status) => {
  const { call, locationId } = setUp();
  const body = { title: "Ring", rruleOptions: RULE, ...wrong };
  expect((await call("POST", `/locations/${locationId}/recurring-tasks`, body)).status).toBe(status);
});

test("EH359 the location's tasks are searched by owner and by the business of their contact", async () => {
  const { call, add, locationId } = setUp();
  const [ann, bob] = [await add({ firstName: "Ann" }), await add({ firstName: "Bob" })];
  const task = { dueDate: "2026-05-06T10:00:00Z", completed: false };
  await call("POST", `/contacts/${ann}/tasks`, { ...task, title: "Ring", assignedTo: ROSA });
  await call("POST", `/contacts/${bob}/tasks`, { ...task, title: "Write" });
  const { id: businessId } = (await call("POST", "/businesses/", { name: "Tiles", locationId })).body.buiseness;
  await call("POST", "/contacts/bulk/business", { locationId, ids: [bob], businessId });
  const titles = async (body: object) =>
    (await call("POST", `/locations/${locationId}/tasks/search`, body)).body.tasks.map(
      ({ title }: { title: string }) => title,
    );
  expect(await titles({ assignedTo: [ROSA] })).toEqual(["Ring"]);
  expect(await titles({ businessId })).toEqual(["Write"]);
});
