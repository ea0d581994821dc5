import { afterAll, expect, test } from "vitest";
import type { SyncView } from "../../model/api/views.ts";
import { anEnding } from "./processes.ts";
import type { Product } from "./product.ts";
import {
  applyWorkspace,
  NO_POLLS,
  overviewOf,
  type Rig,
  startUnconfigured,
  untilInStep,
  workspaceText,
} from "./rig.ts";
import { until } from "./until.ts";

/**
 * The hub is killed without warning, and the products take their time, so that there is always something under way that
 * dies with it: a page being read, a create whose answer nobody hears, a webhook that was answered but not yet worked.
 */
const ending = anEnding();
afterAll(ending.all);

const LONG_MS = 90_000;
/** A create that had not left yet when the hub was killed is sent again only when it could no longer take effect: 68 s. */
const HORIZON_MS = 68_000;

const slow = (method: string, path: string, ms: number) => ({ match: { method, path }, effect: "delay", ms });
const HIGHLEVEL_LIST = "/contacts/search$";
const HIGHLEVEL_CREATE = "/contacts/?$";
const SALESMATE_CREATE = "/contact/v4/?$";
const SALESMATE_UPDATE = "/contact/v4/\\d+$";

test(
  "G10 killed while both sides are first read, the hub goes on and nobody is lost or doubled",
  async () => {
    const rig = await startUnconfigured(ending, "0,0");
    await rig.highlevel.bulk(1_040, 1);
    await rig.salesmate.bulk(1_000, 1);
    await rig.highlevel.faults([slow("POST", HIGHLEVEL_LIST, 1_000)]);
    await configure(rig);
    for (const seen of [1, 501]) {
      const sync = await until(`${seen} contacts read`, async () => {
        const [now] = (await overviewOf(rig.hub())).syncs;
        return now !== undefined && readSoFar(now) >= seen && now;
      });
      expect(sync.phase).toBe("starting");
      await rig.killAndRestart();
    }
    await rig.highlevel.faults([]);
    await expectNothingLostNorDoubled(rig, await everybody(rig.highlevel), 1_040);
  },
  LONG_MS,
);

test(
  "G11 killed twice amid creates in both directions, it creates nobody twice",
  async () => {
    const rig = await startUnconfigured(ending, "0,0");
    await rig.highlevel.quirks({ allowDuplicateContact: true });
    for (let one = 1; one <= 24; one += 1) {
      await rig.highlevel.create({ lastName: `Left ${one}`, email: `left.${one}@harbour.example` });
      await rig.salesmate.create({ lastName: `Right ${one}`, email: `right.${one}@harbour.example` });
    }
    const people = [...(await everybody(rig.highlevel)), ...(await everybody(rig.salesmate))].sort();
    await rig.highlevel.faults([
      { ...slow("POST", HIGHLEVEL_CREATE, 300), effect: "drop", times: 2 },
      slow("POST", HIGHLEVEL_CREATE, 300),
    ]);
    await rig.salesmate.faults([
      { ...slow("POST", SALESMATE_CREATE, 300), effect: "drop", times: 2 },
      slow("POST", SALESMATE_CREATE, 300),
    ]);
    await configure(rig);
    // What was on its way when the hub was killed is looked for until the horizon, so a third kill would only add waiting.
    for (const arrived of [1, 8]) {
      await until(`${arrived} created on each side`, async () => {
        const sizes = await Promise.all([rig.highlevel, rig.salesmate].map(async (one) => (await one.find("")).length));
        return sizes.some((size) => size >= 24 + arrived);
      });
      await rig.killAndRestart();
    }
    await expectNothingLostNorDoubled(rig, people, 48);
  },
  LONG_MS + HORIZON_MS,
);

test(
  "G12 killed right after it has acknowledged webhooks, it does what they told",
  async () => {
    const rig = await startUnconfigured(ending, "0,0");
    await rig.highlevel.bulk(30, 2);
    await rig.salesmate.bulk(30, 2);
    await configure(rig);
    await untilInStep(rig.hub());
    // From here on neither a poll nor a sweep could tell of the edits: what was acknowledged is all that there is.
    await rig.highlevel.faults([{ match: { method: "POST", path: HIGHLEVEL_LIST }, effect: "500-before" }]);
    await rig.salesmate.faults([slow("PUT", SALESMATE_UPDATE, 3_000)]);
    const people = await rig.highlevel.find("");
    await Promise.all(people.map(({ id }) => rig.highlevel.edit(id, { city: "Reykjavík" })));
    await until("every webhook acknowledged", async () => {
      const delivered = (await rig.highlevel.webhooks()).filter(({ state }) => state === "delivered");
      return new Set(delivered.map(({ contactId }) => contactId)).size === 30;
    });
    expect(await livingIn(rig.salesmate, "Reykjavík")).toBeLessThan(30);
    await rig.salesmate.faults([]);
    await rig.killAndRestart();
    await until("every edit arrived", async () => (await livingIn(rig.salesmate, "Reykjavík")) === 30);
    await rig.highlevel.faults([]);
    await expectNothingLostNorDoubled(rig, await everybody(rig.highlevel), 30);
  },
  LONG_MS,
);

const configure = (rig: Rig) => applyWorkspace(ending, rig, workspaceText(rig.emulators, NO_POLLS));

/** How many of HighLevel's contacts have been read. */
function readSoFar({ progress }: SyncView): number {
  return progress.find(({ kind, side }) => kind === "backfill" && side === "left")?.seen ?? 0;
}

/** E-mail addresses of everybody in the product, sorted: who was created twice stands there twice. */
async function everybody(product: Product): Promise<string[]> {
  return (await product.find("")).map(({ fields }) => String(fields.email).toLowerCase()).sort();
}

async function livingIn(product: Product, city: string): Promise<number> {
  return (await product.find("")).filter(({ fields }) => fields.city === city).length;
}

async function expectNothingLostNorDoubled(rig: Rig, people: readonly string[], count: number): Promise<void> {
  expect(new Set(people).size).toBe(count);
  const report = await untilInStep(rig.hub(), "e2e", LONG_MS + HORIZON_MS);
  expect(report).toMatchObject({ linked: count, differences: 0, explained: 0 });
  expect(await everybody(rig.highlevel)).toEqual(people);
  expect(await everybody(rig.salesmate)).toEqual(people);
}
