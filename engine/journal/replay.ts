import { compileMapping } from "../mapping/compile.ts";
import { plan } from "../merge/plan.ts";
import type { Base, DecisionInputs, FieldDecision, JournalEntry, KeptMapping } from "../ports.ts";
import { fieldsById } from "./inputs.ts";

/** What deciding anew came to; `was` and `is` are the decisions as JSON, where they are not the same to the byte. */
export type Replayed = { readonly same: true } | { readonly same: false; readonly was: string; readonly is: string };

/** An entry that kept what its decisions were made from. */
export interface ReplayableEntry extends JournalEntry {
  readonly detail: JournalEntry["detail"] & {
    readonly mapping: string;
    readonly fields: readonly FieldDecision[];
    readonly inputs: DecisionInputs;
  };
}

/** Whether an entry holds decisions about fields that can be made anew; many hold none, and old ones not all it takes. */
export function isReplayable(entry: JournalEntry): entry is ReplayableEntry {
  const { mapping, fields, inputs } = entry.detail;
  return mapping !== undefined && fields !== undefined && inputs !== undefined;
}

/**
 * Makes the decisions of journal entries anew under the mapping that was in force, which is compiled once for all of
 * them. Pure.
 * Source: docs/SPEC.md J3, J4.
 */
export function replayer(kept: KeptMapping): (entry: ReplayableEntry) => Replayed {
  const mapping = compileMapping(kept.config, kept.left, kept.right);
  const fields = fieldsById(mapping);
  return ({ detail }) => {
    const base: Record<string, Base[string]> = {};
    for (const decision of detail.fields) {
      const field = fields.get(decision.field);
      if (field !== undefined && decision.base !== undefined) base[field.agreement] = decision.base;
    }
    const was = JSON.stringify(detail.fields);
    // Of fields that were not decided then nothing is kept, so nothing can be said of them now.
    const ids = new Set(detail.fields.map(({ field }) => field));
    const decided = { ...mapping, fields: mapping.fields.filter(({ id }) => ids.has(id)) };
    const is = JSON.stringify(plan({ mapping: decided, base, ...detail.inputs }).decisions);
    return was === is ? { same: true } : { same: false, was, is };
  };
}

/** Makes the decisions of one entry anew. Pure. */
export function replayEntry(entry: ReplayableEntry, kept: KeptMapping): Replayed {
  return replayer(kept)(entry);
}
