import { expect, test } from "vitest";
import { type Change, EMPTY } from "../../model/value.ts";
import { activityCreateBody, activitySnapshot, activityUpdateBody } from "./activity.ts";
import { activitiesBody } from "./search.ts";
import { Settings } from "./settings.ts";
import { Row } from "./wire.ts";

const settings = Settings.parse({ linkname: "harbourlight", ownerId: 2, timeZone: "Europe/London" });
const MEETING = {
  id: 9,
  title: "Visit",
  type: "Meeting",
  description: "Bring samples",
  location: null,
  owner: { id: 7 },
  primaryContact: { id: 1588 },
  dueDate: "2026-05-06T12:00:31.000Z",
  endDate: null,
  duration: 45,
  lastModifiedAt: "2026-05-04T09:12:33.123Z",
};

const seen = (body: object, kind: "task" | "appointment" = "appointment", sighting: "direct" | "row" = "direct") =>
  activitySnapshot(Row.parse(body), kind, sighting, settings);

test("SM53 a meeting comes out in model form, with its contact, whole minutes, and its end by how long it takes", () => {
  expect(seen(MEETING)).toEqual({
    externalId: "9",
    parentId: "1588",
    version: "1777885953123",
    fields: {
      ...{
        title: "Visit",
        notes: "Bring samples",
        location: "",
        isCompleted: false,
        ownerId: 7,
        activityType: "Meeting",
      },
      ...{ startsAt: "2026-05-06T12:00:00.000Z", endsAt: "2026-05-06T12:45:00.000Z" },
    },
  });
});

test.each([
  ["a contact as a number", { primaryContact: 12, type: "Task" }, "12"],
  ["a contact under a capital", { PrimaryContact: { id: "12" }, type: { id: 1, name: "task" } }, "12"],
  ["no contact", { primaryContact: null, type: "Task" }, undefined],
  ["a meeting", { primaryContact: 12, type: "Meeting" }, undefined],
])("SM54 as a task, %s belongs to %s", (_what, body, parentId) => {
  expect(seen({ id: 1, title: "x", ...body }, "task")?.parentId).toBe(parentId);
});

test("SM55 a row says nothing of what it does not show, nor of an hour that the clock shows twice", () => {
  const row = { id: 1, type: "Task", title: "Call", primaryContact: 12, isCompleted: "true" };
  expect(seen(row, "task", "row")?.fields).toEqual({ title: "Call", isCompleted: true, activityType: "Task" });
  const twice = { ...row, dueDate: "Oct 25, 2026 01:30 AM" };
  expect(seen(twice, "task", "row")?.fields).not.toHaveProperty("dueAt");
  expect(seen({ ...row, dueDate: "Oct 25, 2026 02:30 AM" }, "task", "row")?.fields.dueAt).toBe(
    "2026-10-25T02:30:00.000Z",
  );
  expect(seen(twice, "task")?.fields.dueAt).toBe("2026-10-25T00:30:00.000Z");
});

test("SM56 a create carries title, owner, type and contact always, and nothing empty", () => {
  const fields = { title: "", body: "", dueAt: "2026-05-06T14:00:30+02:00", isCompleted: false };
  expect(activityCreateBody(fields, "1588", "task", settings)).toEqual({
    ...{ title: "(no title)", owner: 2, type: "Task", primaryContact: 1588 },
    ...{ dueDate: Date.parse("2026-05-06T12:00:00Z"), isCompleted: false },
  });
  const iso = Settings.parse({ ...settings, dueDateAs: "iso", taskType: "To-do" });
  expect(activityCreateBody(fields, "1588", "task", iso)).toMatchObject({
    type: "To-do",
    dueDate: "2026-05-06T12:00:00.000Z",
  });
});

const set = (value: string): Change => ({ kind: "set", value });
const known = { title: "Visit", ownerId: 7, startsAt: "2026-05-06T12:00:00.000Z", endsAt: "2026-05-06T13:00:00.000Z" };

test.each([
  [
    "its beginning",
    { startsAt: set("2026-05-06T12:15:00Z") },
    { dueDate: Date.parse("2026-05-06T12:15:00Z"), duration: 45 },
  ],
  ["its end", { endsAt: set("2026-05-06T12:30:00Z") }, { duration: 30 }],
  ["no end", { endsAt: { kind: "clear" } as const }, { duration: null }],
  ["no beginning", { startsAt: set(EMPTY) }, { dueDate: null, duration: null }],
])(
  "SM57 an appointment that is given %s is sent how long it takes, with title, owner and type again",
  (_what, changes, expected) => {
    expect(activityUpdateBody(changes, known, "appointment", settings)).toEqual({
      ...{ title: "Visit", owner: 7, type: "Meeting" },
      ...expected,
    });
  },
);

test.each([
  ["an end before its beginning", { endsAt: set("2026-05-06T11:00:00Z") }, "rejected"],
  ["a time that is none", { startsAt: set("next week") }, "rejected"],
  ["a field that is not there", { colour: set("red") }, "misconfigured"],
])("SM58 an appointment with %s is refused before it is sent", (_what, changes, kind) => {
  expect(() => activityUpdateBody(changes, known, "appointment", settings)).toThrow(expect.objectContaining({ kind }));
});

test("SM59 activities are searched for by type and change, or by contact", () => {
  const body = activitiesBody(["activity.id"], settings, { type: "Task", since: 120_000, contactId: undefined });
  expect(body).toMatchObject({ moduleId: 2, sort: { fieldName: "activity.id" } });
  const rules = (wanted: object) =>
    JSON.stringify(activitiesBody([], settings, { type: "Task", since: undefined, contactId: undefined, ...wanted }));
  expect(JSON.stringify(body)).toContain('"fieldName":"activity.lastModifiedAt"');
  expect(rules({})).toContain('"data":"Task"');
  expect(rules({ contactId: "12" })).toContain('"fieldName":"activity.primaryContact.id"');
});
