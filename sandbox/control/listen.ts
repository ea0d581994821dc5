import type { FastifyInstance } from "fastify";

/** An emulator that listens: where, and how to end it. */
export type Listening = { readonly url: string; readonly close: () => Promise<void> };

/** Listens on 127.0.0.1 only. Port 0 takes any free port. */
export async function listenOn(app: FastifyInstance, port: number, close: () => Promise<void>): Promise<Listening> {
  const url = await app.listen({ host: "127.0.0.1", port });
  return { url, close };
}
