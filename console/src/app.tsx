import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { createBrowserRouter, type RouteObject, RouterProvider } from 'react-router';
import { queryClient } from './api/query-client.ts';
import { areas } from './areas.ts';
import { embeddedRoutes } from './pages/forms/embedded-routes.tsx';
import { NotFound } from './shell/not-found.tsx';
import { RouteFailure } from './shell/route-failure.tsx';
import { Shell } from './shell/shell.tsx';
import { type Spoken, TextsProvider } from './texts/texts-provider.tsx';
import { cssVariables, theme } from './theme.ts';

const consoleRoutes: RouteObject[] = [
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
];

/** A form that other pages embed stands outside of the console's frame. */
const router = location.pathname.startsWith('/forms/')
  ? createBrowserRouter(embeddedRoutes)
  : createBrowserRouter(consoleRoutes, { basename: '/console' });

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
