import { createHttpDelivery, createOutbox, type Outbox } from "../control/outbox.ts";
import type { BookChange } from "./book.ts";
import { type ChildChange, childEventOf } from "./childEvents.ts";
import { eventOf, eventTypesOf } from "./events.ts";
import type { Ground } from "./ground.ts";
import type { HighLevelOptions } from "./index.ts";
import { createKeyRing, type PublicKeys } from "./signatures.ts";

/** The way webhooks leave: written, signed, sent. */
export type Mail = {
  readonly outbox: Outbox;
  /** Tells the receivers of a change, if there are any. */
  readonly announce: (change: BookChange) => void;
  /** The same for a note, task or appointment; `isAlong` when it went because its contact did. */
  readonly announceChild: (change: ChildChange, isAlong: boolean) => void;
  readonly publicKeys: () => PublicKeys;
  readonly setUrls: (urls: readonly string[]) => void;
  readonly close: () => Promise<void>;
};

/** Makes the mail of one emulator, with keys of its own. */
export function createMail({ workings, quirks, fields, location }: Ground, options: HighLevelOptions): Mail {
  const { surroundings, webhookFaults } = workings;
  const keys = createKeyRing(options.keys ?? {}, quirks.get);
  const http = createHttpDelivery();
  let urls = options.webhookUrls ?? [];
  const outbox = createOutbox({
    surroundings,
    urls: () => urls,
    sign: keys.sign,
    forge: createKeyRing({}, quirks.get).sign,
    deliver: options.deliver ?? http.deliver,
    faults: webhookFaults.get,
    retry: () => ({ times: quirks.get().webhookRetryTimes, intervalMs: quirks.get().webhookRetryMs }),
  });

  const announce = (change: BookChange): void => {
    const contact = change.after ?? change.before;
    if (urls.length === 0 || contact === undefined) return;
    const showing = { fields, quirks: quirks.get(), isV3: false };
    for (const type of eventTypesOf(change, showing.quirks.silentFields)) {
      outbox.send(eventOf(type, contact, showing, surroundings));
    }
  };

  const announceChild = (change: ChildChange, isAlong: boolean): void => {
    if (urls.length === 0 || (isAlong && !quirks.get().deleteTellsChildren)) return;
    const showing = { quirks: quirks.get(), locationId: location.id, timeZone: location.timezone };
    const event = childEventOf(change, showing, surroundings);
    if (event !== undefined) outbox.send(event);
  };

  return {
    outbox,
    announce,
    announceChild,
    publicKeys: keys.publicKeys,
    setUrls: (next) => {
      urls = next;
    },
    close: () => {
      outbox.close();
      return http.close();
    },
  };
}
