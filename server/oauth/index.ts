export { CALLBACK, type ConsentParts, type Consents, createConsents, pathOf } from "./flows.ts";
export { followInstallation, type InstallationParts } from "./installations.ts";
export { type ConsentPageParts, serveConsents } from "./routes.ts";
