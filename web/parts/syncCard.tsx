import type { ReactNode } from "react";
import type { OverviewView, ProgressView, SyncView } from "../../model/api/views.ts";
import { catchUpWords } from "../../model/catchUp.ts";
import { turnShort, turnWords } from "../../model/children.ts";
import { findingWords } from "../../model/fieldWords.ts";
import { forecastWords } from "../../model/forecast.ts";
import { type SideNames as Names, sideNames } from "../../model/sideNames.ts";
import { fieldsAddress, recordsAddress, startAddress, WAITING } from "../app/addresses.ts";
import { count, counted } from "../text/numbers.ts";
import { attentionOf } from "../text/overview.ts";
import type { Worded } from "../text/words.ts";
import { Badge } from "../ui/badge.tsx";
import { Card, Column, Line } from "../ui/layout.tsx";
import { Link } from "../ui/link.tsx";
import { Meter } from "../ui/meter.tsx";
import { Notice } from "../ui/notice.tsx";
import { Stat, Stats } from "../ui/stat.tsx";
import { Text } from "../ui/text.tsx";
import { When } from "../ui/when.tsx";
import { Act, type Doing } from "./act.tsx";

export interface SyncProps {
  readonly sync: SyncView;
  readonly connections: OverviewView["connections"];
  /** How long the first reading of the workspace will take, when there is one. */
  readonly forecast?: OverviewView["forecast"];
  readonly onPause: Doing;
  readonly onSweep: Doing;
  readonly onAllowDeletions: Doing;
}

const PHASES: Readonly<Record<SyncView["phase"], Worded>> = {
  starting: { word: "First reading", tone: "wait" },
  ready: { word: "Ready to start", tone: "wait" },
  running: { word: "Running", tone: "good" },
  paused: { word: "Paused", tone: "quiet" },
};

/**
 * One sync: which sides, how many records it holds in step, and what waits for a person.
 * @param props.children the other syncs of the same two sides, in short.
 */
export function SyncCard(props: SyncProps & { readonly children?: ReactNode }) {
  const { sync, connections, children } = props;
  const names = sideNames(sync, connections);
  const { word, tone } = PHASES[sync.phase];
  return (
    <Card>
      <Column gap="wide">
        <Line isApart>
          <Column gap="tight">
            <Text kind="strong">
              {names.left} ↔ {names.right}
            </Text>
            <Text kind="soft">{sync.name}</Text>
          </Column>
          <Badge tone={tone}>{word}</Badge>
        </Line>
        <Asks {...props} names={names} />
        <Counts counts={sync.counts} attention={attentionOf(sync)} />
        <Tells {...props} names={names} />
        <Line isApart>
          <Steering {...props} compare="Compare all now" />
          <Compared progress={sync.progress} />
        </Line>
        {children}
      </Column>
    </Card>
  );
}

/** A sync beside another of the same two sides: its counts in one line, and only what is out of the ordinary in full. */
export function SyncRow(props: SyncProps) {
  const { sync, connections } = props;
  const names = sideNames(sync, connections);
  const { word, tone } = PHASES[sync.phase];
  return (
    <Column>
      <Line isApart>
        <Column gap="tight">
          <Text kind="strong">{sync.name}</Text>
          <CountsLine sync={sync} names={names} />
        </Column>
        <Line gap="tight">
          <Steering {...props} compare="Compare" />
          <Badge tone={tone}>{word}</Badge>
        </Line>
      </Line>
      <Asks {...props} names={names} />
      <Missing missing={sync.missing ?? []} names={names} />
      <ChangedFields sync={sync} names={names} />
      {sync.caughtUp && <CaughtUp caughtUp={sync.caughtUp} names={names} />}
    </Column>
  );
}

interface Named extends SyncProps {
  readonly names: Names;
}

/** What a person should look at before all else. */
function Asks({ sync, names, onAllowDeletions }: Named) {
  return (
    <>
      {sync.phase === "ready" && <WaitsForStart sync={sync} names={names} />}
      {sync.heldDeletions > 0 && <HeldDeletions sync={sync} onAllow={onAllowDeletions} />}
    </>
  );
}

