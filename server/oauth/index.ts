export { pathOf } from "./asked.ts";
export { CALLBACK, type Consents, createConsents } from "./flows.ts";
export { followInstallation, type InstallationParts } from "./installations.ts";
export type { ConsentParts, NewlySignedIn } from "./parts.ts";
export { type ConsentPageParts, serveConsents } from "./routes.ts";
