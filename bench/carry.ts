import { z } from "zod";
import { inParallel, quantile } from "./load.ts";
import { freePort, pause, startEmulators, startFloor } from "./processes.ts";
import { type Control, configure, controlOf, idsByEmail, signOnce, startRig, untilLinked } from "./rig.ts";
import type { Row } from "./table.ts";

const CONTACTS = 6_000;
const PACED = 300;
const PACE_MS = 50;
const WRITE = "PUT /apis/contact/v4/:id";

interface Measured {
  readonly latenciesMs: readonly number[];
  readonly perSecond: number;
}

/** Changes made in HighLevel and carried to Salesmate: one by one at 20 per second, then all at once. */
export async function benchCarry(): Promise<Row[]> {
  const hub = await measureHub();
  const floor = await measureFloor();
  const median = { hub: quantile(hub.latenciesMs, 0.5), floor: quantile(floor.latenciesMs, 0.5) };
  const late = { hub: quantile(hub.latenciesMs, 0.99), floor: quantile(floor.latenciesMs, 0.99) };
  return [
    {
      what: "webhook sent → written at the partner, 20 per second",
      figure: `median ${median.hub.toFixed(1)} ms, 99th ${late.hub.toFixed(1)} ms`,
      floor: `median ${median.floor.toFixed(1)} ms, 99th ${late.floor.toFixed(1)} ms`,
      ratio: median.hub / median.floor,
      toReach: "median under 10 ms, 99th percentile under 30 ms",
      isReached: median.hub < 10 && late.hub < 30,
    },
    {
      what: "changes carried end to end, no limits",
      figure: `${Math.round(hub.perSecond)} per second`,
      floor: `${Math.round(floor.perSecond)} per second`,
      ratio: hub.perSecond / floor.perSecond,
      toReach: "600 per second and 0.5 of the floor",
      isReached: hub.perSecond >= 600 && hub.perSecond / floor.perSecond >= 0.5,
    },
  ];
}

async function measureHub(): Promise<Measured> {
  const options = { contacts: CONTACTS };
  const rig = await startRig(options);
  try {
    await configure(rig, options);
    await untilLinked(rig, CONTACTS);
    return await measure(rig.control);
  } finally {
    await rig.close();
  }
}

async function measureFloor(): Promise<Measured> {
  const port = await freePort();
  const emulators = await startEmulators(`http://127.0.0.1:${port}/`);
  const control = { highlevel: controlOf(emulators.highlevel.url), salesmate: controlOf(emulators.salesmate.url) };
  for (const one of Object.values(control)) await one.post("/contacts/bulk", { count: CONTACTS, seed: 7 });
  await signOnce(control.highlevel);
  const pairs = await pairsOf(control);
  const floor = await startFloor({
    mode: "carry",
    port,
    publicKey: emulators.highlevel.publicKeys.ed25519,
    highlevel: emulators.highlevel,
    salesmate: emulators.salesmate,
    pairs: Object.fromEntries(pairs),
  });
  try {
    return await measure(control);
  } finally {
    await floor.stop();
    await emulators.stop();
    await Promise.all(Object.values(control).map((one) => one.close()));
  }
}

type Controls = Readonly<Record<"highlevel" | "salesmate", Control>>;

async function pairsOf(control: Controls): Promise<Map<string, string>> {
  const [left, right] = await Promise.all([
    idsByEmail(control.highlevel, CONTACTS),
    idsByEmail(control.salesmate, CONTACTS),
  ]);
  const pairs = new Map<string, string>();
  for (const [email, id] of left) {
    const across = right.get(email);
    if (across !== undefined) pairs.set(id, across);
  }
  return pairs;
}

async function measure(control: Controls): Promise<Measured> {
  const pairs = [...(await pairsOf(control))];
  await editAll(control, pairs.slice(0, 500), "Warmtown");
  await untilWritten(control, 500);
  const latenciesMs = await paced(control, pairs.slice(500, 500 + PACED));
  const rest = pairs.slice(500 + PACED);
  await control.salesmate.clearCalls();
  const startedAt = performance.now();
  await editAll(control, rest, "Farville");
  await untilWritten(control, rest.length);
  return { latenciesMs, perSecond: rest.length / ((performance.now() - startedAt) / 1_000) };
}

async function editAll(control: Controls, pairs: readonly (readonly [string, string])[], city: string): Promise<void> {
  await inParallel(pairs, 32, async ([id]) => {
    await control.highlevel.patch(`/contacts/${id}`, { city: `${city} ${id}` });
  });
}

async function untilWritten(control: Controls, count: number): Promise<void> {
  const deadline = performance.now() + 120_000;
  while (performance.now() < deadline) {
    const counts = await control.salesmate.counts();
    if ((counts[WRITE] ?? 0) >= count) return;
    await pause(20);
  }
  throw new Error(`${count} changes were not all carried within two minutes`);
}

const Calls = z.object({ calls: z.array(z.object({ at: z.number(), method: z.string(), path: z.string() })) });
const Webhooks = z.object({ webhooks: z.array(z.object({ at: z.number(), contactId: z.string() })) });

/** One change every 50 ms; the time from each webhook's sending to the partner's receiving the write. */
async function paced(control: Controls, pairs: readonly (readonly [string, string])[]): Promise<number[]> {
  await control.salesmate.clearCalls();
  const from = Date.now();
  for (const [id] of pairs) {
    await control.highlevel.patch(`/contacts/${id}`, { city: `Pacewick ${id}` });
    await pause(PACE_MS);
  }
  await untilWritten(control, pairs.length);
  const { webhooks } = Webhooks.parse(await control.highlevel.get("/webhooks"));
  const { calls } = Calls.parse(await control.salesmate.get("/calls"));
  const sentAt = new Map(webhooks.filter((one) => one.at >= from).map((one) => [one.contactId, one.at]));
  const writtenAt = new Map(
    calls.filter((one) => one.method === "PUT").map((one) => [one.path.split("/").at(-1), one.at]),
  );
  return pairs.map(([id, across]) => (writtenAt.get(across) ?? Number.NaN) - (sentAt.get(id) ?? Number.NaN));
}
