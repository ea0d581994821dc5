import { z } from "zod";
import { type Connector, oncePer } from "../../kit/index.ts";

/** Settings as they are configured, not yet checked. */
export type GivenSettings = Readonly<Record<string, unknown>>;

/** A connector's settings as JSON Schema, as forms want them. Shapes never change, so it is made once for each. */
export const settingsSchema = oncePer((connector: Connector) => formSchema(connector.settings));

/** A shape that is typed in, as JSON Schema. */
export function formSchema(shape: z.ZodType): Record<string, unknown> {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(shape, { io: "input", unrepresentable: "any" });
  return schema;
}

const Properties = z.looseObject({
  properties: z.record(z.string(), z.looseObject({ writeOnly: z.boolean().optional() })).default({}),
});

/** The settings whose values are taken and never shown. */
const hiddenKeys = oncePer((connector: Connector): ReadonlySet<string> => {
  const { properties } = Properties.parse(settingsSchema(connector));
  return new Set(Object.keys(properties).filter((key) => properties[key]?.writeOnly === true));
});

/** Whether a connector knows a setting of this name. */
export function hasSetting(connector: Connector, key: string): boolean {
  return key in Properties.parse(settingsSchema(connector)).properties;
}

/** Settings as they may be shown, and which of those that are never shown are set. Pure. */
export function shownSettings(
  connector: Connector,
  settings: unknown,
): { readonly settings: Record<string, unknown>; readonly held: string[] } {
  const hidden = hiddenKeys(connector);
  const entries = Object.entries(Object(settings));
  return {
    settings: Object.fromEntries(entries.filter(([key]) => !hidden.has(key))),
    held: entries.map(([key]) => key).filter((key) => hidden.has(key)),
  };
}

/**
 * The settings after a change: what is given stands in the place of what was there. Those never shown stay where they are
 * left out; `null` takes one away. Pure.
 */
export function changedSettings(connector: Connector, before: unknown, given: GivenSettings): GivenSettings {
  const hidden = hiddenKeys(connector);
  const kept = Object.entries(Object(before)).filter(([key]) => hidden.has(key) && !(key in given));
  const set = Object.entries(given).filter(([, value]) => value !== null);
  return Object.fromEntries([...kept, ...set]);
}
