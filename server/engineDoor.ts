import type {
  LaneOptions,
  LaneWorker,
  PreviewOptions,
  ReplayReport,
  RowsWanted,
  VerifyOptions,
} from "../engine/index.ts";
import type { EngineStore, JournalEntry, KeptMapping, Link, PartnerOf, Sync } from "../engine/ports.ts";
import type { FieldChoiceView } from "../model/api/fields.ts";
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
  readonly describeLink: (
    sync: Sync,
    link: Link,
    partnerOf: PartnerOf,
    store: Pick<EngineStore, "fieldWatch">,
  ) => Promise<readonly LinkFieldView[]>;
  /** Makes the decisions of journal entries anew, under the mappings that they name. */
  readonly replayEntries: (entries: readonly JournalEntry[], mappings: readonly KeptMapping[]) => ReplayReport;
  /** The mapped custom fields of a sync that are not what they were, with the choices. May ask the partners for fields. */
  readonly fieldChoices: (
    sync: Sync,
    partnerOf: PartnerOf,
    store: Pick<EngineStore, "fieldWatch">,
  ) => Promise<readonly FieldChoiceView[]>;
  /** The fields that a sync's mapping names and a side never had. May ask the partners for their fields. */
  readonly missingFields: (
    sync: Sync,
    partnerOf: PartnerOf,
    store: Pick<EngineStore, "fieldWatch">,
  ) => Promise<readonly MissingFieldView[]>;
}
