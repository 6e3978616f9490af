import { Button, Stack } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { ConsentNote } from './consent-note.tsx';
import { useConsent } from './use-consent.ts';

export interface ConsentButtonProps {
  /** System name of the OAuth resource. */
  readonly resource: string;
  /** `service:NAME` for an admin who connects a service account. Default: the person. */
  readonly credential?: string;
  readonly label: string;
  readonly onDone?: () => void;
}

/** Opens the provider's consent in a window; each way that it can end is told. */
export function ConsentButton({ resource, credential, label, onDone }: ConsentButtonProps) {
  const queries = useQueryClient();
  const path = `/oauth/authorize/${encodeURIComponent(resource)}`;
  const href = credential === undefined ? path : `${path}?${new URLSearchParams({ credential })}`;
  const consent = useConsent(() => {
    void queries.invalidateQueries();
    onDone?.();
  });
  return (
    <Stack gap="sm" align="flex-start">
      <Button onClick={() => consent.open(href)}>{label}</Button>
      <ConsentNote state={consent.state} url={href} />
    </Stack>
  );
}
