import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';

export function Component() {
  const { home: texts } = useTexts();
  return <Page title={texts.title}>{null}</Page>;
}
