import fc from "fast-check";
import { expect, test } from "vitest";
import type { Fields } from "../../model/value.ts";
import { activityCreateBody, activitySnapshot, activityUpdateBody } from "./activity.ts";
import { COMPANY } from "./company.ts";
import { CONTACT } from "./contact.ts";
import { customFieldsIn } from "./customFields.ts";
import { DEAL, DEAL_STATUSES } from "./deal.ts";
import type { RecordFormat } from "./record.ts";
import { Settings } from "./settings.ts";

/** From model form to Salesmate's JSON and back, for texts and values that nobody thought of. */

const settings = Settings.parse({ linkname: "harbourlight", ownerId: 2, timeZone: "Pacific/Auckland" });
const custom = customFieldsIn([
  { fieldName: "textCustomField1", displayName: "Colour" },
  { fieldName: "numberCustomField1", displayName: "Children" },
  { fieldName: "dateCustomField1", displayName: "Renewal" },
  { fieldName: "checkboxCustomField1", displayName: "Newsletter" },
  { fieldName: "multiSelectCustomField1", displayName: "Likes" },
]);

const text = fc.string({ unit: "grapheme", maxLength: 40 }).map((value) => value.trim());
const name = text.filter((value) => value !== "" && value !== "-" && value !== "(no title)");
const day = fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((at) => at.toISOString());
// Numbers of the first weeks of 1970 are read as seconds, which other answers are in.
const minute = day.filter((at) => at > "1975").map((at) => `${at.slice(0, 16)}:00.000Z`);
const tags = fc.uniqueArray(
  name.filter((tag) => !tag.includes(",")),
  { maxLength: 5, selector: (tag) => tag.toLowerCase() },
);
const OF_EVERY_KIND = { description: text, tags, city: text, website: text, "custom.textCustomField1": text };

const FORMATS: readonly (readonly [string, RecordFormat, fc.Arbitrary<Fields>, string | undefined])[] = [
  [
    "contact",
    CONTACT,
    fc.record({
      ...OF_EVERY_KIND,
      ...{ firstName: text, lastName: name, email: text, phone: text, jobTitle: text },
      "custom.numberCustomField1": fc.integer(),
      "custom.dateCustomField1": day.map((at) => at.slice(0, 10)),
      "custom.checkboxCustomField1": fc.boolean(),
      "custom.multiSelectCustomField1": tags,
    }),
    undefined,
  ],
  ["company", COMPANY, fc.record({ ...OF_EVERY_KIND, name, phone: text }), undefined],
  [
    "deal",
    DEAL,
    fc.record({
      ...{ name, pipeline: name, stage: name, source: text },
      status: fc.constantFrom(...DEAL_STATUSES),
      value: fc.integer({ min: 1 }),
    }),
    "1002",
  ],
];

test.each(FORMATS)("SM99 what is written of a %s and read again says the same", (_what, format, anything, parentId) => {
  const snapshotOf = format.snapshotsOf(custom, settings);
  fc.assert(
    fc.property(anything, anything, (fields, later) => {
      const made = { id: 7, ...format.createBody(fields, custom, settings, parentId) };
      expect(snapshotOf(made, "direct")?.fields).toMatchObject(fields);
      const changes = Object.fromEntries(
        Object.entries(later).map(([key, value]) => [key, { kind: "set", value }] as const),
      );
      const changed = { ...made, ...format.updateBody(changes, fields, custom, settings, parentId) };
      expect(snapshotOf(changed, "direct")?.fields).toMatchObject(later);
    }),
  );
});

const ACTIVITIES = [
  ["task", fc.record({ title: name, body: text, dueAt: minute, isCompleted: fc.boolean() })],
  [
    "appointment",
    fc
      .record({ title: name, notes: text, location: text, startsAt: minute, minutes: fc.nat(10_000) })
      .map(({ minutes, ...fields }) => {
        const endsAt = new Date(Date.parse(fields.startsAt) + minutes * 60_000).toISOString();
        return { ...fields, endsAt };
      }),
  ],
] as const;

test.each(ACTIVITIES)("SM99 what is written of one %s and read again says the same", (kind, anything) => {
  fc.assert(
    // Each kind has its own fields; here only that they come back counts.
    fc.property(anything as fc.Arbitrary<Fields>, anything as fc.Arbitrary<Fields>, (fields, later) => {
      const made = { id: 7, ...activityCreateBody(fields, "1002", kind, settings) };
      expect(activitySnapshot(made, kind, "direct", settings)).toMatchObject({ parentId: "1002", fields });
      const { title: _kept, ...others } = later;
      const changes = Object.fromEntries(
        Object.entries(others).map(([key, value]) => [key, { kind: "set", value }] as const),
      );
      const changed = { ...made, ...activityUpdateBody(changes, fields, kind, settings) };
      expect(activitySnapshot(changed, kind, "direct", settings)?.fields).toMatchObject(others);
    }),
  );
});
