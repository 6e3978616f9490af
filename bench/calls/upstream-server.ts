/** The service that all contenders call: answers from memory, so that it costs them the same. Runs in a process of its own. */
import { createServer } from 'node:http';
import { contact, contacts } from './data.js';

const one = Buffer.from(JSON.stringify(contact(7)));
const many = Buffer.from(JSON.stringify(contacts(50)));

const server = createServer((request, response) => {
  if (!request.headers.authorization?.startsWith('Bearer ')) {
    response.writeHead(401).end();
    return;
  }
  const body = request.url?.startsWith('/contacts/') ? one : many;
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object') process.send?.({ port: address?.port });
});
process.on('disconnect', () => process.exit());
