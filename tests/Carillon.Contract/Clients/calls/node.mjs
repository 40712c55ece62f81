// Calls every method of every class of @novu/node and looks at what came of it. Its argument is the server's address. Prints how many
// methods there are, those that nobody called, and what failed.
import { Novu } from '@novu/node';
import { Calls, invite, methodsOf, register, report } from './harness.mjs';
import authoring from './node/authoring.mjs';
import sending from './node/sending.mjs';
import people from './node/people.mjs';
import team from './node/team.mjs';

const address = process.argv[2];
const owner = await register(address, 'Ann');
await invite(address, owner);

const novu = new Novu(owner.apiKey, { backendUrl: address });
const calls = new Calls();
for (const [name, part] of Object.entries(novu))
  if (part?.http === novu.http) calls.hear(name, part, methodsOf(part));
calls.hear('novu', novu, [
  ...methodsOf(novu),
  ...Object.keys(novu).filter((name) => typeof novu[name] === 'function' && name !== 'http'),
]);

const world = { address, owner, novu };
await report(calls, [...authoring, ...people, ...sending, ...team], world);
