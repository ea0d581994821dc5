import type { ServerResponse } from "node:http";
import type { Clock } from "../../engine/ports.ts";
import type { LiveEvent } from "../../model/api/views.ts";
import type { Feed } from "./feed.ts";

/** Between two signs of life, ms; less than the idle limit of common proxies (60 s). */
const HEARTBEAT_MS = 15_000;
/** A page that is this far behind, bytes, is cut off; its browser connects again and loads afresh. */
const BEHIND_MAX = 1_048_576;

/** The open streams of server-sent events. */
export interface Streams {
  /** Takes over the response and streams the feed into it until the page or the hub goes. */
  readonly open: (response: ServerResponse, workspaceId: string | undefined) => void;
  /** Ends every stream. */
  readonly close: () => void;
}

/** Streams over a feed. */
export function createStreams(feed: Feed, clock: Pick<Clock, "after">): Streams {
  const ends = new Set<() => void>();

  function open(response: ServerResponse, workspaceId: string | undefined): void {
    response.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
    });
    const write = (text: string) => {
      if (response.writableLength > BEHIND_MAX) response.destroy();
      else response.write(text);
    };
    let cancelBeat = () => {};
    const beat = () => {
      write(": alive\n\n");
      cancelBeat = clock.after(HEARTBEAT_MS, beat);
    };
    const unsubscribe = feed.subscribe(workspaceId, (events) => write(events.map(frameOf).join("")));
    const end = () => {
      cancelBeat();
      unsubscribe();
      ends.delete(end);
      response.end();
    };
    ends.add(end);
    response.on("close", end);
    beat();
  }

  return {
    open,
    close: () => {
      for (const end of [...ends]) end();
    },
  };
}

function frameOf(event: LiveEvent): string {
  return `event: ${event.kind}\ndata: ${JSON.stringify(event)}\n\n`;
}
