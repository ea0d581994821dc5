import { expect, test } from "vitest";
import { z } from "zod";
import { Failure } from "../model/errors.ts";
import { aSync } from "../test/builders.ts";
import { worldClock } from "../test/world.ts";
import { createMissingFields, missingWords } from "./missingFields.ts";
import { acme, aHub, aWorkspace, notingEngine, type Scene } from "./scene.ts";

const GONE = [{ side: "right" as const, field: "custom.gone" }];
const registry = {
  partnerOf: () => {
    throw new Error("no partner is asked here but through the engine");
  },
};

const store = { fieldWatch: async () => undefined };

test("A37 a look at the partners' fields stands for a minute, and until the sync is changed", async () => {
  let looks = 0;
  const clock = worldClock(0);
  const engine = {
    missingFields: async () => {
      looks += 1;
      return GONE;
    },
  };
  const missingFields = createMissingFields({ engine, registry, store, clock });
  expect(await missingFields(aSync())).toEqual(GONE);
  expect(await missingFields(aSync())).toEqual(GONE);
  expect(looks).toBe(1);
  await missingFields(aSync({ version: "2" }));
  expect(looks).toBe(2);
  await clock.advance(60_000);
  await missingFields(aSync({ version: "2" }));
  expect(looks).toBe(3);
});

test("A37 a partner that can not be asked leaves it unknown, and a fault of ours is told", async () => {
  const failing = (failure: Failure) =>
    createMissingFields({
      engine: { missingFields: () => Promise.reject(failure) },
      registry,
      store,
      clock: worldClock(0),
    });
  expect(await failing(new Failure("unavailable", "no answer"))(aSync())).toBeUndefined();
  await expect(failing(new Failure("bug", "a fault"))(aSync())).rejects.toThrow("a fault");
});

test("A37 the partners of a paused sync are left alone", async () => {
  const engine = { missingFields: () => Promise.reject(new Failure("bug", "a partner was asked")) };
  const missingFields = createMissingFields({ engine, registry, store, clock: worldClock(0) });
  expect(await missingFields(aSync({ isPaused: true }))).toBeUndefined();
});

test("A37 nobody waits for a slow partner", async () => {
  const clock = worldClock(0);
  const engine = { missingFields: () => new Promise<never>(() => {}) };
  const answer = createMissingFields({ engine, registry, store, clock })(aSync());
  await clock.advance(2_000);
  expect(await answer).toBeUndefined();
});

test("A37 applying warns of it, and the overview shows it", async () => {
  const scene = await aHub({ engine: { ...notingEngine().engine, missingFields: async () => GONE } });
  const applied = await answerOf(scene, "PUT", "", aWorkspace());
  expect(applied).toMatchObject({ warnings: [expect.stringContaining("two has no field custom.gone")] });
  expect(await answerOf(scene, "GET", "/overview")).toMatchObject({ syncs: [{ id: "contacts", missing: GONE }] });
  await scene.hub.stop();
});

test("A38 applying a sync that would write where writing is off says so, and how to turn it on", async () => {
  const reader = { ...acme, canWrite: () => false };
  const scene = await aHub({ connectors: new Map([[acme.id, reader]]) });
  const { warnings } = z
    .object({ warnings: z.array(z.string()) })
    .parse(await answerOf(scene, "PUT", "", aWorkspace()));
  const told = warnings.filter((warning) => warning.includes("only reads"));
  expect(told).toEqual([
    expect.stringMatching(/^sync contacts: connection one only reads.*Acme one waits.*writing: true/),
    expect.stringMatching(/^sync contacts: connection two only reads/),
  ]);
  await scene.hub.stop();
});

async function answerOf(scene: Scene, method: string, path: string, body?: unknown): Promise<unknown> {
  const headers = { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${scene.hub.listensAt}/api/workspaces/w${path}`, { method, headers, ...sent });
  return response.json();
}

test("A37 what is missing is told with the connection and what to do", () => {
  expect(missingWords(aSync(), GONE)).toEqual([expect.stringMatching(/salesmate has no field custom\.gone.*correct/)]);
});
