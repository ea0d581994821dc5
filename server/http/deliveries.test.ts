import { afterAll, beforeAll, expect, test } from "vitest";
import type { JournalEntry } from "../../engine/ports.ts";
import { DeliveryView } from "../../model/api/views.ts";
import { aDelivery, aJournalEntry, aLink, aSide } from "../../test/builders.ts";
import { aHub, aWorkspace, type Scene, STILL_CLOCK } from "../scene.ts";

let scene: Scene;

beforeAll(async () => {
  scene = await aHub();
  const headers = { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" };
  const address = `${scene.hub.listensAt}/api/workspaces/w`;
  await fetch(address, { method: "PUT", headers, body: JSON.stringify(aWorkspace()) });
});
afterAll(() => scene.hub.stop());

const NOW = STILL_CLOCK.now();

/** A webhook about one record of the left side, which it made due unless other keys are given. */
async function received(
  externalId: string,
  keys = [`record:contacts:left:${externalId}`],
  receivedAt = NOW,
): Promise<void> {
  const id = `delivery-${externalId}`;
  const mark = { syncId: "contacts", priority: 0, dueAt: NOW, reason: "webhook" } as const;
  const delivery = aDelivery({
    id,
    deliveryId: id,
    connectionId: "one",
    receivedAt,
    externalIds: [externalId],
    keys,
  });
  await scene.store.acceptDelivery(
    "w",
    delivery,
    keys.map((key) => ({ ...mark, key })),
  );
}

async function ledTo(externalId: string) {
  const headers = { authorization: `Bearer ${scene.token()}` };
  const response = await fetch(`${scene.hub.listensAt}/api/workspaces/w/deliveries?limit=50`, { headers });
  const all = DeliveryView.array().parse(await response.json());
  return all.find(({ deliveryId }) => deliveryId === `delivery-${externalId}`)?.ledTo;
}

/** What the lane does with a key: the link it belongs to, what was decided before and after, and that it is done. */
async function worked(externalId: string, entries: readonly Partial<JournalEntry>[]) {
  const lane = await scene.store.takeLane("w", "test", NOW);
  const key = `record:contacts:left:${externalId}`;
  const sides = { left: aSide({ externalId }), right: aSide({ externalId: `${externalId}-across` }) };
  const link = aLink({ id: `link-${externalId}`, syncId: "contacts", ...sides, title: "Ana Silva" });
  const generation = (await scene.store.dueKey("w", key))?.generation ?? 0;
  await scene.store.apply(lane, [
    { kind: "saveLink", link },
    ...entries.map((entry, place) => ({
      kind: "journal" as const,
      entry: aJournalEntry({
        reason: "webhook",
        id: `${externalId}-${place}`,
        linkId: link.id,
        syncId: "contacts",
        ...entry,
      }),
    })),
    { kind: "settle", key, generation },
  ]);
}

test("W21 a webhook shows the first decision that was made on its record after it", async () => {
  await received("ana");
  await worked("ana", [
    { at: NOW - 10, summary: "Wrote city." },
    { at: NOW + 5, summary: "Wrote state.", reason: "poll" },
    { at: NOW + 10, summary: "Wrote phone." },
    { at: NOW + 20, summary: "Wrote e-mail." },
  ]);
  const key = "record:contacts:left:ana";
  const named = { key, linkId: "link-ana", title: "Ana Silva" };
  expect(await ledTo("ana")).toEqual([{ ...named, state: "done", summary: "Wrote phone.", at: NOW + 10 }]);
});

test("W21 what a later webhook about the same record led to is not shown as the doing of an earlier one", async () => {
  const key = "record:contacts:left:gil";
  await received("gil");
  await received("gil-again", [key], NOW + 50);
  await worked("gil", [{ at: NOW + 60, summary: "Wrote phone." }]);
  expect(await ledTo("gil")).toEqual([{ key, linkId: "link-gil", title: "Ana Silva", state: "done" }]);
  expect(await ledTo("gil-again")).toMatchObject([{ summary: "Wrote phone.", at: NOW + 60 }]);
});

test("W21 a webhook whose record needed nothing shows that it is done", async () => {
  await received("bo");
  await worked("bo", []);
  expect(await ledTo("bo")).toMatchObject([{ linkId: "link-bo", state: "done" }]);
});

test("W21 a webhook whose record is still due waits, and one that was set aside says why", async () => {
  await received("cy");
  await received("di");
  const lane = await scene.store.takeLane("w", "test", NOW);
  const key = "record:contacts:left:di";
  const error = { kind: "rejected", message: "Acme refuses it.", at: NOW + 5 };
  await scene.store.apply(lane, [{ kind: "bury", key, generation: 1, attempts: 1, error }]);
  expect(await ledTo("cy")).toEqual([{ key: "record:contacts:left:cy", state: "waiting" }]);
  expect(await ledTo("di")).toEqual([{ key, state: "failed", summary: "Acme refuses it.", at: NOW + 5 }]);
});

test("W21 a webhook that asked for a poll is done when a poll has ended since", async () => {
  await received("eve", ["poll:contacts:left"]);
  expect(await ledTo("eve")).toEqual([{ key: "poll:contacts:left", state: "waiting" }]);
  const lane = await scene.store.takeLane("w", "test", NOW);
  const poll = { syncId: "contacts", side: "left", kind: "poll", seen: 0, finishedAt: NOW + 1 } as const;
  await scene.store.apply(lane, [{ kind: "checkpoint", checkpoint: poll }]);
  expect(await ledTo("eve")).toEqual([{ key: "poll:contacts:left", state: "done" }]);
});

test("W21 a webhook that nothing follows led to nothing", async () => {
  await received("flo", []);
  expect(await ledTo("flo")).toEqual([]);
});
