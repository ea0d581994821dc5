import helmet from "@fastify/helmet";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyPluginAsync, FastifyReply } from "fastify";
import { Refusal } from "./problem.ts";
import { pageHeaders } from "./securityHeaders.ts";

/** Addresses that belong to programs: what is not there is answered as a problem, never with the page. */
const PROGRAMS = /^\/(api|hooks|assets)(\/|$)/;

/** Serves the built dashboard; every other address of a page gets its start page, which knows the way from there. */
export function servePages(app: FastifyInstance, folder: string | undefined, publicUrl: string): void {
  const plugin: FastifyPluginAsync = async (pages) => {
    await pages.register(helmet, pageHeaders(publicUrl));
    if (folder === undefined) {
      pages.get("/", async (_request, reply) =>
        reply.code(503).type("text/plain; charset=utf-8").send("The dashboard is not built; run `npm run build`.\n"),
      );
      return;
    }
    await pages.register(fastifyStatic, { root: folder, wildcard: false, index: false, setHeaders: cacheFor });
    const startPage = async (request: { url: string }, reply: { sendFile: (file: string) => unknown }) => {
      if (PROGRAMS.test(request.url)) throw new Refusal(404, "not_found", "There is nothing at this address.");
      return reply.sendFile("index.html");
    };
    pages.get("/", startPage);
    pages.get("/*", startPage);
  };
  void app.register(plugin);
}

/** Built assets carry a hash in their name and never change; the pages that name them are asked for each time. */
function cacheFor(reply: FastifyReply, path: string): void {
  const isHashed = path.includes("/assets/");
  reply.header("cache-control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
}
