import type { Side } from "../../model/record.ts";
import type { JotStep } from "../children/steps.ts";
import type { Person } from "../people.ts";
import type { StepOf as StepOfBoth } from "../steps.ts";
import type { PairField } from "./partner.ts";

/** A review or an answer to a survey that somebody gives: its number in the run. */
export type Reply = number;

/** One thing that happens in a run of a pair, as data. What is common to all runs is told in `../steps.ts`. */
export type PairStep =
  | JotStep
  | StepOfBoth<"remove" | "swap" | "wait" | "jump" | "wire" | "partner" | "outage" | "crash" | "second">
  | { readonly kind: "enter"; readonly person: Person; readonly sides: readonly Side[] }
  | {
      readonly kind: "edit";
      readonly person: Person;
      readonly side: Side;
      readonly field: PairField;
      /** `""` clears it. */
      readonly value: string;
    }
  /** Both sides are given something else at the same moment. */
  | {
      readonly kind: "clash";
      readonly person: Person;
      readonly field: PairField;
      readonly values: readonly [string, string];
    }
  /** Somebody reviews or answers: with a low score, or with a good one. */
  | { readonly kind: "reply"; readonly reply: Reply; readonly person: Person; readonly isLow: boolean }
  /** Whoever wrote it says it in other words. */
  | { readonly kind: "amend"; readonly reply: Reply; readonly words: string }
  /** Whoever wrote it takes it away. */
  | { readonly kind: "withdraw"; readonly reply: Reply }
  /** Somebody at HighLevel deletes what was made of it there. */
  | { readonly kind: "dismiss"; readonly reply: Reply; readonly of: "notes" | "tasks" }
  | { readonly kind: "webhooks"; readonly side: Side; readonly faults: StepOfBoth<"webhooks">["faults"] };

/** A step of one kind. */
export type PairStepOf<Kind extends PairStep["kind"]> = Extract<PairStep, { readonly kind: Kind }>;

/** Steps after which it can not be told any more by when something must have been carried. */
export function isDisturbing({ kind }: PairStep): boolean {
  return ["wire", "partner", "outage", "crash", "second", "jump"].includes(kind);
}
