import type { ReactNode } from "react";
import { recordAddress } from "../../app/addresses.ts";
import { Card, Page, Two } from "../../ui/layout.tsx";
import { Link } from "../../ui/link.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Strip } from "../../ui/strip.tsx";
import { type Journey, journeySentence } from "./journey.ts";

/** The sandbox: two emulated partners beside each other, and the way of the newest edit between them. */
export function SandboxPageView(props: {
  readonly journey: Journey | undefined;
  readonly left: ReactNode;
  readonly right: ReactNode;
}) {
  return (
    <SandboxFrame>
      <JourneyStrip journey={props.journey} />
      <Two>
        {props.left}
        {props.right}
      </Two>
    </SandboxFrame>
  );
}

function SandboxFrame({ children }: { readonly children: ReactNode }) {
  return (
    <Page
      title="Sandbox"
      lead="These are stand-ins for the real products; nothing here leaves your machine. Change a contact on one side and watch the other follow."
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

function JourneyStrip({ journey }: { readonly journey: Journey | undefined }) {
  if (journey === undefined) return <Strip tone="quiet">Open a contact, change something and save it.</Strip>;
  const { text, tone } = journeySentence(journey);
  return (
    <Strip tone={tone} end={journey.linkId && <Link to={recordAddress(journey.linkId)}>See what happened</Link>}>
      {text}
    </Strip>
  );
}
