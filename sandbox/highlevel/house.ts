import type { FastifyInstance } from "fastify";
import {
  type ChildDesk,
  type ContactActs,
  childRoutes as childControlRoutes,
  contactActRoutes,
} from "../control/children.ts";
import { type Control, controlRoutes, createControl } from "../control/control.ts";
import type { Desk, SeedContact } from "../control/desk.ts";
import { type RecordDesks, recordRoutes } from "../control/records.ts";
import { makePeople, makePlainPeople, seedOf } from "../people.ts";
import type { CustomFields } from "./customFields.ts";
import { createGround, type Ground, type Premises } from "./ground.ts";
import { happeningControls } from "./happeningControls.ts";
import { createHappenings, type Happenings } from "./happenings.ts";
import type { HighLevelOptions } from "./index.ts";
import type { Location } from "./locationRoutes.ts";
import { createMail } from "./mail.ts";
import { operationsOf } from "./operations.ts";
import { createPlace, type Place } from "./place.ts";
import type { Post } from "./post.ts";
import type { Quirks } from "./quirks.ts";
import { createRecordDesks } from "./recordDesks.ts";
import { createRecords, type Records } from "./records.ts";
import type { Operations } from "./routing.ts";

/** One location with its records, and the ways to change them. */
export type House = {
  readonly location: Location;
  readonly control: Control<Quirks>;
  /** A person's acts on notes, tasks and appointments. */
  readonly children: ChildDesk;
  /** A person's acts on what is kept beside contacts, by kind. */
  readonly desks: RecordDesks;
  /** A person's merging and restoring of contacts. */
  readonly acts: Required<ContactActs>;
  readonly seed: (contacts: readonly SeedContact[]) => void;
  readonly customFields: CustomFields;
  /** The pipelines of opportunities; further ones may be put in. */
  readonly pipelines: Place["pipelines"]["pipelines"];
  /** Who is in which campaign and workflow, which the API tells nobody. */
  readonly enrolments: Pick<Place["enrolments"], "of">;
  /** What happens without the API: forms that are filled in, messages that come in, workflows, people who join. */
  readonly happenings: Happenings;
  readonly operations: Operations;
};

/** Builds a location that holds no contacts yet. */
export function createHouse(premises: Premises, location: Location, post: Post, options: HighLevelOptions): House {
  const ground = createGround(premises, location);
  const mail = createMail(ground, post);
  const records = createRecords(ground, mail);
  const place = createPlace(ground, records, mail);
  return {
    location,
    control: controlOf(ground, post, deskWith(place, records), options),
    children: records.childDesk,
    desks: createRecordDesks(place),
    acts: actsWith(place, records),
    seed: records.desk.seed,
    customFields: ground.fields,
    pipelines: place.pipelines.pipelines,
    enrolments: place.enrolments,
    happenings: createHappenings(place),
    operations: operationsOf(ground, records, place),
  };
}

/** Puts the acts on one location under `/_control/`. */
export function houseControls(app: FastifyInstance, { control, children, desks, acts, happenings }: House): void {
  controlRoutes(app, control);
  childControlRoutes(app, children);
  recordRoutes(app, desks);
  contactActRoutes(app, acts);
  happeningControls(app, happenings);
}

/** A person's acts on contacts, whose merging reaches everything that hangs on a contact. */
function actsWith(place: Place, { acts }: Records): Required<ContactActs> {
  const merge: Required<ContactActs>["merge"] = (survivorId, retiredId) => {
    const survivor = acts.merge(survivorId, retiredId);
    place.handOver(retiredId, survivorId);
    return survivor;
  };
  return { ...acts, merge };
}

/** The desk, whose clearing reaches everything in the location. */
function deskWith(place: Place, { desk }: Records): Desk {
  const clear = (): void => {
    desk.clear();
    place.clear();
  };
  return { ...desk, clear, state: (id) => desk.state(id) ?? place.state(id) };
}

function controlOf(ground: Ground, post: Post, desk: Desk, { populate }: HighLevelOptions): Control<Quirks> {
  const { quirks, workings } = ground;
  const { now } = workings.surroundings;
  const invent = (seed: number, count: number) =>
    makePeople(seed, count).map((person) => seedOf(person, "highlevel", now()));
  return createControl({
    ...workings,
    desk,
    quirks,
    outbox: post.outbox,
    populate: populate ?? invent,
    plain: (seed, count) => makePlainPeople(seed, count, "highlevel", now()),
  });
}
