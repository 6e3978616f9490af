import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { createBrowserRouter, RouterProvider } from 'react-router';
import { queryClient } from './api/query-client.ts';
import { areas } from './areas.ts';
import { NotFound } from './shell/not-found.tsx';
import { RouteFailure } from './shell/route-failure.tsx';
import { Shell } from './shell/shell.tsx';
import { type Spoken, TextsProvider } from './texts/texts-provider.tsx';
import { cssVariables, theme } from './theme.ts';

const router = createBrowserRouter(
  [
    {
      Component: Shell,
      HydrateFallback: () => null,
      children: [
        {
          ErrorBoundary: RouteFailure,
          children: [...areas.flatMap(({ routes }) => routes), { path: '*', Component: NotFound }],
        },
      ],
    },
  ],
  { basename: '/console' },
);

/** @param first the language to start with, whose texts are there already */
export function App({ first }: { readonly first: Spoken }) {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <TextsProvider first={first}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </TextsProvider>
    </MantineProvider>
  );
}
