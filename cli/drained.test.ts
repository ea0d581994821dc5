import { PassThrough } from "node:stream";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { drained } from "./drained.ts";

test("X68 what is printed arrives whole before the process ends, however slowly it is read", async () => {
  const pipe = new PassThrough({ highWaterMark: 4 });
  const print = "many words, more than the pipe takes at once";
  for (const letter of print) pipe.write(letter);
  let isOver = false;
  const end = drained(pipe).then(() => {
    isOver = true;
  });
  await setImmediate();
  expect(isOver).toBe(false);
  let read = "";
  pipe.on("data", (piece: Buffer) => {
    read += piece.toString();
  });
  await end;
  expect(read).toBe(print);
});
