import { SIDES, type Side } from "../../model/record.ts";
import { SYNC_ID, WORKSPACE_ID } from "../rules.ts";
import { playPairJot } from "./jots.ts";
import { edit, enter, remove, swap } from "./people.ts";
import type { PairPlan } from "./plan.ts";
import { playReply } from "./replies.ts";
import { screenOf } from "./screens.ts";
import { isDisturbing, type PairStep, type PairStepOf } from "./steps.ts";
import type { PairWorld } from "./world.ts";

/** Plays one step and lets all happen that needs no time. A step that makes no sense where things stand does nothing. */
export async function playPair(world: PairWorld, step: PairStep): Promise<void> {
  world.trace.note("step", JSON.stringify(step));
  if (isDisturbing(step)) world.ledger.disturbedAt ??= world.clock.now();
  await act(world, step);
  await world.turns.settle();
}

/** Puts the residents in before the hub begins. */
export async function settleIn(world: PairWorld, { residents }: PairPlan): Promise<void> {
  for (const { person, sides } of residents) await enter(world, { kind: "enter", person, sides });
}

async function act(world: PairWorld, step: PairStep): Promise<void> {
  switch (step.kind) {
    case "enter":
      return enter(world, step);
    case "edit":
      return edit(world, step);
    case "clash":
      for (const [place, side] of SIDES.entries())
        await edit(world, { ...step, side, value: step.values[place] ?? "" });
      return;
    case "remove":
      return remove(world, step);
    case "swap":
      return swap(world, step);
    case "write":
    case "rewrite":
    case "discard":
      return playPairJot(world, step);
    case "reply":
    case "amend":
    case "withdraw":
    case "dismiss":
      return playReply(world, step);
    default:
      return disturb(world, step);
  }
}

type Disturbance = PairStepOf<"wait" | "jump" | "wire" | "partner" | "outage" | "crash" | "second" | "webhooks">;

async function disturb(world: PairWorld, step: Disturbance): Promise<void> {
  switch (step.kind) {
    case "wait":
      return world.clock.advance(step.ms);
    case "jump":
      return world.clock.jump(step.ms);
    case "wire":
      return arm(world, step);
    case "partner":
      return goWrong(world, step.side, { faults: [step.fault] });
    case "outage":
      return world.network.cutOff(step.side, world.clock.now() + step.ms);
    case "webhooks":
      return goWrong(world, step.side, { webhooks: step.faults });
    case "crash":
      return world.hub()?.life.endAtAwait(step.awaits, step.when);
    case "second":
      return world.startHub();
    default:
      return step satisfies never;
  }
}

/** Has a side's product misbehave as told. */
export function goWrong({ highlevel, partner }: PairWorld, side: Side, change: object): void {
  if (side === "left") highlevel.control.faults.set(change);
  else partner.goWrong(change);
}

/** Before the first reading has ended nothing promises to survive a page that lies. */
async function arm(world: PairWorld, step: PairStepOf<"wire">): Promise<void> {
  const isLying = step.fault === "short" || step.fault === "repeated";
  const match = isLying ? await world.store.checkpoint(WORKSPACE_ID, SYNC_ID, "left", "match") : undefined;
  if (!isLying || match?.finishedAt !== undefined) world.network.arm(step);
}

/** What both sides hold, in words. */
export async function pairState(world: PairWorld): Promise<string> {
  const told: unknown[] = [];
  for (const side of SIDES) {
    const screen = screenOf(world, side);
    told.push(await screen.people(), await screen.jots("notes"), await screen.jots("tasks"));
  }
  return JSON.stringify(told);
}
