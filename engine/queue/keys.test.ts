import fc from "fast-check";
import { expect, test } from "vitest";
import { SIDES } from "../../model/record.ts";
import { type Key, keyText, parseKey } from "./keys.ts";

const word = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
const someKey: fc.Arbitrary<Key> = fc.oneof(
  fc.record({ kind: fc.constant("link" as const), linkId: word }),
  fc.record({ kind: fc.constantFrom("backfill" as const, "deletions" as const, "fields" as const), syncId: word }),
  fc.record({
    kind: fc.constantFrom("poll" as const, "sweep" as const),
    syncId: word,
    side: fc.constantFrom(...SIDES),
  }),
  fc.record({
    kind: fc.constant("record" as const),
    syncId: word,
    side: fc.constantFrom(...SIDES),
    externalId: fc.string({ minLength: 1 }),
  }),
  fc.record({
    kind: fc.constantFrom("children" as const, "childrenAgain" as const),
    syncId: word,
    side: fc.constantFrom(...SIDES),
    parentId: fc.string({ minLength: 1 }),
  }),
  fc.record({
    kind: fc.constantFrom("fieldOut" as const, "fieldAgain" as const),
    syncId: word,
    side: fc.constantFrom(...SIDES),
    field: fc.string({ minLength: 1 }),
  }),
  fc.record({
    kind: fc.constant("fieldTo" as const),
    syncId: word,
    side: fc.constantFrom(...SIDES),
    to: fc.string({ minLength: 1 }),
    field: fc.string({ minLength: 1 }),
  }),
);

test("Q1: a key reads back as it was written, whatever an external id holds", () => {
  fc.assert(
    fc.property(someKey, (key) => {
      expect(parseKey(keyText(key))).toEqual(key);
    }),
  );
});

test.each([
  "",
  "link",
  "link:",
  "backfill:",
  "poll:contacts",
  "poll:contacts:middle",
  "record:contacts:left",
  "children:notes:left",
  "flow:7",
])("Q1: %j names nothing", (text) => expect(parseKey(text)).toBeUndefined());
