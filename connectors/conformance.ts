import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  anyConnector,
  type Clock,
  type ConnectionRow,
  type Connector,
  type Credential,
  checkedSettings,
  type OpenConnection,
  openConnection,
  partnerAgent,
  partnerOf,
  type ResourcePartner,
} from "../kit/index.ts";
import { BUSINESS_FIELDS } from "../model/business.ts";
import { CONTACT_FIELDS } from "../model/contact.ts";
import type { Snapshot, StandaloneResource } from "../model/record.ts";
import type { MatchRule } from "../model/sync.ts";
import { TAG_FIELDS } from "../model/tag.ts";
import { EMPTY, type Fields, isEmpty, type Value } from "../model/value.ts";
import { type AccessOptions, type KeptCredential, testAccess } from "./accessConformance.ts";
import { testPaging } from "./pagingConformance.ts";
import { failureOf, listAll, live, oneChange } from "./suiteConformance.ts";
import { checkValues } from "./valueConformance.ts";

/** A partner to try the connector on: an emulator, seen from outside. */
export interface ConformanceWorld {
  /** Settings and addresses that reach the emulator. */
  readonly connection: ConnectionRow;
  readonly credential: Credential;
  /** One that the partner refuses, where a plain token is none that the connector takes. */
  readonly wrongCredential?: Credential;
  /** Stands still until it is moved. */
  readonly clock: Clock & { readonly advance: (ms: number) => Promise<void> };
  /** Puts so many records there that are unlike each other. */
  readonly seed: (count: number) => void;
  /** Lets time pass until lists and look-ups show what was written. */
  readonly catchUp: () => Promise<void>;
  /** Makes the next request that fits go wrong in this way. */
  readonly breakNext: (method: string, how: "429" | "500-after" | "drop" | "torn") => void;
  /** Makes the partner refuse more calls than so many in so many milliseconds. */
  readonly limit?: (requests: number, perMs: number) => void;
  /** Makes the partner refuse the credential from now on, and whatever else is given in exchange for it. */
  readonly revoke?: () => void;
  /** Makes the partner refuse this access token, but not what it is exchanged by. */
  readonly expire?: (held: Credential) => void;
  /** All records that the partner holds. */
  readonly stored?: () => unknown;
  readonly close: () => Promise<void>;
}

/** What the suite is told of a connector. */
export interface ConformanceOptions<Settings> {
  readonly connector: Connector<Settings>;
  /** What is tried; contacts where it is not said. */
  readonly resource?: StandaloneResource;
  readonly makeWorld: () => Promise<ConformanceWorld>;
  /** A record with a value in every field that the connector can write, in the form in which the partner keeps it. */
  readonly sample: Fields;
  /** Other values for every writable field of the sample. */
  readonly others: Fields;
  /** What a field shows once it is cleared, where the partner knows no empty value for it. */
  readonly clearedAs?: Fields;
  /** Fields that the partner does not let be emptied, beside the one by which it may insist to know a record. */
  readonly kept?: readonly string[];
  /** Another record beside the sample; the sample with its other values where it is not said. */
  readonly second?: Fields;
  /** Records on one full page of its listing; absent where one page holds all. */
  readonly pageSize?: number;
  /** Records of a page that the next one shows again. */
  readonly pageOverlap?: number;
  /** The keys by which the partner can be asked for a record; all that such a record has, unless told otherwise. */
  readonly foundBy?: readonly MatchRule[];
  /** Whether the connection has fields that the account's owner made; it has unless told otherwise. */
  readonly hasCustomFields?: boolean;
  /** Fields that take certain values only: the sample's, and those of the others. */
  readonly closed?: readonly string[];
  /** How its limits and its credential are tried, once for a connector. */
  readonly access?: AccessOptions;
}

