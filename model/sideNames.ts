/** What the two sides of a sync are called. */
export interface SideNames {
  readonly left: string;
  readonly right: string;
}

/** A connection, as far as naming goes: its partner's name and its own. */
export interface NamedConnection {
  readonly id: string;
  readonly partner: string;
  readonly name: string;
}

/**
 * What the sides of a sync are called, for people: the partner, or the connection where both are of one partner; the
 * connection's id where it is not there any more.
 */
export function sideNames(sync: SideNames, connections: readonly NamedConnection[]): SideNames {
  const left = connections.find(({ id }) => id === sync.left);
  const right = connections.find(({ id }) => id === sync.right);
  if (left === undefined || right === undefined) {
    return { left: left?.partner ?? sync.left, right: right?.partner ?? sync.right };
  }
  if (left.partner === right.partner) return { left: left.name, right: right.name };
  return { left: left.partner, right: right.partner };
}
