import fc from "fast-check";
import { expect, test } from "vitest";
import { changeBody, contactSnapshot, importBody } from "./contact.ts";
import { Contact } from "./wire.ts";

const CUSTOM = ["field_city", "field_plan"];

const text = fc.string({ maxLength: 40 });
const contact = fc.record({
  id: fc.string({ minLength: 1 }),
  email: fc.emailAddress(),
  eid: fc.option(text),
  name: text,
  phone: text,
  company: text,
  type: fc.constantFrom("customer", "employee"),
  status: fc.constantFrom("active", "bounce"),
  field_plan: text,
  field_city: text,
  updated_at: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString()),
});

test("TM13 what is read of a contact and written again says the same", () => {
  fc.assert(
    fc.property(contact, (wire) => {
      const { fields } = contactSnapshot(Contact.parse(wire), CUSTOM, undefined);
      const writable = Object.fromEntries(
        Object.entries(fields).filter(([key]) => !["status", "doNotEmail", "score", "answeredOn"].includes(key)),
      );
      const back = Contact.parse({ ...importBody(writable), id: wire.id });
      const again = contactSnapshot(back, CUSTOM, undefined).fields;
      expect({ ...again, email: again.email }).toMatchObject({ ...writable, email: wire.email.toLowerCase() });
    }),
  );
});

test("TM14 a change names what changed and nothing else, and an emptied field is an empty text", () => {
  const changes = { companyName: { kind: "clear" }, "custom.plan": { kind: "set", value: "gold" } } as const;
  expect(changeBody("ana@example.com", changes, { fullName: "Ana" })).toEqual({
    email: "ana@example.com",
    company: "",
    field_plan: "gold",
  });
  expect(() => changeBody("ana@example.com", { score: { kind: "set", value: 3 } }, {})).toThrow("Correct the mapping");
});
