import type { EmulatorApp } from "../control/app.ts";
import { opaqueId, type Random } from "../random.ts";
import { EXPORT_FORMATS, exportedFile, exportedHtml, exportedJson, STORY_FORMATS } from "./exports.ts";
import type { Ground, Route, Visit } from "./routing.ts";
import type { Transcript } from "./transcript.ts";

type SignedFile = { readonly text: string; readonly until: number };

/** Registers the exports. They answer with an address for a while, that is fetched without the key. */
export function exportRoutes(
  route: Route,
  open: EmulatorApp["open"],
  ground: Ground & { readonly random: Random; readonly publicUrl: string | undefined },
): void {
  const files = new Map<string, SignedFile>();
  const { quirks, refusals, now, random } = ground;

  /** Somebody else's and no transcript are told apart by nothing; one that is not ready is not found. */
  const demandReady = (id: string | undefined): Transcript => {
    const transcript = ground.archive.transcripts.get(id ?? "");
    if (transcript === undefined) throw refusals.forbidden();
    if (transcript.readyAt > now()) throw refusals.missing();
    return transcript;
  };
  const signed = (transcript: Transcript, format: string, { host = "localhost" }: Visit["headers"]) => {
    const token = opaqueId(random, 32);
    files.set(token, { text: exportedFile(transcript, format), until: now() + quirks().exportLastsMs });
    return { title: transcript.title, url: `${ground.publicUrl ?? `http://${String(host)}`}/signed/${token}` };
  };

  for (const format of EXPORT_FORMATS) {
    route("GET", `/export/${format}/:id`, ({ params, headers }) => {
      const transcript = demandReady(params.id);
      if (format === "json") return exportedJson(transcript);
      if (format === "html") return exportedHtml(transcript);
      return signed(transcript, format, headers);
    });
  }
  for (const format of STORY_FORMATS) {
    route("GET", `/export/story-builder/${format}/:id`, ({ params, headers }) =>
      signed(demandReady(params.id), format, headers),
    );
  }
  open({
    method: "GET",
    url: "/signed/:token",
    handler: ({ headers }, params, reply) => {
      // The real address lies at another company, which must never see the key.
      if (headers.authorization !== undefined || headers["api-key"] !== undefined)
        throw refusals.invalid("Bad Request");
      const file = files.get(params.token ?? "");
      if (file === undefined || file.until <= now()) throw refusals.forbidden();
      return reply.headers({ "content-type": "text/plain; charset=utf-8" }).send(file.text);
    },
  });
}
