import { useNavigate } from 'react-router';
import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { emptyType } from './documents.ts';
import { TypeEditor } from './type-editor.tsx';

/** A new OAuth resource type, with the parameters that nearly every provider wants. */
export function Component() {
  const { oauth: texts } = useTexts();
  const navigate = useNavigate();
  return (
    <Page title={texts.newType} about={texts.typeAbout}>
      <TypeEditor
        stored={{ document: emptyType, version: 0 }}
        onSaved={(name) => navigate(`/oauth/types/${encodeURIComponent(name)}`, { replace: true })}
      />
    </Page>
  );
}
