import { describe, expect, test } from "vitest";
import type { Route } from "../model/api/route.ts";
import { ROUTES } from "../model/api/routes.ts";
import type { SyncView, VerifyView } from "../model/api/views.ts";
import type { Call } from "./client.ts";
import { progressWords, untilInStep } from "./untilInStep.ts";
import type { World } from "./world.ts";

const COUNTS = { linked: 4, half: 2, ambiguous: 0, unlinked: 0, deleted: 0, conflicts: 0, findings: 0 };
const SYNC: SyncView = {
  id: "contacts",
  name: "Contacts",
  resource: "contact",
  left: "highlevel",
  right: "salesmate",
  isPaused: false,
  phase: "running",
  start: { state: "started", mode: "full" },
  counts: COUNTS,
  progress: [{ side: "left", kind: "backfill", seen: 6 }],
  heldDeletions: 0,
};
const REPORT: VerifyView = {
  syncId: "contacts",
  readLeft: 6,
  readRight: 6,
  linked: 6,
  differences: 0,
  explained: 0,
  list: [],
};

/** One look at the hub: how many are linked, in which phase, and how much is due. */
type Look = readonly [linked: number, phase: SyncView["phase"], waiting: number];

/** Watches a hub that shows these looks in turn, the last of them for ever, and these reports. */
async function watch(
  looks: readonly Look[],
  reports: readonly VerifyView[],
  isTerminal = false,
  others: readonly SyncView[] = [],
) {
  const said: string[] = [];
  let looked = 0;
  let verified = 0;
  const overviewOf = ([linked, phase, waiting]: Look) => ({
    workspace: { id: "w", name: "W" },
    isSandbox: true,
    connections: [],
    syncs: [...others, { ...SYNC, phase, counts: { ...COUNTS, linked } }],
    activity: [],
    due: { waiting, retrying: 0, dead: 0 },
    at: 0,
  });
  const answer = (route: Route): unknown => {
    if (route.path === ROUTES.overview.path) {
      looked += 1;
      return overviewOf(looks[Math.min(looked, looks.length) - 1] ?? [0, "starting", 0]);
    }
    verified += 1;
    return reports[Math.min(verified, reports.length) - 1];
  };
  // Only these two routes are called, and both are answered in their own shape.
  const call = (async (route: Route) => answer(route)) as Call;
  const world: Pick<World, "print" | "rewrite" | "isTerminal" | "pause" | "stopped"> = {
    print: (text) => said.push(text),
    rewrite: (text) => said.push(`~${text}`),
    isTerminal,
    pause: async () => {
      if (looked > 200) throw new Error("looked for ever");
    },
    stopped: new Promise(() => {}),
  };
  // Watching uses these parts of the world and no other.
  await untilInStep(world as World, call, "w");
  return { said, looked, verified };
}

describe("watching the first sync", () => {
  test("X53 progress says what is done at the moment", () => {
    expect(progressWords([{ ...SYNC, phase: "starting" }])).toBe(
      "reading all sides: 6 read, 4 linked, 2 on one side only",
    );
    expect(progressWords([SYNC])).toMatch(/^bringing them in step/);
  });

  test("X54 it ends with the verdict of a full comparison, made once all has come to rest", async () => {
    const { said, verified } = await watch(
      [
        [0, "starting", 9],
        [3, "running", 40],
        [6, "running", 4],
      ],
      [REPORT],
    );
    expect(said.at(-1)).toBe("in step: 6 linked, 0 differences");
    expect(verified).toBe(1);
  });

  test("X54 the contacts of every sync are compared, and counted together", async () => {
    const counts = { ...COUNTS, ambiguous: 2, findings: 1 };
    const second: SyncView = { ...SYNC, id: "daybook-contacts", right: "daybook", counts };
    const { said, verified } = await watch([[6, "running", 0]], [REPORT, { ...REPORT, linked: 3 }], false, [second]);
    expect(said.at(-1)).toBe("in step: 9 linked, 0 differences; 3 wait for you");
    expect(verified).toBe(2);
  });

  test("X54 nothing is compared while what belongs to contacts is still being read", async () => {
    const notes: SyncView = { ...SYNC, id: "notes", name: "Notes", resource: "note", phase: "starting" };
    await expect(watch([[6, "running", 0]], [REPORT], false, [notes])).rejects.toThrow("looked for ever");
    const { said, verified } = await watch([[6, "running", 0]], [REPORT], false, [{ ...notes, phase: "running" }]);
    expect(said.at(-1)).toBe("in step: 6 linked, 0 differences");
    expect(verified).toBe(1);
  });

  test("X54 nothing is compared while both sides are still being read", async () => {
    const starting = Array.from({ length: 50 }, (): Look => [0, "starting", 4]);
    const { looked } = await watch([...starting, [6, "running", 4]], [REPORT]);
    expect(looked).toBeGreaterThan(50);
  });

  test("X55 a comparison that still finds differences is made again", async () => {
    const { said, verified } = await watch([[6, "running", 4]], [{ ...REPORT, differences: 2 }, REPORT]);
    expect(verified).toBe(2);
    expect(said.filter((line) => line.startsWith("in step:"))).toHaveLength(1);
  });

  test("X56 keys that stay due put the comparison off, but not for ever", async () => {
    const { looked, verified } = await watch([[6, "running", 5]], [REPORT]);
    expect(looked).toBeGreaterThan(25);
    expect(verified).toBe(1);
  });

  test("X57 a terminal's line is rewritten and cleared, elsewhere each change is a line", async () => {
    const looks: Look[] = [
      [1, "running", 9],
      [1, "running", 9],
      [6, "running", 4],
    ];
    const terminal = await watch(looks, [REPORT], true);
    expect(terminal.said.map((line) => line.startsWith("~"))).toEqual([true, true, true, false]);
    expect(terminal.said.at(-2)).toBe("~");
    const plain = await watch(looks, [REPORT]);
    expect(plain.said).toHaveLength(3);
  });
});
