/**
 * What the engine needs of the world. The store, the partners, time and chance are all handed to it through these.
 *
 * Words: a *key* names something that is due; a *link* joins two records believed to be the same; the *base* holds the
 * values both sides last agreed on; an *effect* is one change to the store; a *lane* is one workspace's work.
 */

export * from "./ports/checkpoints.ts";
export * from "./ports/creates.ts";
export * from "./ports/deliveries.ts";
export * from "./ports/dueKeys.ts";
export * from "./ports/fieldWatch.ts";
export * from "./ports/journal.ts";
export * from "./ports/links.ts";
export * from "./ports/partners.ts";
export * from "./ports/store.ts";
export * from "./ports/surroundings.ts";
