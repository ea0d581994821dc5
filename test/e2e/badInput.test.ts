import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { DeliveryView } from "../../model/api/views.ts";
import { aFolder, anEnding, type Environment, kith } from "./processes.ts";
import { api, applyWorkspace, isQuiet, overviewOf, type Rig, startRig, untilInStep } from "./rig.ts";
import { until } from "./until.ts";

const ending = anEnding();
let rig: Rig;
beforeAll(async () => {
  rig = await startRig(ending, "10,8");
  await untilInStep(rig.hub());
});
afterAll(ending.all);

describe("webhooks", () => {
  /** Ids of all deliveries that were stored. */
  async function stored(): Promise<readonly string[]> {
    const answer = await api(rig.hub(), "GET", "/api/workspaces/e2e/deliveries?limit=200");
    return z
      .array(DeliveryView)
      .parse(answer)
      .map(({ id }) => id);
  }

  /** How many webhooks came to this verdict so far, as /metrics counts them. */
  async function counted(verdict: string): Promise<number> {
    const text = await (await fetch(`${rig.hub().url}/metrics`)).text();
    const line = new RegExp(`^kith_webhooks_total\\{connector="highlevel",verdict="${verdict}"\\} (\\d+)$`, "m");
    return Number(line.exec(text)?.[1] ?? 0);
  }

  const notice = () => ({
    type: "ContactUpdate",
    locationId: rig.emulators.highlevel.locationId,
    id: "nObOdYkNoWsThIsPeRsO",
    webhookId: "5e1f3c0a-7f2b-4c4e-9d7a-0123456789ab",
  });

  const SENT = [
    ["that is no JSON", () => "{", {}, 400, "malformed"],
    ["that is about something else", () => '{"hello":"world"}', {}, 400, "malformed"],
    ["without a signature", () => JSON.stringify(notice()), {}, 401, "unsigned"],
    ["whose signature fits nothing", () => JSON.stringify(notice()), { "x-ghl-signature": "AAAA" }, 403, "forged"],
    ["of more than a megabyte", () => JSON.stringify({ padding: "x".repeat(1_100_000) }), {}, 413, "oversized"],
  ] as const;

  test.each(SENT)("G20 one %s is refused, counted and not stored", async (_what, body, signature, status, verdict) => {
    const before = { stored: await stored(), counted: await counted(verdict) };
    const headers = { "content-type": "application/json", ...signature };
    const answer = await fetch(`${rig.hub().url}/hooks/highlevel/highlevel`, { method: "POST", headers, body: body() });
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject({ verdict });
    expect(await counted(verdict)).toBe(before.counted + 1);
    expect(await stored()).toEqual(before.stored);
  });

  test("G21 one signed by a stranger is refused, while the true one beside it does its work", async () => {
    const before = { forged: await counted("forged"), stored: (await stored()).length };
    await rig.highlevel.faults({ webhooks: { forge: 1 } });
    const { id } = await rig.highlevel.create({ lastName: "Forge", email: "forge@harbour.example" });
    await until("it is on the other side", async () => (await rig.salesmate.find("forge@harbour.example")).length > 0);
    await rig.highlevel.faults({ webhooks: { forge: 0 } });
    const sent = (await rig.highlevel.webhooks()).filter(({ contactId }) => contactId === id);
    expect(sent.map(({ isForged, status }) => [isForged, status]).sort()).toEqual([
      [false, 200],
      [true, 403],
    ]);
    expect(await counted("forged")).toBe(before.forged + 1);
    expect(await stored()).toHaveLength(before.stored + 1);
  });

  test("G22 one that comes twice is thanked for twice and worked once", async () => {
    const before = { duplicate: await counted("duplicate"), stored: (await stored()).length };
    const writes = await rig.salesmate.writes();
    await rig.highlevel.faults({ webhooks: { double: 1 } });
    const { id } = await rig.highlevel.create({ lastName: "Double", email: "double@harbour.example" });
    await until("both were answered", async () => (await counted("duplicate")) > before.duplicate);
    await rig.highlevel.faults({ webhooks: { double: 0 } });
    await until("it is on the other side", async () => (await rig.salesmate.find("double@harbour.example")).length > 0);
    await until("quiet", async () => isQuiet(await overviewOf(rig.hub())));
    const sent = (await rig.highlevel.webhooks()).filter(({ contactId }) => contactId === id);
    expect(sent.map(({ status }) => status)).toEqual([200, 200]);
    expect(await stored()).toHaveLength(before.stored + 1);
    expect(await rig.salesmate.writes()).toBe(writes + 1);
  });
});

