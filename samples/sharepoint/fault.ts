/** An error in SharePoint's shape: an HTTP status, and a code of HRESULT and exception name. */
export class Fault extends Error {
  readonly status: number;
  /** `-2147024809, System.ArgumentException`. */
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

const CLIENT = 'Microsoft.SharePoint.Client';

/** The request is not one that the service's model allows: an unknown property, a wrong primitive, an unreadable query. */
export const invalidQuery = (message: string): Fault =>
  new Fault(400, `-1, ${CLIENT}.InvalidClientQueryException`, message);

export const invalidArgument = (message: string): Fault =>
  new Fault(400, '-2147024809, System.ArgumentException', message);

export const resourceNotFound = (segment: string): Fault =>
  new Fault(404, `-1, ${CLIENT}.ResourceNotFoundException`, `Cannot find resource for the request ${segment}.`);

export const methodNotAllowed = (verb: string, segment: string): Fault =>
  new Fault(
    405,
    `-1, ${CLIENT}.ClientServiceException`,
    `The HTTP method '${verb}' cannot be used to access the resource '${segment}'. The operation type of the resource is specified as 'Default'. Please use correct HTTP method to invoke the resource.`,
  );

export const listTitleNotFound = (title: string, url: string): Fault =>
  new Fault(404, '-1, System.ArgumentException', `List '${title}' does not exist at site with URL '${url}'.`);

export const listNotFound = (): Fault =>
  new Fault(
    404,
    '-2130575322, Microsoft.SharePoint.SPException',
    'List does not exist.\n\nThe page you selected contains a list that does not exist.  It may have been deleted by another user.',
  );

export const itemNotFound = (): Fault =>
  new Fault(
    404,
    '-2130575338, System.ArgumentException',
    'Item does not exist. It may have been deleted by another user.',
  );

export const fileNotFound = (): Fault =>
  new Fault(404, '-2147024894, System.IO.FileNotFoundException', 'File Not Found.');

export const columnNotFound = (name: string): Fault =>
  new Fault(
    400,
    '-2147024809, System.ArgumentException',
    `Column '${name}' does not exist. It may have been deleted by another user.`,
  );

export const propertyNotFound = (name: string): Fault =>
  new Fault(400, '-1, Microsoft.SharePoint.SPException', `The field or property '${name}' does not exist.`);

export const etagMismatch = (asked: string, actual: string): Fault =>
  new Fault(
    412,
    `-1, ${CLIENT}.ClientServiceException`,
    `The request ETag value '${asked}' does not match the object's ETag value '${actual}'.`,
  );

export const duplicateValue = (title: string): Fault =>
  new Fault(
    400,
    '-2130575169, Microsoft.SharePoint.SPDuplicateValuesFoundException',
    `The list item could not be added or updated because duplicate values were found in the following field(s) in the list: [${title}].`,
  );

export const invalidLookup = (): Fault =>
  new Fault(
    400,
    '-2130575270, Microsoft.SharePoint.SPException',
    'Invalid look-up value.\n\nA look-up field contains invalid data. Please check the value and try again.',
  );

export const invalidText = (): Fault =>
  new Fault(
    400,
    '-2130575155, Microsoft.SharePoint.SPException',
    'Invalid text value.\n\nA text field contains invalid data. Please check the value and try again.',
  );

export const fileExists = (path: string): Fault =>
  new Fault(
    400,
    '-2130575257, Microsoft.SharePoint.SPException',
    `A file or folder with the name ${path} already exists. To overwrite it, save with a new name or select the option to overwrite.`,
  );

export const checkedOut = (path: string, person: string): Fault =>
  new Fault(
    423,
    '-2130575306, Microsoft.SharePoint.SPFileCheckOutException',
    `The file "${path}" is checked out for editing by ${person}.`,
  );

export const notCheckedOut = (path: string): Fault =>
  new Fault(400, '-2147024738, Microsoft.SharePoint.SPFileCheckOutException', `The file "${path}" is not checked out.`);

export const folderNotEmpty = (): Fault =>
  new Fault(400, '-2147024751, System.IO.IOException', 'The directory is not empty.');

export const quotaExceeded = (): Fault =>
  new Fault(
    507,
    '-2147024784, Microsoft.SharePoint.SPException',
    'Your changes could not be saved because this site has exceeded its storage quota limit.',
  );

export const listViewThreshold = (): Fault =>
  new Fault(
    500,
    '-2147024860, Microsoft.SharePoint.SPQueryThrottledException',
    'The attempted operation is prohibited because it exceeds the list view threshold.',
  );

export const lookupThreshold = (): Fault =>
  new Fault(
    500,
    '-2147024860, Microsoft.SharePoint.SPQueryThrottledException',
    'The query cannot be completed because the number of lookup columns it contains exceeds the lookup column threshold.',
  );

export const invalidDigest = (): Fault =>
  new Fault(
    403,
    '-2130575251, Microsoft.SharePoint.SPException',
    "The security validation for this page is invalid and might be corrupted. Please use your web browser's Back button to try your operation again.",
  );
