import { expect, test } from "vitest";
import { fromFieldTime, toFieldTime } from "../../text/fieldTimes.ts";
import { afterTyping, changesOf, childLine, childTitle, FACES, shownAtFirst } from "./childForm.ts";

const [NOTE, TASK, APPOINTMENT] = FACES;
if (NOTE === undefined || TASK === undefined || APPOINTMENT === undefined) throw new Error("a kind is missing");
const NOW = Date.parse("2026-05-04T09:20:00Z");

test("UI46 times are shown in the reader's time zone and sent as instants", () => {
  const iso = "2026-05-04T09:30:00.000Z";
  expect(toFieldTime(iso)).toMatch(/^2026-05-0\dT\d\d:\d\d$/);
  expect(fromFieldTime(toFieldTime(iso))).toBe(iso);
  expect([toFieldTime(""), fromFieldTime("")]).toEqual(["", ""]);
});

test("UI46 a new appointment proposes tomorrow, and moved it stays as long as it was", () => {
  const first = shownAtFirst(APPOINTMENT, undefined, NOW);
  const length = Date.parse(first.endsAt ?? "") - Date.parse(first.startsAt ?? "");
  expect(length).toBe(3_600_000);
  const moved = afterTyping(first, "startsAt", "2026-06-01T10:15");
  expect(moved.endsAt).toBe("2026-06-01T11:15");
  expect(afterTyping(first, "startsAt", "").endsAt).toBe(first.endsAt);
});

test("UI46 only what was changed is sent of an old task, and all that is filled of a new one", () => {
  const fields = { title: "Ring", body: "Twice", dueAt: "2026-05-04T09:30:00.000Z", isCompleted: "false" };
  const child = { id: "1", contactId: "2", fields };
  const first = shownAtFirst(TASK, child, NOW);
  expect(changesOf(TASK, first, { ...first, body: "" }, false)).toEqual({ body: "" });
  const { body: _left, isCompleted: _closed, ...told } = fields;
  expect(changesOf(TASK, first, { ...first, body: "" }, true)).toEqual(told);
  expect(changesOf(NOTE, { body: "" }, { body: " Hello " }, true)).toEqual({ body: "Hello" });
});

test("UI46 a line tells when something is, where, and whether it is done", () => {
  const at = { startsAt: "2026-05-04T09:30:00.000Z", endsAt: "2026-05-04T10:00:00.000Z" };
  expect(childLine({ fields: { title: "Visit", location: "Here", ...at } }, "UTC")).toBe(
    "Mon 4 May, 09:30–10:00 · Here",
  );
  expect(childLine({ fields: { title: "Ring", dueAt: at.startsAt, isCompleted: "true" } }, "UTC")).toBe(
    "done · due Mon 4 May, 09:30",
  );
  expect(childTitle({ fields: { body: "x".repeat(80) } })).toHaveLength(61);
});

test("UI46 the line of a titled note shows its words without their formatting", () => {
  const fields = { title: "Trustpilot: 2 of 5 stars", body: "<p><b>Late</b></p><p>Two weeks</p>" };
  expect(childLine({ fields })).toBe("Late Two weeks");
});
