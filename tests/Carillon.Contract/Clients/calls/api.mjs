// Calls every operation of @novu/api, which holds each answer against a schema of its own, and looks at what came of it. Its arguments
// are the server's address and the version of the client. Prints how many operations there are, those that nobody called, and what failed.
import { createRequire } from 'node:module';
import { Calls, methodsOf, register, report } from './harness.mjs';
import sending from './api/sending.mjs';
import subscribers from './api/subscribers.mjs';
import topics from './api/topics.mjs';

const [address, version] = process.argv.slice(2);
const require = createRequire(import.meta.url);
const { Novu } = require(`api-${version}`);
const errors = require(`api-${version}/models/errors`);
const owner = await register(address, 'Ann');
const novu = new Novu({ secretKey: owner.apiKey, serverURL: address, retryConfig: { strategy: 'none' } });

const calls = new Calls();
function hear(path, part) {
  calls.hear(path, part, methodsOf(part));
  for (const [name, { get }] of Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(part))))
    if (get) hear(`${path}.${name}`, part[name]);
}
hear('novu', novu);

await report(calls, [...subscribers, ...topics, ...sending], { address, owner, novu, errors, version });
