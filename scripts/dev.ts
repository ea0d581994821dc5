import { type ChildProcess, spawn } from "node:child_process";

/**
 * Runs the sandbox and the pages from source: the hub restarts when one of its files changes, the pages follow by
 * themselves at the address that Vite prints. When either ends, or on Ctrl-C, both end.
 */
const commands: readonly (readonly string[])[] = [
  ["--watch", "cli/kith.mjs", "sandbox"],
  ["node_modules/vite/bin/vite.js", "web", "--clearScreen", "false"],
];

const running: readonly ChildProcess[] = commands.map((args) => spawn(process.execPath, args, { stdio: "inherit" }));

function endAll(): void {
  for (const child of running) child.kill("SIGTERM");
}

for (const child of running) child.on("exit", endAll);
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, endAll);
