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
 * Shows how the first readings go on, and ends when all of them have come to rest and a full comparison of the contacts
 * finds both sides in step, or the person stops.
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
    const contacts = overview.syncs.find(({ resource }) => resource === "contact");
    if (contacts === undefined) return;
    line.show(progressWords(contacts));
    if (stillness.isStill(overview)) {
      const report = await call(ROUTES.verifySync, { params: { workspaceId, syncId: contacts.id } });
      if (report.differences === 0) return line.end(inStep(report));
    }
    await world.pause(LOOK_MS);
  }
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

/** How far a sync is, in a few words. Pure. */
export function progressWords({ phase, progress, counts }: SyncView): string {
  const read = progress.filter(({ kind }) => kind === "backfill").reduce((sum, { seen }) => sum + seen, 0);
  const what = phase === "starting" ? "reading both sides" : "bringing them in step";
  return `${what}: ${read} read, ${counts.linked} linked, ${counts.half - (counts.leftAlone ?? 0) - (counts.keptAlone ?? 0)} waiting for their counterpart`;
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
