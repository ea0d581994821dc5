import { expect, test } from "vitest";
import { type Bench, setUp } from "./testing.ts";

const CALENDAR = "cal00000000000000001";

/** A bench with one contact and the body of an appointment with them. */
async function withContact(options: Parameters<typeof setUp>[0] = {}) {
  const bench = setUp(options);
  const contactId = await bench.add({ firstName: "Ann" });
  const wanted = {
    calendarId: CALENDAR,
    locationId: bench.locationId,
    contactId,
    title: "Measure the roof",
    startTime: "2026-05-06T16:00:00+02:00",
    endTime: "2026-05-06T17:00:00+02:00",
  };
  return { ...bench, contactId, wanted };
}

const APPOINTMENTS = "/calendars/events/appointments";

test("EH170 an appointment is made without an envelope, read in one, changed and deleted", async () => {
  const { call, wanted, contactId, locationId } = await withContact();
  const made = await call("POST", APPOINTMENTS, { ...wanted, description: "Bring the ladder", address: "12 Quay" });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    calendarId: CALENDAR,
    locationId,
    contactId,
    title: "Measure the roof",
    description: "Bring the ladder",
    notes: "Bring the ladder",
    address: "12 Quay",
    appointmentStatus: "confirmed",
    startTime: "2026-05-06T10:00:00-04:00",
    endTime: "2026-05-06T11:00:00-04:00",
  });
  const { id } = made.body;
  const changed = await call("PUT", `${APPOINTMENTS}/${id}`, { appointmentStatus: "showed" });
  expect(changed.body).toEqual({ ...made.body, appointmentStatus: "showed" });
  expect((await call("GET", `${APPOINTMENTS}/${id}`)).body).toEqual({ event: changed.body });
  const deleted = await call("DELETE", `/calendars/events/${id}`, {});
  expect([deleted.status, deleted.body]).toEqual([201, { succeeded: true }]);
  expect((await call("GET", `${APPOINTMENTS}/${id}`)).status).toBe(404);
  expect((await call("DELETE", `/calendars/events/${id}`, {})).status).toBe(404);
});

test("EH171 a contact's appointments show a clock of the location, without an offset", async () => {
  const { call, wanted, contactId } = await withContact();
  await call("POST", APPOINTMENTS, wanted);
  const { events } = (await call("GET", `/contacts/${contactId}/appointments`)).body;
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({ startTime: "2026-05-06 10:00:00", endTime: "2026-05-06 11:00:00", contactId });
});

test.each([
  [{ startTime: undefined }, 422, ["startTime must be a valid ISO 8601 date string"]],
  [{ appointmentStatus: "maybe" }, 422, [expect.stringMatching(/^appointmentStatus must be one of/)]],
  [{ colour: "red" }, 422, ["property colour should not exist"]],
  [{ calendarId: "none" }, 400, "The calendar id provided is invalid or does not exist"],
  [{ endTime: "2026-05-06T15:00:00+02:00" }, 400, "End time must be after start time"],
])("EH172 an appointment that cannot be is refused in words: %j", async (wrong, status, message) => {
  const { call, wanted } = await withContact();
  expect(await call("POST", APPOINTMENTS, { ...wanted, ...wrong })).toMatchObject({ status, body: { message } });
});

test("EH173 an update may name neither contact nor location", async () => {
  const { call, wanted, contactId, locationId } = await withContact();
  const { id } = (await call("POST", APPOINTMENTS, wanted)).body;
  for (const wrong of [{ contactId }, { locationId }])
    expect((await call("PUT", `${APPOINTMENTS}/${id}`, wrong)).status).toBe(422);
});

test("EH174 a taken slot is refused unless that is waived, and one without an end takes the calendar's time", async () => {
  const { call, wanted } = await withContact();
  await call("POST", APPOINTMENTS, wanted);
  const taken = await call("POST", APPOINTMENTS, wanted);
  expect(taken).toMatchObject({
    status: 400,
    body: { message: "The slot you have selected is no longer available." },
  });
  const { endTime, ...open } = wanted;
  const waived = await call("POST", APPOINTMENTS, { ...open, ignoreFreeSlotValidation: true });
  expect([waived.status, waived.body.endTime]).toEqual([201, "2026-05-06T10:30:00-04:00"]);
  expect(Date.parse(endTime)).toBeGreaterThan(Date.parse(waived.body.endTime));
});

