import type { Dispatcher } from "undici";
import type { Clock, Link, News, Random } from "../../../engine/ports.ts";
import type { Connector } from "../../../kit/connector.ts";
import { Failure } from "../../../model/errors.ts";
import type { HubStore, Workspace } from "../../../store/port.ts";
import type { ApplyWorkspace } from "../../apply/index.ts";
import type { ConnectionRegistry } from "../../connections/index.ts";
import type { Desk, DeskParts } from "../../desk/index.ts";
import type { EngineDoor } from "../../engineDoor.ts";
import type { Lanes } from "../../lanes.ts";
import type { Consents } from "../../oauth/index.ts";
import type { SandboxControl } from "../../sandboxControl.ts";

/** What the API's handlers stand on. */
export interface HandlerParts {
  readonly store: HubStore;
  readonly connectors: ReadonlyMap<string, Connector>;
  readonly registry: ConnectionRegistry;
  /** The way out to addresses that somebody typed in. */
  readonly guarded: Dispatcher;
  readonly lanes: Lanes;
  readonly apply: ApplyWorkspace;
  readonly engine: Pick<
    EngineDoor,
    "verifySync" | "countPreview" | "pagePreview" | "describeLink" | "fieldChoices" | "missingFields" | "replayEntries"
  >;
  readonly desk: Desk;
  readonly deskParts: DeskParts;
  readonly clock: Clock;
  readonly random: Random;
  readonly news: (news: News) => void;
  /** Makes a link that signs in and leads to a page of the hub; to the first when none is named. */
  readonly newSignInLink: (to?: string) => Promise<string>;
  readonly consents: Pick<Consents, "question" | "newPath" | "reasonToConnect">;
  /** Absent unless the hub was started with the emulators. */
  readonly sandbox?: SandboxControl;
}

/** The workspace of this id. @throws Failure `not_found` */
export async function workspaceOf(store: HubStore, workspaceId: string): Promise<Workspace> {
  const found = (await store.workspaces()).find((workspace) => workspace.id === workspaceId);
  if (found === undefined) throw new Failure("not_found", `There is no workspace ${workspaceId} in this hub.`);
  return found;
}

/** The link of this id. @throws Failure `conflict` when it has joined another, `not_found` when there is none */
export async function linkOf(store: HubStore, workspaceId: string, linkId: string): Promise<Link> {
  const link = await store.link(workspaceId, linkId);
  if (link !== undefined) return link;
  const survivor = await survivorOf(store, workspaceId, linkId);
  throw survivor === undefined
    ? new Failure("not_found", `There is no record ${linkId} in ${workspaceId}.`)
    : new Failure("conflict", `Both were recognised as the same person: this record goes on in ${survivor.id}.`);
}

/** The link of this id, or the one that it has joined. @throws Failure `not_found` */
export async function linkOrSurvivor(store: HubStore, workspaceId: string, linkId: string): Promise<Link> {
  const link = await store.link(workspaceId, linkId);
  return link ?? (await survivorOf(store, workspaceId, linkId)) ?? linkOf(store, workspaceId, linkId);
}

async function survivorOf(store: HubStore, workspaceId: string, linkId: string): Promise<Link | undefined> {
  const into = await store.joinedInto(workspaceId, linkId);
  return into === undefined ? undefined : store.link(workspaceId, into);
}
