import { expect, test } from "vitest";
import type { DueMark } from "../../engine/ports.ts";
import type { NoticeRef } from "../../kit/connector.ts";
import { anyConnector, type Connector } from "../../kit/index.ts";
import type { HubStore } from "../../store/port.ts";
import { acme, aWorkspace, SILENT_LOG, STILL_CLOCK } from "../scene.ts";
import { createDirectory } from "./directory.ts";
import { createIntake } from "./intake.ts";

/** The keys that a webhook about these records makes due, in a workspace that follows contacts and their notes. */
async function keysOf(...refs: readonly NoticeRef[]): Promise<readonly string[]> {
  const { connections, syncs } = aWorkspace();
  const notes = syncs.map((sync) => ({ ...sync, id: "notes", resource: "note" as const, parent: "contacts" }));
  const marked: DueMark[] = [];
  // Of a row only what is configured is read here; the rest says when it was stored, and how it is.
  const store = {
    connectionsOf: async () => connections.map((one) => ({ ...one, workspaceId: "w", connectorId: "acme" })),
    syncs: async () => [...syncs, ...notes].map((config) => ({ config })),
    acceptDelivery: async (_workspaceId: string, _delivery: unknown, marks: readonly DueMark[]) => {
      marked.push(...marks);
      return "accepted";
    },
  } as unknown as HubStore;
  const notice = { type: "note", account: "account-1", deliveryId: "1", refs };
  const webhooks = acme.webhooks === undefined ? undefined : { ...acme.webhooks, parse: () => notice };
  const connector: Connector = anyConnector(webhooks === undefined ? acme : { ...acme, webhooks });
  const intake = createIntake({
    directory: createDirectory(store, new Map([["acme", connector]])),
    store,
    clock: STILL_CLOCK,
    newId: () => "delivery",
    log: SILENT_LOG,
    count: () => {},
    wake: () => {},
  });
  const arrival = { connectorId: "acme", headers: { "x-acme-signature": "s3cret" }, rawBody: Buffer.from("{}") };
  expect(await intake(arrival)).toBe("accepted");
  return marked.map(({ key }) => key);
}

test("H8 a webhook about a note makes all notes of the contact due that it names", async () => {
  expect(await keysOf({ resource: "note", externalId: "n1", parentId: "ana" })).toEqual(["children:notes:left:ana"]);
});

test("H8 a webhook about a note that names no contact makes the note itself due", async () => {
  expect(await keysOf({ resource: "note", externalId: "n1" })).toEqual(["record:notes:left:n1"]);
});

test("H8 a webhook about a contact makes the contact due as ever", async () => {
  expect(await keysOf({ resource: "contact", externalId: "ana" })).toEqual(["record:contacts:left:ana"]);
});
