import type { ReactNode } from "react";
import { recordAddress } from "../../app/addresses.ts";
import { Choice } from "../../ui/choice.tsx";
import { Card, Page } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Empty } from "../../ui/notice.tsx";
import { OneOfTwo } from "../../ui/oneOfTwo.tsx";
import { Strip } from "../../ui/strip.tsx";
import { type Journey, journeySentence, PARTNER_NAMES, type SandboxApp } from "./journey.ts";

/** The sandbox: two emulated partners beside each other, and the way of the newest edit between them; what stands beside HighLevel can be chosen. */
export function SandboxPageView(props: {
  readonly journey: Journey | undefined;
  /** Whether the sync between the two is paused. */
  readonly isPaused?: boolean;
  /** What can stand beside HighLevel, and what does. */
  readonly apps: readonly SandboxApp[];
  readonly app: SandboxApp;
  readonly onApp: (app: SandboxApp) => void;
  readonly left: ReactNode;
  readonly right: ReactNode;
}) {
  const { apps, app } = props;
  return (
    <SandboxFrame>
      <JourneyStrip journey={props.journey} isPaused={props.isPaused ?? false} />
      {apps.length > 1 && (
        <Choice
          label="Beside HighLevel"
          value={app}
          options={apps.map((value) => ({ value, label: PARTNER_NAMES[value] }))}
          onChange={props.onApp}
        />
      )}
      <OneOfTwo
        label="Which product"
        left={{ name: PARTNER_NAMES.highlevel, content: props.left }}
        right={{ name: PARTNER_NAMES[app], content: props.right }}
      />
    </SandboxFrame>
  );
}

function SandboxFrame({ children }: { readonly children: ReactNode }) {
  return (
    <Page
      title="Sandbox"
      lead="These are stand-ins for the real products; nothing here leaves your machine. Open a contact, change it or what belongs to it on one side, and watch the other follow."
    >
      {children}
    </Page>
  );
}

/** Stands where the sandbox would be in a workspace that is connected to the real products. */
export function NoSandboxView() {
  return (
    <SandboxFrame>
      <Card>
        <Empty title="This workspace is connected to the real products">
          Run <code>npm start</code> to try Kith with invented contacts instead.
        </Empty>
      </Card>
    </SandboxFrame>
  );
}

function JourneyStrip(props: { readonly journey: Journey | undefined; readonly isPaused: boolean }) {
  const { journey, isPaused } = props;
  if (journey === undefined && isPaused) {
    return <Strip tone="wait">The sync is paused: nothing goes across until it is resumed on the overview.</Strip>;
  }
  if (journey === undefined) return <Strip tone="quiet">Open a contact, change something and save it.</Strip>;
  const { text, tone } = journeySentence(journey, isPaused);
  return (
    <Strip tone={tone} end={journey.linkId && <Link to={recordAddress(journey.linkId)}>See what happened</Link>}>
      {text}
    </Strip>
  );
}
