import { z } from "zod";
import { readAnswer, type Session } from "../../kit/index.ts";
import { about } from "./calls.ts";
import type { Settings } from "./settings.ts";

/** The pipelines of an account's deals, by name, each with the names of its stages from first to last. */
export interface Pipeline {
  readonly name: string;
  readonly stages: readonly string[];
}

/** What is named in one of the ways met; the shape of this list is documented nowhere. */
const Named = z.union([
  z.string().transform((name) => ({ name, stages: [] as readonly unknown[] })),
  z
    .looseObject({
      name: z.string().optional(),
      title: z.string().optional(),
      pipeline: z.string().optional(),
      stage: z.string().optional(),
      stages: z.array(z.unknown()).optional(),
      dealStages: z.array(z.unknown()).optional(),
    })
    .transform(({ name, title, pipeline, stage, stages, dealStages }) => ({
      name: name ?? title ?? pipeline ?? stage ?? "",
      stages: stages ?? dealStages ?? [],
    })),
]);

const PipelinesAnswer = z.object({ Data: z.array(Named) });

const KEPT_MS = 300_000;

/** All pipelines of the account; loaded once, then remembered for five minutes. */
export function pipelines(session: Session<Settings>): Promise<readonly Pipeline[]> {
  return session.remember("pipelines", KEPT_MS, async () => {
    const doing = "read the pipelines of deals";
    const answer = await session.http.request({ method: "GET", path: "/v3/apps/dealPipeline", doing });
    return readAnswer(PipelinesAnswer, answer, about(doing)).Data.map(({ name, stages }) => ({
      name: name.trim(),
      stages: stages.map((stage) => Named.parse(stage).name.trim()),
    }));
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
