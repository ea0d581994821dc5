import { z } from "zod";
import { type AllowedAddresses, allowedAddresses } from "../kit/allowed.ts";
import { Failure } from "../model/errors.ts";

/**
 * The environment, read in one place. Each variable stands in `VARIABLES` with its meaning and what holds without it;
 * `docs/configuration.md` is written from the same table.
 */
export interface Variable {
  /** What it decides, one sentence. */
  readonly meaning: string;
  /** What holds when it is not set, in words; for values that have a plain default, that value. */
  readonly fallback: string;
  /** Whether messages must not repeat its value. */
  readonly isSecret?: true;
  /** What it must look like, for the message when it does not. */
  readonly must: string;
}

/** The names of all variables. */
export type VariableName = keyof typeof SHAPES;

const Port = z
  .string()
  .regex(/^\d{1,5}$/)
  .transform(Number)
  .refine((port) => port <= 65_535);
const Days = z
  .string()
  .regex(/^[1-9]\d{0,3}$/)
  .transform(Number);
const MasterKeys = z
  .string()
  .transform((text) => text.split(",").map((key) => key.trim()))
  .refine((keys) => keys.every((key) => /^[A-Za-z0-9_-]{43}=?$/.test(key)));
const Addresses = z
  .string()
  .transform((text) => allowedAddresses(text.split(",")))
  .refine((allowed) => allowed !== undefined);
const WebAddress = z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, ""));

const SHAPES = {
  KITH_HOST: z.string().min(1),
  KITH_PORT: Port,
  KITH_URL: WebAddress,
  KITH_DATA_DIR: z.string().min(1),
  KITH_STORE: z.string().regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)$/),
  KITH_MASTER_KEY: MasterKeys,
  KITH_OWNER_EMAIL: z.email(),
  KITH_METRICS_TOKEN: z.string().min(16),
  KITH_KEEP_DAYS: Days,
  KITH_TOMBSTONE_DAYS: Days,
  KITH_ALLOWED_ADDRESSES: Addresses,
  KITH_LOG_LEVEL: z.enum(["debug", "info", "warn", "error", "silent"]),
} as const;

/** Every environment variable of the hub, in the order of the documentation. */
export const VARIABLES: Readonly<Record<VariableName, Variable>> = {
  KITH_HOST: {
    meaning: "The address that the hub listens on; `0.0.0.0` opens it to the network.",
    fallback: "127.0.0.1",
    must: "be a host name or an address",
  },
  KITH_PORT: {
    meaning: "The port that the hub listens on; 0 takes any free port.",
    fallback: "4680",
    must: "be a whole number from 0 to 65535",
  },
  KITH_URL: {
    meaning: "The address under which people and partners reach the hub, when a proxy stands before it.",
    fallback: "http://, the host and the port",
    must: "begin with http:// or https://",
  },
  KITH_DATA_DIR: {
    meaning: "The folder for the database file, the master key and the operator's token.",
    fallback: "data",
    must: "be a folder's path",
  },
  KITH_STORE: {
    meaning: "The database: `sqlite:<file>`, `sqlite::memory:` or `postgres://…`.",
    fallback: "sqlite:, kith.db in the data folder",
    isSecret: true,
    must: "begin with sqlite: or postgres://",
  },
  KITH_MASTER_KEY: {
    meaning:
      "The keys that seal credentials, each 32 bytes in base64url, newest first, separated by commas. Older keys only open.",
    fallback: "the file master.key in the data folder, made at the first start",
    isSecret: true,
    must: "be one or more keys of 32 bytes in base64url, separated by commas",
  },
  KITH_OWNER_EMAIL: {
    meaning: "The e-mail address of the one person who may sign in.",
    fallback: "owner@kith.invalid",
    must: "be an e-mail address",
  },
  KITH_METRICS_TOKEN: {
    meaning: "Lets other machines read /metrics, sent as a bearer token. Without it only this machine may.",
    fallback: "none",
    isSecret: true,
    must: "have at least 16 characters",
  },
  KITH_KEEP_DAYS: {
    meaning: "How many days the journal and the received webhooks are kept.",
    fallback: "30",
    must: "be a whole number from 1 to 9999",
  },
  KITH_TOMBSTONE_DAYS: {
    meaning: "How many days a deleted record is remembered; one that a product shows again later counts as new.",
    fallback: "365",
    must: "be a whole number from 1 to 9999",
  },
  KITH_ALLOWED_ADDRESSES: {
    meaning:
      "What apps of your own may be reached at beside the open internet: hosts, addresses and ranges of your own network, such as `crm.internal,10.1.0.0/16`, separated by commas.",
    fallback: "none",
    must: "be hosts, addresses or ranges such as 10.1.0.0/16, separated by commas",
  },
  KITH_LOG_LEVEL: {
    meaning: "How much the hub logs: debug, info, warn, error or silent.",
    fallback: "info",
    must: "be one of debug, info, warn, error, silent",
  },
};

