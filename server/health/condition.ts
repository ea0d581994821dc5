import type { Failure } from "../../model/errors.ts";
import type { ConnectionHealth } from "../../store/port.ts";

/** What came of one call. */
export type Outcome = "success" | Failure;

/** What is known of a connection's health. */
export interface Condition {
  readonly reported: ConnectionHealth["status"];
  readonly message: string;
  /** Operations for which a permission is missing, with what to do; each stands until that operation succeeds. */
  readonly lacking: ReadonlyMap<string, string>;
}

/** A connection of which nothing is known. */
export function healthy(): Condition {
  return { reported: "unknown", message: "", lacking: new Map() };
}

/**
 * The condition after one more call; the same object when nothing changed. Pure.
 *
 * `unknown` → `working` | `waiting` | `broken`. A refused credential or a wrong setting breaks the connection until any
 * call succeeds. A missing permission breaks it until that very operation succeeds, whatever else works. Slow-downs and
 * outages make it wait. An answer about one record (gone, changed, refused values) proves that the connection works.
 */
export function nextCondition(before: Condition, operation: string, outcome: Outcome): Condition {
  if (outcome === "success") return afterSuccess(before, operation);
  switch (outcome.kind) {
    case "not_found":
    case "conflict":
    case "rejected":
      return working(before, before.lacking);
    case "rate_limited":
    case "unavailable":
      return reported(before, "waiting", waitingWords(outcome));
    case "forbidden":
      return afterForbidden(before, operation, outcome);
    case "unauthorized":
    case "misconfigured":
      return reported(before, "broken", outcome.message);
    case "bug":
      return before;
    default:
      return outcome.kind satisfies never;
  }
}

/** What a condition is shown as: a missing permission shows while the rest works. */
export function verdictOf(condition: Condition): Pick<ConnectionHealth, "status" | "message"> {
  const [lack] = condition.lacking.values();
  const hidesLack = condition.reported === "broken" || condition.reported === "waiting";
  if (lack !== undefined && !hidesLack) return { status: "broken", message: lack };
  return { status: condition.reported, message: condition.message };
}

function afterSuccess(before: Condition, operation: string): Condition {
  if (!before.lacking.has(operation)) return working(before, before.lacking);
  const lacking = new Map(before.lacking);
  lacking.delete(operation);
  return working(before, lacking);
}

function afterForbidden(before: Condition, operation: string, failure: Failure): Condition {
  if (before.lacking.get(operation) === failure.message) return before;
  return working(before, new Map(before.lacking).set(operation, failure.message));
}

function working(before: Condition, lacking: Condition["lacking"]): Condition {
  if (before.reported === "working" && before.lacking === lacking) return before;
  return { reported: "working", message: "", lacking };
}

function reported(before: Condition, status: "waiting" | "broken", message: string): Condition {
  if (before.reported === status && before.message === message) return before;
  return { ...before, reported: status, message };
}

/** Worded without times or record ids, so that a long outage stays one state and is stored once. */
function waitingWords(failure: Failure): string {
  if (failure.kind === "rate_limited") return "The partner asks to slow down; the hub waits and goes on by itself.";
  return "The partner does not answer at the moment; the hub tries again by itself.";
}
