import { connectorById } from "../connectors/index.ts";
import { createHighLevelEmulator, type HighLevelOptions } from "../sandbox/highlevel/index.ts";
import { createCredentials } from "../server/connections/index.ts";
import { aHub, MASTER_KEY } from "../server/scene.ts";
import { createVault, keyringOf } from "../server/vault/index.ts";

/** What the tests of signing in by consent are set in: a hub, an emulated HighLevel, and browsers. */

export const PUBLIC = "https://kith.test";
export const AT = "/connect/w/crm";

const endings: (() => Promise<void>)[] = [];

/** Ends all that was begun here; every test that begins something ends with it. */
export async function endAll(): Promise<void> {
  for (const end of endings.splice(0).reverse()) await end();
}

/** A hub with a HighLevel connection that nobody has signed in yet, and the emulator that it leads to. */
export async function unsigned(options: HighLevelOptions = {}, settings: object = {}) {
  const emulator = createHighLevelEmulator({
    isInstalled: false,
    furtherLocations: [{}],
    app: { redirectUris: [`${PUBLIC}/connect/callback`] },
    ...options,
  });
  const { url, close } = await emulator.listen(0);
  endings.push(close);
  const highlevel = connectorById("highlevel");
  if (highlevel === undefined) throw new Error("there is no connector for HighLevel");
  let now = Date.now();
  const clock = {
    now: () => now,
    after: (ms: number, callback: () => void) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  };
  const scene = await aHub({ connectors: new Map([[highlevel.id, highlevel]]), clock, publicUrl: PUBLIC });
  endings.push(scene.hub.stop);
  const document = {
    workspace: { id: "w", name: "Workshop" },
    connections: [
      {
        ...{ id: "crm", connector: "highlevel", name: "Harbour <Dental>" },
        settings: { locationId: emulator.location.id, ...settings },
        baseUrls: { api: url, marketplace: url },
        credential: { kind: "consent", ...emulator.oauthClient },
      },
    ],
  };
  const api = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${scene.hub.listensAt}/api${path}`, { method, headers, ...sent });
    return response.json();
  };
  const applied = await api("PUT", "/workspaces/w", document);
  const credentials = createCredentials(scene.store, createVault(keyringOf([MASTER_KEY])), "test");
  return {
    ...{ emulator, url, scene, document, applied, api },
    read: () => credentials.read("w", "crm"),
    wait: (ms: number) => {
      now += ms;
    },
    browser: await browserAt(scene.hub.listensAt, await scene.hub.newSignInLink()),
    stranger: await browserAt(scene.hub.listensAt),
  };
}

/** A browser at the hub: keeps its cookies, follows nothing by itself. Signed in where it is given a link. */
export async function browserAt(hub: string, signInLink?: string) {
  const cookies = new Map<string, string>();
  const set: string[] = [];
  const go = async (method: string, address: string, headers: Readonly<Record<string, string>> = {}) => {
    const { pathname, search } = new URL(address, PUBLIC);
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(hub + pathname + search, {
      method,
      redirect: "manual",
      headers: { cookie, ...(method === "POST" && { origin: PUBLIC }), ...headers },
    });
    for (const line of response.headers.getSetCookie()) {
      set.push(line);
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const location = response.headers.get("location") ?? "";
    return { status: response.status, location, text: await response.text(), headers: response.headers };
  };
  if (signInLink !== undefined) await go("GET", signInLink);
  return { go, cookies, set };
}

/** What a person does at the partner's page. @returns the address that the browser is sent back to */
export async function consentAt(address: string, answer: Readonly<Record<string, string>>): Promise<string> {
  const asked = new URL(address).searchParams;
  const body = new URLSearchParams({ ...Object.fromEntries(asked), ...answer });
  const response = await fetch(new URL(address).origin + new URL(address).pathname, {
    ...{ method: "POST", redirect: "manual", body },
  });
  return response.headers.get("location") ?? `refused: ${await response.text()}`;
}

/** What a person ticks who chooses the agency with these locations of it. */
export function agencyWith(...ids: readonly string[]): Readonly<Record<string, string>> {
  return { decision: "grant", choice: "agency", ...Object.fromEntries(ids.map((id) => [`approved.${id}`, "on"])) };
}
