import { readFile, rm } from "node:fs/promises";
import process from "node:process";
import { setTimeout } from "node:timers/promises";
import { drained } from "./drained.ts";
import { runProgram } from "./program.ts";
import type { World } from "./world.ts";

/**
 * Runs the command line of this process to its end, and ends the process.
 * @param started called once a hub runs
 */
export async function main(started: () => void): Promise<void> {
  const code = await runProgram(machine(started, firstSignal()), process.argv.slice(2));
  await Promise.all([drained(process.stdout), drained(process.stderr)]);
  // Whoever holds the process open now has been told to close; nothing more is worth waiting for.
  process.exit(code);
}

/** The real world. */
function machine(started: () => void, stopped: Promise<void>): World {
  return {
    environment: process.env,
    print: (text) => process.stdout.write(`${text}\n`),
    rewrite: (text) => process.stdout.write(`\r\u001b[K${text}`),
    warn: (text) => process.stderr.write(`${text}\n`),
    isTerminal: process.stdout.isTTY === true,
    readFile: (path) => readFile(path, "utf8"),
    removeFile: (path) => rm(path, { force: true }),
    fetch,
    pause: (ms) => Promise.race([setTimeout(ms), stopped]),
    started,
    stopped,
  };
}

/** Resolves at the first signal to stop; a second one ends the process at once. */
function firstSignal(): Promise<void> {
  return new Promise((resolve) => {
    let isStopping = false;
    const stop = () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      resolve();
    };
    process.on("SIGINT", stop);
    process.on("SIGTERM", stop);
  });
}
