import type { z } from "zod";
import { type Action, type Dialect, type HttpAction, httpAction } from "../../../kit/index.ts";
import type { Settings } from "../settings.ts";

/** Trint's API has one generation. */
export const GENERATIONS = ["current"] as const;
export type Generation = (typeof GENERATIONS)[number];

/** What all operations of Trint have in common. It knows no permissions: a key may do what its owner may. */
const DIALECT: Dialect<Settings, Generation> = {
  partner: "Trint",
  generations: GENERATIONS,
  generationOf: () => "current",
  headers: () => ({}),
  fill: {},
  aliases: {},
};

type Shape = Readonly<Record<string, z.ZodType>>;
type Declared<Input extends Shape, Output extends Shape> = Omit<
  HttpAction<Generation, Input, Output>,
  "subject" | "module" | "scopes" | "source"
> & { readonly source?: string };

/** Makes the actions of one subject. */
export function actionsOf(subject: string, source: string) {
  return <const Input extends Shape, const Output extends Shape>(declared: Declared<Input, Output>): Action<Settings> =>
    httpAction(DIALECT, { subject, module: "", scopes: [], source, ...declared });
}

/** Where operations are described. Those of `seen` are read off other people's clients. */
export const SOURCES = {
  flow: "dev.trint.com/docs/example-flow",
  page: "dev.trint.com/reference/page",
  callbacks: "dev.trint.com/docs/receiving-callback-notifications",
  realtime: "dev.trint.com/reference/get-realtime-status",
  seen: "github.com/mindcloud-inc/universal-api-reference, apis/t/trint",
} as const;
