import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { Refusal } from "./refusal.ts";

/** Puts routes under `/_control/`, where a refusal or a wrong shape is answered in words. */
export function controlScope(app: FastifyInstance, register: (scope: FastifyInstance) => void): void {
  app.register(
    (scope, _options, done) => {
      scope.setErrorHandler((error, _request, reply) => {
        if (error instanceof z.ZodError) return reply.code(400).send({ message: z.prettifyError(error) });
        if (error instanceof SyntaxError) return reply.code(400).send({ message: error.message });
        if (error instanceof Refusal) return reply.code(error.status).send({ message: wordsOf(error.body) });
        throw error;
      });
      register(scope);
      done();
    },
    { prefix: "/_control" },
  );
}

/** The words of a refusal, wherever its product puts them. */
function wordsOf(body: unknown): string {
  if (typeof body === "string") return body;
  if (Array.isArray(body)) return body.map(wordsOf).join("; ");
  if (typeof body !== "object" || body === null) return "Refused";
  if ("Error" in body) return wordsOf(body.Error);
  if ("Message" in body) return wordsOf(body.Message);
  return "message" in body ? wordsOf(body.message) : "Refused";
}
