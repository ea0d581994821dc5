import { expect } from "vitest";
import type { Bag, OperationWorld } from "../operationWorld.ts";

/** How one operation is tried at the emulator, beside what its declaration says. */
export interface OperationCase {
  /** Inputs other than the example's. */
  readonly input?: (world: OperationWorld) => Bag | Promise<Bag>;
  /** What must be there before it is run. */
  readonly before?: (world: OperationWorld) => Promise<unknown>;
  /** What must be true at the emulator, or of the answer, afterwards. */
  readonly after: (world: OperationWorld, input: Bag, output: Bag) => Promise<void>;
}

/** A read: what is made under this name must stand in its answer. */
export function shows(name: string, more: Omit<OperationCase, "after"> = {}): OperationCase {
  return {
    ...more,
    before: async (world) => {
      await world.make(name);
      await more.before?.(world);
    },
    after: async (world, _input, output) =>
      expect(JSON.stringify(output)).toContain(JSON.stringify(await world.make(name))),
  };
}

/** A read of something that the emulator has by itself: each of these lists must hold something. */
export function fills(...names: readonly string[]): OperationCase {
  return {
    after: async (_world, _input, output) => {
      for (const name of names) expect([name, Object(output[name]).length > 0]).toEqual([name, true]);
    },
  };
}

/**
 * A write: another operation must see it afterwards.
 * @param by    the operation that reads
 * @param given what it is given, of the write's input and output
 * @param seen  what must stand in its answer
 */
export function seenBy(
  by: string,
  given: (input: Bag, output: Bag) => Bag,
  seen: (input: Bag, output: Bag) => object,
  more: Omit<OperationCase, "after"> = {},
): OperationCase {
  return {
    ...more,
    after: async (world, input, output) =>
      expect(await world.run(by, given(input, output))).toMatchObject(seen(input, output)),
  };
}

/** A deletion: reading it afterwards must say that it is gone. */
export function goneFor(by: string, more: Omit<OperationCase, "after"> = {}): OperationCase {
  return {
    ...more,
    after: (world, input) => expect(world.run(by, input)).rejects.toMatchObject({ kind: "not_found" }),
  };
}

/** A deletion: a list must no longer hold it. */
export function absentFrom(list: string, name: string, input: (given: Bag) => Bag = () => ({})): OperationCase {
  return {
    after: async (world, given) =>
      expect(JSON.stringify(await world.run(list, input(given)))).not.toContain(String(given[name])),
  };
}

/** The parts of a bag with these names. */
export function only(bag: Bag, ...names: readonly string[]): Bag {
  return Object.fromEntries(names.map((name) => [name, bag[name]]));
}

/** The part of a bag that stands under a name, as a bag. */
export function part(bag: Bag, name: string): Bag {
  return Object(bag[name]);
}
