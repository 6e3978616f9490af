/** A document that is not well-formed, or that uses what is refused: a document type, an entity of its own, absurd depth. */
export class XmlSyntaxError extends Error {
  override readonly name = 'XmlSyntaxError';
}
