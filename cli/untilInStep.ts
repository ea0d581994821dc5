import { ROUTES } from "../model/api/routes.ts";
import type { OverviewView, SyncView } from "../model/api/views.ts";
import type { Call } from "./client.ts";
import { inStep } from "./show.ts";
import type { World } from "./world.ts";

const LOOK_MS = 400;
/** How many looks in a row without movement it takes to believe that nothing moves any more: when nothing is due … */
const STILL_LOOKS = 2;
/** … and when something is: calls that wait for an allowance stand still for up to ten seconds. */
const STUCK_LOOKS = 30;

/**
 * Shows how the first readings go on, and ends when all of them have come to rest and a full comparison of the contacts of
 * every sync finds both sides in step, or the person stops.
 */
export async function untilInStep(world: World, call: Call, workspaceId: string): Promise<void> {
  const line = progressLine(world);
  const stillness = stillnessMeter();
  const stop = { isAsked: false };
  void world.stopped.then(() => {
    stop.isAsked = true;
  });
  while (!stop.isAsked) {
    const overview = await call(ROUTES.overview, { params: { workspaceId } });
    const contacts = overview.syncs.filter(({ resource }) => resource === "contact");
    if (contacts.length === 0) return;
    line.show(progressWords(contacts));
    if (stillness.isStill(overview)) {
      const linked = await linkedInStep(call, workspaceId, contacts);
      if (linked !== undefined) return line.end(inStep({ linked, differences: 0, explained: waitingIn(contacts) }));
    }
    await world.pause(LOOK_MS);
  }
}

/** How many are linked in all these syncs; `undefined` where a full comparison of one finds a difference. */
async function linkedInStep(call: Call, workspaceId: string, syncs: readonly SyncView[]): Promise<number | undefined> {
  let linked = 0;
  for (const { id } of syncs) {
    const report = await call(ROUTES.verifySync, { params: { workspaceId, syncId: id } });
    if (report.differences > 0) return undefined;
    linked += report.linked;
  }
  return linked;
}

/** How many records wait for a person. */
function waitingIn(syncs: readonly SyncView[]): number {
  return sumOf(syncs, ({ counts }) => counts.ambiguous + counts.conflicts + counts.findings);
}

function sumOf(syncs: readonly SyncView[], count: (sync: SyncView) => number): number {
  return syncs.reduce((sum, sync) => sum + count(sync), 0);
}

/** Says, look after look, whether work has come to rest; begins anew after it has said so. */
function stillnessMeter(): { readonly isStill: (overview: OverviewView) => boolean } {
  let before = "";
  let looks = 0;
  return {
    isStill: (overview) => {
      const now = movementOf(overview);
      const isRunning = overview.syncs.every(({ phase }) => phase === "running");
      looks = now === before && isRunning ? looks + 1 : 0;
      before = now;
      const isIdle = overview.due.waiting === 0;
      if (looks < (isIdle ? STILL_LOOKS : STUCK_LOOKS)) return false;
      looks = 0;
      return true;
    },
  };
}

/** What moves while work is done; the same text twice means that nothing did. */
function movementOf({ activity, syncs }: OverviewView): string {
  return JSON.stringify([syncs.map(({ counts }) => counts), activity.reduce((sum, { count }) => sum + count, 0)]);
}

/** How far these syncs are together, in a few words. Pure. */
export function progressWords(syncs: readonly SyncView[]): string {
  const read = sumOf(syncs, ({ progress }) =>
    progress.reduce((sum, { kind, seen }) => sum + (kind === "backfill" ? seen : 0), 0),
  );
  const what = syncs.some(({ phase }) => phase === "starting") ? "reading all sides" : "bringing them in step";
  const linked = sumOf(syncs, ({ counts }) => counts.linked);
  const half = sumOf(syncs, ({ counts }) => counts.half - (counts.leftAlone ?? 0) - (counts.keptAlone ?? 0));
  return `${what}: ${read} read, ${linked} linked, ${half} on one side only`;
}

/** One line that is rewritten in a terminal; elsewhere a line whenever the words change. */
function progressLine(world: World): {
  readonly show: (words: string) => void;
  readonly end: (words: string) => void;
} {
  let shown = "";
  return {
    show: (words) => {
      if (words === shown) return;
      shown = words;
      if (world.isTerminal) world.rewrite(words);
      else world.print(words);
    },
    end: (words) => {
      if (world.isTerminal) world.rewrite("");
      world.print(words);
    },
  };
}
