import { describe, expect, test } from "vitest";
import { createVault, keyringOf } from "../vault/index.ts";
import { createCredentials } from "./index.ts";

const KEY_1 = Buffer.alloc(32, 1).toString("base64url");
const KEY_2 = Buffer.alloc(32, 2).toString("base64url");
const TOKEN = { kind: "token", token: "pit-1" } as const;

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
  };
  const withKeys = (...keys: string[]) => createCredentials(store, createVault(keyringOf(keys)));
  return { secrets, withKeys, reads: () => reads };
}

describe("credentials", () => {
  test("V10 a credential comes back as it was stored", async () => {
    const { withKeys } = scene();
    const credentials = withKeys(KEY_1);
    await credentials.write("w", "one", TOKEN);
    expect(await credentials.read("w", "one")).toEqual(TOKEN);
    expect(await credentials.isSame("w", "one", TOKEN)).toBe(true);
    expect(await credentials.isSame("w", "one", { kind: "token", token: "pit-2" })).toBe(false);
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
    expect(await withKeys(KEY_1).isSame("w", "one", TOKEN)).toBe(false);
    await withKeys(KEY_1).write("w", "one", TOKEN);
    expect(await withKeys(KEY_2).isSame("w", "one", TOKEN)).toBe(false);
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

  test("V14 a credential that could not be read is asked for again", async () => {
    const { withKeys } = scene();
    const credentials = withKeys(KEY_1);
    const access = credentials.accessOf("w", "one");
    await expect(access.load()).rejects.toMatchObject({ kind: "misconfigured" });
    await credentials.write("w", "one", TOKEN);
    expect(await access.load()).toEqual(TOKEN);
  });
});