test("EH175 the calendar's list wants a time between two instants and a calendar, user or group", async () => {
  const { call, wanted, locationId } = await withContact();
  await call("POST", APPOINTMENTS, wanted);
  const list = (more: string) => call("GET", `/calendars/events?locationId=${locationId}${more}`);
  const day = (on: string) => `&startTime=${Date.parse(on)}&endTime=${Date.parse(on) + 86_400_000}`;
  expect((await list(day("2026-05-06T00:00:00Z"))).status).toBe(400);
  expect((await list(`&calendarId=${CALENDAR}`)).status).toBe(422);
  expect((await list(`${day("2026-05-06T00:00:00Z")}&calendarId=${CALENDAR}`)).body.events).toHaveLength(1);
  expect((await list(`${day("2026-05-07T00:00:00Z")}&calendarId=${CALENDAR}`)).body.events).toEqual([]);
  expect((await list(`${day("2026-05-06T00:00:00Z")}&calendarId=cal00000000000000002`)).body.events).toEqual([]);
});

test("EH176 the location has calendars, and a new appointment is confirmed where its calendar says so", async () => {
  const { call, wanted, locationId } = await withContact();
  const { calendars } = (await call("GET", `/calendars/?locationId=${locationId}`)).body;
  expect(calendars.map((calendar: { id: string }) => calendar.id)).toEqual([CALENDAR, "cal00000000000000002"]);
  expect((await call("GET", `/calendars/${CALENDAR}`)).body.calendar).toMatchObject({ id: CALENDAR, locationId });
  const made = await call("POST", APPOINTMENTS, { ...wanted, calendarId: "cal00000000000000002" });
  expect(made.body.appointmentStatus).toBe("new");
});

test.each([
  [{ appointmentTimeAs: "utc" }, { startTime: "2026-05-06T14:00:00.000Z" }],
  [{ appointmentNotesAs: "notes" }, { description: undefined, notes: "Bring it" }],
  [{ appointmentNotesAs: "description" }, { description: "Bring it", notes: undefined }],
] as const)(
  "EH177 times and description of an appointment are shown in several ways, by quirk: %j",
  async (quirks, shown) => {
    const { call, wanted } = await withContact({ quirks });
    const { body } = await call("POST", APPOINTMENTS, { ...wanted, description: "Bring it" });
    for (const [name, value] of Object.entries(shown)) expect(body[name]).toBe(value);
  },
);

test("EH178 a direct read has one of two envelopes, and may show a deleted appointment as deleted, by quirk", async () => {
  const { call, wanted, emulator } = await withContact({ quirks: { appointmentEnvelope: "appointment" } });
  const { id } = (await call("POST", APPOINTMENTS, wanted)).body;
  expect((await call("GET", `${APPOINTMENTS}/${id}`)).body.appointment.id).toBe(id);
  await call("DELETE", `/calendars/events/${id}`, {});
  expect((await call("GET", `${APPOINTMENTS}/${id}`)).status).toBe(404);
  emulator.control.quirks.set({ deletedAppointments: "shown" });
  expect((await call("GET", `${APPOINTMENTS}/${id}`)).body.appointment).toMatchObject({ id, deleted: true });
});

test("EH179 calendars and appointments need scopes of their own", async () => {
  const { call, emulator, locationId, contactId } = await withContact();
  const { value } = emulator.access.issuePrivate(["contacts.readonly"]);
  const status = async (...[method, url, body]: Parameters<Bench["call"]>) =>
    (await call(method, url, body, { authorization: `Bearer ${value}` })).status;
  expect(await status("GET", `/contacts/${contactId}/appointments`)).toBe(200);
  expect(await status("GET", `/calendars/?locationId=${locationId}`)).toBe(401);
  expect(await status("GET", `${APPOINTMENTS}/any`)).toBe(401);
  expect(await status("POST", APPOINTMENTS, {})).toBe(401);
});

test.each(["2026-03-08 03:30:00", "2026-11-01 01:30:00", "2026-07-04 12:00:00"])(
  "EH180 a time without an offset is a clock's of the location, also when clocks change: %s",
  async (startTime) => {
    const { call, wanted, contactId } = await withContact();
    const { endTime, ...open } = wanted;
    const made = await call("POST", APPOINTMENTS, { ...open, startTime, ignoreFreeSlotValidation: true });
    expect(made.status).toBe(201);
    const [event] = (await call("GET", `/contacts/${contactId}/appointments`)).body.events;
    expect(event.startTime).toBe(startTime);
    expect(Date.parse(endTime)).not.toBe(Date.parse(made.body.endTime));
  },
);
