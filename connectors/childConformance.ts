import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  anyConnector,
  type Connector,
  checkedSettings,
  followPages,
  type OpenConnection,
  openConnection,
  partnerAgent,
  partnerOf,
  type ResourcePartner,
} from "../kit/index.ts";
import { APPOINTMENT_FIELDS, NOTE_FIELDS, TASK_FIELDS } from "../model/children.ts";
import { OPPORTUNITY_FIELDS } from "../model/opportunity.ts";
import { PLURALS, type Snapshot } from "../model/record.ts";
import { EMPTY, type Fields } from "../model/value.ts";
import type { ConformanceWorld } from "./conformance.ts";
import { failureOf, live, oneChange } from "./suiteConformance.ts";
import { checkValues } from "./valueConformance.ts";

/** What the suite is told of a connector's notes, tasks or appointments. */
export interface ChildConformanceOptions<Settings> {
  readonly connector: Connector<Settings>;
  readonly resource: keyof typeof STANDARD;
  readonly makeWorld: () => Promise<ConformanceWorld>;
  /** Two contacts to whom the children can belong. */
  readonly parents: readonly [Fields, Fields];
  /** A child with a value in every field that the connector can write, in the form in which the partner keeps it. */
  readonly sample: Fields;
  /** Other values for every writable field of the sample. */
  readonly others: Fields;
  /** The fields that the partner lets be emptied. */
  readonly clearable: readonly string[];
  /** Fields that take certain values only: the sample's, and those of the others. */
  readonly closed?: readonly string[];
  /** Values that the partner does not tell from empty ones. */
  readonly asEmpty?: Fields;
}

const STANDARD = {
  note: NOTE_FIELDS,
  task: TASK_FIELDS,
  appointment: APPOINTMENT_FIELDS,
  opportunity: OPPORTUNITY_FIELDS,
} as const;

/**
 * The behaviour that every connector owes the engine for records that belong to a contact, tried on its emulator.
 * Stands beside `describeConnector`.
 */
