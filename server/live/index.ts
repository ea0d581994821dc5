export { createFeed, type Feed, GATHER_MS } from "./feed.ts";
export { createStreams, type Streams } from "./stream.ts";
