import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { KindCards } from './kind-cards.tsx';
import { Steps } from './steps.tsx';

/** Step 1: what kind of service it is. */
export function Component() {
  const { connect: texts } = useTexts();
  return (
    <Page title={texts.title} about={texts.about}>
      <Steps current="kind" />
      <KindCards />
    </Page>
  );
}
