import { type AppParts, createWayIn, type EmulatorApp, type Wording } from "./app.ts";
import { type CallLog, createCallLog } from "./calls.ts";
import { createFaults, type Faults, type WebhookFaults, WebhookFaultsShape } from "./faults.ts";
import { type Limits, LimitsShape } from "./limiter.ts";
import { createSettings, type Settings } from "./settings.ts";
import type { Surroundings } from "./surroundings.ts";

/** The parts that every emulator has, whatever its product. */
export type Workings = EmulatorApp & {
  readonly surroundings: Surroundings;
  readonly calls: CallLog;
  readonly faults: Faults;
  readonly webhookFaults: Settings<WebhookFaults>;
  readonly limits: Settings<Limits>;
};

/**
 * Makes the parts that every emulator has.
 * @param limits What differs from the default limits.
 */
export function createWorkings(
  surroundings: Surroundings,
  limits: Partial<Limits>,
  latencyMs: AppParts["latencyMs"],
  wording: Wording,
): Workings {
  const calls = createCallLog(surroundings.now);
  const faults = createFaults(surroundings);
  return {
    ...createWayIn({ surroundings, latencyMs, calls, faults, wording }),
    surroundings,
    calls,
    faults,
    webhookFaults: createSettings(WebhookFaultsShape),
    limits: createSettings(LimitsShape, limits),
  };
}
