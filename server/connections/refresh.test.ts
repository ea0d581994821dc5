import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, expect, inject, test } from "vitest";
import type { OAuthCredential } from "../../kit/index.ts";
import { createHighLevelEmulator } from "../../sandbox/highlevel/index.ts";
import { openStore } from "../../store/index.ts";
import { freshDatabase } from "../../test/postgres.ts";
import { createVault, keyringOf } from "../vault/index.ts";
import { createCredentials } from "./index.ts";

const KEY = Buffer.alloc(32, 3).toString("base64url");
const WORKERS = 50;
const SCRIPT = fileURLToPath(new URL("../../test/refreshWorkers.ts", import.meta.url));

const folder = mkdtempSync(join(tmpdir(), "kith-refresh-"));
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(folder, { recursive: true, force: true });
});

/** An emulator whose token endpoint takes its time, and a stored pair of it that no longer works. */
async function aSpentToken(address: string, isKnownToBeOver: boolean) {
  const emulator = createHighLevelEmulator({ limits: { off: true } });
  const { url, close } = await emulator.listen(0);
  const grant = emulator.access.exchangeCode(emulator.access.issueCode());
  if (grant === undefined) throw new Error("the emulator should have granted a token");
  emulator.access.revoke(grant.access.value);
  emulator.control.faults.set([{ match: { path: "^/oauth/token$" }, effect: "delay", ms: 300 }]);
  const credential: OAuthCredential = {
    kind: "oauth",
    accessToken: grant.access.value,
    refreshToken: grant.refreshToken,
    expiresAt: isKnownToBeOver ? 1 : Date.now() + 3_600_000,
    ...emulator.oauthClient,
    tokenUrl: `${url}/oauth/token`,
  };
  const store = openStore(address);
  await store.migrate();
  const credentials = createCredentials(store, createVault(keyringOf([KEY])), "test");
  await credentials.write("w", "crm", credential);
  const refreshes = () => emulator.control.calls.list().calls.filter(({ path }) => path === "/oauth/token");
  const end = async () => {
    await store.close();
    await close();
  };
  return { emulator, url, credential, refreshes, read: () => credentials.read("w", "crm"), end };
}

/** Starts a process of workers; `go` lets them all call at once and gives what they say in the end. */
async function workersOf(address: string, url: string, locationId: string) {
  const child = spawn(process.execPath, [SCRIPT, address, KEY, url, locationId, String(WORKERS)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  children.push(child);
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe("ready");
  return async () => {
    child.stdin.write("go\n");
    return JSON.parse((await lines.next()).value ?? "{}");
  };
}

test.each([
  ["SQLite", "is over", true],
  ["SQLite", "was refused", false],
  ["PostgreSQL", "is over", true],
  ["PostgreSQL", "was refused", false],
] as const)(
  "K28 two processes of fifty workers sharing one store in %s refresh a token that %s once",
  async (database, _what, isKnownToBeOver) => {
    const address =
      database === "SQLite"
        ? `sqlite:${join(folder, `${String(isKnownToBeOver)}.db`)}`
        : await freshDatabase(inject("postgresUrl"));
    const { emulator, url, credential, refreshes, read, end } = await aSpentToken(address, isKnownToBeOver);
    const start = () => workersOf(address, url, emulator.location.id);
    const processes = await Promise.all([start(), start()]);
    const said = await Promise.all(processes.map((go) => go()));
    expect(said).toEqual([
      { answered: WORKERS, failures: [] },
      { answered: WORKERS, failures: [] },
    ]);
    expect(refreshes()).toHaveLength(1);
    expect(await read()).not.toMatchObject({ refreshToken: credential.refreshToken });
    await end();
  },
);
