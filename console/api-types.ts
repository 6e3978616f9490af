/** `npm run check` writes the API's types first, so that the console is held against the API as it is. */
import { writeApiTypes } from './write-api-types.js';

await writeApiTypes();
