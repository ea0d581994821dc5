import { Client } from "pg";
import { expect, inject, test } from "vitest";
import { connectorById } from "../../connectors/index.ts";
import { freshDatabase } from "../../test/postgres.ts";
import { acme, aHub, aWorkspace } from "../scene.ts";
import { sqlOpener } from "./open.ts";

test("YA60 a hub connects a database as an app: it is tried, and its catalogue runs", async () => {
  const url = new URL(await freshDatabase(inject("postgresUrl")));
  const client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query("create table people (id int primary key, given text)");
  await client.end();
  const yourapp = connectorById("yourapp") ?? acme;
  const scene = await aHub({ connectors: new Map([[yourapp.id, yourapp]]), openSql: sqlOpener(async (host) => host) });
  const asked = async (method: string, path: string, body: object) => {
    const headers = { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" };
    const answer = await fetch(scene.hub.listensAt + path, { method, headers, body: JSON.stringify(body) });
    return { status: answer.status, body: await answer.json() };
  };
  const field = { key: "firstName", label: "Name", path: "given", type: "text", standard: "firstName" };
  const app = {
    ...{ name: "Ledger", baseUrl: "https://ledger.invalid", signIn: { kind: "basic" }, resources: {} },
    database: {
      ...{ kind: "postgres", host: url.hostname, port: Number(url.port), database: url.pathname.slice(1) },
      isEncrypted: false,
    },
    tables: { contact: { table: "people", fields: [field] } },
  };
  const token = `${url.username}:${decodeURIComponent(url.password)}`;
  const connection = { id: "ledger", connector: "yourapp", name: "Ledger", settings: { app }, baseUrls: {} };
  const connections = [{ ...connection, credential: { kind: "token" as const, token } }];
  expect((await asked("PUT", "/api/workspaces/w", aWorkspace({ connections, syncs: [] }))).status).toBe(200);
  const path = "/api/workspaces/w/connections/ledger";
  expect(await asked("POST", `${path}/check`, {})).toMatchObject({ status: 200, body: { status: "working" } });
  const printed = await asked("POST", `${path}/operations/database.outbox`, { input: {} });
  expect(JSON.stringify(printed.body)).toContain("create trigger");
  await scene.hub.stop();
});
