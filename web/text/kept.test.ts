import { expect, test } from "vitest";
import type { FieldDefinition } from "../../model/field.ts";
import { aKeptRecord, aKeptResource } from "../stories/builders.ts";
import { changesOf, formFields, htmlOf, plainOf, secondLine, shownAtFirst } from "./kept.ts";

function aField(type: FieldDefinition["type"]): FieldDefinition {
  return { key: type, label: type, type, isWritable: true };
}

test("UI71 every type of value is shown as one types it, and what was not touched is not sent", () => {
  const held = {
    text: "Ana",
    set: ["vip", "new"],
    number: 3,
    boolean: true,
    dateTime: "2026-03-04T09:30:00.000Z",
    richText: "<p>Tea &amp; talk</p><p>Later</p>",
  };
  const fields = (["text", "set", "number", "boolean", "dateTime", "richText"] as const).map(aField);
  const first = shownAtFirst(fields, held);
  expect(first).toMatchObject({ set: "vip, new", number: "3", boolean: "yes", richText: "Tea & talk\nLater" });
  expect(changesOf(fields, first, first)).toEqual({});
  const typed = { ...first, set: "vip, , old", number: "4", boolean: "no", richText: "Tea <3", text: "" };
  expect(changesOf(fields, first, typed)).toEqual({
    text: "",
    set: ["vip", "old"],
    number: 4,
    boolean: false,
    richText: "<p>Tea &lt;3</p>",
  });
  expect(changesOf(fields, first, { ...first, dateTime: "" })).toEqual({ dateTime: "" });
});

test("UI71 what is typed that is no number is left to the hub to refuse", () => {
  expect(changesOf([aField("number")], {}, { number: "many" })).toEqual({ number: "many" });
});

test("UI71 lines that were typed read as the same lines again", () => {
  for (const text of ["", "One", "One\nTwo & <three>"]) expect(plainOf(htmlOf(text))).toBe(text);
});

test("UI71 a form shows what may be written of a record, and all that is writable of a new one", () => {
  const kind = aKeptResource();
  const keys = (record?: Parameters<typeof formFields>[1]) => formFields(kind, record).map(({ key }) => key);
  expect(keys()).toEqual(["firstName", "email"]);
  expect(keys(aKeptRecord({ writable: ["email"] }))).toEqual(["email"]);
});

test("UI70 beside its name stands what tells a record apart, and its name is not said twice", () => {
  const kind = aKeptResource({ fields: [aField("email"), aField("set"), aField("boolean"), aField("richText")] });
  const fields = { email: "ana@example.com", set: ["vip"], boolean: true, richText: "<p>First line</p><p>Second</p>" };
  expect(secondLine(kind, aKeptRecord({ fields }))).toBe("ana@example.com · vip · done · First line");
  expect(secondLine(kind, aKeptRecord({ title: "ana@example.com", fields: { email: "ana@example.com" } }))).toBe("");
});
