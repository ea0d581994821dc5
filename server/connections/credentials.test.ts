import { describe, expect, test } from "vitest";
import { createVault, keyringOf } from "../vault/index.ts";
import { createCredentials } from "./index.ts";

const KEY_1 = Buffer.alloc(32, 1).toString("base64url");
const KEY_2 = Buffer.alloc(32, 2).toString("base64url");
const TOKEN = { kind: "token", token: "pit-1" } as const;
const APPLIED = {
  kind: "oauth",
  accessToken: "access-1",
  refreshToken: "refresh-1",
  expiresAt: 1,
  clientId: "client",
  clientSecret: "hush",
  tokenUrl: "https://partner.example/token",
} as const;
const ROTATED = { ...APPLIED, accessToken: "access-2", refreshToken: "refresh-2", expiresAt: 2 };

function scene() {
  const secrets = new Map<string, string>();
  let reads = 0;
  const store = {
    putSecret: async (workspaceId: string, name: string, sealed: string) => {
      secrets.set(`${workspaceId} ${name}`, sealed);
    },
    secret: async (workspaceId: string, name: string) => {
      reads += 1;
      return secrets.get(`${workspaceId} ${name}`);
    },
    dropSecret: async (workspaceId: string, name: string) => {
      secrets.delete(`${workspaceId} ${name}`);
    },
    replaceSecret: async (workspaceId: string, name: string, sealed: string, expected: string) => {
      const isExpected = secrets.get(`${workspaceId} ${name}`) === expected;
      if (isExpected) secrets.set(`${workspaceId} ${name}`, sealed);
      return isExpected;
    },
    holdSecret: async () => true,
    releaseSecret: async () => {},
  };
  const withKeys = (...keys: string[]) => createCredentials(store, createVault(keyringOf(keys)), "test");
  return { secrets, withKeys, reads: () => reads };
}

describe("credentials", () => {
  test("V10 a credential comes back as it was stored", async () => {
    const { withKeys } = scene();
    const credentials = withKeys(KEY_1);
    await credentials.write("w", "one", TOKEN);
    expect(await credentials.read("w", "one")).toEqual(TOKEN);
    expect(await credentials.isApplied("w", "one", TOKEN)).toBe(true);
    expect(await credentials.isApplied("w", "one", { kind: "token", token: "pit-2" })).toBe(false);
  });

  test("V11 a credential sealed for one workspace does not open in another", async () => {
    const { secrets, withKeys } = scene();
    const credentials = withKeys(KEY_1);
    await credentials.write("w", "one", TOKEN);
    secrets.set("v connection:one", secrets.get("w connection:one") ?? "");
    await expect(credentials.read("v", "one")).rejects.toMatchObject({ kind: "bug" });
  });

  test("V12 reading after a rotation seals anew, so that the old key can go", async () => {
    const { withKeys } = scene();
    await withKeys(KEY_1).write("w", "one", TOKEN);
    await withKeys(KEY_2, KEY_1).read("w", "one");
    expect(await withKeys(KEY_2).read("w", "one")).toEqual(TOKEN);
  });

  test("V13 a missing credential, or one whose key is lost, says what to do, and is not the same as any", async () => {
    const { withKeys } = scene();
    await expect(withKeys(KEY_1).read("w", "one")).rejects.toMatchObject({ kind: "misconfigured" });
    expect(await withKeys(KEY_1).isApplied("w", "one", TOKEN)).toBe(false);
    await withKeys(KEY_1).write("w", "one", TOKEN);
    expect(await withKeys(KEY_2).isApplied("w", "one", TOKEN)).toBe(false);
  });

  test("V14 an open connection reads its credential once, and sees a refreshed one at once", async () => {
    const { withKeys, reads } = scene();
    const credentials = withKeys(KEY_1);
    await credentials.write("w", "one", TOKEN);
    const access = credentials.accessOf("w", "one");
    await Promise.all([access.load(), access.load()]);
    expect(reads()).toBe(1);
    await access.store({ kind: "token", token: "pit-2" });
    expect(await access.load()).toEqual({ kind: "token", token: "pit-2" });
    expect(await credentials.read("w", "one")).toEqual({ kind: "token", token: "pit-2" });
  });

  test("V15 what a partner gave in exchange for a credential leaves it the one that was applied", async () => {
    const credentials = scene().withKeys(KEY_1);
    await credentials.write("w", "one", APPLIED);
    await credentials.accessOf("w", "one").store(ROTATED);
    expect(await credentials.isApplied("w", "one", APPLIED)).toBe(true);
    expect(await credentials.isApplied("w", "one", ROTATED)).toBe(false);
    expect(await credentials.read("w", "one")).toEqual(ROTATED);
  });

  test("V15 a refresh that ends after another credential was applied does not replace it", async () => {
    const credentials = scene().withKeys(KEY_1);
    await credentials.write("w", "one", APPLIED);
    const access = credentials.accessOf("w", "one");
    await access.load();
    await credentials.write("w", "one", TOKEN);
    await access.store(ROTATED);
    expect(await credentials.read("w", "one")).toEqual(TOKEN);
  });

  test("K27 what another process stored is read when it is asked for", async () => {
    const credentials = scene().withKeys(KEY_1);
    await credentials.write("w", "one", APPLIED);
    const [mine, theirs] = [credentials.accessOf("w", "one"), credentials.accessOf("w", "one")];
    await mine.load();
    await theirs.store(ROTATED);
    expect(await mine.load()).toEqual(APPLIED);
    expect(await mine.reread?.()).toEqual(ROTATED);
    expect(await mine.load()).toEqual(ROTATED);
  });

  test("V14 a credential that could not be read is asked for again", async () => {
    const { withKeys } = scene();
    const credentials = withKeys(KEY_1);
    const access = credentials.accessOf("w", "one");
    await expect(access.load()).rejects.toMatchObject({ kind: "misconfigured" });
    await credentials.write("w", "one", TOKEN);
    expect(await access.load()).toEqual(TOKEN);
  });
});
