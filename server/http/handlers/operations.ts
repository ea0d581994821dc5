import type { CallRecord } from "../../../kit/http.ts";
import {
  type Action,
  actionOf,
  checkedInput,
  EFFECTS,
  HOW_TO_TURN_WRITING_ON,
  mayWrite,
  type Operation,
} from "../../../kit/index.ts";
import { Failure } from "../../../model/errors.ts";
import type { ConnectionRow } from "../../../store/port.ts";
import type { Catalogue } from "../../connections/index.ts";
import { presentOperation, presentRow, type Standing } from "../present/index.ts";
import type { Handlers } from "../serveRoute.ts";
import { type HandlerParts, workspaceOf } from "./parts.ts";

/** The catalogue of a connection: what it offers, and running it. */
export function operationHandlers(parts: HandlerParts): Pick<Handlers, "operations" | "operation" | "runOperation"> {
  return {
    operations: async ({ params: { workspaceId, connectionId } }) => {
      const offered = await offeredBy(parts, workspaceId, connectionId);
      const partner = parts.connectors.get(offered.row.connectorId)?.name ?? offered.row.connectorId;
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
    runOperation: async ({ params: { workspaceId, connectionId, operationId }, body }) => {
      const offered = await offeredBy(parts, workspaceId, connectionId);
      const action = runnable(offered, operationId);
      const input = checkedInput(action, body.input);
      const calls: CallRecord[] = [];
      const startedAt = parts.clock.now();
      const output = await offered.catalogue.run(action, input, calls).catch((thrown: unknown) => {
        throw toldToLook(thrown, action);
      });
      const made = calls.map(({ method, path, status, ms }) => ({ method, path, status, ms }));
      return { output, calls: made, ms: parts.clock.now() - startedAt };
    },
  };
}

/** A connection with its catalogue. */
interface Offered {
  readonly row: ConnectionRow;
  readonly catalogue: Catalogue;
  readonly canWrite: boolean;
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
  return { row, catalogue: open.catalogue, canWrite };
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

function standingOf({ catalogue, canWrite }: Offered, entry: Operation): Standing {
  const { state, missing } = catalogue.permission(entry.scopes);
  const permission = { state, missing: [...missing] };
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
