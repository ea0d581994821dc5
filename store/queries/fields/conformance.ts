import { expect, test } from "vitest";
import type { FieldWatch } from "../../../engine/ports.ts";
import { aField, NOON } from "../../../test/builders.ts";
import type { Subject } from "../../conformance.ts";

const SIZE = aField("custom.size", { isCustom: true, madeAs: "1", options: ['4"2', "\u0000"] });

const WATCH: FieldWatch = {
  syncId: "contacts",
  known: { left: {}, right: { "custom.size": SIZE } },
  findings: [{ side: "right", key: "custom.size", change: "gone", since: NOON, records: 3 }],
  moved: [{ side: "left", from: "custom.shoe", to: "custom.shoe_2" }],
  anew: { left: [], right: ["custom.hat"] },
};

/** Rules about what is known of custom fields, and of credentials. */
export function describeFieldWatches({ store, lane }: Subject): void {
  test("S78 what is known of a sync's custom fields reads back as it was put, and is replaced whole", async () => {
    const held = await lane();
    const get = () => store().fieldWatch(held.workspaceId, "contacts");
    expect(await get()).toBeUndefined();
    await store().apply(held, [{ kind: "fieldWatch", watch: WATCH }]);
    expect(await get()).toEqual(WATCH);
    const next = { ...WATCH, findings: [], moved: [] };
    await store().apply(held, [{ kind: "fieldWatch", watch: next }]);
    expect([await get(), await store().fieldWatch(held.workspaceId, "others")]).toEqual([next, undefined]);
  });

  test("S79 what was learned of a credential's permissions reads back, and goes with its connection", async () => {
    const { workspaceId } = await lane();
    const kept = { mark: "a1", known: { "contacts.readonly": { has: true, at: NOON } } };
    expect(await store().knownScopes(workspaceId, "crm")).toBeUndefined();
    await store().putKnownScopes(workspaceId, "crm", { mark: "a0", known: {} });
    await store().putKnownScopes(workspaceId, "crm", kept);
    expect(await store().knownScopes(workspaceId, "crm")).toEqual(kept);
    await store().dropConnection(workspaceId, "crm", "connection/crm");
    expect(await store().knownScopes(workspaceId, "crm")).toBeUndefined();
  });
}
