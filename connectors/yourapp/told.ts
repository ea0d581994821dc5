import { type CreateAnswer, hubKept, type ResourceAdapter, type Session } from "../../kit/index.ts";
import type { AppDeclaration, DeclaredResource, ToldResource } from "../../model/declaration.ts";
import { Failure } from "../../model/errors.ts";
import type { Changes, Fields } from "../../model/value.ts";
import { enqueue, flush, ready } from "./outgoing.ts";
import type { Settings } from "./settings.ts";

type App = Session<Settings>;

/**
 * Records of an app that has no API to be asked: its webhooks tell of them, the hub keeps what they told, and what is
 * changed here is told to the app by the hub's own webhooks.
 */
export function toldAdapter(
  app: AppDeclaration,
  resource: DeclaredResource,
  told: ToldResource,
): ResourceAdapter<Settings> {
  const isChild = resource !== "contact";
  const kept = hubKept<Settings>({
    resource,
    ...(isChild && { parent: "contact" as const }),
    ...(isChild && app.resources.contact !== undefined && { isParentThere: async () => true }),
    fields: told.fields.map(({ key, label, type, isWritable, standard, options }) => ({
      ...{ key, label, type, isWritable },
      ...(standard !== undefined && { standard }),
      ...(options !== undefined && { options }),
    })),
    // What the app told of is as much ours to change as what was made here: it is told of it.
    addedFields: told.fields.filter(({ isWritable }) => isWritable).map(({ key }) => key),
    gather: (session) => flush(session),
  });
  const say = async <Done>(session: App, event: Parameters<typeof enqueue>[1], act: (id: string) => Promise<Done>) => {
    assertWriting(session);
    const message = await enqueue(session, event);
    const done = await act(message);
    await ready(session, message);
    return done;
  };
  return {
    ...kept,
    create: (session, fields, parentId) =>
      say(session, { resource, verb: "created", parentId }, (message) =>
        make(session, kept, { message, resource }, fields, parentId),
      ),
    update: (session, externalId, changes, known, parentId) =>
      say(session, { resource, verb: "changed", id: externalId, parentId }, () =>
        kept.update(session, externalId, changes as Changes, known, parentId),
      ),
    delete: (session, externalId, parentId) =>
      say(session, { resource, verb: "deleted", id: externalId, parentId }, async () => {
        if (kept.delete !== "unsupported") await kept.delete(session, externalId, parentId);
      }),
  };
}

/** The new record has the id of the message that tells of it, so that either finds the other after a crash. */
async function make(
  session: App,
  kept: ResourceAdapter<Settings>,
  { message, resource }: { readonly message: string; readonly resource: DeclaredResource },
  fields: Fields,
  parentId: string | undefined,
): Promise<CreateAnswer> {
  if (kept.parent !== undefined && parentId === undefined) {
    throw new Failure("bug", `A ${resource} was to be created without its contact.`);
  }
  const isKept = session.settings.app.told?.contact !== undefined;
  if (parentId !== undefined && isKept && (await session.book.read("contact", parentId)) === undefined) {
    throw new Failure("not_found", `Could not create a ${resource}: contact ${parentId} is gone.`);
  }
  const parent = parentId === undefined ? {} : { parentId };
  await session.book.put({ resource, externalId: message, fields, origin: "hub", ...parent }, { isTold: false });
  const shown = await kept.read(session, message, parentId);
  return { kind: "created", externalId: message, ...(shown !== "gone" && { snapshot: shown }) };
}

function assertWriting({ settings: { app, writing } }: App): void {
  if (writing || app.outgoing === undefined) return;
  throw new Failure(
    "forbidden",
    `Did not change anything of ${app.name}: its connection only reads. Set writing: true in its settings.`,
  );
}
