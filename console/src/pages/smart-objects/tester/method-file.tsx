import { Anchor, Group, Text } from '@mantine/core';
import type { FileValue } from '../../../form/file-field.tsx';
import { useLanguage, useTexts } from '../../../texts/texts-provider.tsx';
import { bytesOf, download, sizeOf } from './file-value.ts';

/** Bytes of a picture that is shown; a larger one is only downloaded. */
const LARGEST_PICTURE = 1_000_000;
const picture = /^image\/(png|jpe?g|gif|webp|avif|bmp)$/i;

/** A file of a result, as a download; a picture is shown too. */
export function MethodFile({ file, small = false }: { readonly file: FileValue; readonly small?: boolean }) {
  const { tester: texts } = useTexts();
  const { language } = useLanguage();
  const { name = texts.file, mediaType = '' } = file;
  const size = sizeOf(file);
  const kilobytes = new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 1 });
  const save = (): void => download(name, bytesOf(file) ?? file.content);
  return (
    <Group gap="xs" wrap="nowrap">
      {!small && picture.test(mediaType) && size <= LARGEST_PICTURE && (
        <img src={`data:${mediaType};base64,${file.content}`} alt={name} style={{ maxHeight: 200, maxWidth: '100%' }} />
      )}
      <Anchor component="button" type="button" onClick={save} size="sm">
        {texts.download(name)}
      </Anchor>
      <Text size="xs" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
        {kilobytes.format(size / 1000)}
      </Text>
    </Group>
  );
}