/** What else there is to know. */
function Tells({ sync, names, forecast }: Named) {
  return (
    <>
      <Missing missing={sync.missing ?? []} names={names} />
      <ChangedFields sync={sync} names={names} />
      {sync.phase === "starting" && <Backfills progress={sync.progress} names={names} />}
      {sync.phase === "starting" && forecast && <Text kind="soft">{forecastWords(forecast)}</Text>}
      {sync.turnMs !== undefined && <Text kind="soft">{turnWords(sync.turnMs)}</Text>}
      {sync.caughtUp && <CaughtUp caughtUp={sync.caughtUp} names={names} />}
    </>
  );
}

function Steering({ sync, onSweep, onPause, compare }: SyncProps & { readonly compare: string }) {
  return (
    <Line gap="tight">
      <Act run={onSweep} label={`Compare all of ${sync.name} now`} hint="Reads both sides in full and compares">
        {compare}
      </Act>
      <Act run={onPause} kind="quiet" label={`${sync.isPaused ? "Resume" : "Pause"} ${sync.name}`}>
        {sync.isPaused ? "Resume" : "Pause"}
      </Act>
    </Line>
  );
}

/** The counts of a sync in one line; while it is first read, how far that is. */
function CountsLine({ sync, names }: { readonly sync: SyncView; readonly names: Names }) {
  const { counts, phase, turnMs } = sync;
  const half = counts.half - (counts.leftAlone ?? 0) - (counts.keptAlone ?? 0);
  const attention = attentionOf(sync);
  return (
    <Text kind="soft">
      {`${count(counts.linked)} linked`}
      {half > 0 && ` · ${count(half)} on one side only`}
      {counts.deleted > 0 && ` · ${count(counts.deleted)} deleted`}
      {attention > 0 && (
        <>
          {" · "}
          <Link to={WAITING}>{`${count(attention)} wait for you`}</Link>
        </>
      )}
      {phase === "starting" && ` · ${readingWords(sync.progress, names)}`}
      {phase === "running" && turnMs !== undefined && ` · ${turnShort(turnMs)}`}
    </Text>
  );
}

/** Both sides were read, and nothing is written until a person has looked and starts it. */
function WaitsForStart({ sync, names }: { readonly sync: SyncView; readonly names: Names }) {
  return (
    <Notice
      tone="wait"
      title="Ready: look at what would happen, then start it"
      action={<Link to={startAddress(sync.id)}>Look and start</Link>}
    >
      Both sides were read. Nothing is written in {names.left} or {names.right} before you start it.
    </Notice>
  );
}

/** Many deletions at once: nothing more is deleted or unlinked until a person says that they are meant. */
export function HeldDeletions({ sync, onAllow }: { readonly sync: SyncView; readonly onAllow: Doing }) {
  const { heldDeletions, name } = sync;
  return (
    <Notice
      tone="wait"
      title={`${counted(heldDeletions, "deletion")} held`}
      action={
        <Act run={onAllow} label={`Carry out the deletions that are held in ${name}`}>
          Carry them out
        </Act>
      }
    >
      So many came at once that they may be a mistake. Look at the partner first: what was not meant to be deleted can
      be restored there, and stays.
    </Notice>
  );
}

function Counts({ counts, attention }: { readonly counts: SyncView["counts"]; readonly attention: number }) {
  return (
    <Stats>
      <Stat value={counts.linked}>
        <Link to={recordsAddress({ show: "linked" })}>linked</Link>
      </Stat>
      <Stat value={counts.half - (counts.leftAlone ?? 0) - (counts.keptAlone ?? 0)}>
        <Link to={recordsAddress({ show: "waiting" })}>on one side only</Link>
      </Stat>
      {counts.leftAlone !== undefined && <Stat value={counts.leftAlone}>left alone</Stat>}
      {counts.keptAlone !== undefined && (
        <Stat value={counts.keptAlone}>
          <Link to={recordsAddress({ show: "waiting" })}>kept on one side</Link>
        </Stat>
      )}
      <Stat value={attention} tone="wait">
        <Link to={WAITING}>wait for you</Link>
      </Stat>
      <Stat value={counts.deleted}>
        <Link to={recordsAddress({ show: "deleted" })}>deleted</Link>
      </Stat>
    </Stats>
  );
}

