import { attributeOf, childElements, type QName, type XmlElement } from '../../xml/index.js';
import { isEncodingNamespace, ns } from '../namespaces.js';
import { type Component, type SchemaContext, schemaName } from './schema-set.js';

/** What a complex type is called by, and what it belongs to. */
export interface Owner {
  readonly context: SchemaContext;
  readonly label: string;
  readonly name?: QName;
  readonly component?: Component;
  readonly isDerived: boolean;
  /** Identifies the family of types that are derived from it. */
  readonly familyOf: XmlElement;
}

export function ownerOf(component: Component): Owner {
  const content = childElements(component.element, ns.xsd).find(
    ({ name }) => name === 'complexContent' || name === 'simpleContent',
  );
  const derivation = content === undefined ? undefined : childElements(content, ns.xsd)[0];
  const base =
    derivation === undefined
      ? undefined
      : schemaName(attributeOf(derivation, 'base') ?? '', derivation, component.context);
  return {
    context: component.context,
    label: component.name.name,
    name: component.name,
    component,
    isDerived: base !== undefined && base.namespace !== ns.xsd && !isEncodingNamespace(base.namespace),
    familyOf: component.element,
  };
}

/** A type inside an element: it is called by the element's name. */
export const anonymous = (element: XmlElement, context: SchemaContext, label: string): Owner => ({
  context,
  label,
  isDerived: false,
  familyOf: element,
});
