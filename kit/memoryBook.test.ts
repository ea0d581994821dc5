import { describeBook } from "./bookConformance.ts";
import { createMemoryBook } from "./memoryBook.ts";

describeBook("memory", async () => {
  let now = 1_700_000_000_000;
  return {
    book: createMemoryBook(
      () => now,
      () => 0.5,
    ),
    advance: (ms) => {
      now += ms;
    },
  };
});
