import { expect, test } from "vitest";
import { setUp } from "./testing.ts";

/** An agency with two locations, and how a caller signs in to the second. */
function withTwo() {
  const bench = setUp({ furtherLocations: [{ name: "Quay Annexe", timezone: "Europe/Madrid", country: "ES" }] });
  const [, second] = bench.emulator.agency.locations();
  if (second === undefined) throw new Error("the agency must have a second location");
  const token = bench.emulator.access.issuePrivate(undefined, "Location", undefined, second.id).value;
  return { ...bench, second, there: { authorization: `Bearer ${token}` } };
}

test("EH63 each location of an agency has contacts, fields and a time zone of its own, reached by its tokens", async () => {
  const { call, add, second, there, emulator, locationId } = withTwo();
  const id = await add({ email: "ann@example.com" });
  const made = await call("POST", "/contacts/", { locationId: second.id, email: "ann@example.com" }, there);
  expect(made.status).toBe(201);
  expect((await call("GET", `/contacts/${id}`, undefined, there)).status).toBe(404);
  expect((await call("GET", `/contacts/${made.body.contact.id}`)).status).toBe(404);
  const { location } = (await call("GET", `/locations/${second.id}`, undefined, there)).body;
  expect(location).toMatchObject({
    name: "Quay Annexe",
    timezone: "Europe/Madrid",
    companyId: emulator.agency.companyId,
  });
  expect((await call("GET", `/locations/${second.id}`)).status).toBe(403);
  expect((await call("GET", `/locations/${locationId}`, undefined, there)).status).toBe(403);
  const [here, elsewhere] = [emulator, emulator.at(second.id)].map(({ customFields }) => customFields.list("all"));
  expect(here?.[0]?.id).not.toBe(elsewhere?.[0]?.id);
});

test("EH64 an app has an allowance at each location", async () => {
  const { call, emulator, second } = withTwo();
  emulator.control.limits.set({ off: false, requests: 1 });
  const tokens = [undefined, second.id].map((id) =>
    emulator.access.exchangeCode(emulator.access.issueCode(undefined, "Location", id)),
  );
  const statuses = tokens.map(async (grant) => {
    const authorization = `Bearer ${grant?.access.value}`;
    return (await call("GET", "/contacts/x", undefined, { authorization })).status;
  });
  expect(await Promise.all(statuses)).toEqual([404, 404]);
});

test("EH65 a person's acts reach each location under an address of its own", async () => {
  const { call, second, there, emulator } = withTwo();
  const made = await call("POST", `/_control/at/${second.id}/contacts`, { firstName: "Ann" });
  expect(made.status).toBe(201);
  expect((await call("GET", `/contacts/${made.body.id}`, undefined, there)).body.contact.firstName).toBe("Ann");
  expect((await call("GET", "/_control/contacts")).body.total).toBe(0);
  expect((await call("GET", "/_control/at/nowhere/contacts")).status).toBe(404);
  expect((await call("PUT", `/_control/at/${second.id}/quirks`, { goneAs: "400" })).status).toBe(200);
  expect(emulator.control.quirks.get().goneAs).toBe("400");
  await emulator.close();
});
