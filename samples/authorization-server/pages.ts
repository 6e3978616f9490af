import { createHash } from 'node:crypto';

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 26rem; margin: 10vh auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; }
label { display: block; margin-top: 1rem; font-weight: 600; }
input { display: block; width: 100%; box-sizing: border-box; padding: .5rem; font: inherit; }
button { margin: 1.5rem .5rem 0 0; padding: .5rem 1.25rem; font: inherit; cursor: pointer; }
.problem { border-left: .25rem solid #c62828; padding-left: .75rem; }
.note { opacity: .75; font-size: .9rem; }
form { display: inline; }
`;

/** Nothing from elsewhere, no script. Forms may go anywhere: the answer to the last one leads back to the application. */
export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-ancestors 'none'`,
} as const;

export interface LoginPage {
  readonly action: string;
  readonly client: string;
  /** The person to sign in as, shown with the password. */
  readonly hint: { readonly userName: string; readonly password: string };
  readonly problem?: string;
}

export const loginPage = ({ action, client, hint, problem }: LoginPage): string =>
  page(
    'Sign in',
    `<p><strong>${escapeHtml(client)}</strong> asks you to sign in.</p>
${problem === undefined ? '' : `<p class="problem" role="alert">${escapeHtml(problem)}</p>`}
<form method="post" action="${escapeHtml(action)}" data-step="login">
<label for="userName">User name</label>
<input id="userName" name="userName" autocomplete="username" required autofocus>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button type="submit">Sign in</button>
</form>
<p class="note">The sample person is ${escapeHtml(hint.userName)}, with the password ${escapeHtml(hint.password)}.</p>`,
  );

export interface ConsentPage {
  readonly allow: string;
  readonly deny: string;
  readonly client: string;
  readonly person: string;
  readonly scopes: readonly string[];
}

export const consentPage = ({ allow, deny, client, person, scopes }: ConsentPage): string =>
  page(
    'Allow access',
    `<p><strong>${escapeHtml(client)}</strong> wants to act for you, ${escapeHtml(person)}. It asks for:</p>
<ul>${scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('')}</ul>
<form method="post" action="${escapeHtml(allow)}" data-step="allow"><button type="submit">Allow</button></form>
<form method="post" action="${escapeHtml(deny)}" data-step="deny"><button type="submit">Deny</button></form>`,
  );

export const problemPage = (title: string, detail: string): string =>
  page(title, `<p class="problem" role="alert">${escapeHtml(detail)}</p>`);

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – sample authorization server</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${content}
</main>
</body>
</html>
`;
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
