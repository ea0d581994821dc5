import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { ago, moment } from "../text/times.ts";

const Now = createContext(0);

/** Gives everything below it one clock, epoch ms, moving once a second. Stories hand in a `read` that stands still. */
export function NowProvider({ read, children }: { readonly read: () => number; readonly children: ReactNode }) {
  const [now, setNow] = useState(read);
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), 1_000);
    return () => clearInterval(timer);
  }, [read]);
  return <Now value={now}>{children}</Now>;
}

/** The present moment, epoch ms; moves once a second. */
export function useNow(): number {
  return useContext(Now);
}

/** The moment itself, to the second, for what is held against another. */
export function Moment({ at }: { readonly at: number }) {
  return <time dateTime={new Date(at).toISOString()}>{moment(at)}</time>;
}

/** How long ago something was, with the exact moment on hover. */
export function When({ at }: { readonly at: number }) {
  const now = useNow();
  return (
    <time dateTime={new Date(at).toISOString()} title={moment(at)}>
      {ago(at, now)}
    </time>
  );
}
