import { expect, test } from "vitest";
import type { HighLevelOptions } from "./index.ts";
import { setUp } from "./testing.ts";

type Event = Readonly<Record<string, unknown>>;

/** An agency of three locations, its app's token, and all that the app is told. */
async function withAgency(options: HighLevelOptions = {}) {
  const told: Event[] = [];
  const bench = setUp({
    furtherLocations: [{}, {}],
    isInstalled: false,
    ...options,
    quirks: { signatures: "ed25519", ...options.quirks },
    webhookUrls: ["http://127.0.0.1:1/hooks"],
    deliver: (_url, text) => {
      told.push(JSON.parse(text));
      return Promise.resolve(200);
    },
  });
  const { access, agency, control, marketplace } = bench.emulator;
  const locationIds = agency.locations().map(({ id }) => id);
  const grant = access.exchangeCode(access.issueCode(undefined, "Company"));
  const heard = async () => {
    await control.webhooks.flush();
    return told.splice(0);
  };
  await heard();
  const authorization = `Bearer ${grant?.access.value}`;
  return { ...bench, ...marketplace, agency, locationIds, authorization, heard };
}

test("EH402 the agency's token makes tokens of the locations where the app is installed, and of no others", async () => {
  const { call, locationIds, agency, authorization, emulator, appId } = await withAgency();
  const [locationId = "", gone] = locationIds;
  emulator.marketplace.installations.uninstall(gone ?? "");
  const { companyId } = agency;
  const made = await call("POST", "/oauth/locationToken", { companyId, locationId }, { authorization });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({
    token_type: "Bearer",
    expires_in: 86_399,
    userType: "Location",
    locationId,
    appId,
  });
  expect(made.body).not.toHaveProperty("refresh_token");
  const there = { authorization: `Bearer ${made.body.access_token}` };
  expect((await call("GET", `/locations/${locationId}`, undefined, there)).status).toBe(200);
  const body = { companyId, locationId: gone };
  expect((await call("POST", "/oauth/locationToken", body, { authorization })).status).toBe(403);
  const empty = await call("POST", "/oauth/locationToken", {}, { authorization });
  expect([empty.status, empty.body.message]).toEqual([422, expect.arrayContaining(["companyId must be a string"])]);
  emulator.control.quirks.set({ locationTokenStatus: "200" });
  expect((await call("POST", "/oauth/locationToken", { companyId, locationId }, { authorization })).status).toBe(200);
});

test("EH403 under v3 a location's token has another path, is spelled in camel case and can be refreshed", async () => {
  const { call, locationIds, agency, authorization, client } = await withAgency();
  const body = { companyId: agency.companyId, locationId: locationIds[0] };
  const v3 = { authorization, version: "v3" };
  const made = (await call("POST", "/oauth/location-token", body, v3)).body;
  expect(made).toMatchObject({ tokenType: "Bearer", locationId: locationIds[0] });
  const again = { ...client, grantType: "refresh_token", refreshToken: made.refreshToken };
  expect((await call("POST", "/oauth/token", again, v3)).body).toMatchObject({ userType: "Location" });
  const dated = await call("POST", "/oauth/location-token", body, { authorization });
  expect([dated.status, dated.body.message]).toEqual([404, "Cannot POST /oauth/location-token"]);
  expect((await call("POST", "/oauth/locationToken", body, v3)).status).toBe(404);
});

test("EH404 only the app's own token of the agency makes tokens: neither a private one nor a location's", async () => {
  const { call, locationIds, agency, emulator } = await withAgency();
  const body = { companyId: agency.companyId, locationId: locationIds[0] };
  const refusedFor = async (authorization: string) =>
    (await call("POST", "/oauth/locationToken", body, { authorization: `Bearer ${authorization}` })).body.message;
  const { access } = emulator;
  expect(await refusedFor(access.issuePrivate(undefined, "Company").value)).toContain("This authClass type");
  expect(await refusedFor(access.issuePrivate().value)).toContain("This authClass type");
  const location = access.exchangeCode(access.issueCode())?.access.value ?? "";
  expect(await refusedFor(location)).toBe("Token's user type mismatch!");
  const reader = access.exchangeCode(access.issueCode(["oauth.readonly"], "Company"))?.access.value ?? "";
  expect(await refusedFor(reader)).toBe("The token is not authorized for this scope.");
});

