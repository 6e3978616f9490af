/**
 * What each provider expects and answers, taken from its documentation and stated apart from the presets: a preset that says
 * otherwise fails against the simulator.
 */
export interface Deviations {
  /** What an admin gives: in `values` and `placeholders`. */
  readonly given: {
    readonly values: Readonly<Record<string, string | readonly string[]>>;
    readonly placeholders?: Readonly<Record<string, string>>;
  };
  /** Absent: there is no authorization stage. */
  readonly authorize?: {
    readonly url: string;
    /** The query must hold these, to the letter. */
    readonly query?: Readonly<Record<string, string>>;
    /** What the callback carries beside code and state. */
    readonly callback?: Readonly<Record<string, string>>;
  };
  readonly token: {
    readonly url: string;
    /** How the client authenticates; any other way is refused. */
    readonly client: 'body' | 'basic' | 'public';
    readonly body?: 'form' | 'json';
    /** Members that the first token request must have, to the letter. */
    readonly has?: Readonly<Record<string, string>>;
    /** Whether any member that is not known is refused. */
    readonly strict?: boolean;
  };
  /** Default: `client_id`. */
  readonly clientName?: string;
  /** Whether the code exchange takes a verifier. Default `required`: the simulator holds the client to PKCE. */
  readonly pkce?: 'required' | 'absent';
  /** Absent: no refresh. `same`: the answer names no new refresh token; `rotates`: the old one dies. */
  readonly refresh?: {
    readonly style: 'same' | 'rotates';
    readonly grantType?: string;
    /** The member that carries the refresh token; default `refresh_token`. */
    readonly member?: string;
    readonly has?: Readonly<Record<string, string>>;
  };
  /** The answer to a good request. @param refreshToken undefined where none is handed out */
  answer(accessToken: string, refreshToken: string | undefined): object;
  /** Default `json`. */
  readonly answers?: 'json' | 'form';
  /** The answer to a bad code or refresh token; default 400 with RFC 6749 §5.2. */
  readonly refusal?: { readonly status: number; readonly body: object; readonly code: string };
  /** The answer to a refresh token that is over, where it is another. */
  readonly over?: { readonly status: number; readonly body: object };
  /** Seconds that the token is said to live; absent: nobody says. */
  readonly lifetime?: number;
  /** Seconds that the refresh token is said to live. */
  readonly refreshLifetime?: number;
  /** A further field that must be stored with the token. */
  readonly field?: readonly [name: string, value: string];
}

const client = { client_id: 'client-1', client_secret: 'canary-secret-of-the-client' };
const withRefresh = (token: string | undefined) => (token === undefined ? {} : { refresh_token: token });
const standard = (lifetime: number, further: object = {}) => ({
  lifetime,
  answer: (access_token: string, refresh: string | undefined) => ({
    access_token,
    token_type: 'Bearer',
    expires_in: lifetime,
    ...withRefresh(refresh),
    ...further,
  }),
});

