export { type Reach, sqlOpener } from "./open.ts";
