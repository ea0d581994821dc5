import { Socket } from "node:net";

/** Uses of the real world, each with where it came from. */
export interface Guard {
  /** What was touched since the guard was put up, one sentence each. */
  readonly touches: readonly string[];
  /** Puts everything back as it was. */
  readonly lift: () => void;
}

const TOUCHES_MAX = 5;

/**
 * Notes every real timer, clock, chance and connection that is used from now on: what happens in a run is ordered by its
 * seed alone. A touch is let through, so that whoever made it goes on; the run fails for it at its end. Only
 * `performance.now` is passed over: the emulators' web server measures each answer with it and tells nobody.
 */
export function putUpGuard(): Guard {
  const touches: string[] = [];
  const note = (what: string): void => {
    if (touches.length >= TOUCHES_MAX) return;
    const stack = (new Error("touched").stack ?? "").split("\n").slice(3, 9);
    touches.push(`${what} was used ${stack.join("").replaceAll(/\s+/g, " ").trim()}`);
  };
  const undo = [
    ...(["setTimeout", "setInterval", "fetch"] as const).map((name) => watch(globalThis, name, note)),
    watch(Math, "random", note),
    watch(Socket.prototype, "connect", note),
    watchDate(note),
  ];
  return { touches, lift: () => undo.forEach((putBack) => void putBack()) };
}

type Note = (what: string) => void;

/** Notes each call of a function that hangs on an object. @returns what puts it back */
function watch<Owner extends object>(owner: Owner, name: keyof Owner & string, note: Note): () => void {
  const original = owner[name];
  if (typeof original !== "function") throw new Error(`there is no function ${name}`);
  const watched = new Proxy(original, {
    apply: (target, self, args) => {
      note(name);
      return Reflect.apply(target, self, args);
    },
  });
  Object.assign(owner, { [name]: watched });
  return () => Object.assign(owner, { [name]: original });
}

/** The time now, asked for in either way; a date made of a time that is given is nobody's clock. */
function watchDate(note: Note): () => void {
  const original = globalThis.Date;
  globalThis.Date = new Proxy(original, {
    construct: (target, args, newTarget) => {
      if (args.length === 0) note("new Date()");
      return Reflect.construct(target, args, newTarget);
    },
    get: (target, key) => {
      if (key === "now") note("Date.now");
      return Reflect.get(target, key);
    },
  });
  return () => {
    globalThis.Date = original;
  };
}
