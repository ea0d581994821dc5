import type { FastifyInstance, FastifyPluginCallback, FastifyReply, FastifyRequest } from "fastify";
import { asFailure } from "../../model/errors.ts";
import { isOriginTrusted, type SignedIn, type SignIn } from "../auth/index.ts";
import { NEW_PATH } from "./asked.ts";
import { CALLBACK, CONSENT_SECONDS, type Consents } from "./flows.ts";
import { consentHeaders, outcomePage, questionPage, signInPage } from "./page.ts";
import type { ConsentFor } from "./parts.ts";

/** What the pages for connecting stand on. */
export interface ConsentPageParts {
  readonly consents: Consents;
  readonly signIn: Pick<SignIn, "whoIs">;
  readonly publicUrl: string;
}

const COOKIE = "kith_consent";
const PAGE = "/connect/:workspaceId/:connectionId";
const NEW_PAGE = `${NEW_PATH}/:workspaceId`;

interface Named {
  readonly Params: { readonly workspaceId: string; readonly connectionId: string };
}

interface New {
  readonly Params: { readonly workspaceId: string };
}

function named({ params: { connectionId } }: FastifyRequest<Named>): ConsentFor {
  return { kind: "connection", connectionId };
}

/** Serves the pages on which the owner connects an account: before the partner's page, and after it. */
export function serveConsents(app: FastifyInstance, parts: ConsentPageParts): void {
  const { consents, publicUrl } = parts;
  const plugin: FastifyPluginCallback = (pages, _options, done) => {
    // The button's form has no fields.
    pages.addContentTypeParser("application/x-www-form-urlencoded", (_request, payload, parsed) => {
      payload.resume();
      parsed(null, undefined);
    });
    const ask = (workspaceId: string, what: ConsentFor, reply: FastifyReply) =>
      consents
        .question(workspaceId, what)
        .then((question) => reply.headers(consentHeaders(question.consentOrigin)).send(questionPage(question)));
    const begin = async (workspaceId: string, what: ConsentFor, userId: string, reply: FastifyReply) => {
      const { address, secret } = await consents.begin(workspaceId, what, userId);
      return reply
        .header("cache-control", "no-store")
        .header("referrer-policy", "no-referrer")
        .header("set-cookie", cookie(publicUrl, secret, CONSENT_SECONDS))
        .redirect(address, 303);
    };
    const foreign = (reply: FastifyReply) => fail(reply, 403, "This can be begun on the hub's own page only.");
    const drafted = async (request: FastifyRequest<New>): Promise<ConsentFor> => {
      const sealed = new URL(request.url, publicUrl).searchParams.get("draft") ?? "";
      return { kind: "new", draft: await consents.draft(request.params.workspaceId, sealed) };
    };
    pages.get<Named>(PAGE, (request, reply) =>
      forOwner(parts, request, reply, () => ask(request.params.workspaceId, named(request), reply)),
    );
    pages.post<Named>(PAGE, (request, reply) =>
      forOwner(parts, request, reply, async ({ userId }) => {
        if (!isOriginTrusted(request, publicUrl)) return foreign(reply);
        return begin(request.params.workspaceId, named(request), userId, reply);
      }),
    );
    pages.get<New>(NEW_PAGE, (request, reply) =>
      forOwner(parts, request, reply, async () => ask(request.params.workspaceId, await drafted(request), reply)),
    );
    pages.post<New>(NEW_PAGE, (request, reply) =>
      forOwner(parts, request, reply, async ({ userId }) => {
        if (!isOriginTrusted(request, publicUrl)) return foreign(reply);
        return begin(request.params.workspaceId, await drafted(request), userId, reply);
      }),
    );
    pages.get(CALLBACK, (request, reply) =>
      forOwner(parts, request, reply, async ({ userId }) => {
        const parameters = new URL(request.url, publicUrl).searchParams;
        const outcome = await consents.finish(parameters, cookieOf(request), userId);
        return reply
          .code(outcome.kind === "failed" ? 400 : 200)
          .headers(consentHeaders())
          .header("set-cookie", cookie(publicUrl, "", 0))
          .send(outcomePage(outcome));
      }),
    );
    done();
  };
  void app.register(plugin);
}

/** Lets nobody but the owner on; what goes wrong is told on a page, in words that hold no secret. */
async function forOwner(
  { signIn }: ConsentPageParts,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (owner: SignedIn) => Promise<FastifyReply>,
): Promise<FastifyReply> {
  const headers = new Headers(request.headers.cookie === undefined ? {} : { cookie: request.headers.cookie });
  const owner = await signIn.whoIs(headers);
  if (owner === undefined) return reply.code(401).headers(consentHeaders()).send(signInPage());
  return work(owner).catch((thrown: unknown) => {
    const failure = asFailure(thrown);
    if (failure.kind === "bug") throw thrown;
    return fail(reply, failure.kind === "not_found" ? 404 : 422, failure.message);
  });
}

function fail(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply
    .code(status)
    .headers(consentHeaders())
    .send(outcomePage({ kind: "failed", message }));
}

/** Sent to these pages only, never to scripts; Lax, since the browser comes back by a link from the partner's page. */
function cookie(publicUrl: string, value: string, seconds: number): string {
  const secure = publicUrl.startsWith("https:") ? "; Secure" : "";
  return `${COOKIE}=${value}; Path=/connect; Max-Age=${seconds}; HttpOnly; SameSite=Lax${secure}`;
}

function cookieOf({ headers }: FastifyRequest): string | undefined {
  const found = headers.cookie?.split(/;\s*/).find((part) => part.startsWith(`${COOKIE}=`));
  const value = found?.slice(COOKIE.length + 1);
  return value === "" ? undefined : value;
}
