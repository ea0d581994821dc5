import { z } from "zod";
import { type Action, type Operation, oncePer, type Trigger } from "../../../kit/index.ts";
import type { HandCallView, OperationRow, OperationView, PermissionView } from "../../../model/api/operations.ts";
import type { HandCall } from "../../../store/port.ts";

/** What depends on the connection: what its credential may do, and why the hub does not run something for it. */
export interface Standing {
  readonly permission: PermissionView;
  readonly blocked?: string;
}

/** One entry of a catalogue as the list shows it. @param number its place, from 1 */
export function presentRow(entry: Operation, number: number, { permission, blocked }: Standing): OperationRow {
  const { id, subject, title, description, kind, effect, scopes, tokenClass, generations } = entry;
  return {
    id,
    number,
    subject,
    title,
    description,
    kind,
    effect,
    scopes: [...scopes],
    ...(tokenClass && { tokenClass }),
    generations: [...generations],
    permission,
    ...(blocked !== undefined && { blocked }),
  };
}

/** One entry in full. */
export function presentOperation(entry: Operation, number: number, standing: Standing): OperationView {
  const row = { ...presentRow(entry, number, standing), source: entry.source, output: outputSchema(entry) };
  return entry.kind === "action" ? { ...row, ...actionParts(entry) } : { ...row, ...triggerParts(entry) };
}

/** A call that was made by hand. @param title what its operation is called */
export function presentHandCall(
  { connectionId: _, input, calls, error, ...call }: HandCall,
  title: string,
): HandCallView {
  return {
    ...call,
    title,
    input: { ...input },
    calls: calls.map((one) => ({ ...one })),
    ...(error && { error: { ...error } }),
  };
}

function actionParts(action: Action): Pick<OperationView, "calls" | "input" | "example"> {
  return {
    calls: action.calls.map((call) => ({ ...call })),
    input: inputSchema(action),
    example: { input: action.example.input, output: action.example.output },
  };
}

function triggerParts({
  firedBy,
  delay,
  example,
}: Trigger): Pick<OperationView, "calls" | "firedBy" | "delay" | "example"> {
  const by =
    firedBy.kind === "webhook"
      ? `The partner's message ${firedBy.events.join(" or ")}`
      : `Asking again and again: ${firedBy.operation}`;
  return { calls: [], firedBy: by, delay: { ...delay }, example: { output: example.output } };
}

/** Shapes never change, and turning one into JSON Schema takes milliseconds. */
const inputSchema = oncePer((action: Action) => schemaOf(action.input, "input"));
const outputSchema = oncePer((entry: Operation) => schemaOf(entry.output, "output"));

function schemaOf(shape: z.ZodType, io: "input" | "output"): Record<string, unknown> {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: "any" });
  return schema;
}
