import { Client } from "pg";
import { expect, inject, test } from "vitest";
import { aDelivery, aLink, NOON } from "../../test/builders.ts";
import { freshDatabase } from "../../test/postgres.ts";
import { openStore } from "../index.ts";

async function onServer<Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

test("S36 a PostgreSQL database with another program's tables is refused", async () => {
  const url = await freshDatabase(inject("postgresUrl"));
  await onServer(url, (client) => client.query("create table recipes (title text)"));
  const store = openStore(url);
  await expect(store.migrate()).rejects.toMatchObject({ kind: "misconfigured" });
  await store.close();
});

test("S36 a server that is not there, or refuses the password, is told without the password", async () => {
  const wrong = new URL(inject("postgresUrl"));
  wrong.password = "not-the-password";
  const absent = new URL(wrong);
  absent.port = "1";
  for (const [url, kind] of [[wrong, "misconfigured"] as const, [absent, "unavailable"] as const]) {
    const store = openStore(url.href);
    const failure = await store.ping().catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind });
    expect(String(failure)).not.toContain("not-the-password");
    await store.close();
  }
});

test("S31 several processes that start at once make the schema together", async () => {
  const url = await freshDatabase(inject("postgresUrl"));
  const stores = [1, 2, 3].map(() => openStore(url));
  await Promise.all(stores.map((store) => store.migrate()));
  await Promise.all(stores.map((store) => store.ping()));
  await Promise.all(stores.map((store) => store.close()));
});

test("S1 a lane is not taken while its holder's transaction is open, so no stale write follows", async () => {
  const url = await freshDatabase(inject("postgresUrl"));
  const [holder, taker] = [openStore(url), openStore(url)];
  await holder.migrate();
  const lane = await holder.takeLane("acme", "holder", NOON);
  await holder.apply(lane, [{ kind: "saveLink", link: aLink() }]);
  const order: string[] = [];
  // Two clients: within one transaction the server goes on showing what it showed first.
  const work = async (blocker: Client, watcher: Client) => {
    // The holder's transaction stops at the link's row, after it has checked its lane.
    await blocker.query("begin; select 1 from links for update");
    const applied = holder.apply(lane, [{ kind: "saveLink", link: aLink() }]).then(() => order.push("applied"));
    while ((await waiting(watcher)) < 1);
    const taken = taker.takeLane("acme", "taker", NOON).then(() => order.push("taken"));
    while ((await waiting(watcher)) < 2 && order.length === 0);
    await blocker.query("rollback");
    await Promise.all([applied, taken]);
  };
  await onServer(url, (blocker) => onServer(url, (watcher) => work(blocker, watcher)));
  expect(order).toEqual(["applied", "taken"]);
  await Promise.all([holder.close(), taker.close()]);
});

/** How many connections to this database wait for a lock. */
async function waiting(client: Client): Promise<number> {
  const { rowCount } = await client.query(
    "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
  );
  return rowCount ?? 0;
}

test("S40 a value that PostgreSQL cannot hold is rejected, and the connection goes on working", async () => {
  const store = openStore(await freshDatabase(inject("postgresUrl")));
  await store.migrate();
  const refused = store.acceptDelivery("acme", aDelivery({ deliveryId: "nul \u0000" }), []);
  await expect(refused).rejects.toMatchObject({ kind: "rejected" });
  expect(await store.acceptDelivery("acme", aDelivery(), [])).toBe("accepted");
  await store.close();
});

test("S43 connections that the server cuts are replaced, and nobody's process ends", async () => {
  const url = await freshDatabase(inject("postgresUrl"));
  const store = openStore(url);
  await store.migrate();
  await onServer(inject("postgresUrl"), (client) =>
    client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [
      new URL(url).pathname.slice(1),
    ]),
  );
  // The first call may still meet a connection that was cut; it says so, and the next one works.
  const first = await store.ping().catch((error: unknown) => error);
  if (first !== undefined) expect(first).toMatchObject({ kind: "unavailable" });
  await store.ping();
  await store.close();
});

test("S85 two processes that make the same kept record at one moment make one, with what both of them say", async () => {
  const url = await freshDatabase(inject("postgresUrl"));
  const stores = [openStore(url), openStore(url)];
  await stores[0]?.migrate();
  const of = { workspaceId: "acme", connectionId: "trint" };
  const fields = ["title", "body", "dueAt", "done"];
  for (let number = 0; number < 20; number += 1) {
    const externalId = `t${number}`;
    const puts = fields.map((key, place) =>
      stores[place % 2]?.books.put(of, { resource: "task", externalId, fields: { [key]: "x" }, origin: "hub" }, NOON),
    );
    await Promise.all(puts);
    const record = await stores[0]?.books.record(of, "task", externalId);
    expect(Object.keys(record?.fields ?? {}).sort()).toEqual([...fields].sort());
  }
  await Promise.all(stores.map((store) => store.close()));
});
