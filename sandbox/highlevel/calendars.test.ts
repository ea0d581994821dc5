import { expect, test } from "vitest";
import type { HighLevelOptions } from "./index.ts";
import { setUp } from "./testing.ts";

const CALENDAR = "cal00000000000000001";
const [ROSA, TOM] = ["usr00000000000000001", "usr00000000000000002"];
const APPOINTMENTS = "/calendars/events/appointments";
const at = (text: string) => Date.parse(text);

/** A location with one contact; it is Monday the 4th of May 2026, four in the morning in New York. */
async function withContact(options: HighLevelOptions = {}) {
  const bench = setUp(options);
  const contactId = await bench.add({ firstName: "Ann" });
  const { call, locationId } = bench;
  const book = (startTime: string, more: object = {}) =>
    call("POST", APPOINTMENTS, { calendarId: CALENDAR, locationId, contactId, startTime, ...more });
  const slots = async (from: string, to: string, more = "") =>
    (await call("GET", `/calendars/${CALENDAR}/free-slots?startDate=${at(from)}&endDate=${at(to)}${more}`)).body;
  return { ...bench, contactId, book, slots };
}

test("EH340 a calendar is made from few words, read, changed and deleted", async () => {
  const { call, locationId } = setUp();
  const made = await call("POST", "/calendars/", {
    locationId,
    name: "Tasting",
    slotDuration: 2,
    slotDurationUnit: "hours",
  });
  expect(made.status).toBe(201);
  expect(made.body.calendar).toMatchObject({
    name: "Tasting",
    slotDuration: 2,
    autoConfirm: true,
    isActive: true,
    locationId,
  });
  const one = `/calendars/${made.body.calendar.id}`;
  const body = { isActive: false, eventColor: "#ff0000", teamMembers: [{ userId: TOM }] };
  expect((await call("PUT", one, body)).body.calendar).toMatchObject(body);
  const listed = async (more: string) =>
    (await call("GET", `/calendars/?locationId=${locationId}${more}`)).body.calendars.length;
  expect([await listed(""), await listed("&showDrafted=false")]).toEqual([3, 2]);
  expect((await call("DELETE", one)).body.success).toBe(true);
  expect((await call("GET", one)).status).toBe(400);
});

test.each([
  [{ name: undefined }, 422],
  [{ slotDurationUnit: "ages" }, 422],
  [{ openHours: [{ daysOfTheWeek: [7], hours: [] }] }, 422],
  [{ openHours: [{ daysOfTheWeek: [1], hours: [{ openHour: 9 }] }] }, 422],
  [{ teamMembers: [{}] }, 422],
  [{ teamMembers: [{ userId: "nobody" }] }, 400],
  [{ groupId: "none" }, 400],
  [{ colour: "red" }, 422],
])("EH341 a calendar that can not be is refused: %j", async (wrong, status) => {
  const { call, locationId } = setUp();
  expect((await call("POST", "/calendars/", { locationId, name: "Tasting", ...wrong })).status).toBe(status);
});

test("EH342 free slots lie within opening hours, from now on, by the day of the zone that is asked for", async () => {
  const { slots, clock } = await withContact();
  const week = await slots("2026-05-03T00:00:00-04:00", "2026-05-10T00:00:00-04:00");
  const { traceId, ...days } = week;
  expect(Object.keys(days)).toEqual(["2026-05-04", "2026-05-05", "2026-05-06", "2026-05-07", "2026-05-08"]);
  expect(days["2026-05-04"].slots).toHaveLength(16);
  expect(days["2026-05-04"].slots[0]).toBe("2026-05-04T09:00:00-04:00");
  expect(days["2026-05-04"].slots.at(-1)).toBe("2026-05-04T16:30:00-04:00");
  clock.advance(at("2026-05-04T12:10:00-04:00") - clock.now());
  const later = await slots("2026-05-04T00:00:00-04:00", "2026-05-05T00:00:00-04:00", "&timezone=Asia/Tokyo");
  expect(later["2026-05-05"].slots[0]).toBe("2026-05-05T01:30:00+09:00");
});

