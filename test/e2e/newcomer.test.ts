import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { JournalView, OverviewView, VerifyView } from "../../model/api/views.ts";
import { aFolder, anEnding, type HubProcess, kith, startHub } from "./processes.ts";
import { api, sweepAll } from "./rig.ts";
import { until } from "./until.ts";

const ending = anEnding();
afterAll(ending.all);

/** What stands beside HighLevel. */
const APPS = ["Daybook", "Salesmate", "Trint", "Trustmary", "Trustpilot"];

const FIRST_MINUTE_MS = 60_000;
const IN_STEP = /^in step: (\d+) linked, 0 differences(?:; \d+ wait for you)?$/m;

test("G1 the first command brings the sandbox in step within a minute, and it stays quiet", async () => {
  const hub = await startHub(ending, aFolder(ending), { words: ["sandbox"] });
  const [, linked] = await until("the sandbox in step", () => IN_STEP.exec(hub.out()), FIRST_MINUTE_MS);
  expect(Number(linked)).toBeGreaterThan(400);
  expectPlainWords(hub.out());
  await expectCommandsToSayTheSame(hub);
  await expectSecondPassToWriteNothing(hub);
  await expectToStopInOrder(hub);
}, 120_000);

/** One address, one link, how far it is, and then the sentence. */
function expectPlainWords(out: string): void {
  const lines = out.trim().split("\n");
  expect(lines.filter((line) => line.startsWith("Kith runs at http://127.0.0.1:"))).toHaveLength(1);
  expect(lines.filter((line) => line.includes("/api/auth/magic-link/verify?token="))).toHaveLength(1);
  expect(lines.filter((line) => /^(reading all sides|bringing them in step): \d+ read/.test(line))).not.toEqual([]);
  expect(lines.at(-1)).toMatch(IN_STEP);
}

async function expectCommandsToSayTheSame({ env }: HubProcess): Promise<void> {
  const [status, statusData, verify, verifyData] = await Promise.all([
    kith(ending, ["status"], env),
    kith(ending, ["status", "--json"], env),
    kith(ending, ["verify"], env),
    kith(ending, ["verify", "--json"], env),
  ]);
  expect([status, statusData, verify, verifyData].map(({ code, err }) => ({ code, err }))).toEqual(
    Array(4).fill({ code: 0, err: "" }),
  );
  for (const name of ["HighLevel", ...APPS]) expect(status.out).toMatch(new RegExp(`  ${name} +working\\n`));
  const { syncs, due } = OverviewView.parse(JSON.parse(statusData.out));
  expect(due).toMatchObject({ retrying: 0, dead: 0 });
  expect(new Set(syncs.map(({ phase }) => phase))).toEqual(new Set(["running"]));
  expect(resourcesByApp(syncs)).toEqual({
    daybook: ["appointment", "contact", "note", "task"],
    salesmate: ["appointment", "business", "contact", "note", "task"],
    trint: ["contact", "note", "task"],
    trustmary: ["contact", "note", "task"],
    trustpilot: ["contact", "note", "task"],
  });
  expect(verify.out.match(/; in step: /g)).toHaveLength(syncs.length);
  const reports = z.array(VerifyView).parse(JSON.parse(verifyData.out));
  expect(reports.map(({ differences }) => differences)).toEqual(syncs.map(() => 0));
  expect(reports.filter(({ linked }) => linked === 0)).toEqual([]);
}

/** What is kept in step with each app, as the overview lists it. */
function resourcesByApp(syncs: OverviewView["syncs"]): Readonly<Record<string, readonly string[]>> {
  const byApp = Object.groupBy(syncs, ({ right }) => right);
  return Object.fromEntries(
    Object.entries(byApp).map(([app, all = []]) => [app, all.map(({ resource }) => resource).sort()]),
  );
}

async function expectSecondPassToWriteNothing(hub: HubProcess): Promise<void> {
  const before = await deedsOf(hub);
  await sweepAll(hub, "sandbox");
  expect(await deedsOf(hub)).toEqual(before);
}

/** What the hub has decided, and how often it has called a partner to change or to delete. */
async function deedsOf(hub: HubProcess) {
  const [newest] = z.array(JournalView).parse(await api(hub, "GET", "/api/workspaces/sandbox/journal?limit=1"));
  const metrics = await (await fetch(`${hub.url}/metrics`)).text();
  const changes = metrics
    .split("\n")
    .filter((line) => /^kith_partner_call_seconds_count\{.*method="(PUT|PATCH|DELETE)"/.test(line))
    .sort();
  expect(changes).not.toEqual([]);
  return { newest: newest?.id, changes };
}

async function expectToStopInOrder(hub: HubProcess): Promise<void> {
  const askedAt = performance.now();
  expect(await hub.end("SIGTERM")).toBe(0);
  expect(performance.now() - askedAt).toBeLessThan(5_000);
  expect(hub.err()).toBe("");
}
