import { afterAll, expect, test } from "vitest";
import { z } from "zod";
import { JournalView, OverviewView, VerifyView } from "../../model/api/views.ts";
import { aFolder, anEnding, type HubProcess, kith, startHub } from "./processes.ts";
import { api, sweepAll } from "./rig.ts";
import { until } from "./until.ts";

const ending = anEnding();
afterAll(ending.all);

const FIRST_MINUTE_MS = 60_000;
const IN_STEP = /^in step: (\d+) linked, 0 differences(?:; \d+ wait for you)?$/m;

test("G1 the first command brings the sandbox in step within a minute, and it stays quiet", async () => {
  const hub = await startHub(ending, aFolder(ending), { words: ["sandbox"] });
  const [sentence, linked] = await until("the sandbox in step", () => IN_STEP.exec(hub.out()), FIRST_MINUTE_MS);
  expect(Number(linked)).toBeGreaterThan(400);
  expectPlainWords(hub.out());
  await expectCommandsToSayTheSame(hub, sentence);
  await expectSecondPassToWriteNothing(hub);
  await expectToStopInOrder(hub);
}, 120_000);

/** One address, one link, how far it is, and then the sentence. */
function expectPlainWords(out: string): void {
  const lines = out.trim().split("\n");
  expect(lines.filter((line) => line.startsWith("Kith runs at http://127.0.0.1:"))).toHaveLength(1);
  expect(lines.filter((line) => line.includes("/api/auth/magic-link/verify?token="))).toHaveLength(1);
  expect(lines.filter((line) => /^(reading both sides|bringing them in step): \d+ read/.test(line))).not.toEqual([]);
  expect(lines.at(-1)).toMatch(IN_STEP);
}

async function expectCommandsToSayTheSame({ env }: HubProcess, sentence: string): Promise<void> {
  const [status, statusData, verify, verifyData] = await Promise.all([
    kith(ending, ["status"], env),
    kith(ending, ["status", "--json"], env),
    kith(ending, ["verify"], env),
    kith(ending, ["verify", "contacts", "--json"], env),
  ]);
  expect([status, statusData, verify, verifyData].map(({ code, err }) => ({ code, err }))).toEqual(
    Array(4).fill({ code: 0, err: "" }),
  );
  expect(status.out).toMatch(/HighLevel +working\n +Salesmate +working/);
  const { syncs } = OverviewView.parse(JSON.parse(statusData.out));
  expect(syncs.map(({ resource, phase }) => [resource, phase])).toEqual([
    ["appointment", "running"],
    ["contact", "running"],
    ["note", "running"],
    ["task", "running"],
  ]);
  expect(verify.out).toContain(sentence);
  expect(verify.out.match(/; in step: /g)).toHaveLength(4);
  const [report] = z.array(VerifyView).parse(JSON.parse(verifyData.out));
  expect(report).toMatchObject({ syncId: "contacts", differences: 0 });
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
