// What the scripts here share: an organization of their own, and a list of what there is to be called and of what was.
import { randomUUID } from 'node:crypto';

const password = 'Passw0rd!x';

// An answer without its envelope, or with its status where that is no success.
export async function call(address, method, path, authorization, body) {
  const response = await fetch(address + path, {
    method,
    headers: { 'Content-Type': 'application/json', ...(authorization && { Authorization: authorization }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw Object.assign(new Error(`${response.status} ${method} ${path}: ${text}`), { status: response.status });
  const answer = text ? JSON.parse(text) : undefined;
  return answer && 'data' in answer && !('page' in answer) ? answer.data : answer;
}

export async function register(address, firstName) {
  const email = `${firstName.toLowerCase()}-${randomUUID()}@example.com`;
  const { token } = await call(address, 'POST', '/v1/auth/register', null, {
    firstName, lastName: 'Test', email, password, organizationName: `${firstName}'s`,
  });
  const bearer = `Bearer ${token}`;
  const [development, production] = await call(address, 'GET', '/v1/environments', bearer);
  return { email, bearer, development, production, apiKey: development.apiKeys[0].key };
}

// Somebody who is in the organization already, as a colleague of who registered it.
export async function invite(address, owner) {
  const colleague = await register(address, 'Bob');
  await call(address, 'POST', '/v1/invites', owner.bearer, { email: colleague.email });
  const members = await call(address, 'GET', '/v1/organizations/members', owner.bearer);
  const { token } = members.find((member) => member.invite?.email === colleague.email).invite;
  await call(address, 'POST', `/v1/invites/${token}/accept`, colleague.bearer, {});
}

export async function until(attempt, what = 'it') {
  for (let tries = 0; tries < 600; tries++) {
    const found = await attempt();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`Waited in vain for ${what}`);
}

// Hears which methods of an object are called, by the names that its class gives them.
export class Calls {
  known = new Set();
  called = new Set();

  hear(name, object, methods) {
    for (const method of methods) {
      const original = object[method];
      const full = `${name}.${method}`;
      this.known.add(full);
      object[method] = (...given) => {
        this.called.add(full);
        return original.apply(object, given);
      };
    }
  }

  get missed() {
    return [...this.known].filter((name) => !this.called.has(name));
  }
}

export const methodsOf = (object) => Object.getOwnPropertyNames(Object.getPrototypeOf(object))
  .filter((name) => name !== 'constructor' && !name.startsWith('_')
    && typeof Object.getOwnPropertyDescriptor(Object.getPrototypeOf(object), name).value === 'function');

// Runs checks one after the other, and says of all what went wrong.
export async function report(calls, checks, world) {
  const failures = [];
  for (const check of checks) {
    try {
      await check(world);
    } catch (error) {
      failures.push(`${check.name}: ${error.response ? `${error.config.method} ${error.config.url} ${error.response.status} ${JSON.stringify(error.response.data)} ` : ''}${error.stack}`);
    }
  }
  console.log(JSON.stringify({ known: calls.known.size, missed: calls.missed, failures }));
}

// What the schema of a client asks for and an answer does not have, by its place; and the answer, which is right nevertheless.
export async function complaints(asking) {
  const error = await asking.then(() => { throw new Error('The client took it.'); }, (error) => error);
  if (error.name !== 'SDKValidationError') throw error;
  const places = error.cause.issues.map((issue) => issue.path.filter((part) => typeof part === 'string').join('.'));
  return { places: [...new Set(places)].sort(), answer: error.rawValue.Result };
}
