import type {
  LaneOptions,
  LaneWorker,
  PreviewOptions,
  ReplayReport,
  RowsWanted,
  VerifyOptions,
} from "../engine/index.ts";
import type { JournalEntry, KeptMapping, Link, PartnerOf, Sync } from "../engine/ports.ts";
import type { PreviewPage, PreviewView } from "../model/api/previews.ts";
import type { LinkFieldView, MissingFieldView, VerifyView } from "../model/api/views.ts";

/** What the server asks of the engine; `compose.ts` hands in the real one, tests their own. */
export interface EngineDoor {
  readonly openLane: (options: LaneOptions) => Promise<LaneWorker>;
  readonly verifySync: (options: VerifyOptions) => Promise<VerifyView>;
  /** What starting a sync would do, counted and record by record. May ask the partners for their fields. */
  readonly countPreview: (options: PreviewOptions) => Promise<Pick<PreviewView, "matched" | "counts" | "problems">>;
  readonly pagePreview: (options: PreviewOptions, wanted: RowsWanted) => Promise<PreviewPage>;
  /** The mapped fields of a link, both sides beside each other. May ask the partners for their fields. */
  readonly describeLink: (sync: Sync, link: Link, partnerOf: PartnerOf) => Promise<readonly LinkFieldView[]>;
  /** Makes the decisions of journal entries anew, under the mappings that they name. */
  readonly replayEntries: (entries: readonly JournalEntry[], mappings: readonly KeptMapping[]) => ReplayReport;
  /** The fields that a sync's mapping names and a side does not have. May ask the partners for their fields. */
  readonly missingFields: (sync: Sync, partnerOf: PartnerOf) => Promise<readonly MissingFieldView[]>;
}
