import { useState } from "react";
import { Act } from "../../parts/act.tsx";
import { TextField } from "../../ui/field.tsx";
import { Column } from "../../ui/layout.tsx";
import { Empty } from "../../ui/notice.tsx";
import { Text } from "../../ui/text.tsx";

/** Asks for the name of the first workspace, where a hub has none yet. */
export function FirstWorkspaceView({ onCreate }: { readonly onCreate: (name: string) => Promise<string> }) {
  const [name, setName] = useState("");
  const blocked = name.trim() === "" ? "Give it a name" : undefined;
  return (
    <Column gap="wide">
      <Empty title="This hub has no workspace yet">
        A workspace holds your connections and what is kept in step between them. Most need one.
      </Empty>
      <TextField label="Name" hint="Your company's, for instance." isRequired value={name} onChange={setName} />
      <Act kind="main" run={() => onCreate(name.trim())} {...(blocked !== undefined && { blocked })}>
        Begin
      </Act>
      <Text kind="soft">
        Or describe one in a file and run <code>npm run kith -- apply workspace.yaml</code>.
      </Text>
    </Column>
  );
}

/** An id after a name: small letters, digits and hyphens, at most 40. */
export function workspaceIdOf(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-");
  return plain.replaceAll(/^-+|-+$/g, "").slice(0, 40) || "workspace";
}