export function describeChildren<Settings>(options: ChildConformanceOptions<Settings>): void {
  const connector = anyConnector(options.connector);
  const { resource, sample, others } = options;
  const isKept = connector.resources[resource]?.keptBy === "hub";
  let world: ConformanceWorld;
  let open: OpenConnection;
  let children: ResourcePartner;
  let parentId: string;
  let otherParentId: string;
  const agent = partnerAgent(4);

  beforeEach(async () => {
    world = await options.makeWorld();
    open = openConnection({
      connector,
      connection: world.connection,
      credential: { load: async () => world.credential, store: async () => {} },
      clock: world.clock,
      random: () => 0.5,
      dispatcher: agent,
    });
    children = partnerOf(open, resource);
    const contacts = partnerOf(open, "contact");
    const [first, second] = options.parents;
    parentId = (await contacts.create(live(), first)).externalId;
    otherParentId = (await contacts.create(live(), second)).externalId;
  });

  afterEach(async () => {
    await open.close();
    await world.close();
  });

  const make = async (fields: Fields = sample, under = parentId): Promise<string> =>
    (await children.create(live(), fields, under)).externalId;

  const readNow = async (externalId: string, under = parentId): Promise<Snapshot> => {
    const found = await children.read(live(), externalId, under);
    if (found === "gone") throw new Error(`${resource} ${externalId} should be there`);
    return found;
  };

  const listOf = async (under: string): Promise<Snapshot[]> => {
    const all: Snapshot[] = [];
    const fetchPage = (cursor: string | undefined) =>
      children.list(live(), { parentId: under, ...(cursor !== undefined && { cursor }) });
    for await (const page of followPages(fetchPage)) all.push(...page.records);
    return all;
  };

  describe(`the ${PLURALS[resource]} of the connector of ${connector.name}`, () => {
    test("P20 describes each field of a child once, and standard fields as the model knows them", async () => {
      const fields = await children.describe(live());
      expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
      const known = new Map<string, string>(Object.entries(STANDARD[resource]));
      for (const { standard, type } of fields) if (standard !== undefined) expect(type).toBe(known.get(standard));
      const writable = fields.filter(({ isWritable }) => isWritable).map(({ key }) => key);
      expect(Object.keys(sample).sort()).toEqual(writable.sort());
      expect(Object.keys(others).sort()).toEqual(writable.sort());
    });

    test("P21 a child that is created is read back as it was sent, with the contact it belongs to", async () => {
      const { fields, parentId: under } = await readNow(await make());
      expect(fields).toMatchObject(sample);
      expect(under).toBe(parentId);
    });

    test("P22 setting a field of a child changes that field only, whichever it is", async () => {
      const externalId = await make();
      let { fields } = await readNow(externalId);
      for (const [key, value] of Object.entries(others)) {
        await children.update(live(), externalId, { [key]: { kind: "set", value } }, fields, parentId);
        const after = await readNow(externalId);
        expect(after.fields, `after setting ${key}`).toEqual({ ...fields, [key]: value });
        fields = after.fields;
      }
    });

    test("P23 clearing a field of a child, where the partner lets it be, empties that field only", async () => {
      const externalId = await make();
      let { fields } = await readNow(externalId);
      for (const key of options.clearable) {
        await children.update(live(), externalId, { [key]: { kind: "clear" } }, fields, parentId);
        const after = await readNow(externalId);
        expect(after.fields, `after clearing ${key}`).toEqual({ ...fields, [key]: EMPTY });
        fields = after.fields;
      }
    });

    test("P24 the answer to a child's create or update, where it shows the child, is what a read shows", async () => {
      const made = await children.create(live(), sample, parentId);
      if (made.kind !== "created") throw new Error(`the ${resource} should have been created`);
      const first = await readNow(made.externalId);
      if (made.snapshot !== undefined) expect(made.snapshot).toEqual(first);
      const changes = oneChange(others);
      const answer = await children.update(live(), made.externalId, changes, first.fields, parentId);
      if (answer !== undefined) expect(answer).toEqual(await readNow(made.externalId));
    });

    test("P25 a contact's listing shows each of its own and nobody else's, and says nothing else than a read", async () => {
      const first = await make();
      const second = await make({ ...sample, ...others });
      await make(sample, otherParentId);
      await world.catchUp();
      const rows = await listOf(parentId);
      expect(rows.map(({ externalId }) => externalId).sort()).toEqual([first, second].sort());
      for (const row of rows) {
        expect(row.parentId).toBe(parentId);
        const read = await readNow(row.externalId);
        expect(read.fields).toMatchObject(row.fields);
        if (children.listing.isComplete)
          expect(Object.keys(row.fields).sort()).toEqual(Object.keys(read.fields).sort());
      }
    });

    test("P26 a child that is deleted is gone, may be deleted again, and cannot be updated", async () => {
      const externalId = await make();
      const { fields } = await readNow(externalId);
      await children.delete(live(), externalId, parentId);
      expect(await children.read(live(), externalId, parentId)).toBe("gone");
      await children.delete(live(), externalId, parentId);
      await world.catchUp();
      expect(await listOf(parentId)).toEqual([]);
      const changes = oneChange(others);
      const failure = await failureOf(children.update(live(), externalId, changes, fields, parentId));
      expect(failure.kind).toBe("not_found");
    });

    test("P27 a child of a contact that is gone cannot be made, and says so", async () => {
      await partnerOf(open, "contact").delete(live(), otherParentId);
      const failure = await failureOf(children.create(live(), sample, otherParentId));
      expect(["not_found", "rejected"]).toContain(failure.kind);
    });

    const needed = Object.keys(sample).filter((key) => !options.clearable.includes(key));
    const values = { sample, others, needed, closed: options.closed ?? [], asEmpty: options.asEmpty ?? {} };
    test("P29 what any field of a child is given is read back the same as far as values are compared", () =>
      checkValues(values, {
        describe: () => children.describe(live()),
        country: connector.country(checkedSettings(connector, world.connection)),
        create: make,
        rest: () => world.clock.advance(60_000),
        read: readNow,
        update: (externalId, changes, known) => children.update(live(), externalId, changes, known, parentId),
      }));

    // What the hub keeps itself is asked of nobody, so that no answer can be lost on its way.
    if (isKept) return;

    test.each(["500-after", "drop", "torn"] as const)(
      "P28 a child's create whose answer is lost (%s) is met in its contact's listing",
      async (how) => {
        await children.describe(live());
        world.breakNext("POST", how);
        const failure = await failureOf(children.create(live(), sample, parentId));
        expect(failure).toMatchObject({ kind: "unavailable", details: { isOutcomeUnknown: true } });
        await world.catchUp();
        const rows = await listOf(parentId);
        expect(rows).toHaveLength(1);
        // What it shows of the fields that were sent is what was sent.
        const shown = rows[0]?.fields ?? {};
        expect({ ...shown, ...sample }).toEqual({ ...sample, ...shown });
      },
    );
  });
}
