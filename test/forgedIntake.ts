import { highlevel } from "../connectors/highlevel/index.ts";
import { anyConnector } from "../kit/index.ts";
import { createDirectory } from "../server/webhooks/directory.ts";
import { createIntake, type Verdict } from "../server/webhooks/intake.ts";
import type { HubStore } from "../store/port.ts";
import { aSync, NOON } from "./builders.ts";
import type { Signing, Wired } from "./forgeries.ts";

/** An intake of HighLevel's webhooks, and what it let through. */
export interface ForgedIntake {
  readonly take: (wired: Wired) => Promise<Verdict>;
  /** How many were kept, and how many installations were handed on. */
  readonly passed: { kept: number; told: number };
  readonly errors: string[];
}

/** The location that everything is about. */
export const LOCATION = "ve9EPM428h8vShlRW1KT";

/** The real connector behind the real intake, on a store that only counts; every webhook goes all the way. */
export function forgedIntake({ webhookKeys, workflowSecret }: Signing): ForgedIntake {
  const passed = { kept: 0, told: 0 };
  const errors: string[] = [];
  const connection = {
    id: "highlevel",
    workspaceId: "w",
    connectorId: "highlevel",
    settings: { locationId: LOCATION, webhookKeys, workflowSecret },
  };
  const { workspaceId: _, version: __, isPaused: ___, ...config } = aSync();
  // Of a row only what is configured is read here; the rest says when it was stored, and how it is.
  const store = {
    connectionsOf: async () => [connection],
    syncs: async () => [{ config }],
    linksByKeys: async () => [],
    acceptDelivery: async () => {
      passed.kept += 1;
      return "accepted";
    },
  } as unknown as HubStore;
  const intake = createIntake({
    directory: createDirectory(store, new Map([[highlevel.id, anyConnector(highlevel)]])),
    store,
    clock: { now: () => NOON },
    newId: () => "delivery",
    log: { info: () => {}, warn: () => {}, error: (_details, words) => void errors.push(words) },
    count: () => {},
    wake: () => {},
    onInstallation: async () => {
      passed.told += 1;
    },
  });
  return { take: (wired) => intake({ connectorId: "highlevel", ...wired }), passed, errors };
}
