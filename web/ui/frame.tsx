import { ActionIcon, Tooltip, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";
import type { ReactNode } from "react";
import styles from "./frame.module.css";
import { Link } from "./link.tsx";
import { Wordmark } from "./wordmark.tsx";

/** The page's head with the places to go, what stands at its end, and the page itself below. */
export function Frame(props: { readonly nav: ReactNode; readonly end: ReactNode; readonly children: ReactNode }) {
  return (
    <>
      <a href="#content" className={styles.skip}>
        Skip to the content
      </a>
      <header className={styles.bar}>
        <div className={styles.inside}>
          <span className={styles.home}>
            <Link to="/" kind="plain" label="Kith, to the overview">
              <Wordmark />
            </Link>
          </span>
          <nav className={styles.nav} aria-label="Pages">
            {props.nav}
          </nav>
          <div className={styles.rest}>{props.end}</div>
        </div>
      </header>
      {props.children}
    </>
  );
}

/** A page without head, for what comes before the dashboard: signing in, or no hub to show. */
export function BarePage({ children }: { readonly children: ReactNode }) {
  return (
    <main className={styles.center}>
      <div className={styles.panel}>
        <Wordmark />
        {children}
      </div>
    </main>
  );
}

const SCHEMES = {
  auto: { next: "light", icon: IconDeviceDesktop, label: "Colours follow the system. Change to light" },
  light: { next: "dark", icon: IconSun, label: "Light colours. Change to dark" },
  dark: { next: "auto", icon: IconMoon, label: "Dark colours. Change to those of the system" },
} as const;

/** Goes round the colour schemes: as the system, light, dark. */
export function SchemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { next, icon: Icon, label } = SCHEMES[colorScheme];
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={label} onClick={() => setColorScheme(next)}>
        <Icon size={18} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
}
