import { count, counted } from "../text/numbers.ts";
import type { Noun } from "../text/resources.ts";
import { Button } from "./button.tsx";
import { Line } from "./layout.tsx";
import { Text } from "./text.tsx";

/** Moves through pages, counted from 1. Draws only the count when one page holds everything. */
export function Pager(props: {
  readonly page: number;
  readonly size: number;
  readonly total: number;
  readonly noun: Noun;
  readonly onPage: (page: number) => void;
}) {
  const { page, size, total, noun, onPage } = props;
  const last = Math.max(1, Math.ceil(total / size));
  const all = counted(total, noun.one, noun.many);
  const from = total === 0 ? 0 : (page - 1) * size + 1;
  const to = Math.min(total, page * size);
  return (
    <nav aria-label={`Pages of ${noun.many}`}>
      <Line isApart>
        <Text kind="soft">{total <= size ? all : `${count(from)} to ${count(to)} of ${all}`}</Text>
        {last > 1 && (
          <Line gap="tight">
            <Button isSmall onClick={() => onPage(page - 1)} blocked={page > 1 ? undefined : "This is the first page"}>
              Back
            </Button>
            <Button
              isSmall
              onClick={() => onPage(page + 1)}
              blocked={page < last ? undefined : "This is the last page"}
            >
              Next
            </Button>
          </Line>
        )}
      </Line>
    </nav>
  );
}
