import { afterAll, expect, test } from "vitest";
import { PreviewView } from "../../model/api/previews.ts";
import { anEnding, kith } from "./processes.ts";
import { applyWorkspace, overviewOf, startUnconfigured, untilInStep, workspaceText } from "./rig.ts";
import { until } from "./until.ts";

const Preview = PreviewView.pick({ counts: true });

const ending = anEnding();
afterAll(ending.all);

test("G39 nothing is written before the start; what was shown is then done, and both sides are in step", async () => {
  const rig = await startUnconfigured(ending, "24,20");
  const text = workspaceText(rig.emulators).replace("isReviewed: true", "isReviewed: false");
  await applyWorkspace(ending, rig, text);
  await until("both sides are read", async () => {
    const { syncs } = await overviewOf(rig.hub());
    return syncs[0]?.phase === "ready";
  });
  const before = await sizes();
  expect(before.highlevel + before.salesmate).toBeGreaterThan(0);
  const preview = await kith(ending, ["preview", "contacts", "--json"], rig.hub().env);
  expect(preview.code).toBe(0);
  const { counts } = Preview.parse(JSON.parse(preview.out));
  expect(counts.createLeft + counts.createRight).toBeGreaterThan(0);
  for (const product of [rig.highlevel, rig.salesmate]) expect(await product.writes()).toBe(0);
  const begun = await kith(ending, ["begin", "contacts"], rig.hub().env);
  expect(begun.out).toContain("Contacts is starting: full");
  await untilInStep(rig.hub());
  expect(await sizes()).toEqual({
    highlevel: before.highlevel + counts.createLeft,
    salesmate: before.salesmate + counts.createRight,
  });

  async function sizes() {
    return { highlevel: (await rig.highlevel.find("")).length, salesmate: (await rig.salesmate.find("")).length };
  }
});
