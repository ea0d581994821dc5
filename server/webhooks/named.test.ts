import { describe, expect, test } from "vitest";
import type { DueMark } from "../../engine/ports.ts";
import { anyConnector, type Connector, type WebhookNotice, type WebhookVerdict } from "../../kit/index.ts";
import type { HubStore } from "../../store/port.ts";
import { acme, aWorkspace, SILENT_LOG, STILL_CLOCK } from "../scene.ts";
import { createDirectory } from "./directory.ts";
import { createIntake, type ToldInstallation, type Verdict } from "./intake.ts";

/** What became of one webhook: the verdict, what is due, and who was told of an installation. */
interface Outcome {
  readonly verdict: Verdict;
  readonly due: readonly Pick<DueMark, "key" | "dueAt">[];
  readonly told: readonly ToldInstallation[];
}

interface Sent {
  readonly notice: Partial<WebhookNotice>;
  readonly proof?: WebhookVerdict;
  /** The connection that the address names. */
  readonly connectionId?: string;
  /** External ids of records whose links carry what was asked for. */
  readonly carriers?: Readonly<Record<string, readonly string[]>>;
}

const BY_PARTNER: WebhookVerdict = { kind: "verified", scheme: "acme" };
const BY_OWNER: WebhookVerdict = { kind: "verified", scheme: "secret", isByOwner: true };
const LAG_MS = 7_000;

/** Sends a notice to a workspace whose connection `one` has a sync of contacts, in a product whose lists lag. */
async function sent({ notice, proof = BY_PARTNER, connectionId, carriers = {} }: Sent): Promise<Outcome> {
  const due: Pick<DueMark, "key" | "dueAt">[] = [];
  const told: ToldInstallation[] = [];
  const { connections, syncs } = aWorkspace();
  // Of a row only what is configured is read here; the rest says when it was stored, and how it is.
  const store = {
    connectionsOf: async () => connections.map((one) => ({ ...one, workspaceId: "w", connectorId: "acme" })),
    syncs: async () => syncs.map((config) => ({ config })),
    linksByKeys: async (_workspaceId: string, _syncId: string, side: string, keys: readonly string[]) =>
      keys.flatMap((key) => carriers[key] ?? []).map((externalId) => ({ link: { [side]: { externalId } }, keys })),
    acceptDelivery: async (_workspaceId: string, _delivery: unknown, marks: readonly DueMark[]) => {
      due.push(...marks.map(({ key, dueAt }) => ({ key, dueAt: dueAt - STILL_CLOCK.now() })));
      return "accepted";
    },
  } as unknown as HubStore;
  const intake = createIntake({
    directory: createDirectory(store, new Map([["acme", lagging(notice, proof)]])),
    store,
    clock: STILL_CLOCK,
    newId: () => "delivery",
    log: SILENT_LOG,
    count: () => {},
    wake: () => {},
    onInstallation: async (one) => void told.push(one),
  });
  const at = connectionId === undefined ? {} : { connectionId };
  const verdict = await intake({ connectorId: "acme", ...at, headers: {}, rawBody: Buffer.from("{}") });
  return { verdict, due, told };
}

function lagging(notice: Partial<WebhookNotice>, proof: WebhookVerdict): Connector {
  const { contact } = acme.resources;
  const { webhooks } = acme;
  if (contact === undefined || webhooks === undefined) throw new Error("Acme has contacts and sends webhooks");
  const listing = { isComplete: false, lagMs: LAG_MS, overlapMs: 0 };
  const parse = () => ({ type: "told", account: "account-1", deliveryId: "1", refs: [], ...notice });
  const isFor = ({ account }: WebhookNotice, settings: unknown) =>
    account === "" || webhooks.isFor({ ...parse(), account }, settings);
  return anyConnector({
    ...acme,
    resources: { contact: { ...contact, listing: () => listing } },
    webhooks: { verify: () => proof, parse, isFor },
  });
}

const ANA = { resource: "contact", rule: "email", value: "Ana@Example.com" } as const;

describe("a webhook that names its record by e-mail", () => {
  test("W17 makes the records due whose links carry that e-mail", async () => {
    const carriers = { "email:ana@example.com": ["ana", "ana-2"] };
    const { verdict, due } = await sent({ notice: { keys: [ANA] }, carriers });
    expect(verdict).toBe("accepted");
    expect(due).toEqual([
      { key: "record:contacts:left:ana", dueAt: 0 },
      { key: "record:contacts:left:ana-2", dueAt: 0 },
    ]);
  });

  test("W17 makes a poll due where no link carries it, as soon as lists show what was just written", async () => {
    const { verdict, due } = await sent({ notice: { keys: [ANA] } });
    expect(verdict).toBe("accepted");
    expect(due).toEqual([{ key: "poll:contacts:left", dueAt: LAG_MS }]);
  });
});

describe("a webhook that names no account", () => {
  const notice = { account: "", refs: [{ resource: "contact", externalId: "ana" }] };

  test("W18 is taken at a connection's own address", async () => {
    const { verdict, due } = await sent({ notice, connectionId: "one" });
    expect([verdict, due.map(({ key }) => key)]).toEqual(["accepted", ["record:contacts:left:ana"]]);
  });

  test("W18 is nobody's at the address that all connections share", async () => {
    expect(await sent({ notice })).toMatchObject({ verdict: "unknown", due: [] });
  });
});

describe("a webhook that tells of an installation", () => {
  const installation = { kind: "installed", appId: "app", companyId: "agency", locationId: "new" } as const;
  const elsewhere = { account: "new", installation };

  test("W19 is handed on with the connections that prove it, also where no connection has the account", async () => {
    const { verdict, told } = await sent({ notice: elsewhere });
    const provedBy = ["one", "two"].map((connectionId) => ({ workspaceId: "w", connectionId }));
    expect(verdict).toBe("ignored");
    expect(told).toEqual([{ connectorId: "acme", installation, provedBy }]);
  });

  test.each([
    ["a shared secret", BY_OWNER],
    ["a forged signature", { kind: "forged", scheme: "acme" } as const],
    ["no signature", { kind: "unsigned" } as const],
  ])("W19 is not believed on %s", async (_what, proof) => {
    expect(await sent({ notice: elsewhere, proof })).toMatchObject({ verdict: "unknown", told: [] });
    expect(await sent({ notice: { ...elsewhere, account: "account-1" }, proof })).toMatchObject({ told: [] });
  });
});

test.each([0, STILL_CLOCK.now() + 86_400_000])(
  "W22 a webhook of the time %i is taken, and its record read",
  async (occurredAt) => {
    const refs = [{ resource: "contact", externalId: "ana" }];
    const { verdict, due } = await sent({ notice: { occurredAt, refs } });
    expect([verdict, due]).toEqual(["accepted", [{ key: "record:contacts:left:ana", dueAt: 0 }]]);
  },
);

test("W10 a webhook about a kind of record that no sync follows is proved and makes nothing due", async () => {
  const refs = [{ resource: "opportunity", externalId: "o1", parentId: "ana" }];
  expect(await sent({ notice: { refs } })).toMatchObject({ verdict: "ignored", due: [] });
});
