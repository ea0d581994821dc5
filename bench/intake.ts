import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { Pool } from "undici";
import { inParallel } from "./load.ts";
import { startFloor } from "./processes.ts";
import { configure, idsByEmail, startRig, untilLinked } from "./rig.ts";
import type { Row } from "./table.ts";

const CONTACTS = 500;
const WEBHOOKS = 20_000;
const AT_ONCE = 64;

interface Signed {
  readonly body: string;
  readonly signature: string;
}

/** Signed webhooks sent as fast as they are answered: to the hub, whose sync is paused so that only intake works, and to the floor. */
export async function benchIntake(): Promise<Row[]> {
  const keys = generateKeyPairSync("ed25519");
  const publicKey = keys.publicKey.export({ type: "spki", format: "pem" }).toString();
  const options = { contacts: CONTACTS, webhookKey: publicKey };
  const rig = await startRig(options);
  const floor = await startFloor({ mode: "intake", publicKey, ...rig.emulators, pairs: {} });
  try {
    await configure(rig, options);
    await untilLinked(rig, CONTACTS);
    await rig.api("PUT", "/api/workspaces/bench/syncs/contacts/paused", { isPaused: true });
    const ids = [...(await idsByEmail(rig.control.highlevel, CONTACTS)).values()];
    const webhooks = signedWebhooks(keys.privateKey, rig.emulators.highlevel.locationId, ids);
    const warm = webhooks.slice(0, 2_000);
    const timed = webhooks.slice(2_000);
    await perSecond(rig.hub.url, "/hooks/highlevel/highlevel", warm);
    const hub = await perSecond(rig.hub.url, "/hooks/highlevel/highlevel", timed);
    await perSecond(floor.url, "/", warm);
    const bare = await perSecond(floor.url, "/", timed);
    return [
      {
        what: "signed webhooks accepted durably",
        figure: `${Math.round(hub)} per second`,
        floor: `${Math.round(bare)} per second`,
        ratio: hub / bare,
        toReach: "2,000 per second and 0.4 of the floor",
        isReached: hub >= 2_000 && hub / bare >= 0.4,
      },
    ];
  } finally {
    await floor.stop();
    await rig.close();
  }
}

function signedWebhooks(key: KeyObject, locationId: string, ids: readonly string[]): Signed[] {
  return Array.from({ length: WEBHOOKS + 2_000 }, (_, number) => {
    const body = JSON.stringify({
      type: "ContactUpdate",
      locationId,
      id: ids[number % ids.length],
      email: `plain.7.${number % ids.length}@example.com`,
      firstName: "Mira",
      lastName: "Aldous",
      tags: ["group 1"],
      timestamp: new Date().toISOString(),
      webhookId: `bench-${number}`,
    });
    return { body, signature: sign(null, Buffer.from(body), key).toString("base64") };
  });
}

async function perSecond(url: string, path: string, webhooks: readonly Signed[]): Promise<number> {
  const pool = new Pool(url, { connections: AT_ONCE });
  const startedAt = performance.now();
  await inParallel(webhooks, AT_ONCE, async ({ body, signature }) => {
    const headers = { "content-type": "application/json", "x-ghl-signature": signature };
    const answer = await pool.request({ method: "POST", path, headers, body });
    const text = await answer.body.text();
    if (answer.statusCode !== 200)
      throw new Error(`a webhook was answered ${answer.statusCode}: ${text.slice(0, 200)}`);
  });
  const seconds = (performance.now() - startedAt) / 1_000;
  await pool.close();
  return webhooks.length / seconds;
}
