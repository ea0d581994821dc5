import type { ConnectionView } from "../../model/api/views.ts";
import { connectionAddress, keptAddress, transcriptsAddress } from "../app/addresses.ts";
import { type AllowanceText, allowanceTexts } from "../text/allowance.ts";
import { CONNECTION_WORDS, type Worded } from "../text/words.ts";
import { Badge } from "../ui/badge.tsx";
import { Card, Column, Line } from "../ui/layout.tsx";
import { Link } from "../ui/link.tsx";
import { Meter } from "../ui/meter.tsx";
import { Monogram } from "../ui/monogram.tsx";
import { Notice } from "../ui/notice.tsx";
import { Text } from "../ui/text.tsx";
import { When } from "../ui/when.tsx";
import { Act, type Doing } from "./act.tsx";

export interface ConnectionCardProps {
  readonly connection: ConnectionView;
  readonly onCheck: Doing;
  readonly onPause: Doing;
}

/** One connection: whose it is, how it stands and what to do about it, and how much of its allowance is used. */
export function ConnectionCard({ connection, onCheck, onPause }: ConnectionCardProps) {
  const { partner, name, status, message, since, isPaused, allowances } = connection;
  const { word, tone } = stateOf(connection);
  return (
    <Card>
      <Column gap="wide">
        <Line isApart>
          <Line>
            <Monogram name={partner} />
            <Column gap="tight">
              <Text kind="strong">{name}</Text>
              {name !== partner && <Text kind="soft">{partner}</Text>}
            </Column>
          </Line>
          <Column gap="tight">
            <Badge tone={tone}>{word}</Badge>
          </Column>
        </Line>
        {message !== "" && (
          <Notice tone={status === "broken" ? "bad" : "wait"} title={message}>
            Since <When at={since} />
          </Notice>
        )}
        <Allowances allowances={allowances} partner={partner} />
        <Line isApart>
          <Line gap="tight">
            <Act run={onCheck} label={`Check ${name} now`}>
              Check now
            </Act>
            <Act
              run={onPause}
              kind="quiet"
              label={`${isPaused ? "Resume" : "Pause"} ${name}`}
              hint={isPaused ? "Catches up with what changed meanwhile" : "Stops all calls until you resume"}
            >
              {isPaused ? "Resume" : "Pause"}
            </Act>
          </Line>
          <Line>
            {connection.keeps && <Link to={keptAddress(connection.id)}>{keptWords(connection.keeps)}</Link>}
            {connection.hasTranscripts && <Link to={transcriptsAddress(connection.id)}>Transcripts</Link>}
            <Link to={connectionAddress(connection.id)}>More about it</Link>
          </Line>
        </Line>
      </Column>
    </Card>
  );
}

/** What is kept here is shown as such: the product has no place for it. */
function keptWords(keeps: NonNullable<ConnectionView["keeps"]>): string {
  return `Kept by Kith: ${keeps.map(({ nouns }) => nouns).join(", ")}`;
}

/** How far the allowances of a connection are used. */
export function Allowances({ allowances, partner }: Pick<ConnectionView, "allowances" | "partner">) {
  return (
    <Column>
      {allowanceTexts(allowances, partner).map((allowance) => (
        <AllowanceMeter key={allowance.label} allowance={allowance} />
      ))}
    </Column>
  );
}

/** How a connection stands, in a word. */
export function stateOf({ isPaused, status }: Pick<ConnectionView, "isPaused" | "status">): Worded {
  return isPaused ? { word: "Paused", tone: "quiet" } : CONNECTION_WORDS[status];
}

function AllowanceMeter({ allowance }: { readonly allowance: AllowanceText }) {
  const { label, share, text, note, tone } = allowance;
  return (
    <Column gap="tight">
      <Meter label={label} text={text} share={share} tone={tone} />
      {note !== "" && <Text kind="soft">{note}</Text>}
    </Column>
  );
}
