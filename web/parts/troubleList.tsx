import type { TroubleView } from "../../model/api/views.ts";
import { recordAddress } from "../app/addresses.ts";
import { troubleTitle } from "../text/keys.ts";
import { counted } from "../text/numbers.ts";
import { plannedWords } from "../text/planned.ts";
import { failureWords } from "../text/words.ts";
import { Card } from "../ui/layout.tsx";
import { Link } from "../ui/link.tsx";
import { Item, List } from "../ui/list.tsx";
import { Empty } from "../ui/notice.tsx";
import { Text } from "../ui/text.tsx";
import { When } from "../ui/when.tsx";
import { Act } from "./act.tsx";

export interface TroubleListProps {
  readonly troubles: readonly TroubleView[];
  /** Makes one due again. */
  readonly onRetry: (key: string) => Promise<string>;
}

/** What failed and waits for a person, each with what to do and another try. */
export function TroubleList({ troubles, onRetry }: TroubleListProps) {
  if (troubles.length === 0) return <NoTroubles />;
  return (
    <Card isFlush>
      <List label="Failed">
        {troubles.map((trouble) => (
          <Item
            key={trouble.key}
            end={
              <Act run={() => onRetry(trouble.key)} label={`Try ${troubleTitle(trouble)} again`}>
                Try again
              </Act>
            }
          >
            <Title trouble={trouble} />
            <Text>{trouble.error?.message ?? "It failed without a message."}</Text>
            {trouble.plan?.map((write) => (
              <Text key={`${write.to} ${write.act}`} kind="soft">
                {plannedWords(write)}
              </Text>
            ))}
            <Text kind="soft">
              {trouble.error && `${failureWords(trouble.error.kind)} · `}
              {counted(trouble.attempts, "attempt")}
              {trouble.error && (
                <>
                  {" · "}
                  <When at={trouble.error.at} />
                </>
              )}
            </Text>
          </Item>
        ))}
      </List>
    </Card>
  );
}

function NoTroubles() {
  return (
    <Card>
      <Empty title="Nothing has failed">What a partner refuses is set aside here, with its reason.</Empty>
    </Card>
  );
}

function Title({ trouble }: { readonly trouble: TroubleView }) {
  const title = troubleTitle(trouble);
  if (trouble.linkId === undefined) return <Text kind="strong">{title}</Text>;
  return (
    <Text kind="strong">
      <Link to={recordAddress(trouble.linkId)} kind="plain">
        {title}
      </Link>
    </Text>
  );
}
