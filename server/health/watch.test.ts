import { describe, expect, test } from "vitest";
import type { CallContext, News, Partner } from "../../engine/ports.ts";
import { type ErrorKind, Failure } from "../../model/errors.ts";
import type { ConnectionHealth } from "../../store/port.ts";
import { createWatch } from "./watch.ts";

const CONTEXT: CallContext = { priority: 0, calls: [] };
const UNKNOWN: ConnectionHealth = { status: "unknown", message: "", since: 0 };

/** A partner whose every operation does what `behave` does. */
function aPartner(behave: () => void): Partner {
  const act = async <T>(answer: T) => {
    behave();
    return answer;
  };
  return {
    connectionId: "acme",
    name: "Acme",
    listing: { isComplete: true, lagMs: 0, overlapMs: 0 },
    canDelete: true,
    country: "US",
    longestCallMs: 0,
    describe: () => act([]),
    list: () => act({ records: [] }),
    read: () => act("gone" as const),
    create: () => act({ kind: "found" as const, externalId: "1" }),
    update: () => act(undefined),
    delete: () => act(undefined),
    find: () => act([]),
  };
}

function scene() {
  const stored: ConnectionHealth[] = [];
  const news: News[] = [];
  const logged: string[] = [];
  let failing: Failure | undefined;
  let storeFails = false;
  let now = 7;
  const watch = createWatch({
    store: {
      setConnectionHealth: async (_workspaceId, _connectionId, health) => {
        if (storeFails) throw new Failure("unavailable", "disk full");
        stored.push(health);
      },
      connection: async (workspaceId, id) => ({
        workspaceId,
        id,
        connectorId: "acme",
        name: "Acme",
        settings: {},
        baseUrls: {},
        isFromFile: true,
        isPaused: false,
        createdAt: 0,
        health: stored.at(-1) ?? UNKNOWN,
      }),
    },
    clock: { now: () => now },
    log: { info: () => {}, warn: (_fields, message) => logged.push(message), error: () => {} },
    news: (one) => news.push(one),
  });
  watch.begin("w", "acme", UNKNOWN);
  const partner = watch.over(
    "w",
    aPartner(() => {
      if (failing !== undefined) throw failing;
    }),
  );
  const fail = (kind: ErrorKind, message = `${kind} happened`) => {
    failing = new Failure(kind, message);
  };
  const heal = () => {
    failing = undefined;
  };
  const breakStore = (isBroken: boolean) => {
    storeFails = isBroken;
  };
  /** As another process does. */
  const overwrite = (health: ConnectionHealth) => void stored.push(health);
  const wait = (ms: number) => {
    now += ms;
  };
  const read = () => partner.read(CONTEXT, "1").catch(() => "failed");
  const find = () => partner.find(CONTEXT, "email", "x").catch(() => "failed");
  return { stored, news, logged, watch, fail, heal, breakStore, overwrite, wait, read, find };
}

describe("connection health", () => {
  test("HE1 a connection that works is stored as working once, however many calls succeed", async () => {
    const { stored, news, read } = scene();
    await read();
    await read();
    expect(stored).toEqual([{ status: "working", message: "", since: 7 }]);
    expect(news).toEqual([{ kind: "connection", workspaceId: "w", connectionId: "acme" }]);
  });

  test.each(["unauthorized", "misconfigured"] as const)(
    "HE2 %s breaks the connection until a call succeeds",
    async (kind) => {
      const { stored, fail, heal, read } = scene();
      fail(kind, "replace the token");
      await read();
      await read();
      heal();
      await read();
      expect(stored).toEqual([
        { status: "broken", message: "replace the token", since: 7 },
        { status: "working", message: "", since: 7 },
      ]);
    },
  );

  test("HE3 a missing permission shows until that very operation succeeds", async () => {
    const { stored, fail, heal, read, find } = scene();
    fail("forbidden", "add the scope contacts.readonly");
    await find();
    heal();
    await read();
    expect(stored.map((health) => health.status)).toEqual(["broken"]);
    await find();
    expect(stored.at(-1)).toEqual({ status: "working", message: "", since: 7 });
  });

  test.each(["rate_limited", "unavailable"] as const)("HE4 %s makes the connection wait, stored once", async (kind) => {
    const { stored, fail, read } = scene();
    fail(kind, "read contact 1");
    await read();
    fail(kind, "read contact 2");
    await read();
    expect(stored).toHaveLength(1);
    expect(stored[0]).toMatchObject({ status: "waiting" });
  });

  test.each(["not_found", "conflict", "rejected"] as const)(
    "HE5 %s is about a record and proves that the connection works",
    async (kind) => {
      const { stored, fail, read } = scene();
      fail(kind);
      await read();
      expect(stored).toEqual([{ status: "working", message: "", since: 7 }]);
    },
  );

  test("HE6 a bug of ours says nothing about the connection", async () => {
    const { stored, fail, read } = scene();
    fail("bug");
    await read();
    expect(stored).toEqual([]);
  });

  test("HE7 a store that cannot take the health does not fail the call, and the next call stores it", async () => {
    const { stored, logged, breakStore, read } = scene();
    breakStore(true);
    expect(await read()).toBe("gone");
    expect(logged).toHaveLength(1);
    breakStore(false);
    await read();
    expect(stored).toEqual([{ status: "working", message: "", since: 7 }]);
  });

  test("HE10 what another process stored last is put right a minute later, with the time since when it is so", async () => {
    const { stored, fail, overwrite, wait, read } = scene();
    fail("unauthorized", "replace the token");
    await read();
    overwrite({ status: "waiting", message: "no answer", since: 8 });
    wait(59_999);
    await read();
    expect(stored.at(-1)).toMatchObject({ status: "waiting" });
    wait(1);
    await read();
    expect(stored.at(-1)).toEqual({ status: "broken", message: "replace the token", since: 7 });
  });

  test("HE10 a store that says what is known is not written again", async () => {
    const { stored, news, wait, read } = scene();
    await read();
    wait(60_000);
    await read();
    expect([stored.length, news.length]).toEqual([1, 1]);
  });

  test("HE9 a watch that has ended notes nothing", async () => {
    const { stored, watch, fail, read } = scene();
    watch.end();
    fail("unavailable");
    await read();
    expect(stored).toEqual([]);
  });

  test("HE8 a check answers with the failure and throws only bugs", async () => {
    const { watch } = scene();
    const refused = new Failure("unauthorized", "replace the token");
    expect(await watch.during("w", "acme", "check", () => Promise.reject(refused))).toBe(refused);
    expect(await watch.during("w", "acme", "check", () => Promise.resolve())).toBe("working");
    await expect(watch.during("w", "acme", "check", () => Promise.reject(new TypeError("oops")))).rejects.toMatchObject(
      { kind: "bug" },
    );
  });
});
