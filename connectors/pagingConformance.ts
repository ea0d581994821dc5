import { expect, test } from "vitest";
import { followPages, type ResourcePartner } from "../kit/index.ts";
import type { Fields } from "../model/value.ts";
import { listAll, live } from "./suiteConformance.ts";

/** A listing to be read while it changes. */
export interface PagingRig {
  readonly records: ResourcePartner;
  /** Puts so many records there that are unlike each other. */
  readonly fill: (count: number) => Promise<void>;
  /** A record like no other, for each number. */
  readonly unlike: (number: number) => Fields;
  /** Lets time pass until lists show what was written. */
  readonly catchUp: () => Promise<void>;
  readonly pageSize: number;
}

const RECORDS = 2_500;
/** What happens between two pages, over and over: records that were read already, or not yet, go, and others come. */
const MEANWHILE = [
  { read: 2, unread: 1, added: 0 },
  { read: 0, unread: 0, added: 3 },
  { read: 1, unread: 0, added: 0 },
] as const;

/** A listing of many records shows each that stays, whatever comes and goes while it is read. */
export function testPaging(rigOf: () => PagingRig): void {
  test("P15 a listing of 2,500 records that come and go meanwhile shows each that stays, and comes to its end", async () => {
    const rig = rigOf();
    const { records } = rig;
    await rig.fill(RECORDS);
    await rig.catchUp();
    const first = new Set((await listAll(records)).map(({ externalId }) => externalId));
    expect(first.size).toBe(RECORDS);

    const [shown, gone, made] = [new Set<string>(), new Set<string>(), new Set<string>()];
    const context = live();
    let pages = 0;
    for await (const page of followPages((cursor) => records.list(context, cursor === undefined ? {} : { cursor }))) {
      for (const { externalId } of page.records) shown.add(externalId);
      const { read, unread, added } = MEANWHILE[pages % MEANWHILE.length] ?? MEANWHILE[0];
      pages += 1;
      const left = [...first].filter((id) => !gone.has(id));
      const going = [
        ...left.filter((id) => shown.has(id)).slice(0, read),
        ...left.filter((id) => !shown.has(id)).slice(0, unread),
      ];
      for (const id of going) {
        await records.delete(live(), id);
        gone.add(id);
      }
      for (let one = 0; one < added; one += 1) {
        made.add((await records.create(live(), rig.unlike(pages * 10 + one))).externalId);
      }
      await rig.catchUp();
    }

    expect(gone.size * made.size, "records must have come and gone").toBeGreaterThan(0);
    expect([...first].filter((id) => !gone.has(id) && !shown.has(id))).toEqual([]);
    expect([...shown].filter((id) => !first.has(id) && !made.has(id))).toEqual([]);
    const wanted = Math.ceil((RECORDS + made.size) / rig.pageSize) + 1;
    // A page may have to be read again whenever something went.
    expect(pages).toBeLessThanOrEqual(wanted * 3);
    expect(context.calls.length).toBeLessThanOrEqual(wanted * 6);
  });
}
