export { readApp } from "./read.ts";
export { type TrialParts, tryApp } from "./try.ts";
