import type { ServerResponse } from "node:http";
import { PassThrough } from "node:stream";
import { describe, expect, test } from "vitest";
import type { Clock, News } from "../../engine/ports.ts";
import type { LiveEvent } from "../../model/api/views.ts";
import { aHub } from "../scene.ts";
import { createFeed, createStreams, GATHER_MS } from "./index.ts";

const link = (linkId: string, workspaceId = "w"): News => ({
  kind: "link",
  workspaceId,
  syncId: "contacts",
  linkId,
  verdict: "updated",
});
const linksIn = (events: readonly LiveEvent[]) =>
  events.flatMap((event) => (event.kind === "link" ? [event.linkId] : []));

/** A clock whose timers ring when told. */
function handClock(): Clock & { ring: () => void; delays: number[] } {
  let waiting: (() => void)[] = [];
  const delays: number[] = [];
  return {
    now: () => 0,
    delays,
    after: (ms, callback) => {
      delays.push(ms);
      waiting.push(callback);
      return () => {
        waiting = waiting.filter((one) => one !== callback);
      };
    },
    ring: () => {
      const due = waiting;
      waiting = [];
      for (const callback of due) callback();
    },
  };
}

function listening(workspaceId?: string) {
  const clock = handClock();
  const feed = createFeed(clock);
  const batches: (readonly LiveEvent[])[] = [];
  const end = feed.subscribe(workspaceId, (events) => batches.push(events));
  return { clock, feed, batches, end };
}

describe("live feed", () => {
  test("LV1 the first news after a quiet time is sent at once, with one overview", () => {
    const { feed, batches } = listening();
    feed.publish(link("a"));
    expect(batches).toEqual([
      [{ kind: "link", syncId: "contacts", linkId: "a", verdict: "updated" }, { kind: "overview" }],
    ]);
  });

  test("LV2 news that follow are gathered and sent together", () => {
    const { clock, feed, batches } = listening();
    for (const id of ["a", "b", "c"]) feed.publish(link(id));
    expect(batches).toHaveLength(1);
    clock.ring();
    expect(batches).toHaveLength(2);
    expect(linksIn(batches[1] ?? [])).toEqual(["b", "c"]);
    expect(clock.delays.every((ms) => ms === GATHER_MS)).toBe(true);
  });

  test("LV2 a flood becomes a few events, with an overview that stands for the rest", () => {
    const { clock, feed, batches } = listening();
    for (let id = 0; id < 5_000; id += 1) feed.publish(link(String(id)));
    clock.ring();
    expect(batches).toHaveLength(2);
    expect(batches[1]?.length).toBeLessThan(30);
    expect(batches[1]?.at(-1)).toEqual({ kind: "overview" });
  });

  test("LV3 whoever asks for one workspace hears of no other", () => {
    const { feed, batches } = listening("w");
    feed.publish(link("a", "v"));
    expect(batches).toEqual([]);
  });

  test("LV4 whoever has left hears nothing", () => {
    const { feed, batches, end } = listening();
    end();
    feed.publish(link("a"));
    expect(batches).toEqual([]);
  });

  test("LV5 a stream shows that it is alive, carries events as frames, and ends with the hub", () => {
    const clock = handClock();
    const feed = createFeed(clock);
    const streams = createStreams(feed, clock);
    const { response, text } = aResponse();
    streams.open(response, undefined);
    feed.publish(link("a"));
    clock.ring();
    streams.close();
    expect(text()).toBe(
      `: alive\n\nevent: link\ndata: {"kind":"link","syncId":"contacts","linkId":"a","verdict":"updated"}\n\n` +
        `event: overview\ndata: {"kind":"overview"}\n\n: alive\n\n`,
    );
    expect(response.writableEnded).toBe(true);
  });

  test("LV6 a page that does not keep up is cut off", () => {
    const clock = handClock();
    const feed = createFeed(clock);
    const { response } = aResponse(2_000_000);
    createStreams(feed, clock).open(response, undefined);
    expect(response.destroyed).toBe(true);
  });

  test("LV7 an open stream does not keep a hub from stopping", async () => {
    const { hub, token } = await aHub();
    const response = await fetch(`${hub.listensAt}/api/live`, { headers: { authorization: `Bearer ${token()}` } });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    await hub.stop();
    expect(await response.text()).toContain(": alive");
  });
});

/** The part of a response that a stream uses. @param behind bytes that have not been taken yet */
function aResponse(behind = 0): { response: ServerResponse; text: () => string } {
  const pipe = new PassThrough();
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  const parts = Object.assign(pipe, { writeHead: () => pipe, write });
  if (behind > 0) Object.defineProperty(parts, "writableLength", { value: behind });
  // A stream needs nothing of the response but these parts of a writable.
  return { response: parts as unknown as ServerResponse, text: () => written.join("") };
}
