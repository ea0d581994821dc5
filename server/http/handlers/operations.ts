import type { CallRecord } from "../../../kit/http.ts";
import {
  type Action,
  actionOf,
  checkedInput,
  connectorFor,
  EFFECTS,
  HOW_TO_TURN_WRITING_ON,
  mayWrite,
  type Operation,
} from "../../../kit/index.ts";
import type { OperationRunView } from "../../../model/api/operations.ts";
import { asFailure, Failure } from "../../../model/errors.ts";
import { idMaker } from "../../../model/ids.ts";
import type { ConnectionRow, HandCall } from "../../../store/port.ts";
import type { Catalogue } from "../../connections/index.ts";
import { presentHandCall, presentOperation, presentRow, type Standing } from "../present/index.ts";
import type { Handlers } from "../serveRoute.ts";
import { type HandlerParts, workspaceOf } from "./parts.ts";

/** The catalogue of a connection: what it offers, and running it. */
export function operationHandlers(
  parts: HandlerParts,
): Pick<Handlers, "operations" | "operation" | "runOperation" | "handCalls"> {
  const newId = idMaker(parts.clock.now, parts.random);
  return {
    operations: async ({ params: { workspaceId, connectionId } }) => {
      const offered = await offeredBy(parts, workspaceId, connectionId);
      const partner = connectorFor(parts.connectors, offered.row)?.name ?? offered.row.connectorId;
      return {
        connection: { id: connectionId, name: offered.row.name, partner },
        operations: offered.catalogue.entries.map((entry, place) =>
          presentRow(entry, place + 1, standingOf(offered, entry)),
        ),
      };
    },
    operation: async ({ params: { workspaceId, connectionId, operationId } }) => {
      const offered = await offeredBy(parts, workspaceId, connectionId);
      const entry = entryOf(offered, operationId);
      return presentOperation(entry, offered.catalogue.entries.indexOf(entry) + 1, standingOf(offered, entry));
    },
    runOperation: async ({ params: { workspaceId, connectionId, operationId }, body, by }) => {
      const offered = await offeredBy(parts, workspaceId, connectionId);
      const action = runnable(offered, operationId);
      const input = checkedInput(action, body.input);
      const { id, effect } = action;
      const begun = { id: newId(), connectionId, operationId: id, at: parts.clock.now(), by, effect } as const;
      return noted({ ...parts, workspaceId }, { ...begun, input: withoutSecrets(input) }, (calls) =>
        offered.catalogue.run(action, input, calls).catch((thrown: unknown) => {
          throw toldToLook(thrown, action);
        }),
      );
    },
    handCalls: async ({ params: { workspaceId, connectionId }, query: { operationId, before, limit } }) => {
      const { catalogue } = await offeredBy(parts, workspaceId, connectionId);
      const titles = new Map(catalogue.entries.map(({ id, title }) => [id, title]));
      const wanted = { connectionId, limit, ...(operationId && { operationId }), ...(before && { before }) };
      const calls = await parts.store.handCalls(workspaceId, wanted);
      return calls.map((call) => presentHandCall(call, titles.get(call.operationId) ?? call.operationId));
    },
  };
}

/** Words in the name of an input that is given to be kept from others. */
const SECRET = /password|secret|token/i;

/** An input as it may be kept and shown. */
function withoutSecrets(input: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(input).map(([key, value]) => [key, SECRET.test(key) ? "(not kept)" : value]),
  );
}

/** What noting a call stands on. */
interface NotingParts extends Pick<HandlerParts, "store" | "clock"> {
  readonly workspaceId: string;
}

/**
 * Runs an operation and keeps that it was run: before it begins, so that one that was under way when the hub stopped is
 * known to have been, and again with what came of it.
 */
async function noted(
  { store, clock, workspaceId }: NotingParts,
  begun: Omit<HandCall, "outcome" | "calls">,
  run: (calls: CallRecord[]) => Promise<unknown>,
): Promise<OperationRunView> {
  const records: CallRecord[] = [];
  const made = () => records.map(({ method, path, status, ms }) => ({ method, path, status, ms }));
  const ended = () => ({ calls: made(), ms: clock.now() - begun.at });
  await store.putHandCall(workspaceId, { ...begun, outcome: "underWay", calls: [] });
  try {
    const output = await run(records);
    await store.putHandCall(workspaceId, { ...begun, ...ended(), outcome: "done" });
    return { output, ...ended() };
  } catch (thrown) {
    const { kind, message, details } = asFailure(thrown);
    const outcome = details.isOutcomeUnknown === true ? "unknown" : "failed";
    await store.putHandCall(workspaceId, { ...begun, ...ended(), outcome, error: { kind, message } });
    throw thrown;
  }
}

/** A connection with its catalogue. */
interface Offered {
  readonly row: ConnectionRow;
  readonly catalogue: Catalogue;
  readonly canWrite: boolean;
  /** See `Catalogue`. */
  readonly noMessages: string | undefined;
}

async function offeredBy(parts: HandlerParts, workspaceId: string, connectionId: string): Promise<Offered> {
  await workspaceOf(parts.store, workspaceId);
  const row = await parts.store.connection(workspaceId, connectionId);
  if (row === undefined) throw new Failure("not_found", `There is no connection ${connectionId} in ${workspaceId}.`);
  const open = parts.registry.find(workspaceId, connectionId);
  if (open === undefined) {
    throw new Failure("misconfigured", `Connection ${connectionId} is not set up; apply it with valid settings.`);
  }
  const connector = parts.connectors.get(row.connectorId);
  const canWrite = connector === undefined || mayWrite(connector, row.settings);
  return { row, catalogue: open.catalogue, canWrite, noMessages: await open.catalogue.noMessages() };
}

function entryOf({ row, catalogue }: Offered, operationId: string): Operation {
  const entry = catalogue.entries.find(({ id }) => id === operationId);
  if (entry !== undefined) return entry;
  throw new Failure("not_found", `${row.name} has no operation ${operationId}; list them to see what there is.`);
}

function runnable(offered: Offered, operationId: string): Action {
  const entry = entryOf(offered, operationId);
  const action = actionOf(offered.catalogue.entries, operationId);
  if (action === undefined) {
    throw new Failure("rejected", `${operationId} is noticed by the hub and cannot be run.`);
  }
  const { blocked } = standingOf(offered, entry);
  if (blocked !== undefined) throw new Failure("rejected", `${operationId} was not run: ${blocked}`);
  return action;
}

function standingOf({ catalogue, canWrite, noMessages }: Offered, entry: Operation): Standing {
  const { state, missing } = catalogue.permission(entry.scopes);
  const permission = { state, missing: [...missing] };
  const isByMessage = entry.kind === "trigger" && entry.firedBy.kind === "webhook";
  if (isByMessage && noMessages !== undefined) return { permission, blocked: noMessages };
  if (entry.effect === "reads" || canWrite) return { permission };
  return {
    permission,
    blocked: `This connection only reads. ${HOW_TO_TURN_WRITING_ON}`,
  };
}

/** A write that may have taken effect is looked for by a person, since nothing here does so. */
function toldToLook(thrown: unknown, { id, effect }: Action): unknown {
  if (!(thrown instanceof Failure) || thrown.details.isOutcomeUnknown !== true) return thrown;
  const risk = effect === "creates" ? ` ${EFFECTS.creates}` : "";
  const words = `Whether ${id} took effect is not known. Look at the partner before you run it again.${risk}`;
  return new Failure(thrown.kind, `${words} (${thrown.message})`, thrown.details);
}
