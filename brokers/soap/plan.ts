/**
 * How SOAP messages are written and read, worked out at discovery. Two parts: what belongs to one operation is the method's
 * binding, a `SoapPlan`; how the values of a named type are written is kept on that type, as its annotation `x-xml`, so that a type
 * which a hundred operations use is there once. Both are plain JSON and refer to named types by their names.
 */
import type { JsonSchema } from '../../config/model/json-schema.js';
import type { QName } from '../xml/index.js';
import type { BuiltinName } from './xsd/builtins.js';

export interface SoapPlan {
  readonly version: '1.1' | '1.2';
  /** How the body is made (WSDL 1.1 §3.5). */
  readonly style: 'document' | 'rpc';
  /** Where the port's address says that the service is. */
  readonly endpoint: string;
  /** `SOAPAction` (SOAP 1.1 §6.1.1), the `action` parameter (SOAP 1.2 Part 2 §6.5.3), and WS-Addressing's Action. */
  readonly action: string;
  /** Values carry their types, and may stand elsewhere in the body (SOAP 1.1 §5). */
  readonly encoded?: true;
  /** WS-Addressing headers are sent (WS-Addressing 1.0). */
  readonly addressing?: true;
  /** Binary values travel beside the envelope, which refers to them (MTOM). */
  readonly mtom?: true;
  /** What the service's policy wants inside the message. */
  readonly security?: SecurityPlan;
  readonly input: MessagePlan;
  /** Absent: one-way, there is no answer but the status. */
  readonly output?: OutputPlan;
  readonly faults: readonly FaultPlan[];
}

/** What a policy wants of the security header (WS-SecurityPolicy 1.3). */
export interface SecurityPlan {
  /** How the password of a UsernameToken goes (§5.4.1). */
  readonly userName?: PasswordType;
  readonly timestamp?: true;
  /** The body is signed with an X.509 certificate. */
  readonly signature?: true;
  /** The form of the token that the caller brings. */
  readonly token?: TokenPlacement;
}

export type PasswordType = 'Text' | 'Digest';
/** `saml`: the token is an assertion; `binary`: it goes as a BinarySecurityToken. */
export type TokenPlacement = 'binary' | 'saml';

export interface MessagePlan {
  /** The child elements of the body. `flat`: its value is the input itself; otherwise the input has a property for it. */
  readonly body: readonly (ElementItem & { readonly flat?: true })[];
  /** Each is a property of `$headers`. */
  readonly headers: readonly ElementItem[];
  /** Files that travel beside the envelope (SOAP Messages with Attachments): each is a property. */
  readonly attachments?: readonly AttachmentPlan[];
}

/** A part of a message that is a MIME part of its own (WSDL 1.1 §5.3). */
export interface AttachmentPlan {
  readonly property: string;
  readonly part: string;
  /** What the binding says that it is; `*` for anything. */
  readonly mediaType: string;
}

export interface OutputPlan extends MessagePlan {
  /** Properties that lead from what was read to the result; empty: all of it. */
  readonly result: readonly string[];
}

export interface FaultPlan {
  readonly name: string;
  readonly detail: ElementItem;
}

/** The lexical space of a simple type; its facets are the schema's. */
export type Simple =
  | { readonly builtin: BuiltinName }
  | { readonly list: Simple }
  /** The members in order: the first that takes a value writes it. */
  | { readonly union: readonly Simple[] };

/** How a complex type is written; the annotation `x-xml` of a named type. */
export interface ComplexPlan {
  readonly kind: 'complex';
  readonly name?: QName;
  /** No element is of this type itself, only of one derived from it. */
  readonly abstract?: true;
  readonly attributes: readonly AttributePlan[];
  /** Property that takes further attributes: Clark name → value. */
  readonly anyAttribute?: string;
  readonly content: ContentPlan;
  /** Names of the concrete types derived from this one, at any remove. */
  readonly derived?: readonly string[];
}

export interface AttributePlan {
  readonly property: string;
  readonly name: string;
  readonly namespace: string;
  readonly simple: Simple;
  readonly required?: true;
  /** Written when the value is absent: a fixed one of a required attribute. */
  readonly fixed?: string;
}

export type ContentPlan =
  | { readonly kind: 'empty' }
  /** Text alone: simple content. The property holds its value. */
  | { readonly kind: 'text'; readonly property: string; readonly simple: Simple; readonly nillable?: true }
  | { readonly kind: 'elements'; readonly items: readonly Item[] }
  /** Text between elements: the property holds the whole content as XML. */
  | { readonly kind: 'mixed'; readonly property: string };

/** A piece of a content model, in the order in which it is written. */
export type Item = ElementItem | ChoiceItem | GroupItem | AnyItem;

export interface ElementItem {
  readonly kind: 'element';
  readonly property: string;
  readonly name: string;
  readonly namespace: string;
  readonly type: TypeUse;
  /** It may be missing. */
  readonly optional?: true;
  /** It may come more than once: the property is a list. */
  readonly list?: true;
  /** Null is written as `xsi:nil` (XML Schema Part 1 §2.6.2). */
  readonly nillable?: true;
  /** Written when the value is absent and the element must be there. */
  readonly fixed?: string;
}

/** One of several ways to go on. */
export interface ChoiceItem {
  readonly kind: 'choice';
  readonly optional?: true;
  readonly options: readonly (readonly Item[])[];
}

/** Items that repeat together: the property is a list of objects. */
export interface GroupItem {
  readonly kind: 'group';
  readonly property: string;
  readonly optional?: true;
  /** Each time it is one of the options; a sequence has one. */
  readonly options: readonly (readonly Item[])[];
}

/** Elements that the schema does not name (`xs:any`): the property is a list of XML texts. */
export interface AnyItem {
  readonly kind: 'any';
  readonly property: string;
  readonly optional?: true;
  /** Otherwise at most one: the property is one text. */
  readonly list?: true;
}

export type TypeUse =
  | { readonly kind: 'named'; readonly type: string }
  | { readonly kind: 'simple'; readonly simple: Simple; readonly name?: QName }
  | { readonly kind: 'complex'; readonly plan: ComplexPlan }
  /** `xs:anyType`: see `any-value.ts`. */
  | { readonly kind: 'anything' }
  /** An element that holds nothing but a list: the value is the list. */
  | { readonly kind: 'wrapped'; readonly item: ElementItem }
  /** A SOAP-encoded array (SOAP 1.1 §5.4.2): the value is the list. */
  | { readonly kind: 'array'; readonly member: TypeUse; readonly memberName: QName };

/** A schema with what it means in XML. */
export interface Translated {
  readonly schema: JsonSchema;
  readonly type: TypeUse;
}

/** The annotation of named types. */
export const XML_PLAN = 'x-xml';
