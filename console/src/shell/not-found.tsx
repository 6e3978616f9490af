import { Button, Text } from '@mantine/core';
import { Link } from 'react-router';
import { Page } from '../parts/page.tsx';
import { useTexts } from '../texts/texts-provider.tsx';

/** An address that no area has. */
export function NotFound() {
  const texts = useTexts();
  return (
    <Page title={texts.notFound.title}>
      <Text mb="md">{texts.notFound.explanation}</Text>
      <Button component={Link} to="/">
        {texts.notFound.home}
      </Button>
    </Page>
  );
}
