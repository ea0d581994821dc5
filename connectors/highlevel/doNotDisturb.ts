import type { FieldDefinition } from "../../model/field.ts";
import { EMPTY, type Fields, type Value } from "../../model/value.ts";
import type { Settings } from "./settings.ts";
import type { Contact } from "./wire.ts";

/** What a contact does not want to get: at all, and by each channel. Pure. */

/** The channels, as the dated versions and as v3 write them. Source: the published API description (contacts). */
export const CHANNELS = [
  { key: "doNotDisturb.call", label: "Do not call", dated: "Call", v3: "call" },
  { key: "doNotDisturb.email", label: "Do not e-mail", dated: "Email", v3: "email" },
  { key: "doNotDisturb.sms", label: "Do not text (SMS)", dated: "SMS", v3: "sms" },
  { key: "doNotDisturb.whatsApp", label: "Do not use WhatsApp", dated: "WhatsApp", v3: "whatsApp" },
  { key: "doNotDisturb.gmb", label: "Do not use Google Business", dated: "GMB", v3: "gmb" },
  { key: "doNotDisturb.fb", label: "Do not use Facebook", dated: "FB", v3: "fb" },
] as const;

const OVERALL = "doNotDisturb";
const BY_KEY = new Map<string, (typeof CHANNELS)[number]>(CHANNELS.map((channel) => [channel.key, channel]));

/** The fields, each yes or no. That of e-mail is one that other products may have as well. */
export const DO_NOT_DISTURB: readonly FieldDefinition[] = [
  { key: OVERALL, label: "Do not disturb", type: "boolean", isWritable: true },
  ...CHANNELS.map(({ key, label }) => ({
    key,
    label,
    type: "boolean" as const,
    isWritable: true,
    ...(key === "doNotDisturb.email" && { standard: "doNotEmail" }),
  })),
];

/** Whether a field is one of these. */
export function isDoNotDisturb(key: string): boolean {
  return key === OVERALL || BY_KEY.has(key);
}

/** What a contact shows of them; nothing of what a row leaves out, and empty what a whole contact lacks. */
export function doNotDisturbOf({ dnd, dndSettings }: Contact, isRow: boolean): Fields {
  const shown = new Map(Object.entries(dndSettings ?? {}).map(([name, setting]) => [name.toLowerCase(), setting]));
  const channels = CHANNELS.map(({ key, dated }) => [key, isOn(shown.get(dated.toLowerCase()))] as const);
  return {
    ...(!(isRow && typeof dnd !== "boolean") && { [OVERALL]: typeof dnd === "boolean" ? dnd : EMPTY }),
    ...(!(isRow && !dndSettings) && Object.fromEntries(channels)),
  };
}

/** `permanent` is what the contact asked for in person; it is on all the same. */
function isOn(setting: { readonly status?: string | null | undefined } | null | undefined): Value {
  return setting?.status ? setting.status !== "inactive" : EMPTY;
}

/** The part of a body that writes these fields. Channels that are not named stay as they are. */
export function doNotDisturbBody(values: ReadonlyMap<string, Value>, settings: Settings): Record<string, unknown> {
  const overall = values.get(OVERALL);
  const channels = [...values].flatMap(([key, value]) => {
    const channel = BY_KEY.get(key);
    if (channel === undefined) return [];
    const status = value === true ? "active" : "inactive";
    return [[settings.apiVersion === "v3" ? channel.v3 : channel.dated, { status, message: "", code: "" }] as const];
  });
  return {
    ...(overall !== undefined && { dnd: overall === true }),
    ...(channels.length > 0 && { dndSettings: Object.fromEntries(channels) }),
  };
}
