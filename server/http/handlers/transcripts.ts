import { connectorFor } from "../../../kit/connector.ts";
import type { TranscriptDetail } from "../../../model/api/transcripts.ts";
import { Failure } from "../../../model/errors.ts";
import type { TranscriptView } from "../../../model/transcript.ts";
import { transcriptDocument } from "../../../model/transcriptDocument.ts";
import type { BookOf } from "../../../store/port.ts";
import type { OnTranscripts } from "../../connections/index.ts";
import type { Handlers } from "../serveRoute.ts";
import { type HandlerParts, workspaceOf } from "./parts.ts";

/** Transcripts of a product that makes them, with what the hub keeps beside each, and whom each is with. */
export function transcriptHandlers(
  parts: HandlerParts,
): Pick<Handlers, "transcripts" | "transcript" | "exportTranscript" | "tieTranscript" | "untieTranscript"> {
  return {
    transcripts: async ({ params, query }) => {
      const { connection, on } = await transcribing(parts, params);
      const { transcripts, total } = await on((adapter, session) => adapter.list(session, query));
      return { connection, transcripts: transcripts.map((row) => ({ ...row, people: [...row.people] })), total };
    },
    transcript: async ({ params }) => {
      const { connection, on } = await transcribing(parts, params);
      return shown(connection, await on((adapter, session) => adapter.read(session, params.transcriptId)));
    },
    exportTranscript: async ({ params }) => {
      const { connection, on } = await transcribing(parts, params);
      const exported = await on((adapter, session) => adapter.export(session, params.transcriptId));
      return { ...shown(connection, exported), text: exported.text, document: transcriptDocument(exported) };
    },
    tieTranscript: async ({ params }) => {
      const { connection, on } = await transcribing(parts, params);
      const { transcriptId, personId } = params;
      return shown(connection, await on((adapter, session) => adapter.tie(session, transcriptId, personId)));
    },
    untieTranscript: async ({ params }) => {
      const { connection, on } = await transcribing(parts, params);
      const { transcriptId, personId } = params;
      return shown(connection, await on((adapter, session) => adapter.untie(session, transcriptId, personId)));
    },
  };
}

/** A connection to a product that transcribes. @throws Failure `not_found` for any other */
async function transcribing(
  parts: HandlerParts,
  { workspaceId, connectionId }: BookOf,
): Promise<{ readonly connection: TranscriptDetail["connection"]; readonly on: OnTranscripts }> {
  await workspaceOf(parts.store, workspaceId);
  const row = await parts.store.connection(workspaceId, connectionId);
  if (row === undefined) throw new Failure("not_found", `There is no connection ${connectionId} in ${workspaceId}.`);
  const connector = connectorFor(parts.connectors, row);
  if (connector?.transcripts === undefined) {
    throw new Failure("not_found", `${row.name} has no transcripts.`);
  }
  const on = parts.registry.find(workspaceId, connectionId)?.onTranscripts;
  if (on === undefined) {
    throw new Failure("misconfigured", `Connection ${connectionId} is not set up; apply it with valid settings.`);
  }
  return { connection: { id: row.id, name: row.name, partner: connector.name }, on };
}

function shown(connection: TranscriptDetail["connection"], view: TranscriptView): TranscriptDetail {
  const people = view.people.map((person) => ({
    ...person,
    keyNotes: [...person.keyNotes],
    narrativeNotes: [...person.narrativeNotes],
    tasks: [...person.tasks],
  }));
  return { ...view, connection, people };
}
