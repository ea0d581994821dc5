/** How urgent work is; a lower number goes first. Due keys and the calls made for them carry the same priority. */
export const PRIORITIES = { live: 0, flow: 1, poll: 2, backfill: 3, sweep: 4 } as const;

/** One of `PRIORITIES`. */
export type Priority = (typeof PRIORITIES)[keyof typeof PRIORITIES];