describe("a machine that is not as it must be", () => {
  /** One sentence of the program, and nothing else: no stack, no second line. */
  const ONE_SENTENCE = /^kith: [^\n]+\.$/;

  /** A file that is where the program would like something else. */
  function aFile(name: string, content: string): string {
    const file = join(aFolder(ending), name);
    writeFileSync(file, content);
    return file;
  }

  function foreignDatabase(): string {
    const file = join(aFolder(ending), "other.db");
    const database = new DatabaseSync(file);
    database.exec("create table invoices (number integer)");
    database.close();
    return file;
  }

  // Folders that may not be written are left out: the super-user may write everywhere, and the tests may run as one.
  const SERVED: readonly (readonly [string, () => Environment, RegExp])[] = [
    [
      "a port in use",
      () => ({ KITH_PORT: new URL(rig.hub().url).port }),
      /Port \d+ of 127\.0\.0\.1 is in use.*KITH_PORT/,
    ],
    ["another program's database", () => ({ KITH_STORE: `sqlite:${foreignDatabase()}` }), /other\.db/],
    [
      "a file that is no database",
      () => ({ KITH_STORE: `sqlite:${aFile("notes.txt", "Dear diary ".repeat(99))}` }),
      /notes\.txt/,
    ],
    ["a data folder that cannot be made", () => ({ KITH_DATA_DIR: join(aFile("file", ""), "data") }), /KITH_DATA_DIR/],
    ["a folder where the database should be", () => ({ KITH_STORE: `sqlite:${aFolder(ending)}` }), /kith-e2e-/],
    ["a bad port", () => ({ KITH_PORT: "many" }), /KITH_PORT is "many", but must be a whole number/],
    [
      "a bad master key",
      () => ({ KITH_MASTER_KEY: "letmein" }),
      /^kith: The environment variable KITH_MASTER_KEY must/,
    ],
  ];

  test.each(SERVED)("G23 %s is told in one sentence and ends with exit code 1", async (_what, environment, words) => {
    const own = { KITH_DATA_DIR: join(aFolder(ending), "data"), KITH_PORT: "0" };
    const { code, out, err } = await kith(ending, ["serve"], { ...own, ...environment() });
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(ONE_SENTENCE);
    expect(err).toMatch(words);
    expect(err).not.toContain("letmein");
  });

  const FILES = [
    ["that is no YAML", "workspace: { id: acme\nconnections: [", ":2:"],
    ["with a wrong value", "workspace:\n  id: ACME\n  name: Acme\n", ":2:3: workspace.id: "],
    [
      "with an unset variable",
      `workspace:\n  id: acme\n  name: \${env:KITH_E2E_NOT_SET}\n`,
      ":3:9: the environment variable KITH_E2E_NOT_SET",
    ],
  ] as const;

  test.each(FILES)("G24 a workspace file %s is refused with file and line", async (_what, text, place) => {
    const file = aFile("workspace.yaml", text);
    const { code, err } = await kith(ending, ["apply", file], rig.hub().env);
    expect(code).toBe(1);
    expect(err).toContain(`kith: The workspace file ${file} cannot be applied.`);
    expect(err).toContain(`  ${file}${place}`);
    expect(err).not.toMatch(/\n\s+at /);
  });
});

test("G25 a wrong token and an unreachable partner show in plain words, and everything else goes on", async () => {
  const { highlevel } = rig.emulators;
  await applyWorkspace(
    ending,
    rig,
    `
workspace: { id: ill, name: Ill }
connections:
  - id: highlevel
    connector: highlevel
    name: Wrong token
    settings: { locationId: ${highlevel.locationId}, writing: true }
    baseUrls: { api: "${highlevel.url}" }
    credential: { kind: token, token: pit-not-the-right-one }
  - id: salesmate
    connector: salesmate
    name: Nobody there
    settings: { linkname: nobody, ownerId: 1 }
    baseUrls: { api: "http://127.0.0.1:9/apis" }
    credential: { kind: token, token: some-key }
syncs:
  - { id: contacts, name: Contacts, left: highlevel, right: salesmate, resource: contact, pollMs: { left: 500, right: 500 } }
`,
  );
  const ill = await until("both show that they are ill", async () => {
    const { connections } = await overviewOf(rig.hub(), "ill");
    const states = Object.fromEntries(connections.map(({ id, status, message }) => [id, { status, message }]));
    return states.highlevel?.status === "broken" && states.salesmate?.status === "waiting" && states;
  });
  expect(ill.highlevel?.message).toMatch(/HighLevel.*token/);
  expect(ill.salesmate?.message).toMatch(/does not answer/);
  for (const { message } of Object.values(ill)) expect(message).not.toMatch(/pit-not|some-key|ECONNREFUSED|undefined/);
  await rig.highlevel.create({ lastName: "Healthy", email: "healthy@harbour.example" });
  await until("the other workspace goes on", async () => (await rig.salesmate.find("healthy@harbour")).length > 0);
});
