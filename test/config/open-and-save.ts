/** A process of its own that opens the store in the given folder and saves one resource with a secret. */
import { openStore } from '../../config/store/index.js';
import { resource } from './samples.js';
import { silent } from './silent.js';

const [data = '', name = ''] = process.argv.slice(2);
const store = await openStore({ data }, silent);
await store.resources.save(resource({ name, values: { client_secret: name } }), 0);
await store.close();
