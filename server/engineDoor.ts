import type { Clock, EngineStore, Link, Log, News, PartnerOf, Random, Sync } from "../engine/ports.ts";
import type { LinkFieldView, VerifyView } from "../model/api/views.ts";
import type { FieldDefinition } from "../model/field.ts";

export type { Sync };

/** What the server asks of the engine; `engine/index.ts` offers it, tests hand in their own. */
export interface EngineDoor {
  readonly openLane: (options: LaneOptions) => Promise<LaneWorker>;
  readonly verifySync: (options: VerifyOptions) => Promise<VerifyView>;
  readonly describeLink: DescribeLink;
}

/** Works everything that is due in one workspace until it is stopped. */
export interface LaneWorker {
  readonly wake: () => void;
  readonly setSyncs: (syncs: readonly Sync[]) => Promise<void>;
  /** Finishes what is being worked on, then stops. */
  readonly stop: () => Promise<void>;
}

/** What a lane is opened with. */
export interface LaneOptions {
  readonly workspaceId: string;
  /** Names this process, for the lane's fencing. */
  readonly holder: string;
  readonly store: EngineStore;
  readonly syncs: readonly Sync[];
  readonly partnerOf: PartnerOf;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly news: (news: News) => void;
}

/** What a full comparison is made with. */
export interface VerifyOptions {
  readonly sync: Sync;
  readonly store: EngineStore;
  readonly partnerOf: PartnerOf;
  readonly clock: Clock;
}

/** The fields of a link, both sides beside each other. Pure. */
export type DescribeLink = (
  sync: Sync,
  link: Link,
  definitions: { readonly left: readonly FieldDefinition[]; readonly right: readonly FieldDefinition[] },
) => readonly LinkFieldView[];
