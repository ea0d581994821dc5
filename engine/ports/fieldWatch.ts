import type { FieldDefinition } from "../../model/field.ts";
import type { FieldChange } from "../../model/fieldFindings.ts";
import type { Side } from "../../model/record.ts";

/** The custom fields that a sync's mapping uses, as its partners defined them. See `../ports.ts`. */

/**
 * What the mapped custom fields of a sync were when they were last in step, what has become of them since, and what
 * people said of that. A field with a finding is left out of the mapping.
 */
export interface FieldWatch {
  readonly syncId: string;
  /** The definitions that the mapping goes by, by the side's own field keys. */
  readonly known: Readonly<Record<Side, Readonly<Record<string, FieldDefinition>>>>;
  readonly findings: readonly FieldFinding[];
  /** Rows that a person gave another field, in the order in which that was said. */
  readonly moved: readonly MovedField[];
  /** Keys whose field was made anew and taken as it is: what was agreed on about the one before does not count. */
  readonly anew: Readonly<Record<Side, readonly string[]>>;
}

/** A mapped field that is not what it was. */
export interface FieldFinding {
  readonly side: Side;
  readonly key: string;
  readonly change: FieldChange;
  /** What it is now; absent where it is gone. */
  readonly now?: FieldDefinition;
  /** When it was first seen, epoch ms. */
  readonly since: number;
  /** How many linked records it concerns; absent until they have been counted. */
  readonly records?: number;
  /** Whether a person said that the mapping goes on without it. */
  readonly isLeftOut?: boolean;
  /** When a person last had it looked at again, in vain, epoch ms. */
  readonly triedAt?: number;
}

/** A row's field on one side that a person replaced by another. */
export interface MovedField {
  readonly side: Side;
  readonly from: string;
  readonly to: string;
}
