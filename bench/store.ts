import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Effect, Lane } from "../engine/ports.ts";
import { openStore } from "../store/index.ts";
import type { HubStore } from "../store/port.ts";
import { aContact, aDelivery, aJournalEntry, aLink, aSide, NOON } from "../test/builders.ts";

/**
 * How many durable writes per second the store takes from 64 callers at once, each waiting for its own before the next.
 * Run: `node bench/store.ts [store address]`; a new SQLite file in the temporary folder unless told otherwise.
 */
const CALLERS = 64;
const SECONDS = 3;

const folder = mkdtempSync(join(tmpdir(), "kith-bench-"));
const store = openStore(process.argv[2] ?? `sqlite:${join(folder, "kith.db")}`);
try {
  await store.migrate();
  const lane = await store.takeLane(`bench-${Date.now()}`, "bench", NOON);
  await measure("deliveries accepted", (number) => acceptOne(store, lane, number));
  await measure("links saved, journaled, settled", (number) => store.apply(lane, reconciled(number)));
  await measure("links read by record", (number) =>
    store.linkByRecord(lane.workspaceId, "contacts", "left", `L${number % 1000}`),
  );
  await measure("twenty due keys listed", () => store.dueKeys(lane.workspaceId, ["contacts"], NOON, 20));
} finally {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(name: string, once: (number: number) => Promise<unknown>): Promise<void> {
  const until = performance.now() + SECONDS * 1_000;
  let started = 0;
  const caller = async () => {
    while (performance.now() < until) {
      started += 1;
      await once(started);
    }
  };
  const begin = performance.now();
  await Promise.all(Array.from({ length: CALLERS }, caller));
  const perSecond = started / ((performance.now() - begin) / 1_000);
  process.stdout.write(`${name.padEnd(34)}${Math.round(perSecond).toLocaleString("en").padStart(10)} per second\n`);
}

function acceptOne(hub: HubStore, lane: Lane, number: number): Promise<unknown> {
  const id = `delivery-${String(number).padStart(9, "0")}`;
  return hub.acceptDelivery(lane.workspaceId, aDelivery({ id, deliveryId: id }), [
    { key: `record:contacts:left:L${number}`, syncId: "contacts", priority: 0, dueAt: NOON, reason: "webhook" },
  ]);
}

function reconciled(number: number): readonly Effect[] {
  const id = `link-${number}`;
  const left = aSide({ externalId: `L${number}`, fields: aContact({ email: `ana.${number}@example.com` }) });
  const link = aLink({ id, left, right: { ...left, externalId: `R${number}` } });
  const detail = { fields: [{ field: "phone", left: "1", right: "2", rule: "M1", write: "right" }] } as const;
  return [
    { kind: "saveLink", link, keys: { left: [`email:ana.${number}@example.com`] } },
    { kind: "journal", entry: aJournalEntry({ id: `entry-${String(number).padStart(9, "0")}`, linkId: id, detail }) },
    { kind: "settle", key: `record:contacts:left:L${number}`, generation: 1 },
  ];
}
