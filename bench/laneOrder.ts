import { z } from "zod";

/** What a run of a lane is told to do. */
export const LaneOrder = z.object({
  store: z.string(),
  /** Contacts that are linked, and all of them due. */
  fill: z.object({ links: z.int() }).optional(),
  /** How many keys to work; how many contacts there are, whether they changed on the left, and whether to measure the floor. */
  work: z
    .object({ keys: z.int(), links: z.int(), hasMoved: z.boolean(), hasFloor: z.boolean().default(false) })
    .optional(),
});

export type LaneOrder = z.input<typeof LaneOrder>;

/** What a run of a lane measured. */
export const LaneRun = z.object({
  /** Keys worked, in this many seconds of the clock and of the processor. */
  keys: z.int(),
  seconds: z.number(),
  cpuSeconds: z.number(),
  /** The most resident memory at any time of the run, MB; after a fifth of the keys, and at their end. */
  maxRssMb: z.number(),
  earlyRssMb: z.number(),
  lateRssMb: z.number(),
  /** Rows of that kind stored barely, by as many callers at once. */
  floor: z.object({ keys: z.int(), seconds: z.number(), cpuSeconds: z.number() }).optional(),
});
export type LaneRun = z.infer<typeof LaneRun>;
