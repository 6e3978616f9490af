import type { Texts } from './texts.ts';

/** The console in German. */
export const texts: Texts = {
  shell: {
    skip: 'Zum Inhalt springen',
    menu: 'Menü',
    navigation: 'Bereiche',
    loading: 'Wird geladen …',
    password: 'Kennwort ändern',
    apiDescription: 'API-Beschreibung',
    signOut: 'Abmelden',
    language: 'Sprache',
    colorScheme: 'Farben',
    colorSchemes: { auto: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  },
  roles: { user: 'Benutzer', designer: 'Designer', admin: 'Administrator' },
  session: {
    title: 'Die Sitzung ist beendet',
    explanation:
      'Noch ist nichts verloren. In einem anderen Tab neu anmelden und hier weitermachen, oder hier anmelden und diese Seite neu beginnen.',
    signIn: 'Hier anmelden',
    signedInElsewhere: 'Ich bin wieder angemeldet',
  },
  notFound: {
    title: 'Hier ist nichts',
    explanation: 'Die Adresse ist vielleicht vertippt, oder was hier war, wurde umbenannt oder gelöscht.',
    home: 'Zur Startseite',
  },
  copy: { copy: 'Kopieren', done: 'Kopiert' },
  action: {
    save: 'Speichern',
    cancel: 'Abbrechen',
    back: 'Zurück',
    next: 'Weiter',
    delete: 'Löschen',
    close: 'Schließen',
    edit: 'Bearbeiten',
  },
  problem: {
    retry: 'Noch einmal versuchen',
    authorize: 'Beim Anbieter zustimmen',
    more: (count) => `und ${count} weitere`,
    away: {
      title: 'Der Server antwortet nicht',
      remedy:
        'Er ist vielleicht angehalten, startet neu, oder das Netz ist weg. Die Eingaben sind noch da; gleich noch einmal versuchen.',
    },
    fault: {
      title: 'Diese Seite hat einen Fehler',
      remedy: 'Neu laden. Bleibt der Fehler, sollte ein Administrator die Meldung unten sehen.',
    },
    codes: {
      AUTHENTICATION_REQUIRED: { title: 'Nicht angemeldet', remedy: 'Die Sitzung ist beendet. Bitte neu anmelden.' },
      FORBIDDEN: { title: 'Das ist nicht erlaubt', remedy: 'Ein Administrator kann die nötige Rolle vergeben.' },
      AUTHORIZATION_REQUIRED: {
        title: 'Die Zustimmung fehlt',
        remedy: 'Der Dienst verlangt eine Zustimmung bei seinem Anbieter. Danach gelingt der Aufruf.',
      },
      RECONNECT_REQUIRED: {
        title: 'Die Zustimmung gilt nicht mehr',
        remedy: 'Der Anbieter hat sie entzogen oder beendet. Neu verbinden, dann gelingt der Aufruf.',
      },
      AUTHORIZATION_REFUSED: {
        title: 'Der Anbieter hat nicht zugestimmt',
        remedy: 'Die Zustimmung neu beginnen und dort den Zugriff erlauben.',
      },
      NOT_FOUND: { title: 'Nicht vorhanden', remedy: 'Es wurde vielleicht inzwischen umbenannt oder gelöscht.' },
      CONFLICT: { title: 'Etwas steht im Weg', remedy: 'Den jetzigen Stand ansehen und neu entscheiden.' },
      PRECONDITION_FAILED: {
        title: 'Inzwischen hat jemand anderes das geändert',
        remedy: 'Den jetzigen Stand ansehen und neu entscheiden.',
      },
      CHANGES_BREAKING: {
        title: 'Das bräche Aufrufer',
        remedy: 'Die Änderungen ansehen; gespeichert wird erst, wenn sie angenommen sind.',
      },
      INPUT_INVALID: { title: 'Einige Eingaben passen nicht', remedy: 'Die genannten Felder berichtigen.' },
      DOCUMENT_INVALID: { title: 'Einige Felder passen nicht', remedy: 'Die genannten Felder berichtigen.' },
      KEYS_INVALID: {
        title: 'Ein Dienstschlüssel fehlt oder ist falsch',
        remedy: 'Die genannten Dienstschlüssel berichtigen.',
      },
      REQUEST_INVALID: {
        title: 'Der Server versteht das nicht',
        remedy: 'Die Seite neu laden; der Server hat vielleicht inzwischen eine andere Version.',
      },
      PAYLOAD_TOO_LARGE: {
        title: 'Das ist zu groß',
        remedy:
          'Das Dokument dorthin legen, wo der Server es abholen kann, und die Adresse angeben; oder die Grenze in den Einstellungen erhöhen.',
      },
      DESCRIPTOR_UNAVAILABLE: {
        title: 'Die Beschreibung ist nicht zu bekommen',
        remedy: 'Die Adresse im Browser öffnen: Sie muss ohne Anmeldung antworten. Oder das Dokument hochladen.',
      },
      DESCRIPTOR_INVALID: {
        title: 'Das ist keine Beschreibung eines Dienstes',
        remedy: 'Ein OpenAPI-, Swagger- oder WSDL-Dokument angeben, nicht die Seite, die es zeigt.',
      },
      ADDRESS_REFUSED: {
        title: 'Die Adresse ist nicht erlaubt',
        remedy: 'Private und lokale Adressen werden abgelehnt, wenn die Instanz ihren Host nicht erlaubt.',
      },
      TOO_MANY_REQUESTS: { title: 'Zu viele Anfragen', remedy: 'Einen Moment warten, dann noch einmal versuchen.' },
      UPSTREAM_REFUSED: {
        title: 'Der Dienst hat abgelehnt',
        remedy: 'Seine Antwort sagt, warum; oft eine Eingabe oder eine Berechtigung dort.',
      },
      UPSTREAM_UNREACHABLE: {
        title: 'Der Dienst ist nicht erreichbar',
        remedy: 'Die Adresse prüfen, und ob er läuft.',
      },
      UPSTREAM_TIMEOUT: {
        title: 'Der Dienst hat zu lange gebraucht',
        remedy: 'Noch einmal versuchen, weniger verlangen oder die Zeitgrenze der Instanz erhöhen.',
      },
      UPSTREAM_UNREADABLE: {
        title: 'Die Antwort des Dienstes ist nicht lesbar',
        remedy: 'Sie ist nicht, was sie vorgibt. Wer den Dienst betreibt, sollte es wissen.',
      },
      UPSTREAM_INVALID: {
        title: 'Die Antwort des Dienstes bricht seine eigene Beschreibung',
        remedy: 'Die Instanz auffrischen, oder dem Betreiber des Dienstes Bescheid geben.',
      },
      UPSTREAM_TOO_LARGE: {
        title: 'Die Antwort des Dienstes ist zu groß',
        remedy: 'Weniger verlangen, mit einem Filter oder seitenweise.',
      },
      TOKEN_REFUSED: {
        title: 'Der Anbieter hat das Token verweigert',
        remedy: 'Client-ID, Geheimnis und Redirect-URI der OAuth-Ressource prüfen.',
      },
      TOKEN_UNAVAILABLE: {
        title: 'Der Token-Endpunkt ist nicht brauchbar',
        remedy: 'Den Token-Endpunkt der OAuth-Ressource prüfen.',
      },
      STORE_UNAVAILABLE: {
        title: 'Die Datenbank ist weg',
        remedy: 'Gleich noch einmal versuchen; ein Betreiber sollte nachsehen.',
      },
      STOPPING: { title: 'Der Server hält an', remedy: 'Gleich noch einmal versuchen.' },
      INTERNAL: {
        title: 'Der Server hat einen Fehler',
        remedy: 'Noch einmal versuchen. Bleibt er, einem Betreiber die Kennung unten nennen: Im Protokoll steht mehr.',
      },
    },
  },
  form: {
    submit: 'Senden',
    choose: 'Auswählen …',
    file: 'Eine Datei wählen',
    removeFile: 'Die Datei entfernen',
    fileTooLarge: (megabytes) => `Die Datei ist größer als ${megabytes} MB.`,
    faults: {
      required: 'muss angegeben werden',
      type: 'ist von anderer Art',
      format: 'hat nicht die richtige Form',
      pattern: 'hat nicht die richtige Form',
      minLength: 'ist zu kurz',
      maxLength: 'ist zu lang',
      minimum: 'ist zu klein',
      maximum: 'ist zu groß',
      exclusiveMinimum: 'ist zu klein',
      exclusiveMaximum: 'ist zu groß',
      multipleOf: 'ist kein Vielfaches dessen, was es sein muss',
      enum: 'ist keiner der möglichen Werte',
      const: 'ist nicht der einzig mögliche Wert',
      minItems: 'hat zu wenige Einträge',
      maxItems: 'hat zu viele Einträge',
      uniqueItems: 'hat einen Eintrag doppelt',
      anyOf: 'passt zu keiner der Möglichkeiten',
      oneOf: 'passt zu keiner der Möglichkeiten, oder zu mehreren',
    },
  },
  home: {
    title: 'Start',
  },
  connect: {
    title: 'Einen Dienst verbinden',
  },
  serviceInstances: {
    title: 'Dienstinstanzen',
    about:
      'Jede ist eine eingerichtete Verbindung zu einem Dienst: wo er beschrieben ist, wie man sich anmeldet, und was dort gefunden wurde.',
    add: 'Einen Dienst verbinden',
    none: 'Noch ist kein Dienst verbunden',
    noneExplanation:
      'Einen verbinden: Seine Objekte und Methoden werden SmartObjects, die Formulare, Workflows und Programme aufrufen.',
    name: 'Instanz',
    type: 'Diensttyp',
    authentication: 'Authentifizierung',
    changed: 'Geändert',
    modes: {
      none: 'Keine',
      static: 'Fest',
      oauth: 'OAuth',
      'service-account': 'Dienstkonto',
      impersonate: 'Stellvertretend',
    },
  },
};