test("EH343 what is booked or blocked is no free slot, and what is cancelled is one again", async () => {
  const { call, book, slots, locationId } = await withContact();
  const day = async () =>
    (await slots("2026-05-04T09:00:00-04:00", "2026-05-04T11:00:00-04:00"))["2026-05-04"].slots.map((slot: string) =>
      slot.slice(11, 16),
    );
  const { id } = (await book("2026-05-04T09:30:00-04:00")).body;
  const block = { locationId, calendarId: CALENDAR, startTime: "2026-05-04T10:00:00", endTime: "2026-05-04T10:30:00" };
  const blocked = await call("POST", "/calendars/events/block-slots", block);
  expect([blocked.status, blocked.body.startTime]).toEqual([201, "2026-05-04T10:00:00-04:00"]);
  expect(await day()).toEqual(["09:00", "10:30"]);
  await call("PUT", `${APPOINTMENTS}/${id}`, { appointmentStatus: "cancelled" });
  expect(await day()).toEqual(["09:00", "09:30", "10:30"]);
  expect((await call("DELETE", `/calendars/events/${blocked.body.id}`, {})).body).toEqual({ succeeded: true });
  expect(await day()).toEqual(["09:00", "09:30", "10:00", "10:30"]);
});

test("EH344 free slots are asked for 31 days at most, without a location, of a calendar and one of its users", async () => {
  const { call, slots, locationId } = await withContact();
  const path = `/calendars/${CALENDAR}/free-slots?startDate=${at("2026-05-04T00:00:00Z")}`;
  const status = async (more: string) => (await call("GET", `${path}${more}`)).status;
  expect(await status(`&endDate=${at("2026-06-05T00:00:00Z")}`)).toBe(400);
  expect(await status("")).toBe(422);
  expect(await status(`&endDate=${at("2026-05-06T00:00:00Z")}&locationId=${locationId}`)).toBe(422);
  expect(await status(`&endDate=${at("2026-05-06T00:00:00Z")}&timezone=Mars/Sea`)).toBe(422);
  const [from, to] = ["2026-05-04T00:00:00-04:00", "2026-05-05T00:00:00-04:00"];
  expect(Object.keys(await slots(from, to, `&userId=${TOM}`))).toEqual(["traceId"]);
  expect(Object.keys(await slots(from, to, `&userId=${ROSA}`))).toEqual(["2026-05-04", "traceId"]);
});

test("EH345 an appointment is made, moved and taken up again only into a free slot, unless that is waived", async () => {
  const { call, book } = await withContact();
  const status = async (startTime: string, more: object = {}) => (await book(startTime, more)).status;
  expect(await status("2026-05-04T08:30:00-04:00")).toBe(400);
  expect(await status("2026-05-09T10:00:00-04:00")).toBe(400);
  expect(await status("2026-05-04T09:10:00-04:00")).toBe(400);
  expect(await status("2026-05-04T08:30:00-04:00", { ignoreFreeSlotValidation: true })).toBe(201);
  const { id } = (await book("2026-05-04T09:00:00-04:00")).body;
  const change = async (body: object) => (await call("PUT", `${APPOINTMENTS}/${id}`, body)).status;
  expect(await change({ startTime: "2026-05-04T20:00:00-04:00" })).toBe(400);
  expect(await change({ startTime: "2026-05-04T11:00:00-04:00" })).toBe(200);
  expect(await change({ appointmentStatus: "cancelled" })).toBe(200);
  expect(await status("2026-05-04T11:00:00-04:00")).toBe(201);
  expect(await change({ title: "Cancelled, and named" })).toBe(200);
  expect(await change({ appointmentStatus: "confirmed" })).toBe(400);
});

test("EH346 buffers, several per slot, a limit a day and a notice are kept", async () => {
  const { call, book, slots } = await withContact();
  const set = (body: object) => call("PUT", `/calendars/${CALENDAR}`, body);
  const hours = async () => {
    const { "2026-05-04": day } = await slots("2026-05-04T09:00:00-04:00", "2026-05-04T11:00:00-04:00");
    return (day?.slots ?? []).map((slot: string) => slot.slice(11, 16));
  };
  await book("2026-05-04T10:00:00-04:00");
  await set({ slotBuffer: 30, slotInterval: 15 });
  expect(await hours()).toEqual(["09:00", "09:15", "09:30"]);
  await set({ slotBuffer: 0, slotInterval: 0, appoinmentPerSlot: 2 });
  expect(await hours()).toEqual(["09:00", "09:30", "10:00", "10:30"]);
  await set({ appoinmentPerDay: 1 });
  expect(await hours()).toEqual([]);
  await set({ appoinmentPerDay: 0, appoinmentPerSlot: 1, allowBookingAfter: 6, allowBookingAfterUnit: "hours" });
  expect(await hours()).toEqual(["10:30"]);
  await set({ allowBookingAfter: 0, allowBookingFor: 1, allowBookingForUnit: "hours" });
  expect(await hours()).toEqual([]);
});

