import { Command, CommanderError } from "commander";
import { ROUTES } from "../model/api/routes.ts";
import { asFailure } from "../model/errors.ts";
import { START_MODES } from "../model/sync.ts";
import { type Call, createCall, hubAccess } from "./client.ts";
import { apply } from "./commands/apply.ts";
import { connect } from "./commands/connect.ts";
import { type DecideOptions, decide } from "./commands/decide.ts";
import { type FieldsOptions, fields } from "./commands/fields.ts";
import { type KeptOptions, kept } from "./commands/kept.ts";
import { type ListOptions, list } from "./commands/list.ts";
import { type CatalogueOptions, callOperation, operations } from "./commands/operations.ts";
import { pause } from "./commands/pause.ts";
import { begin, preview } from "./commands/preview.ts";
import { replay } from "./commands/replay.ts";
import { retry } from "./commands/retry.ts";
import { status } from "./commands/status.ts";
import { verify } from "./commands/verify.ts";
import { Exit, type World } from "./world.ts";

interface Connected {
  readonly url?: string;
  readonly sandbox?: boolean;
  readonly workspace?: string;
  readonly json?: boolean;
}

/**
 * Runs one command line.
 * @param args without the program's name.
 * @returns the exit code: 0, or 1 after a failure, whose one sentence has been printed.
 */
export async function runProgram(world: World, args: readonly string[]): Promise<number> {
  try {
    await createProgram(world).parseAsync([...args], { from: "user" });
    return 0;
  } catch (thrown) {
    if (thrown instanceof Exit) return thrown.code;
    // Commander has printed what it has to say, help included.
    if (thrown instanceof CommanderError) return thrown.exitCode;
    printFailure(world, thrown);
    return 1;
  }
}

/** One sentence, then the issues; never a stack, unless this is our own error and the log is wanted in full. */
function printFailure(world: World, thrown: unknown): void {
  const failure = asFailure(thrown);
  const { issues = [] } = failure.details;
  world.warn(`kith: ${failure.message}`);
  for (const issue of issues) world.warn(`  ${issue}`);
  const isWanted = failure.kind === "bug" && world.environment.KITH_LOG_LEVEL === "debug";
  if (isWanted && thrown instanceof Error) world.warn(thrown.stack ?? "");
}

function createProgram(world: World): Command {
  const program = new Command("kith")
    .description("Keeps contacts in step between HighLevel and the other apps of a business.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => world.print(text.trimEnd()),
      writeErr: (text) => world.warn(text.trimEnd()),
    });
  addRunning(program, world);
  addAsking(program, world);
  return program;
}

/** Commands that run a hub. They load the whole server, so only when they are asked for. */
function addRunning(program: Command, world: World): void {
  program
    .command("serve")
    .description("run the hub")
    .action(async () => (await import("./commands/serve.ts")).serve(world));
  program
    .command("sandbox")
    .description("run a hub between emulated products full of invented people")
    .option("--seed <number>", "which people are invented", "1")
    .option("--contacts <numbers>", "how many contacts HighLevel and Salesmate hold", "120,110")
    .action(async (options: { seed: string; contacts: string }) =>
      (await import("./commands/sandbox.ts")).sandbox(world, options),
    );
}

/** Commands that ask a running hub. */
function addAsking(program: Command, world: World): void {
  connected(program, "apply <file>", "create or change a workspace from a YAML file").action(
    async (file: string, options: Connected) => apply(world, await callOf(world, options), file, options.json === true),
  );
  connected(program, "status", "show connections, syncs and what waits").action(async (options: Connected) =>
    status(world, await callOf(world, options), options.workspace, options.json === true),
  );
  connected(program, "verify [sync]", "read both sides in full and list every difference; exit code 1 if any").action(
    async (sync: string | undefined, options: Connected) =>
      verify(world, await callOf(world, options), {
        workspace: options.workspace,
        sync,
        isJson: options.json === true,
      }),
  );
  connected(program, "replay", "make the decisions of the journal anew; exit code 1 if one is not the same")
    .option("--link <id>", "only the decisions about this record")
    .option("--since <time>", "only those made since, for instance 2026-03-06")
    .action(async ({ link, since, ...options }: Connected & { link?: string; since?: string }) =>
      replay(world, await callOf(world, options), {
        workspace: options.workspace,
        link,
        since,
        isJson: options.json === true,
      }),
    );
  connected(program, "list [text]", "list records by name, e-mail or phone")
    .option("--waiting", "only what waits for you, with what is asked")
    .option("--limit <number>", "how many at most, up to 200", "50")
    .action(async (text: string | undefined, options: Connected & ListOptions) =>
      list(world, await callOf(world, options), text, options),
    );
  connected(program, "decide <record>", "answer what waits for you, by the record's id from `kith list --waiting`")
    .option("--same <record>", "both are the same: link them")
    .option("--different <record>", "they are not the same")
    .option("--new", "it is none of those it could be: create it across")
    .option("--alone", "it stays on its side: neither linked nor created across")
    .option("--not-alone", "take back that it stays on its side")
    .option("--keep <field=product>", "whose value of a field counts, such as city=HighLevel")
    .action(async (record: string, options: Connected & DecideOptions) =>
      decide(world, await callOf(world, options), record, options),
    );
  connected(program, "fields <sync> [field]", "list custom fields that are not what they were, or answer about one")
    .option("--leave-out", "go on without it")
    .option("--map-to <field>", "another field takes its place; its own key to take it as it is now")
    .option("--make", "make the custom fields that a side lacks for what the other side tells")
    .option("--again", "it has been put back, or shall be taken in again: look at it once more")
    .option("--side <left or right>", "whose field, where both sides have one of that key")
    .action(async (sync: string, field: string | undefined, options: Connected & FieldsOptions) =>
      fields(world, await callOf(world, options), [sync, field], options),
    );
  connected(program, "connect <connection>", "sign a connection in to its partner, by the partner's own page").action(
    async (connection: string, options: Connected) => connect(world, await callOf(world, options), connection, options),
  );
  addOperations(program, world);
  addKept(program, world);
  addStarting(program, world);
  addSteering(program, world);
  connected(program, "link", "print a new link that signs in once").action(async (options: Connected) => {
    const { url } = await (await callOf(world, options))(ROUTES.signInLink);
    world.print(options.json === true ? JSON.stringify({ url }) : url);
  });
}

