import { createDrawer, type Drawer } from "./drawer.ts";
import type { Stand } from "./place.ts";

/** A step of a pipeline. */
export type Stage = { readonly id: string; readonly name: string; readonly position: number };

/** A pipeline with its steps, first to last. */
export type StoredPipeline = { readonly id: string; readonly name: string; readonly stages: readonly Stage[] };

/** Why an opportunity was lost. */
export type LostReason = { readonly id: string; readonly name: string; readonly createdAt: number };

/** The pipelines of a location, and its reasons for losing. */
export type Pipelines = {
  readonly pipelines: Drawer<StoredPipeline>;
  readonly lostReasons: Drawer<LostReason>;
  readonly clear: () => void;
};

const STAGES = ["New enquiry", "Talked", "Offer sent", "Agreed"];

const SALES: StoredPipeline = {
  id: "pip00000000000000001",
  name: "Sales",
  stages: STAGES.map((name, position) => ({
    id: `57a9e000-0000-4000-8000-00000000000${position + 1}`,
    name,
    position,
  })),
};

const REASONS = ["Too expensive", "Chose another studio", "No answer"];

/** Makes a location's pipelines; ids are the same in every emulator. */
export function createPipelines({ now }: Stand): Pipelines {
  const pipelines = createDrawer<StoredPipeline>(() => [SALES]);
  const lostReasons = createDrawer<LostReason>(() =>
    REASONS.map((name, at) => ({ id: `lostreason0000000000${at + 1}`.slice(-20), name, createdAt: now() })),
  );
  return {
    pipelines,
    lostReasons,
    clear: () => {
      pipelines.clear();
      lostReasons.clear();
    },
  };
}
