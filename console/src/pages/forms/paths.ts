/** The page that previews a SmartObject as forms, below `/console`. */
export const formsPath = (object: string): string => `/forms/${encodeURIComponent(object)}`;

/** The address of the page that other pages embed: a method as a form, without the console around it. */
export const embeddedPath = (object: string, method: string): string =>
  `/forms/${encodeURIComponent(object)}/${encodeURIComponent(method)}`;
