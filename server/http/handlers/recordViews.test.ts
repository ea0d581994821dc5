import { expect, test } from "vitest";
import { connectors } from "../../../connectors/index.ts";
import type { ConnectionRow } from "../../../store/port.ts";
import { aHalfLink, aLink, aSide, aSync, NOON } from "../../../test/builders.ts";
import { murmur } from "../../../test/keptPartner.ts";
import { recordViews } from "./recordViews.ts";

const byId = new Map(connectors.map((connector) => [connector.id, connector]));

const murmurAlone = new Map([["murmur", murmur()]]);

function around(row: Partial<ConnectionRow> = {}) {
  const health = { status: "working", message: "", since: 0 } as const;
  const own = { workspaceId: "w", id: "highlevel", connectorId: "highlevel", name: "HighLevel", isPaused: false };
  const settings = { locationId: "loc1" };
  const connections = [{ ...own, settings, baseUrls: {}, health, createdAt: 0, isFromFile: true, ...row }];
  return { sync: aSync(), connections, connectors: byId, books: { record: async () => undefined } };
}

test("A77 each record is told with its id, when it was met, when it last changed, and its page at the product", async () => {
  const link = aLink({ left: aSide({ externalId: "hl 1", version: "17" }), right: aSide({ externalId: "R1" }) });
  expect(await recordViews(link, around())).toEqual([
    {
      side: "left",
      externalId: "hl 1",
      knownSince: NOON,
      changedAt: 17,
      url: "https://app.gohighlevel.com/v2/location/loc1/contacts/detail/hl%201",
    },
    { side: "right", externalId: "R1", knownSince: NOON },
  ]);
});

test("A77 a record at a stand-in has no page", async () => {
  const [record] = await recordViews(aHalfLink("left"), around({ baseUrls: { api: "http://localhost:9" } }));
  expect(record?.url).toBeUndefined();
});

test("A77 a record that the hub keeps says so, with who made it and where it stands beside the product's own", async () => {
  const records = { resource: "contact", externalId: "R1", fields: {}, createdAt: 0, changedAt: 0 } as const;
  const pageUrl = "https://murmur.example/r1";
  const kept = { ...around({ id: "salesmate", connectorId: "murmur", settings: {} }), connectors: murmurAlone };
  const books = { record: async () => ({ ...records, origin: "partner", pageUrl }) as const };
  const [, record] = await recordViews(aLink(), { ...kept, books });
  expect(record).toMatchObject({
    url: pageUrl,
    kept: { connectionId: "salesmate", partner: "Murmur", isKept: true, origin: "partner", hasKeptChildren: true },
  });
});
