import type { TimeRange } from "../model/forecast.ts";
import { usableOf } from "./allowance.ts";
import type { BudgetUsage } from "./budget.ts";

/** How many calls are still to be made over one connection, as far as that is known. */
export interface CallsLeft {
  readonly least: number;
  readonly most: number;
}

/** What a forecast needs to know of one limit. */
export type LimitUsage = Pick<BudgetUsage, "requests" | "perMs" | "used">;

/**
 * How long calls that are not live edits will take under the limits of their connection. Pure.
 *
 * Soonest: what is free is used at once, and what is used up comes back evenly. Latest: what is used up comes back only
 * when a whole window is over. The partner's own speed is left out; the limits are what a first reading waits for.
 */
export function timeOf({ least, most }: CallsLeft, limits: readonly LimitUsage[]): TimeRange {
  const soonestMs = Math.max(0, ...limits.map((limit) => soonestUnder(limit, least)));
  return { soonestMs, latestMs: Math.max(soonestMs, ...limits.map((limit) => latestUnder(limit, most))) };
}

function soonestUnder(limit: LimitUsage, calls: number): number {
  return (lacking(limit, calls) / usableOf(limit.requests, limit.perMs)) * limit.perMs;
}

function latestUnder(limit: LimitUsage, calls: number): number {
  return Math.ceil(lacking(limit, calls) / usableOf(limit.requests, limit.perMs)) * limit.perMs;
}

/** Calls for which no place is free now. */
function lacking({ requests, perMs, used }: LimitUsage, calls: number): number {
  return Math.max(0, calls - Math.max(0, usableOf(requests, perMs) - used));
}
