import { useTexts } from '../../texts/texts-provider.tsx';
import { DocumentPage } from './document-page.tsx';

/** A provider of OpenID Connect that people sign in at. */
export function Component() {
  const { people: texts } = useTexts();
  return (
    <DocumentPage
      kind="SignInProvider"
      list="/people/sign-in"
      path="/people/sign-in"
      fresh={{ kind: 'SignInProvider', name: '', issuer: '', clientId: '' }}
      texts={texts.providers}
    />
  );
}
