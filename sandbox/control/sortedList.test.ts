import fc from "fast-check";
import { expect, test } from "vitest";
import { createSortedList } from "./sortedList.ts";

const byNumber = (left: number, right: number) => left - right;

test("EH90 a sorted list always reads as the plain array sorted", () => {
  const step = fc.record({ isAdd: fc.boolean(), value: fc.integer({ min: 0, max: 3_000 }) });
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.integer({ min: 0, max: 3_000 }), { maxLength: 1_500 }),
      fc.array(step),
      (first, steps) => {
        const plain = new Set(first);
        const list = createSortedList(byNumber, first);
        for (const { isAdd, value } of steps) {
          if (isAdd && !plain.has(value)) list.add(value);
          if (!isAdd) expect(list.remove(value)).toBe(plain.has(value));
          if (isAdd) plain.add(value);
          else plain.delete(value);
        }
        const sorted = [...plain].sort(byNumber);
        const middle = Math.floor(sorted.length / 2);
        expect(list.size()).toBe(sorted.length);
        expect([...list.forward(0)]).toEqual(sorted);
        expect([...list.forward(middle)]).toEqual(sorted.slice(middle));
        expect([...list.backward(middle)]).toEqual(sorted.slice(0, middle).reverse());
        expect(list.rank((value) => value < 1_500)).toBe(sorted.filter((value) => value < 1_500).length);
      },
    ),
    { numRuns: 60 },
  );
});

test("EH91 a list that grew by one item at a time still reads in order from any place", () => {
  const list = createSortedList(byNumber, []);
  for (let number = 0; number < 5_000; number += 1) list.add((number * 7_919) % 5_000);
  expect([...list.forward(2_498)].slice(0, 4)).toEqual([2_498, 2_499, 2_500, 2_501]);
  expect([...list.backward(3)]).toEqual([2, 1, 0]);
});