test("EH405 the locations of the agency are listed in pages, with where the app is installed", async () => {
  const { call, locationIds, agency, authorization, appId, installations } = await withAgency();
  installations.uninstall(locationIds[1] ?? "");
  const list = async (more: string) =>
    (
      await call("GET", `/oauth/installedLocations?companyId=${agency.companyId}&appId=${appId}${more}`, undefined, {
        authorization,
      })
    ).body;
  const all = await list("");
  expect(all).toMatchObject({ count: 3, installToFutureLocations: false });
  expect(all.locations[0]).toMatchObject({ _id: locationIds[0], isInstalled: true, installedAt: expect.any(String) });
  const installed = await list("&isInstalled=true&skip=1&limit=1");
  expect([installed.count, installed.locations[0]._id]).toEqual([2, locationIds[2]]);
  expect((await list("&isInstalled=false")).locations).toMatchObject([{ _id: locationIds[1] }]);
  expect((await list("&limit=few")).message).toEqual(["limit must be a number string"]);
  expect((await list("&companyId=x")).statusCode).toBe(403);
});

test("EH406 under v3 the list of locations is turned by tokens, and refusals have a code", async () => {
  const { call, locationIds, agency, authorization, appId } = await withAgency();
  const list = async (more: string) => {
    const url = `/oauth/installed-locations?companyId=${agency.companyId}&appId=${appId}${more}`;
    return (await call("GET", url, undefined, { authorization, version: "v3" })).body;
  };
  const first = await list("&pageSize=2");
  expect(first.items.map(({ _id }: Event) => _id)).toEqual(locationIds.slice(0, 2));
  expect(first.pagination).toMatchObject({
    totalRecords: 3,
    hasNextPage: true,
    hasPrevPage: false,
    currentPageSize: 2,
  });
  const second = await list(`&pageSize=2&pageToken=${first.pagination.nextPageToken}`);
  expect(second.items.map(({ _id }: Event) => _id)).toEqual(locationIds.slice(2));
  expect(second.pagination).toMatchObject({ hasNextPage: false, hasPrevPage: true, nextPageToken: null });
  expect((await list("&pageSize=101")).error).toMatchObject({
    code: "VALIDATION_ERROR",
    details: [expect.any(String)],
  });
  expect((await list("&pageToken=x")).error.message).toBe("pageToken is invalid");
});

test("EH407 installing tells of the agency and of each location, and uninstalling of either", async () => {
  const { heard, call, agency, locationIds, appId } = await withAgency();
  const [first, second] = locationIds;
  await call("DELETE", `/_control/installations/${first}`);
  await call("POST", "/_control/installations", { locationId: first });
  await call("POST", "/_control/installations", { locationId: first });
  expect(await heard()).toMatchObject([
    { type: "UNINSTALL", appId, locationId: first, webhookId: expect.any(String) },
    { type: "INSTALL", installType: "Location", appId, locationId: first, companyId: agency.companyId },
  ]);
  await call("DELETE", "/_control/installations");
  const [end] = await heard();
  expect(end).toMatchObject({ type: "UNINSTALL", appId, companyId: agency.companyId });
  expect(end).not.toHaveProperty("locationId");
  await call("POST", "/_control/installations", { locationIds: [second], installToFuture: true });
  const added = (await call("POST", "/_control/locations", { name: "New" })).body;
  const [whole, ...places] = await heard();
  expect(whole).toMatchObject({ type: "INSTALL", installType: "Company" });
  expect(whole).not.toHaveProperty("locationId");
  expect(places.map(({ locationId }) => locationId)).toEqual([second, added.id]);
  expect((await call("DELETE", `/_control/installations/${first}`)).status).toBe(404);
  expect((await call("POST", "/_control/installations", { locationId: "nowhere" })).status).toBe(404);
});

test("EH408 uninstalling kills the tokens of the location, and of all when the agency ends the app", async () => {
  const { call, locationIds, authorization, emulator, installations, agency, appId } = await withAgency();
  const [first, second] = locationIds.map((id) =>
    emulator.access.exchangeCode(emulator.access.issueCode(undefined, "Location", id)),
  );
  const status = async (value = "") =>
    (await call("GET", "/contacts/x", undefined, { authorization: `Bearer ${value}` })).status;
  installations.uninstall(locationIds[0] ?? "");
  expect([await status(first?.access.value), await status(second?.access.value)]).toEqual([401, 404]);
  expect(emulator.access.refresh(first?.refreshToken ?? "")).toBeUndefined();
  installations.uninstallAgency();
  expect(await status(second?.access.value)).toBe(401);
  const url = `/oauth/installedLocations?companyId=${agency.companyId}&appId=${appId}`;
  expect((await call("GET", url, undefined, { authorization })).status).toBe(401);
});

