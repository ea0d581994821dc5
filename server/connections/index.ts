export { agencyNameOf, type Credentials, createCredentials } from "./credentials.ts";
export { type OpenerOptions, openerOf } from "./open.ts";
export {
  type Catalogue,
  type ConnectionAllowances,
  type ConnectionRegistry,
  createRegistry,
  type OpenConnection,
  type OpenConnectionWith,
  type RegistryOptions,
} from "./registry.ts";
export { type ReleaseStore, releaseWaiting } from "./release.ts";
