import { type Kysely, sql } from "kysely";
import { folded } from "../queries/links/fold.ts";

/** How many links are read at once. */
const BATCH = 2_000;

interface Row {
  readonly workspace_id: string;
  readonly id: string;
  readonly title_folded: string;
  readonly search_text: string;
}

/** What links are searched and sorted by pays no regard to accents: what is stored of it is folded anew. */
export async function search(db: Kysely<unknown>): Promise<void> {
  let last: Pick<Row, "workspace_id" | "id"> = { workspace_id: "", id: "" };
  for (;;) {
    const rows = await after(db, last);
    for (const row of rows) await foldAnew(db, row);
    const end = rows.at(-1);
    if (end === undefined) return;
    last = end;
  }
}

async function after(db: Kysely<unknown>, last: Pick<Row, "workspace_id" | "id">): Promise<readonly Row[]> {
  const { rows } = await sql<Row>`
    select workspace_id, id, title_folded, search_text from links
    where workspace_id > ${last.workspace_id} or (workspace_id = ${last.workspace_id} and id > ${last.id})
    order by workspace_id, id limit ${BATCH}
  `.execute(db);
  return rows;
}

async function foldAnew(db: Kysely<unknown>, row: Row): Promise<void> {
  const [title, text] = [folded(row.title_folded), folded(row.search_text)];
  if (title === row.title_folded && text === row.search_text) return;
  await sql`
    update links set title_folded = ${title}, search_text = ${text}
    where workspace_id = ${row.workspace_id} and id = ${row.id}
  `.execute(db);
}
