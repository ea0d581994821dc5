import type { JournalView, OverviewView, SyncView, TroubleView } from "../../../model/api/views.ts";
import { forecastWords } from "../../../model/forecast.ts";
import type { Loaded } from "../../api/loaded.ts";
import type { Acts } from "../../api/mutations.ts";
import { WEBHOOKS } from "../../app/addresses.ts";
import { Act } from "../../parts/act.tsx";
import { ActivityChart } from "../../parts/activityChart.tsx";
import { ConnectionCard } from "../../parts/connectionCard.tsx";
import { HeadlineText } from "../../parts/headline.tsx";
import { Latest } from "../../parts/latest.tsx";
import { Ready } from "../../parts/problem.tsx";
import { SyncCard, type SyncProps, SyncRow } from "../../parts/syncCard.tsx";
import { TroubleList } from "../../parts/troubleList.tsx";
import { activityBars, withoutReading } from "../../text/activity.ts";
import { counted } from "../../text/numbers.ts";
import { headline, lastChangeAt, syncsBySides } from "../../text/overview.ts";
import { hourMinute } from "../../text/times.ts";
import { Card, Column, Page, Section, Two } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Stat, Stats } from "../../ui/stat.tsx";
import { Text } from "../../ui/text.tsx";
import { useNow } from "../../ui/when.tsx";

export interface OverviewPageProps {
  readonly overview: Loaded<OverviewView>;
  readonly troubles: Loaded<readonly TroubleView[]>;
  readonly journal: Loaded<readonly JournalView[]>;
  readonly acts: Acts;
}

/** The overview in every state: being read, refused, nothing set up yet, and full. */
export function OverviewPageView(props: OverviewPageProps) {
  const { overview } = props;
  return (
    <Page title={<Title {...props} />} lead={overview.state === "ready" && leadOf(overview.data)}>
      <Ready answer={overview} label="Reading the overview" rows={9}>
        {(data) => (data.connections.length === 0 ? <NothingSetUp /> : <Full {...props} data={data} />)}
      </Ready>
    </Page>
  );
}

function Title({ overview, journal }: OverviewPageProps) {
  const now = useNow();
  if (overview.state === "reading") return "Looking…";
  if (overview.state === "failed") return "Overview";
  const changedAt = journal.state === "ready" ? lastChangeAt(journal.data) : undefined;
  return <HeadlineText headline={headline(overview.data, changedAt, now)} />;
}

function leadOf({ workspace, isSandbox }: OverviewView): string {
  return isSandbox
    ? `${workspace.name}: stand-ins for the real products; nothing here leaves your machine.`
    : workspace.name;
}

function NothingSetUp() {
  return (
    <Card>
      <Empty title="No connections yet">
        Describe your connections and syncs in a file and run{" "}
        <Text kind="code">npm run kith -- apply workspace.yaml</Text>. This page fills by itself.
      </Empty>
    </Card>
  );
}

function Full(props: OverviewPageProps & { readonly data: OverviewView }) {
  const { data, acts } = props;
  const hasTroubles = data.due.dead > 0 || (props.troubles.state === "ready" && props.troubles.data.length > 0);
  return (
    <>
      {hasTroubles && <Troubles {...props} />}
      <Section title="Syncs" aside={data.syncs.length > 0 && <PauseAll {...props} />}>
        {data.syncs.length === 0 ? (
          <NoSyncs />
        ) : (
          syncsBySides(data.syncs).map(({ first, others }) => (
            <SyncCard key={first.id} {...syncProps(first, props)}>
              {others.length > 0 && (
                <Column>
                  {others.map((sync) => (
                    <SyncRow key={sync.id} {...syncProps(sync, props)} />
                  ))}
                </Column>
              )}
            </SyncCard>
          ))
        )}
      </Section>
      <Section title="Connections">
        <Two>
          {data.connections.map((connection) => (
            <ConnectionCard
              key={connection.id}
              connection={connection}
              onCheck={() => acts.checkConnection(connection.id)}
              onPause={() => acts.pauseConnection(connection.id, !connection.isPaused)}
            />
          ))}
        </Two>
      </Section>
      <Two>
        <Column gap="wide">
          <Activity overview={data} />
          <Work due={data.due} forecast={data.forecast} />
        </Column>
        <Section title="Latest changes" aside={<Link to={WEBHOOKS}>Webhooks received</Link>}>
          <Ready answer={props.journal} label="Reading the latest changes" rows={6}>
            {(entries) => <Latest entries={entries} />}
          </Ready>
        </Section>
      </Two>
    </>
  );
}

function syncProps(sync: SyncView, { data, acts }: OverviewPageProps & { readonly data: OverviewView }): SyncProps {
  return {
    sync,
    connections: data.connections,
    forecast: data.forecast,
    onSweep: () => acts.sweepSync(sync),
    onAllowDeletions: () => acts.allowDeletions(sync.id),
    onPause: () => acts.pauseSync(sync.id, !sync.isPaused),
  };
}

function PauseAll({ data, acts }: OverviewPageProps & { readonly data: OverviewView }) {
  const { isPaused } = data.workspace;
  const hint = isPaused ? "Catches up with what changed meanwhile" : "Stops all calls until you resume";
  return (
    <Act run={() => acts.pauseWorkspace(!isPaused)} kind="quiet" hint={hint}>
      {isPaused ? "Resume everything" : "Pause everything"}
    </Act>
  );
}

function NoSyncs() {
  return (
    <Card>
      <Empty title="Nothing is kept in step yet">Add a sync to the workspace file and apply it.</Empty>
    </Card>
  );
}

function Activity({ overview }: { readonly overview: OverviewView }) {
  const now = Math.max(useNow(), overview.at);
  const { bars, reading } = withoutReading(activityBars(overview.activity, now), overview.syncs);
  return (
    <Section title="Changes per minute, last hour">
      <Card>
        <Column>
          <ActivityChart bars={bars} />
          {reading && (
            <Text kind="soft">
              Left out: the first reading, {hourMinute(reading.from)} to {hourMinute(reading.to)}, with{" "}
              {counted(reading.changes, "change")}.
            </Text>
          )}
        </Column>
      </Card>
    </Section>
  );
}

function Work({ due, forecast }: Pick<OverviewView, "due" | "forecast">) {
  return (
    <Section title="Work">
      <Card>
        <Stats>
          <Stat value={due.waiting}>on the way</Stat>
          <Stat value={due.retrying} tone="wait">
            trying again
          </Stat>
          <Stat value={due.dead} tone="bad">
            failed
          </Stat>
        </Stats>
        {forecast !== undefined && <Text kind="soft">{forecastWords(forecast)}</Text>}
      </Card>
    </Section>
  );
}

function Troubles({ troubles, acts }: OverviewPageProps) {
  const isMany = troubles.state === "ready" && troubles.data.length > 1;
  return (
    <Section title="Failed" aside={isMany && <Act run={() => acts.retry()}>Try all again</Act>}>
      <Ready answer={troubles} label="Reading what failed" rows={2}>
        {(data) => <TroubleList troubles={data} onRetry={(key) => acts.retry([key])} />}
      </Ready>
    </Section>
  );
}
