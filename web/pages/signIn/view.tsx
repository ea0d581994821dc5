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
        <Notice tone="bad" title="That link does not work any more">
          Each link signs in once and only for a short time. Get a new one as told below.
        </Notice>
      )}
      <Card>
        <Column gap="wide">
          <h1 className={styles.title}>Open the one-time link that the terminal printed</h1>
          <Text>
            When Kith starts, it prints an address that signs you in on this browser. It works once, so that nobody who
            sees it later can use it.
          </Text>
          <Column gap="tight">
            <Text kind="strong">Already used, or lost?</Text>
            <Text>
              Run <Text kind="code">npm run kith -- link</Text> on the machine that Kith runs on, in Kith’s own folder.
              It prints a new link; Kith itself keeps running.
            </Text>
          </Column>
        </Column>
      </Card>
    </BarePage>
  );
}
