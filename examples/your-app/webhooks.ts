import { createHmac } from "node:crypto";
import type { Database } from "./database.ts";

/** Daybook's webhooks: what happened is written down with the change itself, and told until it is heard or too old. */

/** Where webhooks are told, and with which secret they are signed. */
export interface Subscription {
  readonly url: string;
  readonly secret: string;
}

/** How one webhook travels. @returns the status that was answered; 0 when nothing was */
export type Send = (url: string, body: string, headers: Readonly<Record<string, string>>) => Promise<number>;

/** What tells of changes. */
export interface Webhooks {
  readonly subscriptions: () => readonly Subscription[];
  /** Tells this address from now on, and no longer any other. */
  readonly subscribe: (subscription: Subscription) => void;
  readonly happened: (event: string, about: Readonly<Record<string, unknown>>) => void;
  /** Tells what is due; resolves once each was tried. */
  readonly deliver: () => Promise<void>;
}

/** The header of the signature: `sha256=` and the HMAC of the body in hex. */
export const SIGNATURE_HEADER = "x-daybook-signature";

/** Waits between tries, ms; after the last nothing more is tried. */
const WAITS_MS = [0, 1_000, 10_000, 60_000, 600_000];

/** Webhooks out of the app's own database, so that none is lost when the app stops. */
export function createWebhooks({ raw }: Database, now: () => number, send: Send): Webhooks {
  raw.exec("CREATE TABLE IF NOT EXISTS webhooks (url TEXT PRIMARY KEY, secret TEXT NOT NULL)");
  raw.exec(
    "CREATE TABLE IF NOT EXISTS outbox (id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL, tries INTEGER NOT NULL DEFAULT 0, due_at INTEGER NOT NULL)",
  );
  const subscriptions = () =>
    raw
      .prepare("SELECT url, secret FROM webhooks")
      .all()
      .map(({ url, secret }) => ({ url: String(url), secret: String(secret) }));

  async function deliverOne(id: number, body: string, tries: number): Promise<void> {
    const [to] = subscriptions();
    const status = to === undefined ? 200 : await send(to.url, body, signed(body, to.secret));
    const wait = WAITS_MS[tries + 1];
    if ((status >= 200 && status < 300) || wait === undefined) raw.prepare("DELETE FROM outbox WHERE id = ?").run(id);
    else raw.prepare("UPDATE outbox SET tries = tries + 1, due_at = ? WHERE id = ?").run(now() + wait, id);
  }

  return {
    subscriptions,
    subscribe: ({ url, secret }) => {
      raw.exec("DELETE FROM webhooks");
      raw.prepare("INSERT INTO webhooks (url, secret) VALUES (?, ?)").run(url, secret);
    },
    happened: (event, about) => {
      const { lastInsertRowid } = raw.prepare("INSERT INTO outbox (body, due_at) VALUES ('', ?)").run(now());
      const told = { event, delivery: `evt-${lastInsertRowid}`, at: new Date(now()).toISOString(), ...about };
      raw.prepare("UPDATE outbox SET body = ? WHERE id = ?").run(JSON.stringify(told), lastInsertRowid);
    },
    deliver: async () => {
      const due = raw.prepare("SELECT id, body, tries FROM outbox WHERE due_at <= ? ORDER BY id LIMIT 100").all(now());
      for (const { id, body, tries } of due) await deliverOne(Number(id), String(body), Number(tries));
    },
  };
}

function signed(body: string, secret: string): Readonly<Record<string, string>> {
  return { [SIGNATURE_HEADER]: `sha256=${createHmac("sha256", secret).update(body).digest("hex")}` };
}
