import { z } from "zod";
import { readAnswer, type Session } from "../../kit/index.ts";
import { about } from "./calls.ts";
import type { Settings } from "./settings.ts";

/** The pipelines of a location, by which opportunities are told apart. People know them by name, the API by id. */

const Stage = z.object({ id: z.string().min(1), name: z.string() });
const Pipeline = z.object({ id: z.string().min(1), name: z.string(), stages: z.array(Stage).default([]) });
export type Pipeline = z.infer<typeof Pipeline>;

const PipelinesAnswer = z.object({ pipelines: z.array(Pipeline) });

const KEPT_MS = 300_000;

/** All pipelines of the location; loaded once, then remembered for five minutes. */
export function pipelines(session: Session<Settings>): Promise<readonly Pipeline[]> {
  return session.remember("pipelines", KEPT_MS, async () => {
    const doing = "read the pipelines of the location";
    const query = { locationId: session.settings.locationId };
    const answer = await session.http.request({ method: "GET", path: "/opportunities/pipelines", query, doing });
    return readAnswer(PipelinesAnswer, answer, about(doing)).pipelines;
  });
}

/** All pipelines; asked for again, once, when those that are remembered are not all that is needed. */
export async function pipelinesKnowing(
  session: Session<Settings>,
  isEnough: (known: readonly Pipeline[]) => boolean,
): Promise<readonly Pipeline[]> {
  const known = await pipelines(session);
  if (isEnough(known)) return known;
  session.forget("pipelines");
  return pipelines(session);
}

/** One that people call so; letter case and blanks around do not count. */
export function named<Item extends { readonly name: string }>(items: readonly Item[], name: string): Item | undefined {
  const wanted = name.trim().toLowerCase();
  return items.find((item) => item.name.trim().toLowerCase() === wanted);
}
