import type { Clock, Log, News, Partner } from "../../engine/ports.ts";
import { asFailure, type Failure } from "../../model/errors.ts";
import type { ConnectionHealth, HubStore } from "../../store/port.ts";
import { type Condition, healthy, nextCondition, type Outcome, verdictOf } from "./condition.ts";

/**
 * Watches every call to every partner and keeps each connection's health in the store. It is written only when it
 * changes; a call costs a comparison.
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
  readonly store: Pick<HubStore, "setConnectionHealth">;
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly news: (news: News) => void;
}

/** The operations of a partner that call it. */
const OPERATIONS = ["describe", "list", "read", "create", "update", "delete", "find"] as const;

/** A watch over no connection yet. */
export function createWatch(options: WatchOptions): Watch {
  const conditions = new Map<string, Condition>();
  let hasEnded = false;

  async function note(workspaceId: string, connectionId: string, operation: string, outcome: Outcome): Promise<void> {
    if (hasEnded) return;
    const key = `${workspaceId}/${connectionId}`;
    const before = conditions.get(key) ?? healthy();
    const after = nextCondition(before, operation, outcome);
    if (after === before) return;
    conditions.set(key, after);
    const { status, message } = verdictOf(after);
    const shown = verdictOf(before);
    if (status === shown.status && message === shown.message) return;
    await keep(workspaceId, connectionId, { status, message, since: options.clock.now() });
  }

  /** A store that cannot take the news must not fail the call that was watched: the next change is written again. */
  async function keep(workspaceId: string, connectionId: string, health: ConnectionHealth): Promise<void> {
    try {
      await options.store.setConnectionHealth(workspaceId, connectionId, health);
      options.news({ kind: "connection", workspaceId, connectionId });
    } catch (thrown) {
      conditions.delete(`${workspaceId}/${connectionId}`);
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
      conditions.set(`${workspaceId}/${connectionId}`, {
        reported: health.status,
        message: health.message,
        lacking: new Map(),
      });
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

type Around = <T>(operation: string, call: () => Promise<T>) => Promise<T>;

function watchedPartner(partner: Partner, around: Around): Partner {
  const watchedCalls = OPERATIONS.map((operation) => {
    // Each operation keeps its own arguments and answer; only the call itself is wrapped.
    const call = partner[operation] as (...args: unknown[]) => Promise<unknown>;
    return [operation, (...args: unknown[]) => around(operation, () => call(...args))] as const;
  });
  return { ...partner, ...Object.fromEntries(watchedCalls) };
}
