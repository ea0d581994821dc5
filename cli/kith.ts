#!/usr/bin/env node
// Starts kith.mjs, which says what there is to know; by its address, because TypeScript does not look into JavaScript.
await import(new URL("./kith.mjs", import.meta.url).href);

export {};
