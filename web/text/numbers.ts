const WHOLE = new Intl.NumberFormat("en");

/** A whole number with thousands separated: `1,204`. */
export function count(value: number): string {
  return WHOLE.format(value);
}

/** A number with its noun: `1 contact`, `3 contacts`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
