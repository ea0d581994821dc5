import type { SyncConfig } from "../../model/sync.ts";
import type { Checkpoint } from "./checkpoints.ts";
import type { JournalVerdict } from "./journal.ts";

/** Time, chance, and whoever is listening. See `../ports.ts`. */

/** Time as the engine knows it. */
export interface Clock {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Calls back once after `ms`; the returned function cancels. */
  readonly after: (ms: number, callback: () => void) => () => void;
}

/** Uniform in [0, 1). */
export type Random = () => number;

/** Structured log lines; never a secret or personal data. */
export interface Log {
  readonly info: (fields: Readonly<Record<string, unknown>>, message: string) => void;
  readonly warn: (fields: Readonly<Record<string, unknown>>, message: string) => void;
  readonly error: (fields: Readonly<Record<string, unknown>>, message: string) => void;
}

/** What the engine tells whoever is watching, after it is stored. Losing one loses nothing. */
export type News =
  | {
      readonly kind: "link";
      readonly workspaceId: string;
      readonly syncId: string;
      readonly linkId: string;
      readonly verdict: JournalVerdict;
    }
  | {
      readonly kind: "progress";
      readonly workspaceId: string;
      readonly syncId: string;
      readonly checkpoint: Checkpoint;
    }
  | { readonly kind: "connection"; readonly workspaceId: string; readonly connectionId: string };

/** A configured sync, as the engine is handed it. `version` changes whenever the configuration does. */
export interface Sync extends SyncConfig {
  readonly workspaceId: string;
  readonly version: string;
  readonly isPaused: boolean;
}
