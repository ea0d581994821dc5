/** Waits for its turn; the returned function ends it. */
export type Lock = () => Promise<() => void>;

/** A lock that is granted in the order asked for. */
export function fairLock(): Lock {
  let last: Promise<void> = Promise.resolve();
  return async () => {
    const before = last;
    const { promise, resolve } = Promise.withResolvers<void>();
    last = promise;
    await before;
    return resolve;
  };
}
