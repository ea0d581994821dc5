import { expect, test } from "vitest";
import { NOON } from "../../../test/builders.ts";
import type { Subject } from "../../conformance.ts";

/** The rules of sealed credentials. */
export function describeSecrets({ store, lane }: Subject): void {
  test("S6 a secret reads back as it was sealed, and is replaced whole", async () => {
    const { workspaceId } = await lane();
    expect(await store().secret(workspaceId, "highlevel")).toBeUndefined();
    await store().putSecret(workspaceId, "highlevel", "sealed-1");
    await store().putSecret(workspaceId, "highlevel", "sealed-2");
    expect(await store().secret(workspaceId, "highlevel")).toBe("sealed-2");
  });

  test("S71 of two that replace the same credential one does, and a missing one is not replaced", async () => {
    const { workspaceId } = await lane();
    expect(await store().replaceSecret(workspaceId, "highlevel", "sealed-2", "sealed-1")).toBe(false);
    expect(await store().secret(workspaceId, "highlevel")).toBeUndefined();
    await store().putSecret(workspaceId, "highlevel", "sealed-1");
    const replace = (sealed: string) => store().replaceSecret(workspaceId, "highlevel", sealed, "sealed-1");
    const did = await Promise.all([replace("sealed-2"), replace("sealed-3")]);
    expect(did.filter((isReplaced) => isReplaced)).toHaveLength(1);
    expect(await store().secret(workspaceId, "highlevel")).toBe(did[0] ? "sealed-2" : "sealed-3");
  });

  test("S72 one of fifty has the right to exchange a credential, until it gives it back", async () => {
    const { workspaceId } = await lane();
    const hold = (holder: string, at = NOON, name = "highlevel") =>
      store().holdSecret(workspaceId, name, { holder, at, until: at + 1_000 });
    const holders = Array.from({ length: 50 }, (_, index) => `holder-${index}`);
    const had = await Promise.all(holders.map((holder) => hold(holder)));
    expect(had.filter((hasIt) => hasIt)).toHaveLength(1);
    const first = holders[had.indexOf(true)] ?? "";
    await store().releaseSecret(workspaceId, "highlevel", "another");
    expect([await hold("another"), await hold("another", NOON, "salesmate"), await hold(first)]).toEqual([
      false,
      true,
      true,
    ]);
    await store().releaseSecret(workspaceId, "highlevel", first);
    expect(await hold("another")).toBe(true);
  });

  test("S72 the right of a holder that never came back is over at its time, and not before", async () => {
    const { workspaceId } = await lane();
    const hold = (holder: string, at: number) =>
      store().holdSecret(workspaceId, "highlevel", { holder, at, until: at + 1_000 });
    const has = [await hold("lost", NOON), await hold("next", NOON + 999), await hold("next", NOON + 1_000)];
    expect(has).toEqual([true, false, true]);
  });

  test("S73 a consent is handed out once, and not after its time", async () => {
    const { workspaceId } = await lane();
    const [once, late] = [`${workspaceId}-once`, `${workspaceId}-late`];
    await store().putConsent({ id: once, sealed: "sealed", expiresAt: NOON + 1_000 }, NOON);
    await store().putConsent({ id: late, sealed: "sealed", expiresAt: NOON + 1_000 }, NOON);
    const taken = await Promise.all([store().takeConsent(once, NOON + 999), store().takeConsent(once, NOON + 999)]);
    expect(taken.toSorted()).toEqual(["sealed", undefined]);
    expect(await store().takeConsent(late, NOON + 1_000)).toBeUndefined();
  });

  test("S73 a new consent clears away those that are over", async () => {
    const { workspaceId } = await lane();
    const [old, fresh] = [`${workspaceId}-old`, `${workspaceId}-fresh`];
    await store().putConsent({ id: old, sealed: "sealed", expiresAt: NOON + 1_000 }, NOON);
    await store().putConsent({ id: fresh, sealed: "sealed", expiresAt: NOON + 9_000 }, NOON + 1_000);
    expect(await store().takeConsent(old, NOON)).toBeUndefined();
    expect(await store().takeConsent(fresh, NOON + 1_000)).toBe("sealed");
  });
}
