export { createWatch, type Watch, type WatchOptions } from "./watch.ts";
