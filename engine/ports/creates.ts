import type { Side } from "../../model/record.ts";
import type { MatchRule } from "../../model/sync.ts";
import type { Fields } from "../../model/value.ts";
import type { MatchKey } from "./links.ts";

/** Creates whose outcome is not recorded yet. See `../ports.ts`. */

/**
 * A create that is about to be sent, or whose outcome is not known. Written before the request leaves; closed in the
 * transaction that records its outcome.
 */
export interface Intent {
  readonly id: string;
  readonly linkId: string;
  readonly syncId: string;
  readonly side: Side;
  /** The match keys it claims; no other intent of this sync and side may hold any of them. */
  readonly claims: readonly MatchKey[];
  /** The keys that a look-up may find it by, in rule order. */
  readonly findBy: readonly { readonly rule: MatchRule; readonly value: string }[];
  /** What is sent; a record without any key is found by it. */
  readonly sent: Fields;
  /** Of children: the contact under which it is sent, by its external id. */
  readonly parentId?: string;
  readonly startedAt: number;
  /** Until when it may still take effect, or look-ups not show it yet, epoch ms; moved when its answer is given up. */
  readonly horizonAt: number;
  readonly state: "sending" | "unknown";
}
