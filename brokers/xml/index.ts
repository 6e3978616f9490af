export { decodeXml } from './decode.js';
export * from './element.js';
export { parseXml, parseXmlBytes, parseXmlStream } from './parse.js';
export { XmlSyntaxError } from './syntax-error.js';
export { escapeAttribute, escapeText, isXmlText, writeContent, writeElement } from './write.js';
