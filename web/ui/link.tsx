import { createContext, type MouseEvent, type ReactNode, useContext } from "react";
import styles from "./link.module.css";

const Navigate = createContext<((address: string) => void) | undefined>(undefined);

/** Lets links below it move within the page. Without one they are ordinary links, as in stories. */
export const NavigateProvider = Navigate;

/** Moves to an address within the dashboard. */
export function useNavigateTo(): (address: string) => void {
  const navigate = useContext(Navigate);
  return navigate ?? ((address) => window.location.assign(address));
}

/** A link within the dashboard: `text` in running text, `plain` without underline, `nav` in the page's head. */
export function Link(props: {
  readonly to: string;
  readonly kind?: "text" | "plain" | "nav";
  readonly isHere?: boolean;
  readonly label?: string;
  readonly children: ReactNode;
}) {
  const navigate = useContext(Navigate);
  const { to, kind = "text", isHere = false, label, children } = props;
  const follow = (event: MouseEvent): void => {
    if (navigate === undefined || isForBrowser(event)) return;
    event.preventDefault();
    navigate(to);
  };
  return (
    <a
      href={to}
      className={`${styles.link} ${styles[kind]}`}
      aria-current={isHere ? "page" : undefined}
      aria-label={label}
      onClick={follow}
    >
      {children}
    </a>
  );
}

/** A link to another place, opened beside the dashboard. */
export function OutsideLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <a href={to} className={`${styles.link} ${styles.text}`} target="_blank" rel="noreferrer">
      {children} ↗
    </a>
  );
}

/** A text that the browser saves as a file. */
export function SaveLink(props: { readonly name: string; readonly json: string; readonly children: ReactNode }) {
  const { name, json, children } = props;
  const address = `data:application/json;charset=utf-8,${encodeURIComponent(json)}`;
  return (
    <a href={address} download={name} className={`${styles.link} ${styles.text}`}>
      {children}
    </a>
  );
}

/** A click that asks for a new tab or window is the browser's. */
function isForBrowser(event: MouseEvent): boolean {
  return event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
}
