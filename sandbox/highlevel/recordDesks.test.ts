import { expect, test } from "vitest";
import { createHighLevelEmulator } from "./index.ts";

test("EH430 a person writes, changes and deletes businesses by friendly names", () => {
  const { desks, control } = createHighLevelEmulator();
  const { id } = desks.businesses.create({ name: "Silva Tiles", addressLine1: "12 Harbour Lane" });
  expect(desks.businesses.edit(id, { addressLine1: "", phone: "+12015550123" }).fields).toMatchObject({
    name: "Silva Tiles",
    addressLine1: "",
    phone: "+12015550123",
  });
  expect(() => desks.businesses.create({ name: "" })).toThrow();
  expect(() => desks.businesses.edit(id, { colour: "red" })).toThrow();
  desks.businesses.remove(id);
  expect(desks.businesses.list()).toEqual([]);
  expect(control.state(id)).toBeUndefined();
});

test("EH431 a person writes, moves and deletes an opportunity of a contact, pipeline and stage by name", () => {
  const { desks, control } = createHighLevelEmulator();
  const contactId = control.contacts.create({ firstName: "Ana" }).id;
  const { id, fields } = desks.opportunities.create({ contactId, name: "Roof", value: "900" });
  expect(fields).toMatchObject({ pipeline: "Sales", stage: "New enquiry", status: "open", value: "900" });
  expect(desks.opportunities.edit(id, { stage: "Agreed", status: "won" }).fields).toMatchObject({
    stage: "Agreed",
    status: "won",
  });
  for (const name of ["stage", "pipeline", "colour"]) {
    expect(() => desks.opportunities.edit(id, { [name]: "nowhere" })).toThrow();
  }
  expect(() => desks.opportunities.create({ contactId: "nobody", name: "Roof" })).toThrow();
  desks.opportunities.remove(id);
  expect(desks.opportunities.list()).toEqual([]);
});

test("EH432 a person makes, renames and deletes tags, each name once and in small letters", () => {
  const { tags } = createHighLevelEmulator().desks;
  const { id } = tags.create({ name: "VIP" });
  expect(() => tags.create({ name: "vip" })).toThrow();
  expect(() => tags.create({ name: " " })).toThrow();
  expect(tags.edit(id, { name: "Key account" })).toEqual({ id, fields: { name: "key account" } });
  tags.remove(id);
  expect(tags.list()).toEqual([]);
  expect(() => tags.remove(id)).toThrow();
});
