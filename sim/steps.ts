import type { Side } from "../model/record.ts";
import type { WebhookFaults } from "../sandbox/control/faults.ts";
import type { ActStep } from "./acts.ts";
import type { JotStep } from "./children/steps.ts";
import type { ArmedFault } from "./network.ts";
import type { PartnerFault } from "./partners.ts";
import type { EditedField, Person, Tag } from "./people.ts";
import type { Rules } from "./rules.ts";

/** One thing that happens in a run, as data: a history is a list of these, and can be cut down to what matters. */
export type Step =
  | ActStep
  | JotStep
  /** A person is entered at one side, or by two people at both at once. */
  | { readonly kind: "enter"; readonly person: Person; readonly sides: readonly Side[]; readonly city: string }
  /** A person is entered with the e-mail of another, as families do, and without a phone. */
  | { readonly kind: "join"; readonly person: Person; readonly other: Person; readonly side: Side }
  | {
      readonly kind: "edit";
      readonly person: Person;
      readonly side: Side;
      readonly field: EditedField;
      /** `""` clears it. */
      readonly value: string;
    }
  /** Somebody edits a field again and again, so often as there are values. */
  | {
      readonly kind: "type";
      readonly person: Person;
      readonly side: Side;
      readonly field: EditedField;
      readonly values: readonly string[];
      /** Between two edits. */
      readonly everyMs: number;
    }
  | {
      readonly kind: "tag";
      readonly person: Person;
      readonly side: Side;
      readonly tag: Tag;
      readonly isGiven: boolean;
    }
  | { readonly kind: "remove"; readonly person: Person; readonly side: Side }
  /** A person answers one of the questions that wait; the roll, 0 to 1, says which and how. */
  | { readonly kind: "answer"; readonly roll: number }
  /** Both sides are given something else at the same moment. */
  | {
      readonly kind: "clash";
      readonly person: Person;
      readonly field: EditedField;
      readonly values: readonly [string, string];
    }
  /** Two people exchange their e-mails, by way of a third. */
  | { readonly kind: "swap"; readonly one: Person; readonly other: Person; readonly side: Side }
  /** `one` is given the e-mail of `other`. */
  | { readonly kind: "share"; readonly one: Person; readonly other: Person; readonly side: Side }
  | { readonly kind: "pause"; readonly isPaused: boolean }
  | { readonly kind: "configure"; readonly change: Partial<Rules> }
  | { readonly kind: "wait"; readonly ms: number }
  /** The machine sleeps. */
  | { readonly kind: "jump"; readonly ms: number }
  | ({ readonly kind: "wire" } & ArmedFault)
  | { readonly kind: "partner"; readonly side: Side; readonly fault: PartnerFault }
  | { readonly kind: "outage"; readonly side: Side; readonly ms: number }
  | { readonly kind: "webhooks"; readonly faults: Partial<WebhookFaults> }
  /** The process dies at the so-many-th thing it waits for. */
  | { readonly kind: "crash"; readonly awaits: number; readonly when: "before" | "after" }
  /** A second process is started while the first goes on believing that it holds the lane. */
  | { readonly kind: "second" }
  /** HighLevel takes back a token. */
  | { readonly kind: "revoke"; readonly token: "access" | "both" };

/** A step of one kind. */
export type StepOf<Kind extends Step["kind"]> = Extract<Step, { readonly kind: Kind }>;

/** Steps after which it can not be told any more by when something must have been carried. */
export function isDisturbing(step: Step): boolean {
  switch (step.kind) {
    case "partner":
      // An old state of one record is waited out within moments (F3).
      return step.fault.effect !== "stale-read" || step.fault.match === undefined;
    case "wire":
    case "outage":
    case "crash":
    case "second":
    case "revoke":
    case "jump":
    case "pause":
    case "configure":
      return true;
    default:
      return false;
  }
}
