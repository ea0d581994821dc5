import { describe, expect, test } from "vitest";
import { createVault, derivedSecret, keyringOf } from "./index.ts";

const KEY_1 = Buffer.alloc(32, 1).toString("base64url");
const KEY_2 = Buffer.alloc(32, 2).toString("base64url");
const vaultOf = (...keys: string[]) => createVault(keyringOf(keys));

describe("vault", () => {
  test("V1 what was sealed opens again under its name, and shows nothing of itself while sealed", async () => {
    const vault = vaultOf(KEY_1);
    const sealed = await vault.seal("connection:acme", "pit-secret");
    expect(sealed).not.toContain("pit-secret");
    expect(await vault.open("connection:acme", sealed)).toBe("pit-secret");
  });

  test("V1 the same secret sealed twice gives different texts", async () => {
    const vault = vaultOf(KEY_1);
    expect(await vault.seal("one", "same")).not.toBe(await vault.seal("one", "same"));
  });

  test("V2 a sealed text moved to another name does not open", async () => {
    const vault = vaultOf(KEY_1);
    const sealed = await vault.seal("connection:one", "secret");
    await expect(vault.open("connection:two", sealed)).rejects.toMatchObject({ kind: "bug" });
  });

  test("V2 a sealed text that was altered does not open", async () => {
    const vault = vaultOf(KEY_1);
    const parts = (await vault.seal("one", "secret")).split(".");
    parts[3] = Buffer.from("other").toString("base64url");
    await expect(vault.open("one", parts.join("."))).rejects.toMatchObject({ kind: "bug" });
  });

  test("V3 after a rotation old texts open, are known as stale, and new ones use the newest key", async () => {
    const old = await vaultOf(KEY_1).seal("one", "secret");
    const rotated = vaultOf(KEY_2, KEY_1);
    expect(await rotated.open("one", old)).toBe("secret");
    expect(rotated.isStale(old)).toBe(true);
    const fresh = await rotated.seal("one", "secret");
    expect(rotated.isStale(fresh)).toBe(false);
    expect(await vaultOf(KEY_2).open("one", fresh)).toBe("secret");
  });

  test("V4 a text whose key is not here is refused with what to do", async () => {
    const sealed = await vaultOf(KEY_1).seal("connection:acme", "secret");
    await expect(vaultOf(KEY_2).open("connection:acme", sealed)).rejects.toMatchObject({
      kind: "misconfigured",
      message: expect.stringContaining("KITH_MASTER_KEY"),
    });
    await expect(vaultOf(KEY_2).open("connection:acme", "garbage")).rejects.toMatchObject({ kind: "misconfigured" });
  });

  test("V5 a key of the wrong length, or none, is refused", () => {
    expect(() => keyringOf([])).toThrow(/no master key/);
    expect(() => keyringOf(["c2hvcnQ"])).toThrow(/32 bytes/);
  });

  test("V6 derived secrets are steady per purpose and differ between purposes", () => {
    const ring = keyringOf([KEY_1]);
    expect(derivedSecret(ring, "sessions")).toBe(derivedSecret(ring, "sessions"));
    expect(derivedSecret(ring, "sessions")).not.toBe(derivedSecret(ring, "other"));
  });
});
