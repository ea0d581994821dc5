import { expect, test } from "vitest";
import { NOON } from "../../../test/builders.ts";
import type { Subject } from "../../conformance.ts";
import type { AgencyRow, ConnectionRow, HandCall } from "../../port.ts";

function aCall(different: Partial<HandCall> = {}): HandCall {
  return {
    id: "call-1",
    connectionId: "crm",
    operationId: "note.create",
    at: NOON,
    by: "dashboard",
    effect: "creates",
    outcome: "done",
    input: { body: "Prefers mornings." },
    calls: [{ method: "POST", path: "/contacts/c1/notes", status: 201, ms: 41 }],
    ms: 44,
    ...different,
  };
}

/** The rules of what is connected and done by hand. */
export function describeDesk({ store, lane }: Subject): void {
  test("S74 a connection is forgotten with its secret and its use of the allowance, and no other", async () => {
    const { workspaceId } = await lane();
    const health = { status: "unknown", message: "", since: NOON } as const;
    const row = (id: string): ConnectionRow => ({
      ...{ workspaceId, id, connectorId: "acme", name: id, settings: {}, baseUrls: {}, isPaused: false },
      ...{ health, createdAt: NOON, isFromFile: false },
    });
    for (const id of ["crm", "desk"]) {
      await store().putConnection(row(id));
      await store().putSecret(workspaceId, `connection:${id}`, "sealed");
      await store().putAllowance(workspaceId, id, { calls: {}, ahead: 1 });
    }
    await store().dropConnection(workspaceId, "crm", "connection:crm");
    expect((await store().connections(workspaceId)).map(({ id, isFromFile }) => [id, isFromFile])).toEqual([
      ["desk", false],
    ]);
    expect(await store().secret(workspaceId, "connection:crm")).toBeUndefined();
    expect(await store().allowance(workspaceId, "crm")).toBeUndefined();
    expect(await store().secret(workspaceId, "connection:desk")).toBe("sealed");
    await store().dropSecret(workspaceId, "connection:desk");
    expect(await store().secret(workspaceId, "connection:desk")).toBeUndefined();
    expect(await store().allowance(workspaceId, "desk")).toEqual({ calls: {}, ahead: 1 });
  });

  test("S75 an agency that agrees again replaces what was kept of it, and is forgotten alone", async () => {
    const { workspaceId } = await lane();
    const agency = (agencyId: string, grantedAt: number): AgencyRow => ({
      ...{ workspaceId, connectorId: "highlevel", agencyId, grantedAt },
      ...{ settings: { viaAgency: true }, baseUrls: {} },
    });
    for (const one of [agency("a1", NOON), agency("a2", NOON), agency("a1", NOON + 5)]) await store().putAgency(one);
    expect(await store().agencies(workspaceId)).toEqual([agency("a1", NOON + 5), agency("a2", NOON)]);
    await store().dropAgency(workspaceId, "highlevel", "a1");
    expect(await store().agencies(workspaceId)).toEqual([agency("a2", NOON)]);
  });

  test("S76 calls by hand are kept as they end, listed by connection and operation, and forgotten with the days kept", async () => {
    const { workspaceId } = await lane();
    const error = { kind: "unavailable", message: "No answer came." };
    await store().putHandCall(workspaceId, aCall({ outcome: "underWay" }));
    await store().putHandCall(workspaceId, aCall());
    await store().putHandCall(workspaceId, aCall({ id: "call-2", operationId: "note.list", at: NOON + 1 }));
    await store().putHandCall(workspaceId, aCall({ id: "call-3", at: NOON + 2, outcome: "unknown", error }));
    await store().putHandCall(workspaceId, aCall({ id: "call-4", connectionId: "desk" }));
    const ids = async (query: object) =>
      (await store().handCalls(workspaceId, { connectionId: "crm", limit: 2, ...query })).map(({ id }) => id);
    expect(await ids({})).toEqual(["call-3", "call-2"]);
    expect(await ids({ before: "call-2" })).toEqual(["call-1"]);
    expect(await ids({ operationId: "note.create" })).toEqual(["call-3", "call-1"]);
    const [first] = await store().handCalls(workspaceId, { connectionId: "crm", before: "call-2", limit: 1 });
    expect(first).toEqual(aCall());
    expect(await store().prune(workspaceId, NOON + 2, 10)).toBe(3);
    expect(await ids({})).toEqual(["call-3"]);
  });
}
