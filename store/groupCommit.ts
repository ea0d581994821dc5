import { asFailure } from "../model/errors.ts";
import type { Script } from "./script.ts";

/**
 * Group commit: what makes a commit slow is waiting for the disk, and that wait costs the same for one change as for a
 * hundred. Submissions that arrive while a commit is running therefore share the next one.
 *
 * Idle → (a submission) → gathering → (`breathe` over) → committing → gathering again while there is more, else idle.
 */

/** Makes a script to play; called again, for another transaction, when its group failed and it is tried alone. */
export type MakeScript<Result> = (transaction: Transaction) => Script<Result>;

/** What the scripts that share a transaction know of it. Made anew for each. */
export interface Transaction {
  /** Epochs of lanes as this transaction has read or raised them, by workspace: nobody else can until it has ended. */
  readonly epochs: Map<string, number>;
}

/** A transaction that has just begun. */
export function newTransaction(): Transaction {
  return { epochs: new Map() };
}

/** Plays all scripts in one transaction, in order. Rejects, with nothing stored, when any of them throws. */
export type Transact = (scripts: readonly MakeScript<unknown>[]) => Promise<readonly unknown[]>;

/** Waits for others to submit; told how large the last group was, and able to look how many have come by now. */
export type Breathe = (lastSize: number, waiting: () => number) => Promise<void>;

interface Member {
  readonly script: MakeScript<unknown>;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * A function that commits scripts in groups.
 *
 * @param transact commits one group
 * @param breathe  resolves when those who are about to submit have had the chance to
 * @param groupMax most scripts in one transaction; bounds how long it runs
 * @returns a function that resolves with a script's result once it is durable. A member that fails is rejected with its
 *   own failure while the others go on; a database that is `unavailable` is everyone's failure at once.
 */
export function groupCommit(transact: Transact, breathe: Breathe, groupMax = 256) {
  const waiting: Member[] = [];
  let isRunning = false;
  let lastSize = 0;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      await breathe(lastSize, () => waiting.length);
      const group = waiting.splice(0, groupMax);
      lastSize = group.length;
      await commit(transact, group);
    }
    isRunning = false;
  }

  return <Result>(script: MakeScript<Result>): Promise<Result> =>
    new Promise<Result>((resolve, reject) => {
      // `commit` resolves each member with what its own script returned.
      waiting.push({ script, resolve: resolve as (result: unknown) => void, reject });
      if (isRunning) return;
      isRunning = true;
      void drain();
    });
}

/** Never rejects: every outcome goes to the members. */
async function commit(transact: Transact, group: readonly Member[]): Promise<void> {
  try {
    const results = await transact(group.map((member) => member.script));
    group.forEach((member, place) => {
      member.resolve(results[place]);
    });
  } catch (error) {
    if (group.length === 1 || asFailure(error).kind === "unavailable") {
      for (const member of group) member.reject(error);
      return;
    }
    for (const member of group) await commit(transact, [member]);
  }
}
