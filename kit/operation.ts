import type { z } from "zod";
import { Failure } from "../model/errors.ts";
import type { Session } from "./connector.ts";

/**
 * The catalogue: every single thing that can be asked of a partner, or that it can tell of. The connector declares its
 * entries; the REST API, the command line, the dashboard and the partner's page of the documentation are made from them.
 */

/** What running an operation does at the partner. */
export const EFFECTS = {
  reads: "Changes nothing.",
  creates: "Makes something new; running it twice makes two.",
  changes: "Changes what is there.",
  deletes: "Takes something away.",
} as const;
export type Effect = keyof typeof EFFECTS;

/** What every entry of the catalogue tells of itself. */
interface Entry {
  /** Subject and verb, for instance `contact.read`; unique within its connector, and stable. */
  readonly id: string;
  /** Heading that it is listed under, for instance `Contacts`. */
  readonly subject: string;
  /** An order in a few words, for instance `Read a contact`. */
  readonly title: string;
  /** One plain sentence. */
  readonly description: string;
  /** The partner's permissions that it needs, all of them. */
  readonly scopes: readonly string[];
  /** Which kind of token the partner asks for, where it tells them apart; one of the account itself when absent. */
  readonly tokenClass?: "location" | "agency";
  /** Where the partner documents it. */
  readonly source: string;
  /** The generations of the partner's API that have it, by the partner's names for them. */
  readonly generations: readonly string[];
}

/** Something that the hub can ask a partner to do or to tell. */
export interface Action<Settings = unknown> extends Entry {
  readonly kind: "action";
  readonly effect: Effect;
  /** The requests that it consists of. `path` shows parameters in braces. */
  readonly calls: readonly OperationCall[];
  /** What it is given: an object that refuses keys it does not know. */
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  /** What it may be given, and what would come of it; all invented. */
  readonly example: { readonly input: unknown; readonly output: unknown };
  /**
   * Runs it, once: nothing is repeated here.
   * @param input as `checkedInput` gave it
   * @throws Failure; `isOutcomeUnknown` among its details where a write may have taken effect all the same
   */
  readonly run: (session: Session<Settings>, input: Readonly<Record<string, unknown>>) => Promise<unknown>;
}

/** One request of an action. */
export interface OperationCall {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly generation: string;
}

/** Something that happens at a partner and that the hub can notice. */
export interface Trigger extends Entry {
  readonly kind: "trigger";
  readonly effect: "reads";
  /** What makes it fire: one of the partner's own messages, or an action that reads and is asked again and again. */
  readonly firedBy:
    | { readonly kind: "webhook"; readonly events: readonly string[] }
    | { readonly kind: "poll"; readonly operation: string };
  /** How soon it is noticed. */
  readonly delay: { readonly words: string; readonly ms: number };
  readonly output: z.ZodType;
  readonly example: { readonly output: unknown };
}

/** An entry of the catalogue. */
export type Operation<Settings = unknown> = Action<Settings> | Trigger;

/** The action with this id, if the connector has one. */
export function actionOf<Settings>(
  operations: readonly Operation<Settings>[],
  id: string,
): Action<Settings> | undefined {
  return operations.find((entry): entry is Action<Settings> => entry.kind === "action" && entry.id === id);
}

/**
 * An action's input, checked against its shape.
 * @throws Failure `rejected` that names every key that is unknown, missing or wrong, and none of the values
 */
export function checkedInput(action: Pick<Action, "id" | "input">, input: unknown): Readonly<Record<string, unknown>> {
  const parsed = action.input.safeParse(input ?? {});
  // The shape of an action's input is an object, always.
  if (parsed.success) return parsed.data as Readonly<Record<string, unknown>>;
  const issues = parsed.error.issues.map((issue) => issueWords(issue, input));
  throw new Failure("rejected", `The input of ${action.id} is not what it takes. Correct what is named, then run it.`, {
    issues,
  });
}

function issueWords(issue: z.core.$ZodIssue, input: unknown): string {
  const where = issue.path.join(".");
  if (issue.code === "unrecognized_keys") {
    const inside = where === "" ? "" : ` in ${where}`;
    return `it has no input ${issue.keys.map((key) => `"${key}"`).join(", ")}${inside}`;
  }
  const isMissing = where !== "" && valueAt(input, issue.path) === undefined;
  return `${where || "the input"}: ${isMissing ? "is missing" : issue.message}`;
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((part, key) => (isObject(part) ? part[key] : undefined), input);
}

function isObject(value: unknown): value is Readonly<Record<PropertyKey, unknown>> {
  return typeof value === "object" && value !== null;
}
