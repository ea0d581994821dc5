import type { Webhook } from "../control/outbox.ts";
import type { BookChange } from "./book.ts";
import { type ChildChange, childEventOf } from "./childEvents.ts";
import { eventOf, eventTypesOf, sealed } from "./events.ts";
import type { Ground } from "./ground.ts";
import type { Post } from "./post.ts";

/** What is told about one location. */
export type Mail = {
  /** Tells the receivers of a change, if there are any. */
  readonly announce: (change: BookChange) => void;
  /** The same for a note, task or appointment; `isAlong` when it went because its contact did. */
  readonly announceChild: (change: ChildChange, isAlong: boolean) => void;
  /** The same for anything else: `fields` is what the event says besides its type, location, id and time. */
  readonly tell: (type: string, fields: object, contactId?: string) => void;
};

/** Writes the events of one location and hands them to the post. */
export function createMail({ workings, quirks, fields, location }: Ground, post: Post): Mail {
  const { surroundings } = workings;
  const send = (webhook: Webhook) => post.send(webhook, location.id);

  const announce = (change: BookChange): void => {
    const contact = change.after ?? change.before;
    if (!post.isWatched() || contact === undefined) return;
    const showing = { fields, quirks: quirks.get(), isV3: false };
    for (const type of eventTypesOf(change, showing.quirks)) {
      send(eventOf(type, contact, showing, surroundings));
    }
  };

  const announceChild = (change: ChildChange, isAlong: boolean): void => {
    if (!post.isWatched() || (isAlong && !quirks.get().deleteTellsChildren)) return;
    const showing = { quirks: quirks.get(), locationId: location.id, timeZone: location.timezone };
    const event = childEventOf(change, showing, surroundings);
    if (event !== undefined) send(event);
  };

  const tell = (type: string, about: object, contactId = ""): void => {
    if (!post.isWatched()) return;
    send(sealed({ type, locationId: location.id, contactId }, about, quirks.get().envelope, surroundings));
  };

  return { announce, announceChild, tell };
}
