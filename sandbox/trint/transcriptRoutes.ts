import type { Ground, Route, Visit } from "./routing.ts";
import { shownTranscript, type Transcript } from "./transcript.ts";

/** Registers the upload, which has a host of its own, and the reading of transcripts. */
export function transcriptRoutes(route: Route, ground: Ground): void {
  const { archive, quirks, refusals, now } = ground;
  const seen = (transcript: Transcript, isStale: boolean) =>
    isStale ? (archive.earlier(transcript.id) ?? transcript) : transcript;
  route("POST", "/upload", (visit) => ({ trintId: upload(visit, ground).id }));
  route("GET", "/transcripts", ({ query, isStale }) => {
    const limit = wholeOf(query.limit, 100, ground);
    const skip = wholeOf(query.skip, 0, ground);
    if (limit < 1 || limit > 1_000 || skip < 0) throw refusals.invalid("Bad Request");
    const driveId = query.sharedDriveId ?? query.workspaceId;
    const isMeant = (transcript: Transcript) =>
      (driveId === undefined || transcript.driveId === driveId) &&
      (query.folderId === undefined || transcript.folderId === query.folderId) &&
      (quirks().listsUnfinished || transcript.readyAt <= now());
    const list = archive.transcripts.sorted("createdAt");
    const all = [...(quirks().listOrder === "newest" ? list.backward(list.size()) : list.forward(0))].filter(isMeant);
    return all.slice(skip, skip + limit).map((transcript) => shownTranscript(seen(transcript, isStale)));
  });
  route("GET", "/transcripts/file/:id", ({ params, isStale }) => {
    if (!quirks().readsFile) throw refusals.missing();
    return shownTranscript(seen(ground.studio.demand(params.id ?? ""), isStale));
  });
}

/** The options come in the query; older clients put them into headers. */
function upload({ query, headers, body }: Visit, { archive, studio, refusals }: Ground): Transcript {
  if (!(body instanceof Buffer) || body.length === 0) throw refusals.invalid("No media in the request");
  const option = (name: string): string | undefined => {
    const given = query[name] ?? headers[name];
    return typeof given === "string" && given !== "" ? given : undefined;
  };
  const folderId = option("folder-id");
  const driveId = option("workspace-id");
  if (folderId !== undefined && !archive.folders.has(folderId)) throw refusals.forbidden();
  if (driveId !== undefined && !archive.drives.some(({ id }) => id === driveId)) throw refusals.forbidden();
  const metadata = option("metadata");
  const language = option("language");
  const user = option("user");
  return studio.transcribe({
    title: option("filename") ?? "Untitled",
    ...(metadata !== undefined && { metadata }),
    ...(language !== undefined && { language }),
    ...(user !== undefined && { user }),
    ...(folderId !== undefined && { folderId }),
    ...(driveId !== undefined && { driveId }),
  });
}

function wholeOf(text: string | undefined, otherwise: number, { refusals }: Ground): number {
  const value = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(value)) throw refusals.invalid("Bad Request");
  return value;
}
