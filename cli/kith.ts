#!/usr/bin/env node
import { readFile, rm } from "node:fs/promises";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { runProgram } from "./program.ts";
import type { World } from "./world.ts";

/** A first signal stops in order; a second one ends at once. */
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.on(signal, () => {
    if (stopping.signal.aborted) process.exit(1);
    stopping.abort();
  });
}

const stopped = new Promise<void>((resolve) => {
  stopping.signal.addEventListener("abort", () => resolve());
});

const world: World = {
  environment: process.env,
  print: (text) => process.stdout.write(`${text}\n`),
  rewrite: (text) => process.stdout.write(`\r\u001b[K${text}`),
  warn: (text) => process.stderr.write(`${text}\n`),
  isTerminal: process.stdout.isTTY === true,
  readFile: (path) => readFile(path, "utf8"),
  removeFile: (path) => rm(path, { force: true }),
  fetch,
  now: Date.now,
  pause: (ms) => Promise.race([setTimeout(ms, undefined, { ref: false }), stopped]),
  stopped,
};

process.exitCode = await runProgram(world, process.argv.slice(2));
// Whoever holds the event loop open now has been told to close; nothing more is worth waiting for.
process.exit();
