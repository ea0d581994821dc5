import type { Live } from "./archive.ts";
import { demandText, type Ground, objectOf, type Route } from "./routing.ts";

const LANGUAGES = [
  { languageCode: "de", languageName: "German" },
  { languageCode: "fr", languageName: "French" },
  { languageCode: "es", languageName: "Spanish" },
];

/** Registers translations, which have a host of their own. */
export function translationRoutes(route: Route, { archive, studio, refusals }: Ground): void {
  const shown = (transcriptId: string) => ({
    source: { transcriptId },
    translations: (archive.translations.get(transcriptId) ?? []).map((languageCode) => ({
      languageCode,
      status: "COMPLETE",
    })),
  });
  route("GET", "/translation/translation-languages", () => ({ data: { translationLanguages: LANGUAGES } }));
  route("POST", "/translation", ({ body }) => {
    const given = objectOf(body, refusals);
    const { id } = studio.demand(demandText(given, "transcriptId", refusals));
    const language = demandText(given, "language", refusals);
    if (!LANGUAGES.some(({ languageCode }) => languageCode === language)) throw refusals.invalid("Unknown language");
    archive.translations.set(id, [...new Set([...(archive.translations.get(id) ?? []), language])]);
    return shown(id);
  });
  route("GET", "/translation", ({ query }) => shown(studio.demand(query.transcriptId ?? "").id));
  route("DELETE", "/translation", ({ query }) => {
    const { id } = studio.demand(query.transcriptId ?? "");
    const kept = (archive.translations.get(id) ?? []).filter((language) => language !== query.language);
    archive.translations.set(id, kept);
    return shown(id);
  });
}

const LIVE_MS = 6 * 3_600_000;

/** Registers streams that are transcribed while they run. */
export function liveRoutes(route: Route, { archive, refusals, now }: Ground): void {
  const demand = (id: unknown): Live => {
    const live = archive.lives.get(String(id));
    if (live === undefined) throw refusals.missing();
    return live;
  };
  const shown = ({ id, status, startedAt }: Live) => ({
    id,
    status,
    warnings: [],
    errors: [],
    started: new Date(startedAt).toISOString(),
    expires: new Date(startedAt + LIVE_MS).toISOString(),
  });
  const keep = (live: Live) => {
    archive.lives.set(live.id, live);
    return shown(live);
  };
  route("PUT", "/transcripts/realtime", ({ body }) => {
    const title = demandText(objectOf(body, refusals), "title", refusals);
    return keep({ id: archive.newId(), title, status: "TRANSCRIBING", startedAt: now() });
  });
  route("DELETE", "/transcripts/realtime", ({ body }) =>
    keep({ ...demand(objectOf(body, refusals).id), status: "STOPPED" }),
  );
  route("GET", "/transcripts/realtime/:id", ({ params }) => shown(demand(params.id)));
  route("POST", "/transcripts/realtime/push", () => ({
    streamKey: archive.newId(),
    streamUrl: "rtmp://live.trint.example/push",
  }));
}

const USERS = [
  { id: "u1", userName: "ines@harbourlight.example", active: true },
  { id: "u2", userName: "otto@harbourlight.example", active: true },
];

/** Registers the users and groups of an organisation, which have a host of their own. */
export function memberRoutes(route: Route): void {
  const list = (Resources: readonly object[]) => ({ schemas: [LIST], totalResults: Resources.length, Resources });
  route("GET", "/scim/v2/Users", () => list(USERS));
  route("POST", "/scim/v2/Users/.search", () => list(USERS));
  route("GET", "/scim/v2/Groups", () => list([{ id: "g1", displayName: "Everybody" }]));
}

const LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
