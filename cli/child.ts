import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { z } from "zod";
import { Failure } from "../model/errors.ts";

/** A program of the sandbox in a process of its own, which has said how to reach it. */
export interface Child<Ready> {
  readonly ready: Ready;
  readonly stop: () => Promise<void>;
}

/**
 * Starts a program that prints one line of JSON when it is ready. It stands outside this process's group, so that Ctrl-C
 * lets the hub finish its calls before it goes; and it ends by itself when this process is gone, however it went.
 * @throws Failure `misconfigured` when it does not say what it should
 */
export async function startChild<Shape extends z.ZodType>(
  script: URL,
  words: readonly string[],
  shape: Shape,
): Promise<Child<z.infer<Shape>>> {
  const child = spawn(process.execPath, [fileURLToPath(script), ...words], {
    stdio: ["pipe", "pipe", "inherit"],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const line = await Promise.race([firstLine(child), ended.then(() => undefined)]);
  const parsed = shape.safeParse(line === undefined ? undefined : jsonOf(line));
  if (!parsed.success) {
    child.kill();
    throw new Failure("misconfigured", "The emulators did not start; what they printed above says why.");
  }
  return {
    ready: parsed.data,
    stop: async () => {
      child.kill("SIGTERM");
      await ended;
    },
  };
}

function firstLine(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    if (child.stdout === null) resolve(undefined);
    else createInterface(child.stdout).once("line", resolve);
  });
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // Not the line that was promised: the caller says that they did not start.
    return undefined;
  }
}
