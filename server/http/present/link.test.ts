import { expect, test } from "vitest";
import { aLink, aSide } from "../../../test/builders.ts";
import { presentLink } from "./link.ts";

/** What the left side of a row shows whose record has these fields. */
function shown(fields: Record<string, string>) {
  return presentLink(aLink({ left: aSide({ fields }) })).left;
}

test("A120 a record that is no contact shows what tells it apart, and a contact its e-mail and phone", () => {
  expect(
    shown({ name: "Silva Tiles", website: "https://silva.example", city: "Porto", phone: "1", email: "" }),
  ).toEqual({
    externalId: "L1",
    email: "",
    phone: "1",
    detail: "https://silva.example",
  });
  expect(shown({ body: "<p>Ring &amp; write.</p>\n<p>More.</p>" })?.detail).toBe("Ring &amp; write. More.");
  expect(shown({ body: "x".repeat(200) })?.detail).toHaveLength(120);
  expect(shown({ name: "Silva Tiles" })).not.toHaveProperty("detail");
  expect(shown({ firstName: "Ana", lastName: "Silva", website: "https://ana.example" })).not.toHaveProperty("detail");
});
