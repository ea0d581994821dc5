import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { isOriginTrusted, type SignIn } from "../auth/index.ts";
import { Refusal } from "./problem.ts";

/** The only doors of the sign-in library that are open; nobody can sign up or ask for a link from outside. */
const DOORS = [
  { method: "GET", url: "/api/auth/magic-link/verify" },
  { method: "POST", url: "/api/auth/sign-out" },
] as const;

/** Serves sign-in by one-time link, and signing out. */
export function serveSignIn(app: FastifyInstance, signIn: SignIn, publicUrl: string): void {
  for (const { method, url } of DOORS) {
    app.route({
      method,
      url,
      handler: async (request, reply) => {
        if (!isOriginTrusted(request, publicUrl)) {
          throw new Refusal(403, "foreign_origin", "Signing out is done from the hub's own pages only.");
        }
        return send(reply, await signIn.handle(webRequestOf(request, publicUrl)));
      },
    });
  }
}

/**
 * The request as the sign-in library takes it. Its origin has been checked above, where more addresses of the hub are
 * known than its public one; so the library is shown that one. None of the doors takes a body, and none is shown a
 * bearer token: signing out ends the session of a browser, never the operator's.
 */
function webRequestOf(request: FastifyRequest, publicUrl: string): Request {
  const headers = new Headers({ origin: new URL(publicUrl).origin });
  for (const name of ["cookie", "user-agent"] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  return new Request(new URL(request.url, publicUrl), { method: request.method, headers });
}

async function send(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  for (const [name, value] of response.headers) if (name !== "set-cookie") reply.header(name, value);
  for (const cookie of response.headers.getSetCookie()) reply.header("set-cookie", cookie);
  return reply
    .header("cache-control", "no-store")
    .code(response.status)
    .send(await response.text());
}
