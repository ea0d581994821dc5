export { derivedSecret, type Keyring, keyringOf, MASTER_KEY_BYTES } from "./keyring.ts";
export { createVault, type Vault } from "./vault.ts";
