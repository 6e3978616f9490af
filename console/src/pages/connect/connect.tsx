import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';

export function Component() {
  const { connect: texts } = useTexts();
  return <Page title={texts.title}>{null}</Page>;
}
