import { trint } from "../connectors/trint/index.ts";
import {
  type CallContext,
  type OpenConnection,
  openConnection,
  PRIORITIES,
  partnerAgent,
  partnerOf,
} from "../kit/index.ts";
import type { TrintOptions } from "../sandbox/trint/index.ts";
import { trintWorld } from "./trintWorld.ts";

/** A connection to an emulated Trint, beside which the hub keeps its book. Whoever opens it closes it. */
export async function openTrint(options: TrintOptions = {}, settings: Readonly<Record<string, unknown>> = {}) {
  const world = await trintWorld(options, settings);
  const agent = partnerAgent(4);
  const open: OpenConnection<unknown> = openConnection({
    connector: trint,
    connection: world.connection,
    credential: { load: async () => world.credential, store: async () => {} },
    clock: world.clock,
    random: () => 0.5,
    dispatcher: agent,
  }) as OpenConnection<unknown>; // the settings are the connector's own, checked by it
  const { transcripts } = trint;
  if (transcripts === undefined) throw new Error("Trint should have transcripts");
  const [contacts, notes, tasks] = [partnerOf(open, "contact"), partnerOf(open, "note"), partnerOf(open, "task")];
  const { emulator, clock } = world;
  return {
    ...world,
    open,
    ...{ contacts, notes, tasks, transcripts },
    session: () => open.session(live()) as Parameters<typeof transcripts.read>[0],
    /** Somebody whom the hub knows. @returns their id */
    person: async (fields: Readonly<Record<string, string>>): Promise<string> =>
      (await contacts.create(live(), fields)).externalId,
    /** A recording that was uploaded; it is transcribed after half a minute. @returns its id */
    record: (fields: Readonly<Record<string, string>>): string => emulator.control.contacts.create(fields).id,
    /** Lets a minute pass, and polls. */
    poll: async (): Promise<void> => {
      await clock.advance(60_000);
      await contacts.list(live(), {});
    },
    /** The fields of a person's notes or tasks. */
    ofPerson: async (resource: "note" | "task", parentId: string) => {
      const found = await (resource === "note" ? notes : tasks).list(live(), { parentId });
      return found.records.map(({ fields }) => fields);
    },
    close: async (): Promise<void> => {
      await open.close();
      await agent.destroy();
      await world.close();
    },
  };
}

/** Calls that are as urgent as any. */
export function live(): CallContext {
  return { priority: PRIORITIES.live, calls: [] };
}
