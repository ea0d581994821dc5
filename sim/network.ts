import type { Dispatcher } from "undici";
import type { Clock } from "../engine/ports.ts";
import type { Side } from "../model/record.ts";
import type { EmulatorApp } from "../sandbox/control/app.ts";
import type { Life } from "./life.ts";
import { type Asked, type PageFault, type Pages, rememberedPages } from "./pages.ts";
import type { Trace } from "./trace.ts";
import { nextTurn, type Turns } from "./turns.ts";
import { type Sending, type WireAnswer, wireOut } from "./wire.ts";

/**
 * What the wire can do to one request.
 * `refused` and `lostBefore` fail before anything took effect, `lostAfter` after; `silentBefore` and `silentAfter` give
 * no answer at all; `late` takes effect when its caller has given up; `slow` answers just in time; `torn` breaks off in
 * the middle of the answer; `repeated` and `short` spoil a page of a listing; `vanished` has the partner say that a
 * record is not there.
 */
export const WIRE_FAULTS = [
  "refused",
  "lostBefore",
  "lostAfter",
  "silentBefore",
  "silentAfter",
  "late",
  "slow",
  "torn",
  "repeated",
  "short",
  "vanished",
] as const;
export type WireFault = (typeof WIRE_FAULTS)[number];

/** What a request is for, as far as the wire can see it. */
export const PURPOSES = ["record", "read", "write", "list", "token"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** Requests of this purpose to this side meet the fault, so often. */
export interface ArmedFault {
  readonly side: Side;
  readonly purpose: Purpose;
  readonly fault: WireFault;
  readonly times: number;
}

/** One request that reached a partner. */
export interface Call {
  /** When it left its process, and which that was. */
  readonly sentAt: number;
  readonly by: Life;
  /** When it had its effect. */
  readonly at: number;
  readonly side: Side;
  readonly purpose: Purpose;
  readonly method: string;
  readonly path: string;
  readonly body: string;
  readonly status: number;
}

/** The network between the hubs and the partners. */
export interface Network {
  /** The way out of one process. */
  readonly wayOut: (life: Life) => Dispatcher;
  readonly arm: (fault: ArmedFault) => void;
  /** Refuses every request to a side until then, epoch ms. */
  readonly cutOff: (side: Side, until: number) => void;
  /** Disarms every fault and ends every outage. */
  readonly mend: () => void;
  /** Every request that had its effect at a partner, in order. */
  readonly calls: readonly Call[];
  /** How often each fault struck. */
  readonly struck: ReadonlyMap<WireFault, number>;
  /** How long one way takes now, ms; never less than 1. */
  readonly latency: () => number;
}

/** A partner that can be reached, and at which address. */
export interface Station {
  readonly side: Side;
  readonly origin: string;
  readonly ask: EmulatorApp["ask"];
  /** What a request to it is for; as HighLevel and Salesmate name things where absent. */
  readonly purposeOf?: (sending: Asking) => Purpose;
}

/** A request, as far as it tells what it is for. */
export type Asking = Pick<Sending, "method" | "path" | "body">;

/** What a network is made of. */
export interface NetworkOptions {
  readonly stations: readonly Station[];
  readonly clock: Clock;
  readonly turns: Turns;
  readonly trace: Trace;
  readonly latency: () => number;
}

/** After this time its caller has given up, ms, but what was sent can still take effect. */
const LATE_MS = 17_000;
/** Less than its caller waits, ms. */
const SLOW_MS = 9_000;

/** A network on which nothing goes wrong until it is told to. */
export function createNetwork(options: NetworkOptions): Network {
  const { clock, latency } = options;
  const stations = new Map(options.stations.map((station) => [station.origin, station]));
  const pages = rememberedPages();
  const struck = new Map<WireFault, number>();
  const calls: Call[] = [];
  const cutUntil = new Map<Side, number>();
  let armed: { readonly fault: ArmedFault; left: number }[] = [];

  const strike = (side: Side, purpose: Purpose): WireFault | undefined => {
    if ((cutUntil.get(side) ?? 0) > clock.now()) return "refused";
    const hit = armed.find(({ fault }) => fault.side === side && fault.purpose === purpose);
    if (hit === undefined) return undefined;
    hit.left -= 1;
    if (hit.left <= 0) armed = armed.filter((other) => other !== hit);
    return hit.fault.fault;
  };

  const carry = (by: Life, sending: Sending): void => {
    const station = stations.get(sending.origin);
    if (station === undefined) throw new Error(`nobody is at ${sending.origin}`);
    const purpose = (station.purposeOf ?? purposeOf)(sending);
    const fault = strike(station.side, purpose);
    if (fault !== undefined) struck.set(fault, (struck.get(fault) ?? 0) + 1);
    options.trace.note("send", station.side, sending.method, sending.path, fault ?? "");
    const sent = { sentAt: clock.now(), by, side: station.side, purpose };
    const visit = (): Promise<WireAnswer> => reach({ ...options, calls }, station, addressed(sending, fault), sent);
    travel({ clock, latency, pages, side: station.side }, sending, fault, visit);
  };

  return {
    wayOut: (life) => wireOut((sending) => void life.guard(async () => carry(life, mortal(life, sending)))),
    arm: (fault) => void armed.push({ fault, left: fault.times }),
    cutOff: (side, until) => void cutUntil.set(side, until),
    mend: () => {
      armed = [];
      cutUntil.clear();
    },
    calls,
    struck,
    latency,
  };
}

/** No answer reaches a process that is over. */
function mortal(life: Life, sending: Sending): Sending {
  const alive =
    <Argument>(deliver: (argument: Argument) => void) =>
    (argument: Argument): void =>
      life.isOver() ? undefined : deliver(argument);
  return { ...sending, answer: alive(sending.answer), tear: alive(sending.tear), fail: alive(sending.fail) };
}

/** Asks for somebody who never was, so that the partner says so in its own words. */
function addressed(sending: Sending, fault: WireFault | undefined): Sending {
  return fault === "vanished" ? { ...sending, path: sending.path.replace(/\/[^/?]+(?=\?|$)/, "/0") } : sending;
}

interface Way {
  readonly clock: Clock;
  readonly latency: () => number;
  readonly pages: Pages;
  readonly side: Side;
}

/** Takes a request there and its answer back, as far as the fault lets it. */
function travel(way: Way, sending: Sending, fault: WireFault | undefined, visit: () => Promise<WireAnswer>): void {
  const { clock, latency } = way;
  if (fault === "silentBefore") return;
  const there = latency() + (fault === "late" ? LATE_MS : 0);
  clock.after(there, () => {
    if (fault === "refused") sending.fail("ECONNREFUSED");
    else if (fault === "lostBefore") sending.fail("ECONNRESET");
    else void bringBack(way, sending, fault, visit);
  });
}

async function bringBack(
  way: Way,
  sending: Sending,
  fault: WireFault | undefined,
  visit: () => Promise<WireAnswer>,
): Promise<void> {
  const answer = await visit();
  const back = way.latency() + (fault === "slow" ? SLOW_MS : 0);
  way.clock.after(back, () => arrive(way, sending, fault, answer));
}

function arrive({ pages, side }: Way, sending: Sending, fault: WireFault | undefined, answer: WireAnswer): void {
  if (fault === "silentAfter") return;
  if (fault === "lostAfter") sending.fail("ECONNRESET");
  else if (fault === "torn") sending.tear(answer);
  else sending.answer(pages.pass(askedFor(side, sending), answer, pageFault(fault)));
}

/** People are looked up by a search of contacts; what belongs to them is always listed. */
function askedFor(side: Side, sending: Sending): Asked {
  const { path } = sending;
  return { side, path, isLookUp: path.includes("/contact/v4/search") && purposeOf(sending) === "read" };
}

function pageFault(fault: WireFault | undefined): PageFault | undefined {
  return fault === "repeated" || fault === "short" ? fault : undefined;
}

/** Plays a request at its partner. */
async function reach(
  { clock, turns, trace, calls }: NetworkOptions & { readonly calls: Call[] },
  station: Station,
  { method, path, headers, body }: Sending,
  known: Pick<Call, "sentAt" | "by" | "side" | "purpose">,
): Promise<WireAnswer> {
  const at = clock.now();
  const sent = { method, url: path, headers: { ...headers, host: new URL(station.origin).host }, body };
  // Whoever sent it goes on first, and what a partner does beside its answer comes before that, as with a socket.
  const told = await turns.during(async () => {
    await nextTurn();
    const answer = await station.ask(sent);
    await nextTurn();
    return answer;
  });
  calls.push({ ...known, at, method, path, body, status: told.status });
  trace.note("call", station.side, method, path, body, told.status, told.body);
  return told;
}

/** The direct read of one contact. */
const CONTACT = /^\/(apis\/contact\/v4|contacts)\/\w+$/;

/** A look-up by one value is a read; a search without one is a listing. Source: contract sheets of both partners. */
function purposeOf({ method, path, body }: Asking): Purpose {
  if (path.startsWith("/oauth/")) return "token";
  if (method === "GET") return CONTACT.test(path) ? "record" : "read";
  if (!/\/search(\?|$)/.test(path)) return "write";
  return body.includes('"EQUALS"') ? "read" : "list";
}