/** Rows of the mapping that do nothing, because a side lacks the field they name. */
function Missing({ missing, names }: { readonly missing: NonNullable<SyncView["missing"]>; readonly names: Names }) {
  if (missing.length === 0) return null;
  return (
    <Notice tone="wait" title="Some fields are not kept in step">
      {missing.map(({ side, field }) => (
        <Text key={`${side} ${field}`}>
          {names[side]} has no field {field}. Correct or remove its row in the mapping and apply the file again.
        </Text>
      ))}
    </Notice>
  );
}

/** Custom fields that are not what they were: what happened, and where to choose; those that were left out, quietly. */
export function ChangedFields({ sync, names }: { readonly sync: SyncView; readonly names: Names }) {
  const findings = sync.fieldFindings ?? [];
  const open = findings.filter(({ isLeftOut }) => !isLeftOut);
  const leftOut = findings.length - open.length;
  if (findings.length === 0) return null;
  if (open.length === 0) {
    return (
      <Text kind="soft">
        <Link to={fieldsAddress(sync.id)}>{`${counted(leftOut, "field")} left out, as you said`}</Link>
      </Text>
    );
  }
  return (
    <Notice
      tone="wait"
      title={open.length === 1 ? "A field is not what it was" : `${open.length} fields are not what they were`}
      action={<Link to={fieldsAddress(sync.id)}>Choose what to do</Link>}
    >
      {open.map((finding) => (
        <Text key={`${finding.side} ${finding.field}`}>{findingWords(finding, names)}</Text>
      ))}
      <Text>Until you choose, nothing is written to {open.length === 1 ? "it" : "them"}. Everything else goes on.</Text>
    </Notice>
  );
}

function readingWords(progress: readonly ProgressView[], names: Names): string {
  const reads = progress.filter(({ kind, finishedAt }) => kind === "backfill" && finishedAt === undefined);
  if (reads.length === 0) return "about to be read";
  return reads.map(({ side, seen, total }) => `reading ${names[side]}, ${progressText(seen, total)}`).join("; ");
}

function Backfills(props: { readonly progress: readonly ProgressView[]; readonly names: Names }) {
  const backfills = props.progress.filter(({ kind }) => kind === "backfill");
  if (backfills.length === 0) return <Text kind="soft">The first reading of both sides is about to begin.</Text>;
  return (
    <Column>
      {backfills.map(({ side, seen, total, finishedAt }) => (
        <Meter
          key={side}
          label={`Reading ${props.names[side]}`}
          text={finishedAt === undefined ? progressText(seen, total) : `all ${count(seen)} read`}
          share={finishedAt === undefined ? shareOf(seen, total) : 1}
        />
      ))}
    </Column>
  );
}

function progressText(seen: number, total: number | undefined): string {
  return total === undefined ? `${count(seen)} so far` : `${count(seen)} of ${count(total)}`;
}

function shareOf(seen: number, total: number | undefined): number | undefined {
  if (total === undefined || total === 0) return undefined;
  return Math.min(1, seen / total);
}

/** What changed while everything stood still, in the last standstill. */
function CaughtUp(props: { readonly caughtUp: NonNullable<SyncView["caughtUp"]>; readonly names: Names }) {
  const { names } = props;
  const { since, at, left, right } = props.caughtUp;
  const found = [
    { name: names.left, count: left },
    { name: names.right, count: right },
  ];
  return <Text kind="soft">{catchUpWords(at - since, found)}</Text>;
}

/** When both sides were last compared in full; the older of the two counts. */
function Compared({ progress }: { readonly progress: readonly ProgressView[] }) {
  const ends = progress.flatMap(({ kind, finishedAt }) => (kind === "sweep" && finishedAt ? [finishedAt] : []));
  if (ends.length < 2) return null;
  return (
    <Text kind="soft">
      Last compared in full <When at={Math.min(...ends)} />
    </Text>
  );
}
