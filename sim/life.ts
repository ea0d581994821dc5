import type { Clock } from "../engine/ports.ts";

/**
 * One process. What it asked for while it lived still happens, but once it is over no answer reaches it and none of its
 * timers rings.
 */
export interface Life {
  readonly isOver: () => boolean;
  /** Kills it now. */
  readonly end: () => void;
  /** Kills it at the so-many-th next thing it waits for: just before that takes effect, or just after. */
  readonly endAtAwait: (awaits: number, when: "before" | "after") => void;
  /** Calls back when it ends; at once when it has. */
  readonly onEnd: (callback: () => void) => void;
  /** The same object, whose functions (all of which answer with a promise) die with the process. */
  readonly mortal: <T extends object>(target: T) => T;
  /** Runs a call as `mortal` does. */
  readonly guard: <Result>(call: () => Promise<Result>) => Promise<Result>;
  /** The clock whose timers die with the process. */
  readonly clock: Clock;
}

/** A process that has just begun, in the time of `clock`. */
export function beginLife(clock: Clock): Life {
  let isOver = false;
  let fuse: { left: number; readonly when: "before" | "after" } | undefined;
  const enders: (() => void)[] = [];
  const never = new Promise<never>(() => {});

  const end = (): void => {
    if (isOver) return;
    isOver = true;
    for (const tell of enders.splice(0)) tell();
  };

  /** Burns the fuse by one. @returns when it goes off now, whether before or after the effect. */
  const burn = (): "before" | "after" | undefined => {
    if (fuse === undefined) return undefined;
    fuse.left -= 1;
    return fuse.left <= 0 ? fuse.when : undefined;
  };

  const guard = async <Result>(call: () => Promise<Result>): Promise<Result> => {
    if (isOver) return never;
    const goesOff = burn();
    if (goesOff === "before") {
      end();
      return never;
    }
    const answer = call();
    if (goesOff === "after") end();
    // What becomes of it is nobody's concern once the process is over.
    return answer.then(
      (result) => (isOver ? never : result),
      (thrown: unknown) => {
        if (isOver) return never;
        throw thrown;
      },
    );
  };

  const ring = (callback: () => void): void => {
    if (isOver) return;
    if (burn() === undefined) callback();
    else end();
  };

  return {
    isOver: () => isOver,
    end,
    endAtAwait: (awaits, when) => {
      fuse = { left: awaits, when };
    },
    onEnd: (callback) => {
      if (isOver) callback();
      else enders.push(callback);
    },
    guard,
    mortal: (target) =>
      new Proxy(target, {
        get: (from, key) => {
          const value: unknown = Reflect.get(from, key);
          if (typeof value !== "function") return value;
          return (...args: unknown[]) => guard(() => Reflect.apply(value, from, args));
        },
      }),
    clock: { now: clock.now, after: (ms, callback) => clock.after(ms, () => ring(callback)) },
  };
}
