/**
 * Remembers what `compute` made of each object for as long as the object lives; for pure computations that are asked for
 * again and again with the same object.
 */
export function oncePer<Key extends object, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  const known = new WeakMap<Key, { readonly result: Result }>();
  return (key) => {
    const hit = known.get(key);
    if (hit !== undefined) return hit.result;
    const result = compute(key);
    known.set(key, { result });
    return result;
  };
}
