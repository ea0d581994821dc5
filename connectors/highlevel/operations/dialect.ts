import { z } from "zod";
import {
  type Action,
  type Dialect,
  type Effect,
  type HttpAction,
  httpAction,
  path,
  readAnswer,
  type Session,
} from "../../../kit/index.ts";
import { about } from "../calls.ts";
import type { Settings } from "../settings.ts";

/** The two generations of HighLevel's API: that of the dated versions, and the one they call v3. */
export const GENERATIONS = ["dated", "v3"] as const;
export type Generation = (typeof GENERATIONS)[number];

/** Modules whose dated version is another one. Source: the published API description (calendars, conversations). */
const DATED_VERSIONS: Readonly<Record<string, string>> = { calendars: "2021-04-15", conversations: "2021-04-15" };

/** Channels of do-not-disturb by our name, and as the dated versions write them. v3 writes them as we do. */
const DND_CHANNELS = { call: "Call", email: "Email", sms: "SMS", whatsApp: "WhatsApp", gmb: "GMB", fb: "FB" } as const;

/** What all operations of HighLevel have in common. */
export const DIALECT: Dialect<Settings, Generation> = {
  partner: "HighLevel",
  generations: GENERATIONS,
  generationOf: ({ apiVersion }) => (apiVersion === "v3" ? "v3" : "dated"),
  headers: (generation, module, settings) => ({ version: versionOf(generation, module, settings) }),
  fill: { locationId: ({ settings }) => settings.locationId, companyId: companyOf },
  written: { customFields: writtenCustomFields, dndSettings: writtenDnd },
  aliases: {
    succeeded: ["succeeded", "succeded", "success"],
    business: ["business", "buiseness"],
    appointment: ["appointment", "event"],
    isNew: ["new", "isNew"],
    next: ["nextCursor"],
  },
};

function versionOf(generation: Generation, module: string, { apiVersion }: Settings): string {
  if (generation === "v3") return "v3";
  return DATED_VERSIONS[module] ?? (apiVersion === "v3" ? "2021-07-28" : apiVersion);
}

const CompanyAnswer = z.object({ location: z.object({ companyId: z.string().min(1) }) });
const COMPANY_KEPT_MS = 3_600_000;

/** The agency that the location belongs to; asked for once an hour at most. */
function companyOf(session: Session<Settings>): Promise<string> {
  return session.remember("companyId", COMPANY_KEPT_MS, async () => {
    const doing = "read which agency the location belongs to";
    const answer = await session.http.request({
      method: "GET",
      path: path`/locations/${session.settings.locationId}`,
      doing,
    });
    return readAnswer(CompanyAnswer, answer, about(doing)).location.companyId;
  });
}

const CustomFieldInputs = z.array(
  z.object({ id: z.string().optional(), key: z.string().optional(), value: z.unknown() }),
);

/** The value of a custom field has another name in each generation. */
function writtenCustomFields(value: unknown, generation: Generation): unknown {
  const name = generation === "v3" ? "fieldValue" : "field_value";
  return CustomFieldInputs.parse(value).map(({ value: held, ...which }) => ({ ...which, [name]: held }));
}

function writtenDnd(value: unknown, generation: Generation): unknown {
  const channels = Object.entries(z.record(z.string(), z.unknown()).parse(value));
  if (generation === "v3") return Object.fromEntries(channels);
  // The shape of the input allows these channels only.
  return Object.fromEntries(channels.map(([name, set]) => [DND_CHANNELS[name as keyof typeof DND_CHANNELS], set]));
}

/** What the actions of one subject have in common. */
export interface SubjectFacts {
  /** Heading in the catalogue. */
  readonly subject: string;
  /** The file of the published API description that has them. */
  readonly module: string;
  /** The permission that reading needs, and the one that everything else needs. */
  readonly scopes: { readonly reads: string; readonly writes: string };
}

type Shape = Readonly<Record<string, z.ZodType>>;
type Declared<Input extends Shape, Output extends Shape> = Omit<
  HttpAction<Generation, Input, Output>,
  "subject" | "module" | "scopes" | "source"
> & { readonly module?: string; readonly scopes?: readonly string[] };

/** Makes the actions of one subject: what they have in common is said once. */
export function actionsOf(facts: SubjectFacts) {
  return <const Input extends Shape, const Output extends Shape>(declared: Declared<Input, Output>): Action<Settings> =>
    httpAction(DIALECT, {
      subject: facts.subject,
      module: facts.module,
      scopes: [scopeFor(declared.effect, facts)],
      source: sourceOf(declared.module ?? facts.module),
      ...declared,
    });
}

function scopeFor(effect: Effect, { scopes }: SubjectFacts): string {
  return effect === "reads" ? scopes.reads : scopes.writes;
}

/** Where HighLevel describes a module of its API: the files of github.com/GoHighLevel/highlevel-api-docs. */
export function sourceOf(module: string): string {
  return `apps/${module}.json`;
}
