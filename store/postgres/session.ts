import type { PoolClient } from "pg";
import { Failure } from "../../model/errors.ts";
import type { Answer, Query, Script } from "../script.ts";
import { heldWrites } from "../together.ts";

/** One client while it plays scripts. Queries whose answer nobody awaits are sent ahead, and asked about at the end. */
export interface Session {
  readonly play: <Result>(script: Script<Result>) => Promise<Result>;
  /** Resolves when everything sent has succeeded. @throws the first error */
  readonly settled: () => Promise<void>;
  /**
   * Sends what is held, and with it, without waiting for the answers, the end of the transaction: where something of it
   * was refused, the server takes all of it back instead. Resolves when it is durable. @throws the first error
   */
  readonly commit: () => Promise<void>;
}

/**
 * So many queries that nobody awaits leave in one packet: sending is what costs most of a short query. Not more, so that
 * the server can begin.
 */
const PACKET = 32;

/** What a query is answered with that was sent ahead; its script has promised not to look. */
const NOT_ASKED: Answer = { rows: [], changed: 0 };

/**
 * @param client a client in pipeline mode
 * @param nameOf a name for a query's text, under which the server keeps it prepared; `undefined` to send it in full
 */
export function openSession(client: PoolClient, nameOf: (query: Query) => string | undefined): Session {
  const sentAhead: Promise<unknown>[] = [];
  const gathered = heldWrites();
  const send = (query: Query) => {
    const values = [...query.parameters];
    const name = nameOf(query);
    return client.query(name === undefined ? { text: query.sql, values } : { name, text: query.sql, values });
  };
  const { stream } = client.connection;
  let held = 0;
  const hold = (): void => {
    if (held === 0) stream.cork();
    held += 1;
  };
  const release = (): void => {
    if (held > 0) stream.uncork();
    held = 0;
  };
  const sendAhead = (query: Query): void => {
    hold();
    const answering = send(query);
    if (held === PACKET) release();
    // `settled` reports a refusal; until it is called, nobody is there to hear of it.
    answering.catch(() => {});
    sentAhead.push(answering);
  };
  const sendGathered = (): void => {
    for (const query of gathered.takeAll()) sendAhead(query);
  };
  const settled = async () => {
    sendGathered();
    release();
    await Promise.all(sentAhead.splice(0));
  };
  const commit = async () => {
    sendGathered();
    hold();
    const ending = client.query("commit");
    ending.catch(() => {});
    await settled();
    const { command } = await ending;
    if (command !== "COMMIT") throw new Failure("bug", `Storing: the transaction ended with ${command}, and no error.`);
  };
  const answer = async (query: Query): Promise<Answer> => {
    if (query.isTold === true && query.together !== undefined) {
      gathered.add(query, query.together);
      return NOT_ASKED;
    }
    // Whatever comes after what was gathered finds it written.
    sendGathered();
    if (query.isTold === true) {
      sendAhead(query);
      return NOT_ASKED;
    }
    const answering = send(query);
    release();
    const { rows, rowCount } = await answering;
    return { rows, changed: rowCount ?? 0 };
  };
  return { settled, commit, play: (script) => playLater(script, answer) };
}

async function playLater<Result>(script: Script<Result>, answer: (query: Query) => Promise<Answer>): Promise<Result> {
  let step = script.next();
  while (!step.done) {
    const query = step.value;
    const answered = await answer(query).then(
      (value) => ({ isAnswer: true, value }) as const,
      (error: unknown) => ({ isAnswer: false, error }) as const,
    );
    step = answered.isAnswer ? script.next(answered.value) : script.throw(answered.error);
  }
  return step.value;
}
