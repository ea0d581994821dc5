import fc from "fast-check";
import { expect, test } from "vitest";
import { askTogether } from "./askTogether.ts";
import type { Query } from "./script.ts";
import { heldWrites, type Together } from "./together.ts";

/** A kind of write to a table, whose lists say which rows they hold. */
function aKind(name: string, table: string, mayRepeat = false) {
  const many = (rows: readonly object[]): Query => ({ sql: name, parameters: rows });
  return (subject: string, value: number): [Query, Together] => {
    const row = { name, subject, value };
    return [
      { sql: name, parameters: [row] },
      { table, subject, mayRepeat, row, many },
    ];
  };
}

const save = aKind("save", "links");
const settle = aKind("settle", "due");
const clear = aKind("clear", "keys", true);
const add = aKind("add", "keys", true);

test("S64 writes of one kind leave in one statement, however they are mixed", () => {
  const held = heldWrites();
  for (let place = 0; place < 5; place += 1) {
    held.add(...save(`link ${place}`, place));
    held.add(...settle(`key ${place}`, place));
  }
  const left = held.takeAll();
  expect(left.map(({ sql, parameters }) => [sql, parameters.length])).toEqual([
    ["save", 5],
    ["settle", 5],
  ]);
  expect(left.every(({ isTold }) => isTold === true)).toBe(true);
  expect(held.takeAll()).toEqual([]);
});

test("S64 whatever is about one row leaves in the order in which it was written", () => {
  const kinds = { save, settle, clear, add };
  const write = fc.record({
    kind: fc.constantFrom("save", "settle", "clear", "add"),
    subject: fc.constantFrom("1", "2", "3", "4", "5", "6"),
  });
  fc.assert(
    fc.property(fc.array(write, { maxLength: 60 }), (writes) => {
      const held = heldWrites();
      const tables = new Map<string, number[]>();
      writes.forEach(({ kind, subject }, value) => {
        const [query, together] = kinds[kind](subject, value);
        held.add(query, together);
        const about = `${together.table} ${subject}`;
        tables.set(about, [...(tables.get(about) ?? []), value]);
      });
      const left = held.takeAll();
      const rows = left.flatMap(({ sql, parameters }) =>
        // Made by `aKind`, of this very shape.
        (parameters as { subject: string; value: number }[]).map((row) => ({ sql, ...row })),
      );
      const tableOf = { save: "links", settle: "due", clear: "keys", add: "keys" } as const;
      for (const [about, values] of tables) {
        const seen = rows.filter(({ sql, subject }) => `${tableOf[sql as keyof typeof tableOf]} ${subject}` === about);
        expect(seen.map(({ value }) => value)).toEqual(values);
      }
      expect(rows).toHaveLength(writes.length);
      for (const { sql, parameters } of left.filter((query) => query.sql === "save")) {
        const subjects = (parameters as { subject: string }[]).map(({ subject }) => subject);
        expect([sql, new Set(subjects).size]).toEqual([sql, subjects.length]);
      }
    }),
  );
});

test("S65 what is asked at one moment is asked together, and each is answered", async () => {
  const rounds: (readonly number[])[] = [];
  const ask = askTogether<number, string>(async (asked) => {
    rounds.push([...asked]);
    return (one) => (one % 2 === 0 ? `even ${one}` : undefined);
  });
  expect(await Promise.all([1, 2, 3, 4].map(ask))).toEqual([undefined, "even 2", undefined, "even 4"]);
  expect(await ask(6)).toBe("even 6");
  expect(rounds).toEqual([[1, 2, 3, 4], [6]]);
});

test("S65 when asking fails, everyone of that moment hears it, and the next are asked again", async () => {
  let isDown = true;
  const ask = askTogether<number, number>(async () => {
    if (isDown) throw new Error("the database is gone");
    return (one) => one;
  });
  const failed = await Promise.allSettled([ask(1), ask(2)]);
  expect(failed.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  isDown = false;
  expect(await ask(3)).toBe(3);
});
