import type { JournalView } from "../../model/api/views.ts";
import { recordAddress } from "../app/addresses.ts";
import { isChange } from "../text/words.ts";
import { Card } from "../ui/layout.tsx";
import { Link } from "../ui/link.tsx";
import { Item, List } from "../ui/list.tsx";
import { Empty } from "../ui/notice.tsx";
import { Text } from "../ui/text.tsx";
import { When } from "../ui/when.tsx";

const MOST = 6;

/** The newest changes in plain words. */
export function Latest({ entries }: { readonly entries: readonly JournalView[] }) {
  const changes = entries.filter(({ verdict }) => isChange(verdict)).slice(0, MOST);
  if (changes.length === 0) return <NoChanges />;
  return (
    <Card isFlush>
      <List label="Latest changes">
        {changes.map((entry) => (
          <Item
            key={entry.id}
            end={
              <Text kind="soft">
                <When at={entry.at} />
              </Text>
            }
          >
            <Who entry={entry} />
            <Text kind="soft">{entry.summary}</Text>
          </Item>
        ))}
      </List>
    </Card>
  );
}

function NoChanges() {
  return (
    <Card>
      <Empty title="No changes yet">As soon as a contact changes on either side, it is told here.</Empty>
    </Card>
  );
}

function Who({ entry }: { readonly entry: JournalView }) {
  const title = entry.title ?? "A contact";
  if (entry.linkId === undefined) return <Text kind="strong">{title}</Text>;
  return (
    <Text kind="strong">
      <Link to={recordAddress(entry.linkId)} kind="plain">
        {title}
      </Link>
    </Text>
  );
}
