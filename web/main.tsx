import "@mantine/core/styles.css";
import "./ui/tokens.css";
import { MantineProvider } from "@mantine/core";
import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { createCall, type Fetch, isSignedOut } from "./api/client.ts";
import { keys } from "./api/keys.ts";
import { createPages } from "./app/router.tsx";
import { cssVariables, theme } from "./ui/theme.ts";
import { NowProvider } from "./ui/when.tsx";

const fetch: Fetch = (url, init) => window.fetch(url, init);
const call = createCall(fetch);

/** When any answer says that the session has ended, the workspaces are asked for again, and the page asks to sign in. */
const askAgain = (): void => void client.invalidateQueries({ queryKey: keys.workspaces() });

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (isSignedOut(error) && query.queryKey[0] !== keys.workspaces()[0]) askAgain();
    },
  }),
  defaultOptions: {
    queries: {
      retry: (failures, error) => !isSignedOut(error) && failures < 2,
      refetchOnWindowFocus: true,
      staleTime: 2_000,
    },
  },
});

const router = createPages({ call, fetch });
const place = document.getElementById("root");
if (place === null) throw new Error("The page has no place to draw in: index.html lacks #root.");

createRoot(place).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <NowProvider read={Date.now}>
          <RouterProvider router={router} />
        </NowProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
