import { z } from "zod";
import { CallView } from "./views.ts";

/** The catalogue of a connection as it leaves the hub. */

/** A shape as JSON Schema; forms are drawn from it. */
const SchemaView = z.record(z.string(), z.unknown());

/** Whether the connection's credential may do something: `unknown` until HighLevel, say, has told or it was tried. */
export const PermissionView = z.object({
  state: z.enum(["yes", "no", "unknown"]),
  /** The permissions that are known to be missing. */
  missing: z.array(z.string()),
});
export type PermissionView = z.infer<typeof PermissionView>;

/** One entry in the list. */
export const OperationRow = z.object({
  id: z.string(),
  /** Its place in the catalogue, from 1. */
  number: z.int(),
  /** Heading that it stands under. */
  subject: z.string(),
  title: z.string(),
  description: z.string(),
  kind: z.enum(["action", "trigger"]),
  effect: z.enum(["reads", "creates", "changes", "deletes"]),
  scopes: z.array(z.string()),
  /** Which kind of token the partner asks for, where it tells them apart. */
  tokenClass: z.enum(["location", "agency"]).optional(),
  /** The generations of the partner's API that have it. */
  generations: z.array(z.string()),
  permission: PermissionView,
  /** Why the hub does not run it for this connection, and what to do; absent where it does. */
  blocked: z.string().optional(),
});
export type OperationRow = z.infer<typeof OperationRow>;

export const OperationsView = z.object({
  connection: z.object({ id: z.string(), name: z.string(), partner: z.string() }),
  operations: z.array(OperationRow),
});
export type OperationsView = z.infer<typeof OperationsView>;

/** One entry in full. */
export const OperationView = OperationRow.extend({
  /** Where the partner documents it. */
  source: z.string(),
  calls: z.array(z.object({ method: z.string(), path: z.string(), generation: z.string() })),
  /** Absent for what the hub notices by itself. */
  input: SchemaView.optional(),
  output: SchemaView,
  example: z.object({ input: z.unknown().optional(), output: z.unknown() }),
  /** What makes a trigger fire, in words, and how soon it is noticed. */
  firedBy: z.string().optional(),
  delay: z.object({ words: z.string(), ms: z.number() }).optional(),
});
export type OperationView = z.infer<typeof OperationView>;

/** What came of running an action. */
export const OperationRunView = z.object({ output: z.unknown(), calls: z.array(CallView), ms: z.number() });
export type OperationRunView = z.infer<typeof OperationRunView>;

/** One operation that somebody ran: who, what, when, and what came of it. */
export const HandCallView = z.object({
  id: z.string(),
  operationId: z.string(),
  /** What the operation is called; its id where the catalogue does not have it any more. */
  title: z.string(),
  at: z.number(),
  /** From the dashboard, or by a program or command with a token. */
  by: z.enum(["dashboard", "program"]),
  effect: z.enum(["reads", "creates", "changes", "deletes"]),
  /** `unknown` where a write may have taken effect although no answer came; `underWay` is told of it while it runs. */
  outcome: z.enum(["underWay", "done", "failed", "unknown"]),
  input: z.record(z.string(), z.unknown()),
  calls: z.array(CallView),
  error: z.object({ kind: z.string(), message: z.string() }).optional(),
  ms: z.number().optional(),
});
export type HandCallView = z.infer<typeof HandCallView>;
