/**
 * Questions that are asked at the same moment, as one: to a database across a network, the way is most of what a short
 * question costs.
 */

/** Asks for many at once. @returns what was found, by what was asked for; nothing where nothing was found. */
export type AskMany<Asked, Found> = (asked: readonly Asked[]) => Promise<(one: Asked) => Found | undefined>;

/** Questions that leave together. */
interface Round<Asked, Found> {
  readonly asked: Asked[];
  readonly answered: ReturnType<AskMany<Asked, Found>>;
}

/**
 * Makes one question of all that are asked before whoever asked the first gives way. Each is answered as if it had been
 * asked by itself, a moment later; when asking fails, all of them fail.
 */
export function askTogether<Asked, Found>(askMany: AskMany<Asked, Found>) {
  let open: Round<Asked, Found> | undefined;
  const begin = (): Round<Asked, Found> => {
    const asked: Asked[] = [];
    const leave = () => {
      open = undefined;
      return askMany(asked);
    };
    return { asked, answered: Promise.resolve().then(leave) };
  };
  return async (one: Asked): Promise<Found | undefined> => {
    open ??= begin();
    open.asked.push(one);
    const answerTo = await open.answered;
    return answerTo(one);
  };
}
