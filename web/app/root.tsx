import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useMemo } from "react";
import { ROUTES } from "../../model/api/routes.ts";
import { type Call, isSignedOut } from "../api/client.ts";
import { overviewQuery, workspacesQuery } from "../api/queries.ts";
import { FirstWorkspaceView, workspaceIdOf } from "../pages/firstWorkspace/view.tsx";
import { SignInView } from "../pages/signIn/view.tsx";
import { LiveBadge } from "../parts/liveBadge.tsx";
import { ProblemNotice } from "../parts/problem.tsx";
import { waitingForYou } from "../text/overview.ts";
import { Button } from "../ui/button.tsx";
import { Count } from "../ui/count.tsx";
import { BarePage, Frame, SchemeButton } from "../ui/frame.tsx";
import { Link } from "../ui/link.tsx";
import { Placeholder } from "../ui/placeholder.tsx";
import { Short } from "../ui/short.tsx";
import { CONNECTIONS, OVERVIEW, PARTNERS, recordsAddress, sandboxAddress, WAITING } from "./addresses.ts";
import { HubProvider, useHub } from "./hub.tsx";
import { useLive } from "./live.ts";

export interface RootProps {
  readonly call: Call;
  /** The path shown, such as `/records`. */
  readonly path: string;
  /** What the hub said of a sign-in link that did not work. */
  readonly signInError?: string | undefined;
  readonly onSignOut: () => void;
  readonly children: ReactNode;
}

/** Decides what stands around a page: signing in, waiting, what is wrong with the hub, or the frame with the page. */
export function Root(props: RootProps) {
  const workspaces = useQuery(workspacesQuery(props.call));
  if (isSignedOut(workspaces.error)) return <SignInView error={props.signInError} />;
  const first = workspaces.data?.[0];
  if (first !== undefined) return <SignedIn {...props} workspaceId={first.id} />;
  return (
    <BarePage>
      {workspaces.data && <NoWorkspace call={props.call} onCreated={workspaces.refetch} />}
      {workspaces.error && <ProblemNotice error={workspaces.error} retry={() => void workspaces.refetch()} />}
      {workspaces.isPending && <Placeholder label="Reading the hub" rows={3} />}
    </BarePage>
  );
}

function NoWorkspace({ call, onCreated }: { readonly call: Call; readonly onCreated: () => unknown }) {
  const create = async (name: string): Promise<string> => {
    const id = workspaceIdOf(name);
    await call(ROUTES.applyWorkspace, { params: { workspaceId: id }, body: { workspace: { id, name } } });
    await onCreated();
    return "";
  };
  return <FirstWorkspaceView onCreate={create} />;
}

function SignedIn(props: RootProps & { readonly workspaceId: string }) {
  const { call, workspaceId, children } = props;
  const { live, hear } = useLive(workspaceId);
  const hub = useMemo(() => ({ call, workspaceId, live, hear }), [call, workspaceId, live, hear]);
  return (
    <HubProvider value={hub}>
      <Framed {...props}>{children}</Framed>
    </HubProvider>
  );
}

interface Place {
  readonly to: string;
  readonly name: string;
  /** What it is called where there is little room. */
  readonly short?: string;
  readonly isHere: boolean;
  /** How much there is to do; absent where nothing is counted, or it is not known. */
  readonly count?: number | undefined;
}

function Framed({ path, onSignOut, children }: RootProps) {
  const hub = useHub();
  const { data } = useQuery(overviewQuery(hub));
  const places: readonly Place[] = [
    { to: OVERVIEW, name: "Overview", isHere: path === OVERVIEW },
    { to: recordsAddress(), name: "Records", isHere: path.startsWith("/records") },
    {
      to: WAITING,
      name: "Waiting for you",
      short: "Waiting",
      count: data && waitingForYou(data),
      isHere: path === WAITING,
    },
    {
      to: CONNECTIONS,
      name: "Connections",
      short: "Connect",
      isHere: path.startsWith(CONNECTIONS) || path.startsWith(PARTNERS),
    },
    ...(data?.isSandbox === false ? [] : [{ to: sandboxAddress(), name: "Sandbox", isHere: path === "/sandbox" }]),
  ];
  const nav = places.map(({ to, name, short = name, isHere, count: many = 0 }) => (
    <Link key={to} to={to} kind="nav" isHere={isHere}>
      <Short long={name} short={short} />
      {many > 0 && <Count value={many} />}
    </Link>
  ));
  const end = (
    <>
      <LiveBadge live={hub.live} />
      <SchemeButton />
      <Button kind="quiet" isSmall onClick={onSignOut}>
        Sign out
      </Button>
    </>
  );
  return (
    <Frame nav={nav} end={end}>
      {children}
    </Frame>
  );
}