export const deviations: Readonly<Record<string, Deviations>> = {
  'entra-id': {
    given: { values: client, placeholders: { tenant: 'contoso.example' } },
    authorize: {
      url: 'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/authorize',
      query: { scope: 'https://graph.microsoft.com/User.Read offline_access' },
      callback: { session_state: 's-1' },
    },
    token: {
      url: 'https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token',
      client: 'body',
      has: { scope: 'https://graph.microsoft.com/User.Read offline_access' },
    },
    refresh: { style: 'rotates', has: { scope: 'https://graph.microsoft.com/User.Read offline_access' } },
    ...standard(3_599, { ext_expires_in: 3_599 }),
    refusal: {
      status: 400,
      body: { error: 'invalid_grant', error_description: 'AADSTS70008: expired', error_codes: [70008] },
      code: 'invalid_grant',
    },
  },
  'entra-id-v1': {
    given: {
      values: { ...client, resource: 'https://contoso.sharepoint.com' },
      placeholders: { tenant: 'contoso.example' },
    },
    authorize: {
      url: 'https://login.microsoftonline.com/contoso.example/oauth2/authorize',
      query: { resource: 'https://contoso.sharepoint.com' },
    },
    token: {
      url: 'https://login.microsoftonline.com/contoso.example/oauth2/token',
      client: 'body',
      has: { resource: 'https://contoso.sharepoint.com' },
    },
    refresh: { style: 'rotates', has: { resource: 'https://contoso.sharepoint.com' } },
    lifetime: 3_599,
    answer: (access_token, refresh) => ({
      access_token,
      token_type: 'Bearer',
      expires_in: '3599',
      expires_on: String(Math.floor(Date.now() / 1000) + 3_599),
      not_before: String(Math.floor(Date.now() / 1000)),
      resource: 'https://contoso.sharepoint.com',
      ...withRefresh(refresh),
    }),
  },
  salesforce: {
    given: { values: client },
    authorize: {
      url: 'https://login.salesforce.com/services/oauth2/authorize',
      query: { prompt: 'consent', scope: 'api refresh_token' },
    },
    token: { url: 'https://login.salesforce.com/services/oauth2/token', client: 'body' },
    refresh: { style: 'same' },
    answer: (access_token, refresh) => ({
      access_token,
      token_type: 'Bearer',
      instance_url: 'https://eu42.my.salesforce.com',
      issued_at: String(Date.now()),
      id: 'https://login.salesforce.com/id/1/2',
      signature: 'c2lnbmF0dXJl',
      ...withRefresh(refresh),
    }),
    field: ['instance_url', 'https://eu42.my.salesforce.com'],
  },
  linkedin: {
    given: { values: { ...client, scope: ['r_basicprofile', 'w_member_social'] } },
    authorize: {
      url: 'https://www.linkedin.com/oauth/v2/authorization',
      query: { scope: 'r_basicprofile w_member_social' },
    },
    token: { url: 'https://www.linkedin.com/oauth/v2/accessToken', client: 'body' },
    pkce: 'absent',
    refresh: { style: 'same' },
    lifetime: 5_184_000,
    refreshLifetime: 31_536_000,
    answer: (access_token, refresh) => ({
      access_token,
      expires_in: 5_184_000,
      ...withRefresh(refresh),
      refresh_token_expires_in: 31_536_000,
      scope: 'r_basicprofile,w_member_social',
    }),
  },
  x: {
    given: { values: client },
    authorize: { url: 'https://x.com/i/oauth2/authorize', query: { scope: 'tweet.read users.read offline.access' } },
    token: { url: 'https://api.x.com/2/oauth2/token', client: 'basic' },
    refresh: { style: 'rotates' },
    ...standard(7_200),
  },
  google: {
    given: { values: { ...client, scope: 'https://www.googleapis.com/auth/calendar.readonly' } },
    authorize: {
      url: 'https://accounts.google.com/o/oauth2/v2/auth',
      query: { access_type: 'offline', prompt: 'consent' },
    },
    token: { url: 'https://oauth2.googleapis.com/token', client: 'body' },
    refresh: { style: 'same' },
    ...standard(3_599, { scope: 'https://www.googleapis.com/auth/calendar.readonly' }),
  },
  github: {
    given: { values: client },
    authorize: { url: 'https://github.com/login/oauth/authorize' },
    token: { url: 'https://github.com/login/oauth/access_token', client: 'body' },
    refresh: { style: 'rotates' },
    answers: 'form',
    lifetime: 28_800,
    refreshLifetime: 15_897_600,
    answer: (access_token, refresh) => ({
      access_token,
      expires_in: '28800',
      ...withRefresh(refresh),
      refresh_token_expires_in: '15897600',
      scope: '',
      token_type: 'bearer',
    }),
    refusal: {
      status: 200,
      body: { error: 'bad_verification_code', error_description: 'The code passed is incorrect or expired.' },
      code: 'invalid_grant',
    },
    over: {
      status: 200,
      body: { error: 'bad_refresh_token', error_description: 'The refresh token passed is expired.' },
    },
  },
  slack: {
    given: { values: { ...client, user_scope: ['search:read', 'users:read'] } },
    authorize: { url: 'https://slack.com/oauth/v2/authorize', query: { user_scope: 'search:read,users:read' } },
    token: { url: 'https://slack.com/api/oauth.v2.access', client: 'body' },
    pkce: 'absent',
    refresh: { style: 'rotates' },
    lifetime: 43_200,
    answer: (access_token, refresh) => ({
      ok: true,
      app_id: 'A1',
      authed_user: {
        id: 'U1',
        scope: 'search:read,users:read',
        access_token,
        token_type: 'user',
        expires_in: 43_200,
        ...withRefresh(refresh),
      },
      team: { id: 'T1', name: 'Sample' },
      enterprise: null,
    }),
    refusal: { status: 200, body: { ok: false, error: 'invalid_code' }, code: 'invalid_grant' },
    over: { status: 200, body: { ok: false, error: 'invalid_refresh_token' } },
    field: ['team', '{"id":"T1","name":"Sample"}'],
  },
  dropbox: {
    given: { values: client },
    authorize: { url: 'https://www.dropbox.com/oauth2/authorize', query: { token_access_type: 'offline' } },
    token: { url: 'https://api.dropboxapi.com/oauth2/token', client: 'body' },
    refresh: { style: 'same' },
    ...standard(14_400, { account_id: 'dbid:1', uid: '12' }),
    field: ['account_id', 'dbid:1'],
  },
  hubspot: {
    given: { values: { ...client, scope: ['oauth', 'crm.objects.contacts.read'] } },
    authorize: {
      url: 'https://app.hubspot.com/oauth/authorize',
      query: { scope: 'oauth crm.objects.contacts.read' },
    },
    token: { url: 'https://api.hubapi.com/oauth/2026-03/token', client: 'body' },
    refresh: { style: 'same' },
    ...standard(1_800, { hub_id: 62515 }),
    refusal: {
      status: 400,
      body: { status: 'BAD_AUTH_CODE', error: 'invalid_grant', error_description: 'missing or unknown auth code' },
      code: 'invalid_grant',
    },
  },
  zoom: {
    given: { values: { ...client, scope: ['meeting:read', 'user:read'] } },
    authorize: { url: 'https://zoom.us/oauth/authorize', query: { scope: 'meeting:read,user:read' } },
    token: { url: 'https://zoom.us/oauth/token', client: 'basic' },
    refresh: { style: 'rotates' },
    ...standard(3_599, { api_url: 'https://api.zoom.us' }),
    refusal: {
      status: 400,
      body: { reason: 'Invalid authorization code', error: 'invalid_grant' },
      code: 'invalid_grant',
    },
  },
  shopify: {
    given: { values: { ...client, scope: ['read_orders', 'write_products'] }, placeholders: { shop: 'my-shop' } },
    authorize: {
      url: 'https://my-shop.myshopify.com/admin/oauth/authorize',
      query: { scope: 'read_orders,write_products' },
      callback: { hmac: 'abc', shop: 'my-shop.myshopify.com', timestamp: '1' },
    },
    token: {
      url: 'https://my-shop.myshopify.com/admin/oauth/access_token',
      client: 'body',
      has: { expiring: '1' },
    },
    refresh: { style: 'rotates' },
    lifetime: 3_600,
    refreshLifetime: 7_776_000,
    answer: (access_token, refresh) => ({
      access_token,
      scope: 'read_orders,write_products',
      expires_in: 3_600,
      ...withRefresh(refresh),
      refresh_token_expires_in: 7_776_000,
    }),
    field: ['shop', 'my-shop.myshopify.com'],
  },
  quickbooks: {
    given: { values: client },
    authorize: {
      url: 'https://appcenter.intuit.com/connect/oauth2',
      query: { scope: 'com.intuit.quickbooks.accounting' },
      callback: { realmId: '9130350' },
    },
    token: { url: 'https://oauth.platform.intuit.com/oauth2/v1/tokens/bearer', client: 'basic' },
    refresh: { style: 'rotates' },
    lifetime: 3_600,
    refreshLifetime: 8_640_000,
    answer: (access_token, refresh) => ({
      access_token,
      token_type: 'bearer',
      expires_in: 3_600,
      ...withRefresh(refresh),
      x_refresh_token_expires_in: 8_640_000,
    }),
    field: ['realmId', '9130350'],
  },
  xero: {
    given: { values: client },
    authorize: {
      url: 'https://login.xero.com/identity/connect/authorize',
      query: { scope: 'offline_access accounting.contacts' },
    },
    token: { url: 'https://identity.xero.com/connect/token', client: 'body' },
    refresh: { style: 'rotates' },
    ...standard(1_800),
  },
  atlassian: {
    given: { values: { ...client, scope: ['read:jira-work', 'offline_access'] } },
    authorize: {
      url: 'https://auth.atlassian.com/authorize',
      query: { audience: 'api.atlassian.com', prompt: 'consent', scope: 'read:jira-work offline_access' },
    },
    token: { url: 'https://auth.atlassian.com/oauth/token', client: 'body' },
    refresh: { style: 'rotates' },
    ...standard(3_600, { scope: 'read:jira-work offline_access' }),
    refusal: {
      status: 403,
      body: { error: 'invalid_grant', error_description: 'Unknown or invalid refresh token.' },
      code: 'invalid_grant',
    },
  },
  facebook: {
    given: { values: { ...client, scope: ['email', 'pages_show_list'] } },
    authorize: {
      url: 'https://www.facebook.com/v22.0/dialog/oauth',
      query: { scope: 'email,pages_show_list' },
    },
    token: { url: 'https://graph.facebook.com/v22.0/oauth/access_token', client: 'body' },
    refresh: { style: 'rotates', grantType: 'fb_exchange_token', member: 'fb_exchange_token' },
    lifetime: 5_183_944,
    answer: (access_token) => ({ access_token, token_type: 'bearer', expires_in: 5_183_944 }),
    refusal: {
      status: 400,
      body: { error: { message: 'This authorization code has been used.', type: 'OAuthException', code: 100 } },
      code: '100',
    },
    over: {
      status: 400,
      body: { error: { message: 'Error validating access token.', type: 'OAuthException', code: 190 } },
    },
  },
  tiktok: {
    given: {
      values: { client_key: 'client-1', client_secret: client.client_secret, scope: ['user.info.basic', 'video.list'] },
    },
    clientName: 'client_key',
    authorize: {
      url: 'https://www.tiktok.com/v2/auth/authorize/',
      query: { scope: 'user.info.basic,video.list' },
      callback: { scopes: 'user.info.basic,video.list' },
    },
    token: { url: 'https://open.tiktokapis.com/v2/oauth/token/', client: 'body' },
    pkce: 'absent',
    refresh: { style: 'rotates' },
    lifetime: 7_200,
    refreshLifetime: 15_552_000,
    answer: (access_token, refresh) => ({
      access_token,
      expires_in: 7_200,
      open_id: 'open-1',
      refresh_expires_in: 15_552_000,
      ...withRefresh(refresh),
      scope: 'user.info.basic,video.list',
      token_type: 'Bearer',
    }),
    refusal: {
      status: 200,
      body: { error: 'invalid_grant', error_description: 'Authorization code is expired.', log_id: '2022' },
      code: 'invalid_grant',
    },
    field: ['open_id', 'open-1'],
  },
  notion: {
    given: { values: client },
    authorize: { url: 'https://api.notion.com/v1/oauth/authorize', query: { owner: 'user' } },
    token: { url: 'https://api.notion.com/v1/oauth/token', client: 'basic', body: 'json', strict: true },
    pkce: 'absent',
    refresh: { style: 'rotates' },
    answer: (access_token, refresh) => ({
      access_token,
      token_type: 'bearer',
      bot_id: 'bot-1',
      workspace_id: 'w-1',
      owner: { type: 'user', user: { object: 'user', id: 'u-1' } },
      duplicated_template_id: null,
      refresh_token: refresh ?? null,
    }),
    field: ['workspace_id', 'w-1'],
  },
  'stripe-connect': {
    given: { values: client },
    authorize: { url: 'https://connect.stripe.com/oauth/authorize', query: { scope: 'read_write' } },
    token: { url: 'https://connect.stripe.com/oauth/token', client: 'body' },
    refresh: { style: 'same' },
    answer: (access_token, refresh) => ({
      access_token,
      livemode: false,
      ...withRefresh(refresh),
      token_type: 'bearer',
      stripe_user_id: 'acct_1',
      scope: 'read_write',
    }),
    field: ['stripe_user_id', 'acct_1'],
  },
  zendesk: {
    given: { values: client, placeholders: { subdomain: 'acme' } },
    authorize: {
      url: 'https://acme.zendesk.com/oauth/authorizations/new',
      query: { scope: 'read write' },
    },
    token: { url: 'https://acme.zendesk.com/oauth/tokens', client: 'body', has: { expires_in: '1800' } },
    refresh: { style: 'rotates', has: { expires_in: '1800' } },
    ...standard(1_800, { scope: 'read write' }),
  },
  servicenow: {
    given: { values: client, placeholders: { host: 'dev1.service-now.com' } },
    authorize: { url: 'https://dev1.service-now.com/oauth_auth.do' },
    token: { url: 'https://dev1.service-now.com/oauth_token.do', client: 'body', body: 'form' },
    refresh: { style: 'same' },
    ...standard(1_799, { scope: 'useraccount' }),
  },
  docusign: {
    given: { values: client },
    authorize: { url: 'https://account.docusign.com/oauth/auth', query: { scope: 'signature extended' } },
    token: { url: 'https://account.docusign.com/oauth/token', client: 'basic' },
    refresh: { style: 'rotates' },
    ...standard(28_800),
  },
  box: {
    given: { values: client },
    authorize: { url: 'https://account.box.com/api/oauth2/authorize' },
    token: { url: 'https://api.box.com/oauth2/token', client: 'body' },
    refresh: { style: 'rotates' },
    ...standard(4_169, { restricted_to: [] }),
  },
  'ad-fs': {
    given: {
      values: { ...client, resource: 'https://crm.example.com' },
      placeholders: { host: 'adfs.contoso.example' },
    },
    authorize: {
      url: 'https://adfs.contoso.example/adfs/oauth2/authorize',
      query: { resource: 'https://crm.example.com' },
    },
    token: { url: 'https://adfs.contoso.example/adfs/oauth2/token', client: 'body' },
    refresh: { style: 'same' },
    ...standard(3_600, { resource: 'https://crm.example.com' }),
  },
  okta: {
    given: {
      values: { ...client, scope: ['okta.users.read', 'offline_access'] },
      placeholders: { domain: 'acme.okta.com' },
    },
    authorize: {
      url: 'https://acme.okta.com/oauth2/v1/authorize',
      query: { scope: 'okta.users.read offline_access' },
    },
    token: { url: 'https://acme.okta.com/oauth2/v1/token', client: 'body' },
    refresh: { style: 'rotates' },
    ...standard(3_600, { scope: 'okta.users.read offline_access' }),
  },
  auth0: {
    given: {
      values: { ...client, audience: 'https://api.acme.example' },
      placeholders: { domain: 'acme.eu.auth0.com' },
    },
    authorize: {
      url: 'https://acme.eu.auth0.com/authorize',
      query: { audience: 'https://api.acme.example', scope: 'offline_access' },
    },
    token: { url: 'https://acme.eu.auth0.com/oauth/token', client: 'body' },
    refresh: { style: 'rotates' },
    ...standard(86_400, { scope: 'offline_access' }),
    refusal: {
      status: 403,
      body: { error: 'invalid_grant', error_description: 'Invalid authorization code' },
      code: 'invalid_grant',
    },
  },
  'sap-successfactors': {
    given: {
      values: { client_id: 'client-1', company_id: 'ACME' },
      placeholders: { api: 'api4.successfactors.example' },
    },
    token: {
      url: 'https://api4.successfactors.example/oauth/token',
      client: 'public',
      has: { company_id: 'ACME', grant_type: 'urn:ietf:params:oauth:grant-type:saml2-bearer' },
    },
    pkce: 'absent',
    ...standard(85_740),
    refusal: {
      status: 400,
      body: { error: 'invalid_request', error_description: 'Unable to verify the signature of the SAML assertion' },
      code: 'invalid_request',
    },
  },
};