/** Commands that ask one thing of one partner. */
function addOperations(program: Command, world: World): void {
  connected(program, "operations <connection>", "list what can be asked of a connection's partner").action(
    async (connection: string, options: Connected & CatalogueOptions) =>
      operations(world, await callOf(world, options), connection, options),
  );
  connected(program, "call <connection> <operation>", "run one operation, once, and print its answer as JSON")
    .option("--input <json>", "what it is given, or @file with it")
    .action(async (connection: string, operation: string, options: Connected & CatalogueOptions & { input?: string }) =>
      callOperation(world, await callOf(world, options), [connection, operation], options),
    );
}

/** Prints what the hub keeps itself, for export. */
function addKept(program: Command, world: World): void {
  connected(program, "kept <connection>", "print what the hub keeps itself for a connection, as JSON lines")
    .option("--kind <kind>", "only one kind, such as note")
    .option("--since <time>", "only what changed since, for instance 2026-03-06")
    .option("--count", "only how many there are of each kind")
    .action(async (connection: string, options: Connected & KeptOptions) =>
      kept(world, await callOf(world, options), connection, options),
    );
}

/** Commands that look ahead at what a sync would write, and let it begin. */
function addStarting(program: Command, world: World): void {
  for (const [usage, run, description] of [
    ["preview [sync]", preview, "show what starting a sync would do, field by field; writes nothing"],
    ["begin <sync>", begin, "start a sync that waits for you"],
  ] as const) {
    connected(program, usage, description)
      .option("--mode <mode>", `what to do with what is there already: ${START_MODES.join(", ")}`)
      .action(async (sync: string | undefined, { workspace, json, mode, ...options }: Connected & { mode?: string }) =>
        run(world, await callOf(world, options), { workspace, sync, mode, isJson: json === true }),
      );
  }
}

/** Commands that hold work back, let it go on, or have it tried again. */
function addSteering(program: Command, world: World): void {
  for (const [name, isPaused, description] of [
    ["pause", true, "hold back a sync, all that needs a connection, or everything"],
    ["resume", false, "go on with what was paused, and catch up with what changed meanwhile"],
  ] as const) {
    connected(program, `${name} [sync]`, description)
      .option("--connection <id>", "all that needs this connection")
      .action(async (sync: string | undefined, options: Connected & { readonly connection?: string }) =>
        pause(world, await callOf(world, options), {
          workspace: options.workspace,
          sync,
          connection: options.connection,
          isPaused,
          isJson: options.json === true,
        }),
      );
  }
  connected(program, "retry [keys...]", "try again what was set aside: these keys, or all").action(
    async (keys: readonly string[], options: Connected) =>
      retry(world, await callOf(world, options), {
        workspace: options.workspace,
        keys,
        isJson: options.json === true,
      }),
  );
}

function connected(program: Command, usage: string, description: string): Command {
  return program
    .command(usage)
    .description(description)
    .option("--url <address>", "the hub's address (else KITH_URL, or KITH_HOST and KITH_PORT)")
    .option(
      "--sandbox",
      "ask the sandbox (npm start), although a hub of your own (serve) has run in the same data folder",
    )
    .option("--workspace <id>", "which workspace, when there are several")
    .option("--json", "print JSON");
}

async function callOf(world: World, options: Connected): Promise<Call> {
  return createCall(await hubAccess(world, options), world.fetch);
}