/** The environment as the hub uses it. */
export interface Env {
  readonly host: string;
  readonly port: number;
  /** The public address without a slash at its end; absent when it follows from host and port. */
  readonly publicUrl?: string;
  readonly dataDir: string;
  readonly storeUrl: string;
  /** Newest first; absent when they lie in the data folder. */
  readonly masterKeys?: readonly string[];
  readonly ownerEmail: string;
  readonly metricsToken?: string;
  /** How long journal entries and webhooks are kept, days. */
  readonly keepDays: number;
  readonly tombstoneDays: number;
  /** What may be reached beside the open internet where somebody typed the address in. */
  readonly allowedAddresses?: AllowedAddresses;
  readonly logLevel: "debug" | "info" | "warn" | "error" | "silent";
}

/**
 * Reads the hub's environment.
 * @param source for instance `process.env`; an empty value counts as not set.
 * @throws Failure `misconfigured`, one sentence that names the variable.
 */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const publicUrl = read(source, "KITH_URL");
  const masterKeys = read(source, "KITH_MASTER_KEY");
  const metricsToken = read(source, "KITH_METRICS_TOKEN");
  const allowed = read(source, "KITH_ALLOWED_ADDRESSES");
  const dataDir = read(source, "KITH_DATA_DIR") ?? VARIABLES.KITH_DATA_DIR.fallback;
  return {
    host: read(source, "KITH_HOST") ?? VARIABLES.KITH_HOST.fallback,
    port: read(source, "KITH_PORT") ?? Number(VARIABLES.KITH_PORT.fallback),
    ...(publicUrl === undefined ? {} : { publicUrl }),
    dataDir,
    storeUrl: read(source, "KITH_STORE") ?? `sqlite:${dataDir}/kith.db`,
    ...(masterKeys === undefined ? {} : { masterKeys }),
    ownerEmail: read(source, "KITH_OWNER_EMAIL") ?? VARIABLES.KITH_OWNER_EMAIL.fallback,
    ...(metricsToken === undefined ? {} : { metricsToken }),
    keepDays: read(source, "KITH_KEEP_DAYS") ?? Number(VARIABLES.KITH_KEEP_DAYS.fallback),
    tombstoneDays: read(source, "KITH_TOMBSTONE_DAYS") ?? Number(VARIABLES.KITH_TOMBSTONE_DAYS.fallback),
    ...(allowed === undefined ? {} : { allowedAddresses: allowed }),
    logLevel: read(source, "KITH_LOG_LEVEL") ?? "info",
  };
}

/**
 * In which file of the data folder a hub keeps the operator's token: a sandbox and a hub that serves may share the
 * folder, but each has a store, and so a token, of its own.
 */
export const OPERATOR_FILES = { serve: "operator.token", sandbox: "operator.sandbox.token" } as const;

/** The address of the hub: the public one when given, else from host and port. */
export function addressOf(env: Pick<Env, "host" | "port" | "publicUrl">): string {
  if (env.publicUrl !== undefined) return env.publicUrl;
  const isEverywhere = env.host === "0.0.0.0" || env.host === "::";
  const host = isEverywhere ? "127.0.0.1" : env.host.includes(":") ? `[${env.host}]` : env.host;
  return `http://${host}:${env.port}`;
}

function read<Name extends VariableName>(
  source: Readonly<Record<string, string | undefined>>,
  name: Name,
): z.output<(typeof SHAPES)[Name]> | undefined {
  const text = source[name];
  if (text === undefined || text === "") return undefined;
  const parsed = SHAPES[name].safeParse(text);
  if (!parsed.success) throw misread(name, text);
  // The table pairs each name with its shape; TypeScript does not follow that through `safeParse` of a union.
  return parsed.data as z.output<(typeof SHAPES)[Name]>;
}

function misread(name: VariableName, text: string): Failure {
  const { isSecret, must } = VARIABLES[name];
  const shown = isSecret ? "" : ` is ${JSON.stringify(text)}, but`;
  return new Failure("misconfigured", `The environment variable ${name}${shown} must ${must}.`);
}
