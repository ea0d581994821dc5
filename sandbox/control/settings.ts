import type { z } from "zod";

/** Settings that can be read and changed while an emulator runs. */
export type Settings<Values> = {
  readonly get: () => Values;
  /** Changes what is named and leaves the rest. @throws z.ZodError when a name or value is not known. */
  readonly set: (change: unknown) => Values;
};

/**
 * @param schema  A strict object shape in which every key has a default.
 * @param initial What differs from the defaults at first.
 */
export function createSettings<Shape extends z.ZodType<object>>(
  schema: Shape,
  initial: object = {},
): Settings<z.output<Shape>> {
  let values = schema.parse(initial);
  return {
    get: () => values,
    set: (change) => {
      values = schema.parse({ ...values, ...asObject(change) });
      return values;
    },
  };
}

function asObject(change: unknown): object {
  return typeof change === "object" && change !== null ? change : { "": change };
}
