import { Button as MantineButton, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

/** `main` for the one thing a view is for, `plain` for others, `danger` for what destroys, `quiet` for small ones. */
export type ButtonKind = "main" | "plain" | "danger" | "quiet";

const LOOKS = {
  main: { variant: "filled", color: "kith" },
  plain: { variant: "default", color: "kith" },
  danger: { variant: "filled", color: "red.8" },
  quiet: { variant: "subtle", color: "gray" },
} as const satisfies Record<ButtonKind, { variant: string; color: string }>;

export interface ButtonProps {
  readonly children: ReactNode;
  readonly kind?: ButtonKind;
  readonly isSmall?: boolean;
  readonly isBusy?: boolean;
  readonly isSubmit?: boolean;
  /** Why it cannot be used now; being present disables it. */
  readonly blocked?: string | undefined;
  /** What it does, shown on hover and focus. */
  readonly hint?: string;
  /** What it is called when its text alone does not say. */
  readonly label?: string;
  readonly icon?: ReactNode;
  readonly onClick?: () => void;
}

/** A button. A blocked one stays reachable by keyboard, so that its reason can be read. */
export function Button(props: ButtonProps) {
  const { children, kind = "plain", isSmall = false, blocked, hint } = props;
  const button = (
    <MantineButton
      {...LOOKS[kind]}
      size={isSmall ? "xs" : "sm"}
      type={props.isSubmit ? "submit" : "button"}
      loading={props.isBusy ?? false}
      leftSection={props.icon}
      aria-label={props.label}
      data-disabled={blocked !== undefined || undefined}
      aria-disabled={blocked !== undefined || undefined}
      onClick={(event) => {
        if (blocked !== undefined) event.preventDefault();
        else props.onClick?.();
      }}
    >
      {children}
    </MantineButton>
  );
  const said = blocked ?? hint;
  if (said === undefined) return button;
  return (
    <Tooltip label={said} multiline maw={280} withArrow events={{ hover: true, focus: true, touch: true }}>
      {button}
    </Tooltip>
  );
}

/** A button that leads to another page, outside of the dashboard's own. */
export function ButtonLink(props: {
  readonly to: string;
  readonly kind?: ButtonKind;
  readonly isSmall?: boolean;
  readonly children: ReactNode;
}) {
  const { to, kind = "plain", isSmall = false, children } = props;
  return (
    <MantineButton {...LOOKS[kind]} size={isSmall ? "xs" : "sm"} component="a" href={to}>
      {children}
    </MantineButton>
  );
}
