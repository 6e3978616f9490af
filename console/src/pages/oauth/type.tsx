import { useNavigate, useParams } from 'react-router';
import { DeleteButton } from '../../documents/delete-button.tsx';
import { WithStoredDocument } from '../../documents/stored-document.tsx';
import { Page } from '../../parts/page.tsx';
import { useTexts } from '../../texts/texts-provider.tsx';
import { TypeEditor } from './type-editor.tsx';

/** One OAuth resource type. */
export function Component() {
  const { name = '' } = useParams();
  const { oauth: texts } = useTexts();
  const navigate = useNavigate();
  return (
    <Page title={name} about={texts.typeAbout}>
      <WithStoredDocument kind="OAuthResourceType" name={name}>
        {(stored) => (
          <TypeEditor
            key={name}
            stored={stored}
            actions={
              <DeleteButton
                kind="OAuthResourceType"
                name={name}
                consequence={texts.deleteType}
                onDeleted={() => navigate('/oauth')}
              />
            }
          />
        )}
      </WithStoredDocument>
    </Page>
  );
}
