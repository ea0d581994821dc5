import { createDrawer, type Drawer } from "./drawer.ts";
import type { Stand } from "./place.ts";

/** A workflow, as it is stored. */
export type StoredWorkflow = {
  readonly id: string;
  readonly name: string;
  readonly status: "published" | "draft";
  readonly version: number;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** A campaign, as it is stored. */
export type StoredCampaign = { readonly id: string; readonly name: string; readonly status: "published" | "draft" };

/** What a contact can be enrolled in. */
export type Course = "campaign" | "workflow";

/** The workflows and campaigns of a location, and who is in them. */
export type Enrolments = {
  readonly workflows: Drawer<StoredWorkflow>;
  readonly campaigns: Drawer<StoredCampaign>;
  /** Tells whether the contact was not yet in it. */
  readonly enrol: (course: Course, id: string, contactId: string) => boolean;
  /** Tells whether the contact was in it. */
  readonly leave: (course: Course, id: string, contactId: string) => boolean;
  /** Ids of what a contact is in. */
  readonly of: (course: Course, contactId: string) => string[];
  /** What one contact is in, another is in afterwards. */
  readonly handOver: (fromId: string, toId: string) => void;
  readonly clear: () => void;
};

const DAY_MS = 86_400_000;

const WORKFLOWS: readonly (readonly [id: string, name: string, status: StoredWorkflow["status"]])[] = [
  ["wfl00000-0000-4000-8000-000000000001", "Welcome a new contact", "published"],
  ["wfl00000-0000-4000-8000-000000000002", "Remind of a visit", "published"],
  ["wfl00000-0000-4000-8000-000000000003", "Ask for a review", "draft"],
];

const CAMPAIGNS: readonly StoredCampaign[] = [
  { id: "cmp00000000000000001", name: "Spring offers", status: "published" },
  { id: "cmp00000000000000002", name: "Old customers", status: "draft" },
];

/** Makes a location's workflows and campaigns; their ids are the same in every emulator. Nobody is in them. */
export function createEnrolments({ now }: Stand): Enrolments {
  const workflows = createDrawer<StoredWorkflow>(() =>
    WORKFLOWS.map(([id, name, status], at) => {
      const createdAt = now() - (90 - at) * DAY_MS;
      return { id, name, status, version: at + 1, createdAt, updatedAt: createdAt + DAY_MS };
    }),
  );
  const campaigns = createDrawer<StoredCampaign>(() => CAMPAIGNS);
  const members = new Set<string>();
  const keyOf = (course: Course, id: string, contactId: string) => `${course} ${contactId} ${id}`;
  const of = (course: Course, contactId: string): string[] => {
    const start = keyOf(course, "", contactId);
    return [...members].filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
  };
  return {
    workflows,
    campaigns,
    enrol: (course, id, contactId) => {
      const key = keyOf(course, id, contactId);
      const isNew = !members.has(key);
      members.add(key);
      return isNew;
    },
    leave: (course, id, contactId) => members.delete(keyOf(course, id, contactId)),
    of,
    handOver: (fromId, toId) => {
      for (const course of ["campaign", "workflow"] as const) {
        for (const id of of(course, fromId)) {
          members.delete(keyOf(course, id, fromId));
          members.add(keyOf(course, id, toId));
        }
      }
    },
    clear: () => {
      workflows.clear();
      campaigns.clear();
      members.clear();
    },
  };
}
