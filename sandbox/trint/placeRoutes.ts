import type { Drive, Folder } from "./archive.ts";
import { EVENTS } from "./callbacks.ts";
import { demandText, type Ground, objectOf, type Route } from "./routing.ts";

/** Registers folders and shared drives. */
export function placeRoutes(route: Route, { archive, quirks, refusals }: Ground): void {
  const shownFolder = ({ id, name, parentId, driveId }: Folder) => ({
    _id: id,
    name,
    ...(parentId !== undefined && { parentId }),
    ...(driveId !== undefined && { workspaceId: driveId }),
  });
  const shownDrive = ({ id, name }: Drive) => ({ [quirks().driveIdAs]: id, name });
  route("GET", "/folders", ({ query }) =>
    [...archive.folders.values()].filter(({ driveId }) => driveId === query["workspace-id"]).map(shownFolder),
  );
  route("GET", "/folders/folder", ({ query }) => {
    const folder = archive.folders.get(query.folderId ?? "");
    if (folder === undefined) throw refusals.missing();
    return shownFolder(folder);
  });
  route("POST", "/folders", ({ body }) => {
    const given = objectOf(body, refusals);
    const name = demandText(given, "name", refusals);
    const parentId = typeof given.parentId === "string" ? given.parentId : undefined;
    const driveId = typeof given.workspaceId === "string" ? given.workspaceId : undefined;
    if (parentId !== undefined && !archive.folders.has(parentId)) throw refusals.forbidden();
    if (driveId !== undefined && !archive.drives.some(({ id }) => id === driveId)) throw refusals.forbidden();
    const folder = { id: archive.newId(), name, parentId, driveId };
    archive.folders.set(folder.id, folder);
    return shownFolder(folder);
  });
  route("GET", "/workspaces", ({ query }) =>
    archive.drives.filter(({ isArchived }) => !isArchived || query["include-archived"] === "true").map(shownDrive),
  );
  route("GET", "/workspaces/workspace", ({ query }) => {
    const drive = archive.drives.find(({ id }) => id === query.workspaceId);
    if (drive === undefined) throw refusals.missing();
    return shownDrive(drive);
  });
}

/** Registers the addresses that are told of transcripts. */
export function callbackRoutes(route: Route, { callbacks, refusals }: Ground): void {
  route("PUT", "/callbacks/transcript", ({ body }) => {
    const given = objectOf(body, refusals);
    const callbackUrl = demandText(given, "callbackUrl", refusals);
    const wanted = given.callbackSubscriptions;
    if (!URL.canParse(callbackUrl)) throw refusals.invalid("callbackUrl must be an address");
    if (!Array.isArray(wanted) || wanted.length === 0) throw refusals.invalid("callbackSubscriptions is required");
    const unknown = wanted.find((event: unknown) => !EVENTS.some((known) => known === event));
    if (unknown !== undefined) throw refusals.invalid(`Unknown event: ${String(unknown)}`);
    return callbacks.register({ callbackUrl, callbackSubscriptions: wanted.map(String) });
  });
  route("DELETE", "/callbacks/transcript", ({ body }) => {
    const removed = callbacks.remove(demandText(objectOf(body, refusals), "callbackUrl", refusals));
    if (removed === undefined) throw refusals.missing();
    return removed;
  });
}
