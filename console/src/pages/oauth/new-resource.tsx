import { useLocation, useNavigate } from 'react-router';
import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { type Draft, emptyResource } from './documents.ts';
import { ResourceEditor } from './resource-editor.tsx';

/** A new OAuth resource: empty, or from a preset or an import. */
export function Component() {
  const { oauth: texts } = useTexts();
  const navigate = useNavigate();
  const { state } = useLocation();
  const draft: Draft = isDraft(state) ? state : { resource: emptyResource };
  return (
    <Page title={texts.newResource} about={texts.newResourceAbout}>
      <ResourceEditor
        stored={{ document: draft.resource, version: 0 }}
        unsavedType={draft.resourceType}
        notes={draft.notes ?? []}
        onSaved={(name) => navigate(`/oauth/resources/${encodeURIComponent(name)}`, { replace: true })}
      />
    </Page>
  );
}

const isDraft = (state: unknown): state is Draft => typeof state === 'object' && state !== null && 'resource' in state;