test("EH112 the app hears of a location only where it is installed, and only what its scopes let it read", async () => {
  const { heard, emulator, locationIds, installations } = await withAgency();
  const [first = "", second = ""] = locationIds;
  installations.install(first, ["contacts.readonly"]);
  installations.install(second, ["calendars/events.readonly"]);
  installations.uninstall(locationIds[2] ?? "");
  await heard();
  for (const id of locationIds) emulator.at(id).control.contacts.create({ firstName: "Ann" });
  expect(await heard()).toMatchObject([{ type: "ContactCreate", locationId: first }]);
  const { children, control } = emulator.at(second);
  const { id } = control.contacts.create({ firstName: "Bo" });
  children.create("notes", id, { body: "Hello" });
  children.create("appointments", id, { title: "Visit" });
  expect(await heard()).toMatchObject([{ type: "AppointmentCreate", locationId: second }]);
});

test("EH409 a private integration's scopes are edited without a new token, and its token rotated", async () => {
  const { call, clock, locationIds } = await withAgency();
  const made = (
    await call("POST", "/_control/integrations", { locationId: locationIds[0], scopes: ["contacts.readonly"] })
  ).body;
  const tryWith = async (value: string) => {
    const { status, body } = await call("GET", `/locations/${locationIds[0]}`, undefined, {
      authorization: `Bearer ${value}`,
    });
    return status === 200 ? "in" : body.message;
  };
  expect(await tryWith(made.token)).toBe("The token is not authorized for this scope.");
  await call("PATCH", `/_control/integrations/${made.id}`, { scopes: ["locations.readonly"] });
  expect(await tryWith(made.token)).toBe("in");
  const next = (await call("POST", `/_control/integrations/${made.id}/rotate`, { when: "later" })).body.token;
  clock.advance(7 * 86_400_000 - 1);
  expect([await tryWith(made.token), await tryWith(next)]).toEqual(["in", "in"]);
  clock.advance(1);
  expect([await tryWith(made.token), await tryWith(next)]).toEqual(["Invalid Private Integration token", "in"]);
  const last = (await call("POST", `/_control/integrations/${made.id}/rotate`)).body.token;
  expect([await tryWith(next), await tryWith(last)]).toEqual(["Invalid Private Integration token", "in"]);
  expect((await call("DELETE", `/_control/integrations/${made.id}`)).status).toBe(204);
  expect(await tryWith(last)).toBe("Invalid Private Integration token");
  expect((await call("POST", `/_control/integrations/${made.id}/rotate`)).status).toBe(404);
});

test("EH410 an unused private token dies after idle days, by quirk", async () => {
  const { call, clock, emulator, locationId } = await withAgency({ quirks: { privateTokenIdleDays: 90 } });
  const status = async () => (await call("GET", `/locations/${locationId}`)).status;
  clock.advance(89 * 86_400_000);
  expect(await status()).toBe(200);
  clock.advance(89 * 86_400_000);
  expect(await status()).toBe(200);
  clock.advance(90 * 86_400_000);
  expect(await status()).toBe(401);
  emulator.control.quirks.set({ privateTokenIdleDays: 0 });
  expect(await status()).toBe(200);
});

test("EH411 what the marketplace says about the app is read and changed, and an unknown word refused", async () => {
  const { call, appId } = await withAgency();
  const changed = await call("PUT", "/_control/app", { name: "Weir", redirectUris: ["https://hub.example/back"] });
  expect(changed.body).toMatchObject({ name: "Weir", redirectUris: ["https://hub.example/back"] });
  expect((await call("GET", "/_control/app")).body).toMatchObject({ name: "Weir", appId });
  expect((await call("PUT", "/_control/app", { colour: "red" })).status).toBe(400);
  expect((await call("GET", "/_control/installations")).body).toMatchObject({ agency: { installToFuture: false } });
  expect((await call("GET", "/_control/locations")).body.locations).toHaveLength(3);
  expect((await call("GET", "/_control/integrations")).body.integrations).toMatchObject([{ userType: "Location" }]);
});
