import { HighLevel, MemorySessionStorage } from "@gohighlevel/api-client";
import { afterEach, expect, test } from "vitest";
import { createHighLevelEmulator, type HighLevelEmulator } from "./index.ts";

type Received = { readonly text: string; readonly headers: Readonly<Record<string, string>> };

const closing: HighLevelEmulator[] = [];

afterEach(async () => {
  for (const emulator of closing.splice(0)) await emulator.close();
});

/** An agency of two locations, the product's own client signed in as its app, and the webhooks that the app received. */
async function withOwnClient() {
  const received: Received[] = [];
  const emulator = createHighLevelEmulator({
    furtherLocations: [{}],
    isInstalled: false,
    quirks: { signatures: "ed25519" },
    webhookUrls: ["http://127.0.0.1:1/hooks"],
    deliver: (_url, text, headers) => {
      received.push({ text, headers });
      return Promise.resolve(200);
    },
  });
  closing.push(emulator);
  const { url } = await emulator.listen(0);
  const storage = new MemorySessionStorage();
  const client = new HighLevel({
    ...emulator.oauthClient,
    apiVersion: "2021-07-28",
    sessionStorage: storage,
    logLevel: "none",
    webhookPublicKey: emulator.publicKeys().ed25519,
  });
  client.getHttpClient().defaults.baseURL = url;
  const { companyId } = emulator.agency;
  const granted = await client.oauth.getAccessToken({
    client_id: emulator.oauthClient.clientId,
    client_secret: emulator.oauthClient.clientSecret,
    grant_type: "authorization_code",
    code: emulator.access.issueCode(undefined, "Company"),
  });
  await storage.setSession(companyId, granted);
  await emulator.control.webhooks.flush();
  return { client, storage, emulator, companyId, received };
}

test("EH412 the product's own client proves the app's webhooks, makes a location's token, and works with it", async () => {
  const { client, storage, emulator, received } = await withOwnClient();
  const locationId = emulator.location.id;
  const install = received.find(({ text }) => JSON.parse(text).locationId === locationId);
  const { text = "", headers = {} } = install ?? {};
  const handled = { method: "POST", url: "/hooks", headers, rawBody: text, body: JSON.parse(text) };
  await client.webhooks.subscribe()(handled, undefined, () => undefined);
  expect(handled).toMatchObject({ isSignatureValid: true, skippedSignatureVerification: false });
  expect(await storage.getSession(locationId)).toMatchObject({ locationId, userType: "Location" });
  expect((await client.locations.getLocation({ locationId })).location).toMatchObject({ id: locationId });
});

test("EH413 the product's own client lists where the app is installed, and renews its token by itself", async () => {
  const { client, storage, emulator, companyId } = await withOwnClient();
  const { appId } = emulator.marketplace;
  const list = async () => (await client.oauth.getInstalledLocation({ companyId, appId })).locations;
  expect((await list())?.map(({ _id, isInstalled }) => [_id, isInstalled])).toEqual(
    emulator.agency.locations().map(({ id }) => [id, true]),
  );
  const before = await storage.getSession(companyId);
  emulator.access.revoke(before?.access_token ?? "");
  expect(await list()).toHaveLength(2);
  expect((await storage.getSession(companyId))?.refresh_token).not.toBe(before?.refresh_token);
});
