import { expect } from 'chai';
import { webServiceBroker } from '../../../brokers/soap/index.js';
import { contextFor, withFiles } from '../rest/describing.js';

/** A description whose one operation's input is the group `g0`. */
const wsdl = (
  groups: string,
): string => `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:t="urn:t" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" targetNamespace="urn:t">
  <types><xs:schema targetNamespace="urn:t">
    ${groups}
    <xs:element name="Get"><xs:complexType><xs:sequence><xs:group ref="t:g0"/></xs:sequence></xs:complexType></xs:element>
  </xs:schema></types>
  <message name="In"><part name="p" element="t:Get"/></message>
  <portType name="P"><operation name="Get"><input message="t:In"/></operation></portType>
  <binding name="B" type="t:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="Get"><soap:operation soapAction=""/><input><soap:body use="literal"/></input></operation></binding>
  <service name="S"><port name="P" binding="t:B"><soap:address location="http://localhost/"/></port></service>
</definitions>`;

const doubling = (inside: (reference: string) => string): string =>
  `${Array.from({ length: 40 }, (_, index) => {
    const next = `<xs:group ref="t:g${index + 1}"/>`;
    return `<xs:group name="g${index}"><xs:sequence>${inside(next)}</xs:sequence></xs:group>`;
  }).join('')}<xs:group name="g40"><xs:sequence><xs:element name="e" type="xs:int"/></xs:sequence></xs:group>`;

describe('SOAP: hostile schemas', () => {
  const inAnonymous = (reference: string): string =>
    ['a', 'b']
      .map(
        (name) =>
          `<xs:element name="${name}"><xs:complexType><xs:sequence>${reference}</xs:sequence></xs:complexType></xs:element>`,
      )
      .join('');
  for (const [what, groups] of [
    ['that refer to the next one twice', doubling((reference) => reference + reference)],
    ['inside types of elements that refer to the next one twice', doubling(inAnonymous)],
    [
      'that repeat, and refer to the next one twice',
      doubling((reference) => reference.replace('/>', ' maxOccurs="2"/>').repeat(2)),
    ],
    [
      'that refer to themselves',
      '<xs:group name="g0"><xs:sequence><xs:group ref="t:g0"/><xs:group ref="t:g0"/></xs:sequence></xs:group>',
    ],
  ] as const) {
    it(`with groups ${what} are described in bounded time`, async function () {
      this.timeout(20_000);
      await withFiles({ 'service.wsdl': wsdl(groups) }, async (folder) => {
        const description = await webServiceBroker.describe({ webServiceUrl: `${folder}/service.wsdl` }, contextFor());
        expect(description.operations).to.equal(1);
        expect(description.diagnostics.every(({ code }) => code === 'SCHEMA_EXPANDS')).to.equal(true);
      });
    });
  }
});
