/** The console in English. Each area has its own part; `de.ts` has the same ones. */
export const texts = {
  shell: {
    skip: 'Skip to the content',
    menu: 'Menu',
    navigation: 'Areas',
    loading: 'Loading…',
    password: 'Change password',
    apiDescription: 'API description',
    signOut: 'Sign out',
    language: 'Language',
    colorScheme: 'Colours',
    colorSchemes: { auto: 'As the system', light: 'Light', dark: 'Dark' },
  },
  roles: { user: 'User', designer: 'Designer', admin: 'Administrator' },
  session: {
    title: 'Your session is over',
    explanation:
      'Nothing is lost yet. Sign in again in another tab and go on here, or sign in here and start this page anew.',
    signIn: 'Sign in here',
    signedInElsewhere: 'I have signed in again',
  },
  notFound: {
    title: 'There is nothing here',
    explanation: 'The address may be mistyped, or what was here has been renamed or deleted.',
    home: 'To the start page',
  },
  copy: { copy: 'Copy', done: 'Copied' },
  action: {
    save: 'Save',
    cancel: 'Cancel',
    back: 'Back',
    next: 'Next',
    delete: 'Delete',
    close: 'Close',
    edit: 'Edit',
  },
  problem: {
    retry: 'Try again',
    authorize: 'Give consent at the provider',
    more: (count: number) => `and ${count} more`,
    away: {
      title: 'The server does not answer',
      remedy:
        'It may be stopped, restarting, or the network is away. What you have typed is still here; try again in a moment.',
    },
    fault: {
      title: 'This page has a fault',
      remedy: 'Load it again. If it stays, an administrator should see the message below.',
    },
    codes: {
      AUTHENTICATION_REQUIRED: { title: 'Not signed in', remedy: 'Your session is over. Sign in again.' },
      FORBIDDEN: { title: 'You may not do this', remedy: 'An administrator can give you the role that it takes.' },
      AUTHORIZATION_REQUIRED: {
        title: 'Consent is missing',
        remedy: 'The service asks for your consent at its provider. Give it, and the call works.',
      },
      RECONNECT_REQUIRED: {
        title: 'The consent no longer works',
        remedy: 'The provider has withdrawn or ended it. Connect again, and the call works.',
      },
      AUTHORIZATION_REFUSED: {
        title: 'The provider did not authorise',
        remedy: 'Start the consent again, and allow access there.',
      },
      NOT_FOUND: { title: 'Not there', remedy: 'It may have been renamed or deleted meanwhile.' },
      CONFLICT: {
        title: 'Somebody or something stands in the way',
        remedy: 'Look at what is there now, and decide again.',
      },
      PRECONDITION_FAILED: {
        title: 'Somebody else has changed this meanwhile',
        remedy: 'Look at what is there now, and decide again.',
      },
      CHANGES_BREAKING: {
        title: 'This would break callers',
        remedy: 'Look at the changes; they are saved only when you accept them.',
      },
      INPUT_INVALID: { title: 'Some inputs do not fit', remedy: 'Correct the fields that are named.' },
      DOCUMENT_INVALID: { title: 'Some fields do not fit', remedy: 'Correct the fields that are named.' },
      KEYS_INVALID: { title: 'A service key is missing or wrong', remedy: 'Correct the service keys that are named.' },
      REQUEST_INVALID: {
        title: 'The server does not understand this',
        remedy: 'Load the page again; the server may be another version by now.',
      },
      PAYLOAD_TOO_LARGE: {
        title: 'This is too large',
        remedy:
          'Put the document where the server can fetch it, and give its address; or raise the limit in the settings.',
      },
      DESCRIPTOR_UNAVAILABLE: {
        title: 'The description cannot be had',
        remedy: 'Open the address in a browser: it must answer without a sign-in. Or upload the document.',
      },
      DESCRIPTOR_INVALID: {
        title: 'This is no description of a service',
        remedy: 'Give an OpenAPI, Swagger or WSDL document, not the page that shows it.',
      },
      ADDRESS_REFUSED: {
        title: 'The address is not allowed',
        remedy: 'Private and local addresses are refused unless the instance allows their host.',
      },
      TOO_MANY_REQUESTS: { title: 'Too many requests', remedy: 'Wait a moment, then try again.' },
      UPSTREAM_REFUSED: {
        title: 'The service refused',
        remedy: 'Its answer says why; often an input or a permission there.',
      },
      UPSTREAM_UNREACHABLE: {
        title: 'The service cannot be reached',
        remedy: 'Check its address and whether it runs.',
      },
      UPSTREAM_TIMEOUT: {
        title: 'The service took too long',
        remedy: 'Try again, ask for less, or raise the instance’s timeout.',
      },
      UPSTREAM_UNREADABLE: {
        title: 'The service’s answer cannot be read',
        remedy: 'It is not what it claims to be. Tell whoever runs the service.',
      },
      UPSTREAM_INVALID: {
        title: 'The service’s answer breaks its own description',
        remedy: 'Refresh the instance, or tell whoever runs the service.',
      },
      UPSTREAM_TOO_LARGE: {
        title: 'The service’s answer is too large',
        remedy: 'Ask for less, by a filter or a page.',
      },
      TOKEN_REFUSED: {
        title: 'The provider refused the token',
        remedy: 'Check client id, secret and redirect URI of the OAuth resource.',
      },
      TOKEN_UNAVAILABLE: {
        title: 'The token endpoint cannot be used',
        remedy: 'Check the token endpoint of the OAuth resource.',
      },
      STORE_UNAVAILABLE: {
        title: 'The database is away',
        remedy: 'Try again in a moment; an operator should look at it.',
      },
      STOPPING: { title: 'The server is stopping', remedy: 'Try again in a moment.' },
      INTERNAL: {
        title: 'The server has a fault',
        remedy: 'Try again. If it stays, give the reference below to an operator: the log has more.',
      },
    },
  },
  form: {
    submit: 'Send',
    choose: 'Choose…',
    file: 'Choose a file',
    removeFile: 'Remove the file',
    fileTooLarge: (megabytes: number) => `The file is larger than ${megabytes} MB.`,
    faults: {
      required: 'must be given',
      type: 'is of another type',
      format: 'is not of the right form',
      pattern: 'is not of the right form',
      minLength: 'is too short',
      maxLength: 'is too long',
      minimum: 'is too small',
      maximum: 'is too large',
      exclusiveMinimum: 'is too small',
      exclusiveMaximum: 'is too large',
      multipleOf: 'is no multiple of what it must be',
      enum: 'is none of the possible values',
      const: 'is not the only possible value',
      minItems: 'has too few entries',
      maxItems: 'has too many entries',
      uniqueItems: 'has an entry twice',
      anyOf: 'fits none of the possibilities',
      oneOf: 'fits none of the possibilities, or several',
    },
  },
  home: {
    title: 'Home',
  },
  connect: {
    title: 'Connect a service',
  },
  serviceInstances: {
    title: 'Service instances',
    about:
      'Each is one configured connection to a service: where it is described, how to sign in, and what was found there.',
    add: 'Connect a service',
    none: 'No service is connected yet',
    noneExplanation:
      'Connect one: its objects and methods become SmartObjects that forms, workflows and programs call.',
    name: 'Instance',
    type: 'Service type',
    authentication: 'Authentication',
    changed: 'Changed',
    modes: {
      none: 'None',
      static: 'Static',
      oauth: 'OAuth',
      'service-account': 'Service account',
      impersonate: 'Impersonate',
    },
  },
};
