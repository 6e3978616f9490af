import { useNavigate, useParams } from 'react-router';
import { DeleteButton } from '../../documents/delete-button.tsx';
import { WithStoredDocument } from '../../documents/stored-document.tsx';
import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { ResourceEditor } from './resource-editor.tsx';

/** One OAuth resource. */
export function Component() {
  const { name = '' } = useParams();
  const { oauth: texts } = useTexts();
  const navigate = useNavigate();
  return (
    <Page title={name} about={texts.resourceAbout}>
      <WithStoredDocument kind="OAuthResource" name={name}>
        {(stored) => (
          <ResourceEditor
            key={name}
            stored={stored}
            actions={
              <DeleteButton
                kind="OAuthResource"
                name={name}
                consequence={texts.deleteResource}
                onDeleted={() => navigate('/oauth')}
              />
            }
          />
        )}
      </WithStoredDocument>
    </Page>
  );
}
