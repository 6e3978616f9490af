/** What the product needs of a logger; pino's shape. Never pass a secret: wrap it in `Secret`. */
export interface Logger {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
