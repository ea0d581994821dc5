import type { Side } from "../../model/record.ts";
import type { StartMode } from "../../model/sync.ts";

/** Where listings stand. See `../ports.ts`. */

/** Where a listing stands, stored with the work it stands for. */
export interface Checkpoint {
  readonly syncId: string;
  readonly side: Side;
  /**
   * `match` has no side of its own and is kept under `left`: it ends when both listings have been told apart. Nor has
   * `deletions`, which is no listing: since `startedAt`, when it is there, deletions are held for a person, `seen` of them
   * so far; `finishedAt` is when a person last allowed them. Nor has `start`: from `startedAt` on, all that was there
   * before is made ready as `mode` says, `seen` links so far, `cursor` the last of them; at `finishedAt` work began.
   * `catchUp` stands from when a sync goes on after its polls have stood still since `startedAt`; its `seen` changes were
   * found by the side's first poll, which ended it.
   */
  readonly kind: "backfill" | "match" | "poll" | "sweep" | "deletions" | "start" | "catchUp";
  /** Of `start`: what was chosen; what is configured later changes nothing. */
  readonly mode?: StartMode;
  /** The page to read next; absent at the start and when done. */
  readonly cursor?: string;
  /** Highest change time fully read, epoch ms (polls). */
  readonly highWater?: number;
  /** When the present pass began; and when the last whole pass ended. */
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** Records seen in this pass, and how many the partner says there are. */
  readonly seen: number;
  readonly total?: number;
}
