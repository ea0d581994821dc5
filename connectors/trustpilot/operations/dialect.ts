import { z } from "zod";
import { type Action, type Dialect, type HttpAction, httpAction } from "../../../kit/index.ts";
import type { Settings } from "../settings.ts";

/** Trustpilot's API has one generation. */
export const GENERATIONS = ["v1"] as const;
export type Generation = (typeof GENERATIONS)[number];

/** What all operations of Trustpilot have in common. It knows no permissions: what a token may do its plan decides. */
const DIALECT: Dialect<Settings, Generation> = {
  partner: "Trustpilot",
  generations: GENERATIONS,
  generationOf: () => "v1",
  headers: () => ({}),
  fill: { businessUnitId: ({ settings }) => settings.businessUnitId },
  aliases: {},
};

type Shape = Readonly<Record<string, z.ZodType>>;
type Declared<Input extends Shape, Output extends Shape> = Omit<
  HttpAction<Generation, Input, Output>,
  "subject" | "module" | "scopes" | "source"
> & { readonly source?: string };

const SOURCE = "developers.trustpilot.com";

/** Makes the actions of one subject. */
export function actionsOf(subject: string) {
  return <const Input extends Shape, const Output extends Shape>(declared: Declared<Input, Output>): Action<Settings> =>
    httpAction(DIALECT, { subject, module: "", scopes: [], source: SOURCE, ...declared });
}

/** A read that is one address and an answer of which nothing is promised but that it is there. */
export function shown(
  action: ReturnType<typeof actionsOf>,
  facts: { readonly id: string; readonly title: string; readonly description: string; readonly path: string },
  input: Shape = {},
  example: Readonly<Record<string, unknown>> = {},
): Action<Settings> {
  return action({
    ...facts,
    effect: "reads",
    method: "GET",
    input,
    output: { answer: z.unknown() },
    bare: "answer",
    example: { input: example, output: { answer: {} } },
  });
}

/** Shapes that several subjects use. */
export const SHAPES = {
  id: (what: string) =>
    z
      .string()
      .regex(/^[^\s/]{1,100}$/, "must be an id, without spaces or slashes")
      .describe(what),
  text: z.string().optional(),
  page: z.int().min(1).optional().describe("Which page, from 1."),
  perPage: z.int().min(1).max(100).optional().describe("How many on a page; 20 unless given."),
  tags: z.array(z.object({ group: z.string().min(1), value: z.string().min(1) })).min(1),
} as const;

/** The unit whose account it is, in examples. */
export const REVIEW_ID = "65f0c0ffee0000000000aa01";
