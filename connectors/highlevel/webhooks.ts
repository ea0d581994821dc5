import {
  isSameSecret,
  isSignedBy,
  type WebhookAdapter,
  type WebhookRequest,
  type WebhookVerdict,
} from "../../kit/index.ts";
import { NO_SIGNATURE } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { noticeOf } from "./webhookBody.ts";

/** How HighLevel's webhooks are proved and read. One stream serves every location that installed the app. */
export const webhooks: WebhookAdapter<Settings> = {
  verify,
  parse: noticeOf,
  // Without an account the connection's own address has told whose it is.
  isFor: (notice, settings) => notice.account === settings.locationId || notice.account === "",
};

/** The header in which a workflow sends the connection's `workflowSecret`. */
export const SECRET_HEADER = "x-kith-secret";

/**
 * The newer signature, when there is one, decides alone: falling back to a weaker proof after it failed would let an
 * attacker choose that one. A workflow of the location's own signs nothing and sends a secret instead.
 */
function verify({ headers, rawBody }: WebhookRequest, { webhookKeys, workflowSecret }: Settings): WebhookVerdict {
  const newer = headers["x-ghl-signature"];
  if (newer !== undefined && newer !== NO_SIGNATURE) {
    return verdict("ed25519", isSignedBy("ed25519", webhookKeys.ed25519, rawBody, newer));
  }
  const older = headers["x-wh-signature"];
  if (older !== undefined && older !== NO_SIGNATURE) {
    return verdict("rsa-sha256", isSignedBy("rsa-sha256", webhookKeys.rsa, rawBody, older));
  }
  const secret = headers[SECRET_HEADER];
  if (secret === undefined || workflowSecret === undefined) return { kind: "unsigned" };
  return isSameSecret(secret, workflowSecret)
    ? { kind: "verified", scheme: "secret", isByOwner: true }
    : { kind: "forged", scheme: "secret" };
}

function verdict(scheme: string, isValid: boolean): WebhookVerdict {
  return { kind: isValid ? "verified" : "forged", scheme };
}
