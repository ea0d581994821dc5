import { Command } from "../../ui/command.tsx";
import { BarePage } from "../../ui/frame.tsx";
import { Card, Column } from "../../ui/layout.tsx";
import { Notice } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";
import styles from "./view.module.css";

/** What stands in place of the dashboard until somebody has signed in. `error` is what the hub said of a link. */
export function SignInView({ error }: { readonly error?: string | undefined }) {
  return (
    <BarePage>
      {error !== undefined && (
        <Notice tone="wait" title="That link does not work any more">
          Each link signs in once, within fifteen minutes. The next one takes a moment:
        </Notice>
      )}
      <Card>
        <Column gap="wide">
          <Column gap="tight">
            <h1 className={styles.title}>Sign in with a one-time link</h1>
            <Text kind="soft">There is no password: Kith prints the link in its terminal.</Text>
          </Column>
          <ol className={styles.steps}>
            <li>
              <Text kind="strong">{error === undefined ? "Open the link" : "Get a new link"}</Text>
              <Text>
                {error === undefined
                  ? "It stands where Kith was started, after “Sign in once within 15 minutes”."
                  : "Run this on the machine that Kith runs on, in Kith’s folder:"}
              </Text>
              {error !== undefined && <Command text="npm run kith -- link" />}
            </li>
            <li>
              <Text kind="strong">{error === undefined ? "Already used, too old or lost?" : "Open it here"}</Text>
              <Text>
                {error === undefined
                  ? "Run this on the machine that Kith runs on, in Kith’s folder. It prints a new link, and Kith goes on meanwhile."
                  : "In this browser, which then stays signed in."}
              </Text>
              {error === undefined && <Command text="npm run kith -- link" />}
            </li>
          </ol>
        </Column>
      </Card>
    </BarePage>
  );
}
