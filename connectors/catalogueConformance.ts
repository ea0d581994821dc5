import { describe, expect, test } from "vitest";
import {
  type Action,
  actionOf,
  anyConnector,
  type Clock,
  type ConnectionRow,
  type Connector,
  type Credential,
  checkedInput,
  openConnection,
  PRIORITIES,
  partnerAgent,
} from "../kit/index.ts";

/** What an operation is given or gives, not looked into. */
export type Bag = Readonly<Record<string, unknown>>;

/** An emulator that operations are run on, seen from outside. */
export interface CatalogueWorld {
  readonly connection: ConnectionRow;
  readonly credential: Credential;
  readonly clock: Clock;
  readonly close: () => Promise<void>;
}

/** An emulator and a connection to it. */
export type CatalogueRun<World> = World & {
  /** Runs an operation as its users do. @throws Failure */
  readonly run: (id: string, input?: Bag) => Promise<Bag>;
};

/** How one operation is tried, beside what its declaration says. */
export interface CatalogueCase<World> {
  /** Inputs other than the example's; what must be there first is made here as well. */
  readonly input?: (world: CatalogueRun<World>) => Bag | Promise<Bag>;
  /** What must be true at the emulator, or of the answer, afterwards. */
  readonly after: (world: CatalogueRun<World>, input: Bag, output: Bag) => void | Promise<void>;
}

/** What the suite is told of a catalogue. */
export interface CatalogueOptions<Settings, World extends CatalogueWorld> {
  readonly connector: Connector<Settings>;
  readonly makeWorld: () => Promise<World>;
  /** Every action by its id. */
  readonly cases: Readonly<Record<string, CatalogueCase<World>>>;
}

/**
 * Tries every action of a connector's catalogue on its emulator, and holds its declarations to what is owed to their
 * users. A connector's test file calls this with one case for each action.
 */
export function describeCatalogue<Settings, World extends CatalogueWorld>(
  options: CatalogueOptions<Settings, World>,
): void {
  const connector = anyConnector(options.connector);
  const operations = connector.operations ?? [];
  const actions = operations.filter((entry): entry is Action => entry.kind === "action");

  describe(`the catalogue of ${connector.name}`, () => {
    test("P40 every action is tried at the emulator, and nothing else is", () => {
      expect(Object.keys(options.cases).sort()).toEqual(actions.map(({ id }) => id).sort());
    });

    test("P41 every entry has an id of its own, and its example is what it takes and gives", () => {
      expect(new Set(operations.map(({ id }) => id)).size).toBe(operations.length);
      for (const action of actions) {
        expect(checkedInput(action, action.example.input), action.id).toEqual(action.example.input);
        expect(action.output.parse(action.example.output), action.id).toEqual(action.example.output);
      }
    });

    test("P42 every trigger is fired by an action that is there, or by a message", () => {
      const triggers = operations.flatMap((entry) => (entry.kind === "trigger" ? [entry] : []));
      for (const { id, firedBy, delay } of triggers) {
        const isGood = firedBy.kind === "webhook" ? firedBy.events.length > 0 : actionOf(operations, firedBy.operation);
        expect([id, Boolean(isGood), delay.ms > 0]).toEqual([id, true, true]);
      }
    });

    test.each(actions)("P43 $id does what it says at the emulator", async ({ id, example, output: shape }) => {
      const tried = options.cases[id];
      if (tried === undefined) throw new Error(`nothing says how to try ${id}`);
      const { world, end } = await openCatalogue(connector, await options.makeWorld());
      try {
        const input = { ...Object(example.input), ...(await tried.input?.(world)) };
        const output = await world.run(id, input);
        expect(shape.parse(output)).toEqual(output);
        await tried.after(world, input, output);
      } finally {
        await end();
      }
    });

    test("P44 an operation refuses an input that it does not know", async () => {
      const { world, end } = await openCatalogue(connector, await options.makeWorld());
      try {
        for (const { id } of actions) {
          await expect(world.run(id, { nobodyKnowsThis: 1 }), id).rejects.toMatchObject({ kind: "rejected" });
        }
      } finally {
        await end();
      }
    });
  });
}

/** Opens a connection to an emulator, to run the operations of a connector on it. `end` closes both. */
export async function openCatalogue<World extends CatalogueWorld>(connector: Connector, made: World) {
  const agent = partnerAgent(1);
  const open = openConnection({
    connector,
    connection: made.connection,
    credential: { load: async () => made.credential, store: async () => {} },
    clock: made.clock,
    random: () => 0.5,
    dispatcher: agent,
  });
  const run = async (id: string, input: Bag = {}): Promise<Bag> => {
    const action = actionOf(connector.operations ?? [], id);
    if (action === undefined) throw new Error(`there is no operation ${id}`);
    // An operation's output is an object, always.
    return (await action.run(
      open.session({ priority: PRIORITIES.live, calls: [] }),
      checkedInput(action, input),
    )) as Bag;
  };
  const end = async (): Promise<void> => {
    await open.close();
    await agent.destroy();
    await made.close();
  };
  return { world: { ...made, run }, end };
}
