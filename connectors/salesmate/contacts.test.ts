import { expect, test } from "vitest";
import { createMemoryBook, type Session } from "../../kit/index.ts";
import { contacts } from "./contacts.ts";
import { Settings } from "./settings.ts";

/** A session whose every call is answered with this search result. */
function answering(found: unknown): Session<Settings> {
  const body = { Status: "success", Data: found };
  const http = { request: async () => ({ status: 200, headers: {}, body }), withContext: () => http };
  const settings = Settings.parse({ linkname: "acme", ownerId: 1, timeZone: "Europe/London" });
  const book = createMemoryBook(
    () => 0,
    () => 0,
  );
  return { settings, http, now: () => 0, remember: (_key, _forMs, load) => load(), forget: () => {}, book };
}

test("SM70 a look-up that counts somebody and shows nobody is not believed", async () => {
  const torn = contacts.find(answering({ data: [], totalRows: 1 }), "email", "ana@example.com");
  await expect(torn).rejects.toMatchObject({ kind: "unavailable" });
  expect(await contacts.find(answering({ data: [], totalRows: 0 }), "email", "ana@example.com")).toEqual([]);
  expect(await contacts.find(answering({ data: [{ id: 7 }], totalRows: 1 }), "email", "a@example.com")).toEqual(["7"]);
});

test("SM71 a look-up that shows only others than was asked for is not believed", async () => {
  const others = { data: [{ id: 7, email: "ben@example.com", mobile: "(201) 555-0199", phone: null }], totalRows: 1 };
  const misled = contacts.find(answering(others), "email", "ana@example.com");
  await expect(misled).rejects.toMatchObject({ kind: "unavailable" });
  await expect(contacts.find(answering(others), "phone", "+12015550123")).rejects.toMatchObject({
    kind: "unavailable",
  });
});

test("SM71 of those that a look-up shows, whoever carries the key in any writing is found", async () => {
  const data = [
    { id: 7, email: "Ana@Example.com ", mobile: "+12015550123" },
    { id: 8, email: "ben@example.com", mobile: null, otherPhone: "(201) 555-0123" },
  ];
  const found = answering({ data, totalRows: 2 });
  expect(await contacts.find(found, "email", "ana@example.com")).toEqual(["7"]);
  expect(await contacts.find(found, "phone", "+12015550123")).toEqual(["7", "8"]);
});