test("EH347 blocked time is changed, listed by user or calendar, and a user who is busy is so in every calendar", async () => {
  const { call, book, locationId, slots } = await withContact();
  const wanted = { locationId, assignedUserId: ROSA, title: "Away" };
  const times = { startTime: "2026-05-04T09:00:00-04:00", endTime: "2026-05-04T12:00:00-04:00" };
  const { id } = (await call("POST", "/calendars/events/block-slots", { ...wanted, ...times })).body;
  const morning = () => slots("2026-05-04T09:00:00-04:00", "2026-05-04T12:00:00-04:00");
  expect(Object.keys(await morning())).toEqual(["traceId"]);
  const changed = await call("PUT", `/calendars/events/block-slots/${id}`, { endTime: "2026-05-04T11:30:00-04:00" });
  expect(changed.body).toMatchObject({ id, title: "Away", endTime: "2026-05-04T11:30:00-04:00" });
  expect((await morning())["2026-05-04"].slots).toHaveLength(1);
  const elsewhere = { calendarId: "cal00000000000000002", assignedUserId: ROSA };
  expect((await book("2026-05-04T12:00:00-04:00", elsewhere)).status).toBe(201);
  expect(Object.keys(await slots("2026-05-04T12:00:00-04:00", "2026-05-04T13:00:00-04:00"))).toEqual(["traceId"]);
  const query = `locationId=${locationId}&startTime=${at("2026-05-04T00:00:00Z")}&endTime=${at("2026-05-05T00:00:00Z")}`;
  const list = async (more: string) => (await call("GET", `/calendars/blocked-slots?${query}${more}`)).body.events;
  expect(await list(`&userId=${ROSA}`)).toMatchObject([{ id, assignedUserId: ROSA }]);
  expect(await list(`&calendarId=${CALENDAR}`)).toEqual([]);
  expect((await call("GET", `/calendars/blocked-slots?${query}`)).status).toBe(400);
  expect((await call("POST", "/calendars/events/block-slots", { locationId, ...times })).status).toBe(400);
});

test("EH348 calendars are gathered in groups, each with an address of its own", async () => {
  const { call, locationId } = await withContact();
  const group = { locationId, name: "Visits", description: "Outdoors", slug: "visits" };
  const made = await call("POST", "/calendars/groups", group);
  expect([made.status, made.body.group]).toEqual([201, { ...group, id: expect.any(String), isActive: true }]);
  expect((await call("POST", "/calendars/groups", group)).status).toBe(400);
  const free = async (slug: string) =>
    (await call("POST", "/calendars/groups/validate-slug", { locationId, slug })).body.available;
  expect([await free("visits"), await free("talks")]).toEqual([false, true]);
  const { id } = made.body.group;
  await call("PUT", `/calendars/${CALENDAR}`, { groupId: id });
  const calendars = async () =>
    (await call("GET", `/calendars/?locationId=${locationId}&groupId=${id}`)).body.calendars;
  expect(await calendars()).toMatchObject([{ id: CALENDAR, groupId: id }]);
  expect((await call("PUT", `/calendars/groups/${id}/status`, { isActive: false })).body.success).toBe(true);
  const { locationId: _, ...texts } = { ...group, name: "Outside" };
  expect((await call("PUT", `/calendars/groups/${id}`, texts)).body.group).toMatchObject({
    name: "Outside",
    isActive: false,
  });
  expect((await call("DELETE", `/calendars/groups/${id}`)).body.success).toBe(true);
  expect((await call("GET", `/calendars/groups?locationId=${locationId}`)).body.groups).toEqual([]);
  expect(await calendars()).toEqual([]);
});

test("EH349 an appointment has notes of its own, newest first and twenty at a time", async () => {
  const { call, book, contactId } = await withContact();
  const { id } = (await book("2026-05-04T09:00:00-04:00")).body;
  const path = `/calendars/appointments/${id}/notes`;
  await call("POST", path, { body: "Ring first" });
  const made = await call("POST", path, { body: "Mind the dog", userId: ROSA });
  expect([made.status, made.body.note]).toMatchObject([201, { contactId, createdBy: { name: "Rosa Linden" } }]);
  const first = (await call("GET", `${path}?limit=1&offset=0`)).body;
  expect([first.notes[0].body, first.hasMore]).toEqual(["Mind the dog", true]);
  expect((await call("GET", `${path}?limit=21&offset=0`)).status).toBe(422);
  expect((await call("POST", path, { body: "x".repeat(5_001) })).status).toBe(422);
  const one = `${path}/${made.body.note.id}`;
  expect((await call("PUT", one, { body: "Mind both dogs" })).body.note.body).toBe("Mind both dogs");
  expect((await call("DELETE", one)).body.success).toBe(true);
  expect((await call("GET", `${path}?limit=20&offset=0`)).body).toMatchObject({ hasMore: false, notes: [{}] });
  expect((await call("PUT", one, { body: "Gone" })).status).toBe(404);
});
