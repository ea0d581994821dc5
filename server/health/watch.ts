import type { Clock, Log, News, Partner } from "../../engine/ports.ts";
import { asFailure, type Failure } from "../../model/errors.ts";
import type { ConnectionHealth, HubStore } from "../../store/port.ts";
import { type Condition, healthy, nextCondition, type Outcome, verdictOf } from "./condition.ts";

/**
 * Watches every call to every partner and keeps each connection's health in the store. It is written only when it
 * changes, or another process has written something else; a call costs a comparison, and one a minute a look.
 */
export interface Watch {
  /** Starts from what the store says of a connection that is about to be opened. */
  readonly begin: (workspaceId: string, connectionId: string, health: ConnectionHealth) => void;
  /** The same partner, watched. */
  readonly over: (workspaceId: string, partner: Partner) => Partner;
  /** Watches one other call. @returns `working`, or the failure; a bug is thrown on. */
  readonly during: (
    workspaceId: string,
    connectionId: string,
    operation: string,
    call: () => Promise<void>,
  ) => Promise<"working" | Failure>;
  /** Notes nothing any more: what fails because the hub stops says nothing about a connection. */
  readonly end: () => void;
  readonly failed: (workspaceId: string, connectionId: string, operation: string, failure: Failure) => Promise<void>;
}

/** What watching stands on. */
export interface WatchOptions {
  readonly store: Pick<HubStore, "connection" | "setConnectionHealth">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly news: (news: News) => void;
}

/**
 * After this time, ms, it is looked whether the store still says what is known here: a process that has lost its
 * workspace to this one may have stored, last of all, that the partner did not answer it.
 */
const CONFIRM_MS = 60_000;

/** What the store says of a connection, as far as this process knows, and when it was last looked at, epoch ms. */
interface Kept {
  readonly health: ConnectionHealth;
  readonly at: number;
}

/** The operations of a partner that call it. */
const OPERATIONS = ["describe", "list", "read", "create", "update", "delete", "find"] as const;

/** A watch over no connection yet. */
export function createWatch(options: WatchOptions): Watch {
  const conditions = new Map<string, Condition>();
  const kept = new Map<string, Kept>();
  let hasEnded = false;

  async function note(workspaceId: string, connectionId: string, operation: string, outcome: Outcome): Promise<void> {
    if (hasEnded) return;
    const key = `${workspaceId}/${connectionId}`;
    const before = conditions.get(key) ?? healthy();
    const after = nextCondition(before, operation, outcome);
    conditions.set(key, after);
    const verdict = verdictOf(after);
    if (!isSame(verdict, verdictOf(before))) {
      return keep(workspaceId, connectionId, { ...verdict, since: options.clock.now() });
    }
    await confirm(workspaceId, connectionId);
  }

  /** HE10: puts right what another process has stored since. */
  async function confirm(workspaceId: string, connectionId: string): Promise<void> {
    const key = `${workspaceId}/${connectionId}`;
    const now = options.clock.now();
    const last = kept.get(key);
    if (last === undefined || last.health.status === "unknown" || now < last.at + CONFIRM_MS) return;
    kept.set(key, { ...last, at: now });
    try {
      const row = await options.store.connection(workspaceId, connectionId);
      if (row !== undefined && !isSame(row.health, last.health)) await keep(workspaceId, connectionId, last.health);
    } catch (thrown) {
      options.log.warn({ connectionId, error: asFailure(thrown).message }, "could not look up the connection's health");
    }
  }

  /** A store that cannot take the news must not fail the call that was watched: the next change is written again. */
  async function keep(workspaceId: string, connectionId: string, health: ConnectionHealth): Promise<void> {
    const key = `${workspaceId}/${connectionId}`;
    try {
      kept.set(key, { health, at: options.clock.now() });
      await options.store.setConnectionHealth(workspaceId, connectionId, health);
      options.news({ kind: "connection", workspaceId, connectionId });
    } catch (thrown) {
      conditions.delete(key);
      kept.delete(key);
      options.log.warn({ connectionId, error: asFailure(thrown).message }, "could not store the connection's health");
    }
  }

  async function watched<T>(workspaceId: string, connectionId: string, operation: string, call: () => Promise<T>) {
    try {
      const answer = await call();
      await note(workspaceId, connectionId, operation, "success");
      return answer;
    } catch (thrown) {
      await note(workspaceId, connectionId, operation, asFailure(thrown));
      throw thrown;
    }
  }

  return {
    begin: (workspaceId, connectionId, health) => {
      const key = `${workspaceId}/${connectionId}`;
      kept.set(key, { health, at: options.clock.now() });
      conditions.set(key, { reported: health.status, message: health.message, lacking: new Map() });
    },
    over: (workspaceId, partner) =>
      watchedPartner(partner, (operation, call) => watched(workspaceId, partner.connectionId, operation, call)),
    during: async (workspaceId, connectionId, operation, call) => {
      try {
        await watched(workspaceId, connectionId, operation, call);
        return "working";
      } catch (thrown) {
        const failure = asFailure(thrown);
        if (failure.kind === "bug") throw failure;
        return failure;
      }
    },
    end: () => {
      hasEnded = true;
    },
    failed: (workspaceId, connectionId, operation, failure) => note(workspaceId, connectionId, operation, failure),
  };
}

function isSame(one: Pick<ConnectionHealth, "status" | "message">, other: typeof one): boolean {
  return one.status === other.status && one.message === other.message;
}

type Around = <T>(operation: string, call: () => Promise<T>) => Promise<T>;

function watchedPartner(partner: Partner, around: Around): Partner {
  const watchedCalls = OPERATIONS.map((operation) => {
    // Each operation keeps its own arguments and answer; only the call itself is wrapped.
    const call = partner[operation] as (...args: unknown[]) => Promise<unknown>;
    return [operation, (...args: unknown[]) => around(operation, () => call(...args))] as const;
  });
  return { ...partner, ...Object.fromEntries(watchedCalls) };
}
