import type { Broker } from '../../../brokers/broker.js';
import { createUpstream, credentials } from '../../../brokers/http/index.js';
import { sharePointBroker } from '../../../brokers/sharepoint/index.js';
import { type SharePointSite, startSharePointSite } from '../../../samples/sharepoint/index.js';
import { brokerSuite } from '../../conformance/broker-suite.js';

let site: SharePointSite;
before(async () => {
  site = await startSharePointSite();
});
after(() => site.close());

brokerSuite('sharepoint', {
  broker: sharePointBroker as unknown as Broker,
  keys: () => ({ siteUrl: site.siteUrl }),
  upstream: createUpstream({ allowedHosts: ['127.0.0.0/8'], credentials: credentials.bearer('ada') }),
  calls: [
    { method: 'Orders.List', input: { Status: 'New' } },
    { method: 'Orders.Read', input: { ID: 1 } },
    { method: 'Orders.ListView', input: { view: 'All Items' } },
    {
      method: 'Orders.QueryCaml',
      input: {
        viewXml:
          '<View><Query><Where><Eq><FieldRef Name="Urgent"/><Value Type="Boolean">1</Value></Eq></Where></Query></View>',
      },
    },
    { method: 'Orders.Create', input: { Title: 'Another', OrderNumber: 'SO-9', Customer: { id: 1 } } },
    { method: 'Orders.Update', input: { ID: 2, Amount: 5 } },
    { method: 'Orders.ListComments', input: { ID: 1 } },
    { method: 'Orders.ListVersions', input: { ID: 1 } },
    { method: 'Contracts.List', input: {} },
    {
      method: 'Contracts.Upload',
      input: { file: { name: "It's 100% #1.txt", content: 'c2FtcGxl' }, OrderNumber: 'SO-1' },
    },
    { method: 'Site.Read', input: {} },
    { method: 'Site.ListUsers', input: {} },
    { method: 'Site.ListGroups', input: {} },
    { method: 'Site.ListRoleDefinitions', input: {} },
    { method: 'Site.ListRecycleBin', input: {} },
    { method: 'Site.Search', input: { query: 'contract' } },
    { method: 'Site.SendRequest', input: { path: '_api/web?$select=Title' } },
  ],
});
