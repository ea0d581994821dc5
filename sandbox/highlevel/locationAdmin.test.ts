import { expect, test } from "vitest";
import { receiving } from "./testing.ts";

/** A caller that holds a token of the agency, whose app is installed for all of it. */
function atAgency() {
  const bench = receiving();
  const { emulator, call } = bench;
  const { companyId } = emulator.agency;
  const code = emulator.access.issueCode(undefined, "Company");
  const authorization = `Bearer ${emulator.access.exchangeCode(code)?.access.value}`;
  const ask: typeof call = (method, path, body, headers = {}) =>
    call(method, path, body, { authorization, ...headers });
  return { ...bench, ask, companyId };
}

test("EH415 a token of the agency opens a location, changes it and closes it", async () => {
  const { ask, companyId, emulator } = atAgency();
  const made = await ask("POST", "/locations/", {
    companyId,
    name: "Mole Street",
    country: "PT",
    phone: "+351210000000",
  });
  expect(made).toMatchObject({
    status: 201,
    body: { name: "Mole Street", country: "PT", phone: "+351210000000", companyId },
  });
  const path = `/locations/${made.body.id}`;
  const changed = await ask("PUT", path, { companyId, name: "Mole Quay", timezone: "Europe/Lisbon", city: "Porto" });
  expect(changed).toMatchObject({ status: 200, body: { name: "Mole Quay", timezone: "Europe/Lisbon" } });
  expect((await ask("GET", path)).body.location).toMatchObject({
    name: "Mole Quay",
    city: "Porto",
    phone: "+351210000000",
  });
  expect(emulator.at(made.body.id).location).toMatchObject({ name: "Mole Quay", timezone: "Europe/Lisbon" });
  const token = emulator.access.issuePrivate(undefined, "Location", undefined, made.body.id).value;
  expect((await ask("DELETE", path)).status).toBe(422);
  expect((await ask("DELETE", `${path}?deleteTwilioAccount=false`)).body).toMatchObject({ success: true });
  expect((await ask("GET", path)).status).toBe(403);
  expect((await ask("GET", "/contacts/x", undefined, { authorization: `Bearer ${token}` })).status).toBe(401);
  expect(emulator.agency.locations()).toHaveLength(1);
});

test("EH416 a token of a location can not, nor the agency elsewhere, and the first location stays", async () => {
  const { ask, call, companyId, locationId } = atAgency();
  expect((await call("POST", "/locations/", { companyId, name: "Mine" })).status).toBe(401);
  expect((await ask("POST", "/locations/", { companyId: "another", name: "Mine" })).status).toBe(403);
  expect((await ask("POST", "/locations/", { companyId })).body.message).toContain("name should not be empty");
  expect((await ask("PUT", `/locations/${locationId}`, { companyId, colour: "blue" })).status).toBe(422);
  expect((await ask("DELETE", `/locations/${locationId}?deleteTwilioAccount=false`)).status).toBe(400);
});

test("EH417 an app that the agency has is told of locations that are opened and changed, and no other app", async () => {
  const { ask, companyId, told, emulator } = atAgency();
  const { id } = (await ask("POST", "/locations/", { companyId, name: "Mole Street" })).body;
  await ask("PUT", `/locations/${id}`, { companyId, name: "Mole Quay" });
  const about = (await told()).filter(({ type }) => String(type).startsWith("Location"));
  expect(about).toMatchObject([
    { type: "LocationCreate", id, locationId: id, companyId, name: "Mole Street", webhookId: expect.any(String) },
    { type: "LocationUpdate", id, locationId: id, companyId, name: "Mole Quay" },
  ]);
  emulator.marketplace.installations.uninstallAgency();
  const authorization = `Bearer ${emulator.access.issuePrivate(undefined, "Company").value}`;
  const again = await ask("PUT", `/locations/${id}`, { companyId, name: "Mole Steps" }, { authorization });
  expect(again.status).toBe(200);
  expect((await told()).filter(({ type }) => type === "LocationUpdate")).toHaveLength(1);
});
