#!/usr/bin/env -S node --max-semi-space-size=16
// The program's start. It is JavaScript, and does two things before the rest is loaded:
import { enableCompileCache } from "node:module";
import { setFlagsFromString } from "node:v8";

// Node keeps what it has compiled. From the second start on it is loaded from there, and the compiler for TypeScript,
// with some 20 MB of memory, not at all; were this file TypeScript, that one would be needed for it alone.
enableCompileCache();

// Loading leaves much garbage at once, and a first reading more. Were the young generation allowed to grow as it likes, it
// would keep some 100 MB that buy no speed. Its end is set where Node is started, above and in package.json; until the hub
// runs it does not grow at all.
setFlagsFromString("--semi-space-growth-factor=1");
// The old generation is collected when it has doubled, not when it has grown several times over.
setFlagsFromString("--heap-growing-percent=100");

const { main } = await import("./main.ts");
await main(() => setFlagsFromString("--semi-space-growth-factor=2"));
