import type { z } from "zod";
import type { Route } from "../../model/api/route.ts";
import { Problem } from "../../model/api/views.ts";

/** What a route's path parameters, query and body are in TypeScript; `never` where the route has none. */
type ParamsOf<R extends Route> = z.output<NonNullable<R["params"]>>;
type QueryOf<R extends Route> = z.output<NonNullable<R["query"]>>;
type BodyOf<R extends Route> = z.input<NonNullable<R["body"]>>;

/** `Shape` when the route declares the part, otherwise nothing. */
type When<Part, Shape> = [Part] extends [never] ? unknown : Shape;

/** What a call of this route must be handed: each part that it declares and no other. */
export type CallInput<R extends Route> = When<ParamsOf<R>, { readonly params: ParamsOf<R> }> &
  When<QueryOf<R>, { readonly query?: Partial<QueryOf<R>> }> &
  When<BodyOf<R>, { readonly body: BodyOf<R> }> & { readonly signal?: AbortSignal };

/** What a call of this route answers. */
export type AnswerOf<R extends Route> = z.output<R["answer"]>;

/** Calls one route of the hub. @throws HubProblem for every answer that is not the promised one. */
export type Call = <R extends Route>(route: R, input: CallInput<R>) => Promise<AnswerOf<R>>;

/** The part of the browser's `fetch` that the client needs. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** A call that failed, in words a person can read. `status` is 0 when the hub could not be reached at all. */
export class HubProblem extends Error {
  readonly status: number;
  /** The hub's error kind (see model/errors.ts), or `unreachable`, or `unreadable`. */
  readonly code: string;
  readonly title: string;

  constructor(status: number, code: string, title: string, detail: string) {
    super(detail);
    this.name = "HubProblem";
    this.status = status;
    this.code = code;
    this.title = title;
  }
}

/** Whether the hub asks to sign in first. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof HubProblem && error.status === 401;
}

/** The hub's API, typed by model/api/routes.ts. Answers are parsed, so what comes back can be trusted. */
export function createCall(fetch: Fetch): Call {
  return async (route, input) => {
    const response = await send(fetch, route, input);
    if (!response.ok) throw await problemOf(response);
    const answer = route.answer.safeParse(await jsonOf(response));
    if (answer.success) return answer.data as AnswerOf<typeof route>; // safeParse of a generic schema is not inferred
    throw new HubProblem(response.status, "unreadable", "Kith answered in a form this page does not know", RELOAD);
  };
}

const RELOAD = "The hub and this page are of different versions. Reload the page.";

/** The three parts of a call, as the untyped inside sees them. */
interface Parts {
  readonly params?: unknown;
  readonly query?: unknown;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

async function send(fetch: Fetch, route: Route, input: Parts): Promise<Response> {
  try {
    return await fetch(urlOf(route.path, input), requestOf(route, input));
  } catch (cause) {
    if (input.signal?.aborted) throw cause;
    const detail = "Check that it is still running in its terminal. This page goes on by itself when it is back.";
    throw new HubProblem(0, "unreachable", "Kith does not answer", detail);
  }
}

function requestOf(route: Route, input: Parts): RequestInit {
  const request: RequestInit = {
    method: route.method,
    credentials: "same-origin",
    headers: { accept: "application/json" },
  };
  if (input.signal) request.signal = input.signal;
  if (input.body === undefined) return request;
  return {
    ...request,
    headers: { accept: "application/json", "content-type": "application/json" },
    body: JSON.stringify(input.body),
  };
}

function urlOf(path: string, input: Parts): string {
  const params = new Map(Object.entries(input.params ?? {}));
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params.get(name))));
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(input.query ?? {})) {
    if (value !== undefined && value !== "") query.set(name, String(value));
  }
  const text = query.toString();
  return text === "" ? filled : `${filled}?${text}`;
}

async function problemOf(response: Response): Promise<HubProblem> {
  const problem = Problem.safeParse(await jsonOf(response));
  if (problem.success) {
    const { status, code, title, detail } = problem.data;
    return new HubProblem(status, code, title, detail);
  }
  const detail = `It answered with status ${response.status} and no explanation. Its log knows more.`;
  return new HubProblem(response.status, "unreadable", "Kith could not do that", detail);
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return undefined; // an empty or foreign body; the schemas that read it decide what that means
  }
}
