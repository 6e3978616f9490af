import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { useTexts } from '../texts/texts-provider.tsx';
import { deleteDocument, type EditedKind } from './kinds.ts';

export interface DeleteButtonProps {
  readonly kind: EditedKind;
  readonly name: string;
  /** What goes with it. */
  readonly consequence: string;
  readonly onDeleted?: () => unknown;
  readonly size?: string;
}

/** Asks once more, then deletes; what still needs the document is told. */
export function DeleteButton({ kind, name, consequence, onDeleted, size = 'sm' }: DeleteButtonProps) {
  const texts = useTexts();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const deletion = useMutation({
    mutationFn: () => deleteDocument(kind, name),
    onSuccess: async () => {
      setAsking(false);
      queries.removeQueries({ queryKey: ['documents', kind, name], exact: true });
      await queries.invalidateQueries({ queryKey: ['documents', kind], exact: true });
      onDeleted?.();
    },
  });
  return (
    <>
      <Button
        variant="default"
        size={size}
        onClick={() => setAsking(true)}
        aria-label={`${texts.action.delete}: ${name}`}
      >
        {texts.action.delete}
      </Button>
      <Modal
        opened={asking}
        onClose={() => setAsking(false)}
        title={texts.documents.reallyDelete(name)}
        closeButtonProps={{ 'aria-label': texts.action.close }}
      >
        <Stack>
          <Text size="sm">{consequence}</Text>
          {deletion.error !== null && <ProblemAlert error={deletion.error} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setAsking(false)}>
              {texts.action.cancel}
            </Button>
            <Button color="red" onClick={() => deletion.mutate()} loading={deletion.isPending}>
              {texts.action.delete}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  );
}
