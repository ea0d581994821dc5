import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { BODY_BYTES_MAX, type Intake, RETRY_AFTER_SECONDS, VERDICTS, type Verdict } from "./intake.ts";

/** What the sender is told. Senders are programs and show it to their owners, so it says what to look at. */
const WORDS = {
  accepted: "accepted",
  duplicate: "received before",
  ignored: "nothing here follows this event",
  malformed: "the body is not a notice of this partner",
  unsigned: "the signature is missing",
  forged: "the signature does not fit the body",
  misdirected: "the notice is for another account than this address",
  unknown: "no connection here takes this",
  oversized: "the body is too large",
  unstored: "could not be stored; send it again",
} as const satisfies Record<Verdict, string>;

/** The answers, as text ready to send. */
const ANSWERS = Object.fromEntries(
  Object.entries(WORDS).map(([verdict, words]) => [verdict, JSON.stringify({ verdict, detail: words })]),
);

interface Params {
  readonly connectorId: string;
  readonly connectionId?: string;
  readonly secret?: string;
}

/**
 * Serves `POST /hooks/:connectorId`, `/hooks/:connectorId/:connectionId`, and for partners that sign nothing
 * `/hooks/:connectorId/:connectionId/:secret`. Bodies stay raw bytes, because that is
 * what is signed; nothing else is done per request, because these come by the thousand.
 */
export function serveWebhooks(
  app: FastifyInstance,
  intake: Intake,
  count: (connectorId: string, verdict: Verdict) => void,
): void {
  const plugin: FastifyPluginAsync = async (hooks) => {
    hooks.removeAllContentTypeParsers();
    hooks.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: BODY_BYTES_MAX }, (_request, body, done) =>
      done(null, body),
    );
    hooks.setErrorHandler<Error & { statusCode?: number }>((error, request, reply) => {
      // Only the size is refused before the intake; whatever else the framework refuses is a body it could not take in.
      const verdict = error.statusCode === 413 ? "oversized" : "malformed";
      // The path has just matched one of the addresses below.
      count((request.params as Params).connectorId, verdict);
      return answer(reply, verdict);
    });
    const take = async (request: FastifyRequest, reply: FastifyReply) => {
      const { connectorId, connectionId, secret } = request.params as Params;
      const rawBody = request.body instanceof Uint8Array ? request.body : new Uint8Array();
      // Node gives every header but set-cookie, which no request carries, as one text.
      const headers = request.headers as Readonly<Record<string, string | undefined>>;
      const named = {
        ...(connectionId !== undefined && { connectionId }),
        ...(secret !== undefined && { addressSecret: secret }),
      };
      return answer(reply, await intake({ connectorId, ...named, headers, rawBody }));
    };
    hooks.post("/hooks/:connectorId", take);
    hooks.post("/hooks/:connectorId/:connectionId", take);
    hooks.post("/hooks/:connectorId/:connectionId/:secret", take);
  };
  void app.register(plugin);
}

function answer(reply: FastifyReply, verdict: Verdict): FastifyReply {
  if (verdict === "unstored") reply.header("retry-after", String(RETRY_AFTER_SECONDS));
  return reply.code(VERDICTS[verdict]).header("content-type", "application/json; charset=utf-8").send(ANSWERS[verdict]);
}
