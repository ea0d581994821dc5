/**
 * The engine: keeps linked records in agreement. It reads, plans and writes through the ports it is handed, and holds
 * no state that is not in the store but for keys in flight.
 */

export { turnBoundMs } from "./children/turnBound.ts";
export { openSync } from "./context.ts";
export { describeLink, namesFor } from "./describe.ts";
export { readingFields } from "./fields/keeper.ts";
export { fieldChoices, presentFindings } from "./fields/present.ts";
export { type ReplayReport, replayEntries } from "./journal/page.ts";
export { type Key, keyText, parseKey } from "./queue/keys.ts";
export { type LaneOptions, type LaneWorker, openLane } from "./queue/lane.ts";
export { countPreview, type PreviewOptions, pagePreview, type RowsWanted } from "./start/dryRun.ts";
export { type VerifyOptions, verifySync } from "./verify.ts";