/** What is told apart by the kind of record: its fields, and keys that nobody of the tests carries. */
const KINDS = {
  contact: {
    fields: CONTACT_FIELDS,
    strangers: { email: "nobody@example.com", phone: "+12015550199" },
    needed: "email",
  },
  business: {
    fields: BUSINESS_FIELDS,
    strangers: { name: "nobody at all", website: "nobody.example", phone: "+12015550199", email: "no@example.com" },
    needed: "name",
  },
  tag: { fields: TAG_FIELDS, strangers: { name: "nobody at all" }, needed: "name" },
} as const satisfies Record<
  StandaloneResource,
  { fields: Readonly<Record<string, string>>; strangers: Partial<Record<MatchRule, string>>; needed: string }
>;

/**
 * The behaviour that every connector owes the engine, tried on its emulator. A connector's test file calls this and
 * adds what is the partner's own.
 */
export function describeConnector<Settings>(options: ConformanceOptions<Settings>): void {
  const connector = anyConnector(options.connector);
  const { sample, others, pageSize, resource = "contact", pageOverlap = 0 } = options;
  const kind = KINDS[resource];
  const isKept = connector.resources[resource]?.keptBy === "hub";
  let world: ConformanceWorld;
  let open: OpenConnection;
  let records: ResourcePartner;
  const agent = partnerAgent(8);

  const openedWith = (settings: unknown, kept: KeptCredential): OpenConnection =>
    openConnection({
      connector,
      connection: { ...world.connection, settings },
      credential: {
        load: async () => kept.current,
        store: async (credential) => {
          kept.current = credential;
          kept.stored += 1;
        },
      },
      clock: world.clock,
      random: () => 0.5,
      dispatcher: agent,
    });

  const opened = (credential: Credential): OpenConnection =>
    openedWith(world.connection.settings, { current: credential, stored: 0 });

  beforeEach(async () => {
    world = await options.makeWorld();
    open = opened(world.credential);
    records = partnerOf(open, resource);
  });

  afterEach(async () => {
    await open.close();
    await world.close();
  });

  const make = async (fields: Fields = sample): Promise<string> => (await records.create(live(), fields)).externalId;

  const readNow = async (externalId: string): Promise<Snapshot> => {
    const found = await records.read(live(), externalId);
    if (found === "gone") throw new Error(`${resource} ${externalId} should be there`);
    return found;
  };

  const fill = async (count: number): Promise<void> => {
    if (!isKept) return world.seed(count);
    for (let made = 0; made < count; made += 1) await make(unlike(made));
  };

  /** A record of which the partner is told no more than it insists on. */
  const unlike = (number: number): Fields => ({
    [kind.needed]: kind.needed === "email" ? `late${number}@example.com` : `Late ${number}`,
  });

  describe(`the connector of ${connector.name}, ${resource}`, () => {
    test("P1 describes each field once, and standard fields as the model knows them", async () => {
      const fields = await records.describe(live());
      expect(new Set(fields.map(({ key }) => key)).size).toBe(fields.length);
      const known = new Map<string, string>(Object.entries(kind.fields));
      for (const { standard, type } of fields) if (standard !== undefined) expect(type).toBe(known.get(standard));
      const custom = fields.filter(({ key }) => key.startsWith("custom."));
      expect(custom.length > 0).toBe(options.hasCustomFields ?? true);
    });

    test("P2 a check passes with the credential, and says what to do without it", async () => {
      await open.check(live());
      const wrong = opened(world.wrongCredential ?? { kind: "token", token: "wrong-token-1234" });
      const failure = await failureOf(wrong.check(live()));
      expect(failure.kind).toBe("unauthorized");
      expect(failure.message).toMatch(/Reconnect/);
      expect(failure.message).not.toContain("wrong-token-1234");
      await wrong.close();
    });

    test("P3 what is created is read back as it was sent, every writable field", async () => {
      const definitions = await records.describe(live());
      const left = definitions.filter(({ key, isWritable }) => isWritable && isEmpty(sample[key] ?? ""));
      expect(left.map(({ key }) => key)).toEqual([]);
      const { fields } = await readNow(await make());
      expect(fields).toMatchObject(sample);
    });

    test("P7 the answer to a create, where it shows the record, is what a read shows", async () => {
      const answer = await records.create(live(), sample);
      if (answer.kind !== "created") throw new Error("the record should have been created");
      if (answer.snapshot !== undefined) expect(answer.snapshot).toEqual(await readNow(answer.externalId));
    });

    test("P4 setting a field changes that field only, whichever it is", async () => {
      let externalId = await make();
      let { fields } = await readNow(externalId);
      for (const [key, value] of Object.entries(others)) {
        const answer = await records.update(live(), externalId, { [key]: { kind: "set", value } }, fields);
        // Where a record's id is one of its fields, it goes on under another.
        externalId = answer?.externalId ?? externalId;
        const after = await readNow(externalId);
        expect(after.fields, `after setting ${key}`).toEqual({ ...fields, [key]: value });
        fields = after.fields;
      }
    });

    test("P5 clearing a field empties that field only, whichever it is", async () => {
      const externalId = await make();
      let { fields } = await readNow(externalId);
      for (const key of Object.keys(sample).filter(
        (key) => key !== kind.needed && options.kept?.includes(key) !== true,
      )) {
        await records.update(live(), externalId, { [key]: { kind: "clear" } }, fields);
        const after = await readNow(externalId);
        expect(after.fields, `after clearing ${key}`).toEqual({
          ...fields,
          [key]: options.clearedAs?.[key] ?? emptyLike(fields[key]),
        });
        fields = after.fields;
      }
    });

    test("P6 elements are added and removed, and the others stay", async () => {
      if (!Array.isArray(sample.tags)) return;
      const externalId = await make({ ...sample, tags: ["one", "two", "three"] });
      const { fields } = await readNow(externalId);
      const change = { kind: "elements", add: ["four"], remove: ["two"] } as const;
      await records.update(live(), externalId, { tags: change }, fields);
      expect(sorted((await readNow(externalId)).fields.tags)).toEqual(["four", "one", "three"]);
    });

    test("P7 the answer to an update, where there is one, is what a read shows", async () => {
      const externalId = await make();
      const { fields } = await readNow(externalId);
      const tags = { tags: { kind: "elements", add: ["seven"], remove: [] } } as const;
      const answer = await records.update(
        live(),
        externalId,
        { ...oneChange(others), ...("tags" in sample && tags) },
        fields,
      );
      if (answer !== undefined) expect(answer.fields).toEqual((await readNow(externalId)).fields);
    });

    test("P8 a listing shows every record, once but for what pages show again, in one call per page", async () => {
      const count = (pageSize ?? ON_ONE_PAGE) + 1;
      await fill(count);
      await world.catchUp();
      await records.list(live(), {});
      const context = live();
      const rows = await listAll(records, context);
      expect(rows).toHaveLength(count + pageOverlap);
      expect(new Set(rows.map(({ externalId }) => externalId)).size).toBe(count);
      if (!isKept) expect(context.calls).toHaveLength(pageSize === undefined ? 1 : 2);
    });

    test("P9 a row says the same as a direct read of every field it shows", async () => {
      const externalId = await make();
      await world.catchUp();
      const [row] = await listAll(records);
      const read = await readNow(externalId);
      for (const [key, value] of Object.entries(row?.fields ?? {})) {
        const shown = row?.folded?.includes(key) ? String(read.fields[key]).toLowerCase() : read.fields[key];
        expect({ key, value }).toEqual({ key, value: shown });
      }
      if (records.listing.isComplete)
        expect(Object.keys(row?.fields ?? {}).sort()).toEqual(Object.keys(read.fields).sort());
    });

    test("P10 a listing since a time shows what changed then or later", async () => {
      const early = await make();
      await world.catchUp();
      const since = world.clock.now();
      const late = await make(options.second ?? { ...sample, ...others, ...otherPhones(sample) });
      await world.catchUp();
      const ids = (await listAll(records, live(), since)).map(({ externalId }) => externalId);
      expect(ids).toContain(late);
      const { fields } = await readNow(early);
      await records.update(live(), early, oneChange(others), fields);
      await world.catchUp();
      expect((await listAll(records, live(), since)).map(({ externalId }) => externalId).sort()).toEqual(
        [early, late].sort(),
      );
    });

    test("P11 what is deleted is gone, may be deleted again, and cannot be updated", async () => {
      const externalId = await make();
      const { fields } = await readNow(externalId);
      await records.delete(live(), externalId);
      expect(await records.read(live(), externalId)).toBe("gone");
      await records.delete(live(), externalId);
      const changes = oneChange(others);
      expect((await failureOf(records.update(live(), externalId, changes, fields))).kind).toBe("not_found");
    });

    test("P12 a record is found by each key that it carries, and a stranger is not", async () => {
      const externalId = await make();
      await world.catchUp();
      for (const [rule, stranger] of strangersOf(kind.strangers)) {
        const value = keyOf(rule, sample);
        const isAsked = value !== "" && (options.foundBy?.includes(rule) ?? true);
        if (isAsked) expect(await records.find(live(), rule, value), rule).toEqual([externalId]);
        expect(await records.find(live(), rule, stranger), rule).toEqual([]);
      }
    });

    const values = { sample, others, needed: [kind.needed], closed: options.closed ?? [] };
    test("P16 what any field is given is read back the same as far as values are compared", () =>
      checkValues(values, {
        describe: () => records.describe(live()),
        country: connector.country(checkedSettings(connector, world.connection)),
        create: make,
        rest: () => world.clock.advance(60_000),
        read: readNow,
        update: (externalId, changes, known) => records.update(live(), externalId, changes, known),
      }));

    if (pageSize !== undefined) testPaging(() => ({ records, fill, unlike, catchUp: world.catchUp, pageSize }));

    if (options.access !== undefined) {
      const rig = () => ({ world, records, open, opened: openedWith });
      testAccess(connector, options.access, sample, isKept, rig);
    }

    // What the hub keeps itself is asked of nobody, so that nobody refuses and no answer is lost on its way.
    if (isKept) return;

    test("P13 a partner that asks to slow down is left alone until then", async () => {
      const externalId = await make();
      world.breakNext("GET", "429");
      const failure = await failureOf(records.read(live(), externalId));
      expect(failure.kind).toBe("rate_limited");
      expect(failure.details.retryAt).toBeGreaterThan(world.clock.now());
      expect(open.budget.usage()[0]?.blockedUntil).toBe(failure.details.retryAt);
    });

    test.each(["500-after", "drop", "torn"] as const)(
      "P14 a create whose answer is lost (%s) can be looked up",
      async (how) => {
        await records.describe(live());
        world.breakNext("POST", how);
        const failure = await failureOf(records.create(live(), sample));
        expect(failure).toMatchObject({ kind: "unavailable", details: { isOutcomeUnknown: true } });
        await world.catchUp();
        expect(await records.find(live(), kind.needed, String(sample[kind.needed]))).toHaveLength(1);
      },
    );
  });
}

function strangersOf(strangers: Partial<Record<MatchRule, string>>): readonly (readonly [MatchRule, string])[] {
  // Keys of an object with these keys are these keys.
  return Object.entries(strangers) as [MatchRule, string][];
}

/** A key in the form in which the engine looks records up by it. */
function keyOf(rule: MatchRule, fields: Fields): string {
  const text = String(fields[rule] ?? "");
  return rule === "website" ? text.replace(/^https?:\/\/(www\.)?/, "") : text;
}

/** So many that a list could have pages, of one that has none. */
const ON_ONE_PAGE = 120;

function emptyLike(value: Value | undefined): Value {
  return Array.isArray(value) ? [] : EMPTY;
}

function sorted(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? [...value].sort() : [];
}

/** The sample's phones, each made another's, for a second contact beside it. */
function otherPhones(sample: Fields): Fields {
  const phones = ["phone", "workPhone", "otherPhone"].filter((key) => key in sample);
  return Object.fromEntries(phones.map((key, place) => [key, `+1201555014${place}`]));
}
