import { expect, test } from "vitest";
import { aSandboxContact } from "../../stories/builders.ts";
import { secondLine } from "./column.tsx";
import { changesOf, formFields, whyNot } from "./form.ts";
import { steady } from "./steady.ts";
import { changedIds } from "./useFlash.ts";

const a = aSandboxContact({ id: "a" });
const b = aSandboxContact({ id: "b" });
const c = aSandboxContact({ id: "c" });
const idsOf = (contacts: readonly { readonly id: string }[]) => contacts.map(({ id }) => id).join("");

test("UI11 while a form is open contacts keep their places and show their new values", () => {
  const newer = { ...b, updatedAt: b.updatedAt + 1 };
  const list = steady([a, b], [newer, a]);
  expect(idsOf(list)).toBe("ab");
  expect(list[1]).toBe(newer);
});

test("UI11 while a form is open newer contacts are put above, and none vanishes", () => {
  expect(idsOf(steady([a, b], [c, a]))).toBe("cab");
  expect(idsOf(steady([a], []))).toBe("a");
});

test("UI11 the open contact shows what was last written, even when the list has moved on", () => {
  const written = { ...b, fields: { ...b.fields, city: "Porto" } };
  expect(steady([a, b], [a], written)[1]).toBe(written);
});

test("UI11 a contact lights up when its values change or it is new, and not when only its time does", () => {
  const changed = { ...b, fields: { ...b.fields, phone: "1" } };
  expect(changedIds([a, b], [{ ...a, updatedAt: 1 }, changed, c])).toEqual(["b", "c"]);
});

test("UI12 only what was typed and differs is sent; tags go as a list", () => {
  const draft = { firstName: "Ana", lastName: " Silva ", tags: "patient, vip", city: "" };
  const { fields } = aSandboxContact({
    fields: { firstName: "Ana", lastName: "S", tags: ["patient"], city: "Lisboa" },
  });
  expect(changesOf(draft, fields)).toEqual({ lastName: "Silva", tags: ["patient", "vip"], city: "" });
});

test.each([
  ["highlevel", {}, "Change a field first"],
  ["highlevel", { city: "Porto" }, "A contact needs a name, an e-mail or a phone"],
  ["salesmate", { firstName: "Ana" }, "Salesmate asks for a last name"],
  ["highlevel", { firstName: "Ana" }, undefined],
  ["salesmate", { lastName: "Silva" }, undefined],
  ["trustmary", { firstName: "Ana" }, "Trustmary asks for an e-mail"],
] as const)("UI12 a form that cannot be saved says why: %s %j", (partner, draft, reason) => {
  expect(whyNot(partner, draft, {})).toBe(reason);
});

test("UI12 a form has the fields of its own partner, and says which the other lacks", () => {
  const fields = [...formFields("highlevel", "salesmate").open, ...formFields("highlevel", "salesmate").more];
  expect(fields.map(({ key }) => key)).not.toContain("jobTitle");
  expect(fields.find(({ key }) => key === "companyName")?.hint).toBe("Salesmate has no such field");
  expect(fields.find(({ key }) => key === "email")?.hint).toBeUndefined();
});

test("UI12 the second line of a contact leaves out what is empty", () => {
  expect(secondLine({ fields: { email: "", phone: "123", companyName: "", tags: ["vip", ""] } })).toBe("123 · vip");
});
