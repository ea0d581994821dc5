export { type Books, type BooksOptions, createBooks } from "./books.ts";
export {
  agencyNameOf,
  appNameOf,
  type Credentials,
  createCredentials,
  ofMissing,
  secretNameOf,
} from "./credentials.ts";
export { type OpenerOptions, openerOf } from "./open.ts";
export {
  type Catalogue,
  type ConnectionAllowances,
  type ConnectionRegistry,
  createRegistry,
  type OnTranscripts,
  type OpenConnection,
  type OpenConnectionWith,
  type RegistryOptions,
  type Trial,
} from "./registry.ts";
export { type ReleaseStore, releaseWaiting } from "./release.ts";
