#!/usr/bin/env node
// The program's start. It is JavaScript, and does two things before the rest is loaded:
import { enableCompileCache } from "node:module";
import { setFlagsFromString } from "node:v8";

// Node keeps what it has compiled. From the second start on it is loaded from there, and the compiler for TypeScript,
// with some 20 MB of memory, not at all; were this file TypeScript, that one would be needed for it alone.
enableCompileCache();

// Loading leaves much garbage at once. Were the young generation allowed to grow meanwhile, as it is by default, it would
// keep some 60 MB for ever that an idle hub has no use for. Once the hub runs it may grow as usual.
setFlagsFromString("--semi-space-growth-factor=1");

const { main } = await import("./main.ts");
await main(() => setFlagsFromString("--semi-space-growth-factor=2"));
