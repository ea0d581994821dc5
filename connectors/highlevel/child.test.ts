import { expect, test } from "vitest";
import { appointmentRowSnapshot, appointmentSnapshot, appointmentUpdateBody } from "./appointment.ts";
import { noteCreateBody, noteSnapshot, noteUpdateBody } from "./note.ts";
import { Settings } from "./settings.ts";
import { taskCreateBody, taskRowSnapshot, taskSnapshot, taskUpdateBody } from "./task.ts";
import { instantOf } from "./times.ts";

const settings = Settings.parse({ locationId: "loc" });

test("HL80 what a note, task or appointment lacks is empty in a read", () => {
  expect(noteSnapshot({ id: "n1", body: "Words" }, "c1")).toEqual({
    externalId: "n1",
    parentId: "c1",
    fields: { title: "", body: "Words" },
  });
  expect(taskSnapshot({ id: "t1", title: "Call", dueDate: "2026-05-06T10:00:00+02:00" }, "c1").fields).toEqual({
    title: "Call",
    body: "",
    dueAt: "2026-05-06T08:00:00.000Z",
    isCompleted: false,
  });
  const appointment = { id: "a1", startTime: "2026-05-06T10:00:00Z", endTime: "2026-05-06T11:00:00Z" };
  expect(appointmentSnapshot({ ...appointment, dateUpdated: "2026-05-01T00:00:00Z" }, "c1")).toEqual({
    externalId: "a1",
    parentId: "c1",
    version: String(Date.UTC(2026, 4, 1)),
    fields: {
      title: "",
      notes: "",
      startsAt: "2026-05-06T10:00:00.000Z",
      endsAt: "2026-05-06T11:00:00.000Z",
      location: "",
      state: "",
    },
  });
});

test("HL81 what a row of the task search leaves out is not said to be empty, and a row without id, contact or life is none", () => {
  const row = { _id: "t1", contactId: "c1", title: "Call" };
  expect(taskRowSnapshot(row)).toEqual({ externalId: "t1", parentId: "c1", fields: { title: "Call" } });
  expect(taskRowSnapshot({ ...row, id: "t2", completed: false })).toMatchObject({
    externalId: "t2",
    fields: { isCompleted: false },
  });
  expect(taskRowSnapshot({ ...row, contactId: null })).toBeUndefined();
  expect(taskRowSnapshot({ contactId: "c1", title: "Call" })).toBeUndefined();
  expect(taskRowSnapshot({ ...row, deleted: true })).toBeUndefined();
});

test("HL81 a description that a row of appointments leaves out is not said to be empty", () => {
  expect(appointmentRowSnapshot({ id: "a1" }, "c1").fields).not.toHaveProperty("notes");
  expect(appointmentRowSnapshot({ id: "a1", notes: null }, "c1").fields.notes).toBe("");
});

test("HL82 a create sends what is not empty; a task also says that it is not done", () => {
  expect(noteCreateBody({ title: "", body: "Words" })).toEqual({ body: "Words" });
  expect(taskCreateBody({ title: "Call", body: "", dueAt: "2026-05-06T08:00:00.000Z" })).toEqual({
    title: "Call",
    dueDate: "2026-05-06T08:00:00.000Z",
    completed: false,
  });
});

test("HL83 an update of a note or task sends what changed and nothing else", () => {
  expect(noteUpdateBody({ title: { kind: "clear" } }, { title: "Fair", body: "Words" })).toEqual({ title: "" });
  expect(taskUpdateBody({ isCompleted: { kind: "set", value: true } }, { title: "Call" })).toEqual({ completed: true });
  expect(taskUpdateBody({ isCompleted: { kind: "clear" } }, { isCompleted: true })).toEqual({ completed: false });
});

test("HL84 an appointment's start and end are sent together, its state is never emptied, and nobody is told by default", () => {
  const known = {
    title: "Meet",
    startsAt: "2026-05-06T10:00:00.000Z",
    endsAt: "2026-05-06T11:00:00.000Z",
    state: "new",
  };
  const waived = { ignoreFreeSlotValidation: true, ignoreDateRange: true, toNotify: false };
  const later = { startsAt: { kind: "set", value: "2026-05-06T10:30:00.000Z" } } as const;
  expect(appointmentUpdateBody(later, known, settings)).toEqual({
    startTime: "2026-05-06T10:30:00.000Z",
    endTime: "2026-05-06T11:00:00.000Z",
    ...waived,
  });
  expect(appointmentUpdateBody({ state: { kind: "clear" } }, known, settings)).toEqual(waived);
  const telling = Settings.parse({ locationId: "loc", canNotifyOfAppointments: true });
  expect(appointmentUpdateBody({ title: { kind: "set", value: "Talk" } }, known, telling)).toEqual({
    ...waived,
    title: "Talk",
    toNotify: true,
  });
});

test.each([
  ["2026-05-06T10:00:00+02:00", undefined, "2026-05-06T08:00:00.000Z"],
  ["2026-05-06T08:00:00Z", "Asia/Kolkata", "2026-05-06T08:00:00.000Z"],
  [1_778_054_400_000, undefined, "2026-05-06T08:00:00.000Z"],
  ["1778054400000", undefined, "2026-05-06T08:00:00.000Z"],
  ["2026-05-06 13:30:00", "Asia/Kolkata", "2026-05-06T08:00:00.000Z"],
  ["2026-05-06T04:00", "America/New_York", "2026-05-06T08:00:00.000Z"],
  ["2026-05-06 04:00:00", undefined, undefined],
  ["2026-03-08 02:30:00", "America/New_York", undefined],
  ["2026-11-01 01:30:00", "America/New_York", undefined],
  ["2026-11-01 02:30:00", "America/New_York", "2026-11-01T07:30:00.000Z"],
  ["2026-04-05 01:45:00", "Australia/Lord_Howe", undefined],
  ["soon", "UTC", undefined],
  [undefined, "UTC", undefined],
])("HL85 the time %s in zone %s is %s", (written, zone, instant) => {
  expect(instantOf(written, zone)).toBe(instant);
});

test("HL86 a zone that nobody knows is refused in the settings", () => {
  expect(Settings.safeParse({ locationId: "loc", timeZone: "Europe/Lisbon" }).success).toBe(true);
  expect(Settings.safeParse({ locationId: "loc", timeZone: "Mars/Base" }).success).toBe(false);
});
