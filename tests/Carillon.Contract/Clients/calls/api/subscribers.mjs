// Subscribers, what reaches them, and what they want; and the integrations that their channels belong to.
import assert from 'node:assert/strict';
import { call, complaints } from '../harness.mjs';

async function integrations({ novu: { integrations }, owner }) {
  const mail = (host) => ({
    name: host, providerId: 'nodemailer', channel: 'email', active: true, check: false, environmentId: owner.development._id,
    credentials: { host, port: '2525', from: 'shop@example.com', senderName: 'Shop', user: 'shop', password: 'secret' },
  });
  const first = (await integrations.create(mail('one.example.com'))).result;
  const second = (await integrations.create(mail('two.example.com'))).result;
  assert.deepEqual([first.name, first.channel, first.active, first.credentials.host], ['one.example.com', 'email', true, 'one.example.com']);
  await integrations.create({ name: 'Chat', providerId: 'slack', channel: 'chat', active: true, check: false, credentials: { applicationId: 'app', clientId: 'id', secretKey: 'secret', redirectUrl: 'https://shop.example.com' } });

  const primary = async () => (await integrations.list()).result.filter((one) => one.primary && one.channel === 'email').map((one) => one.id);
  // It is done and answered with 201, as the original answers; this client only knows of 200.
  await assert.rejects(integrations.setAsPrimary(second.id), { name: 'SDKError', statusCode: 201 });
  assert.deepEqual(await primary(), [second.id]);
  assert.equal((await integrations.update({ name: 'Second', active: false, check: false }, second.id)).result.name, 'Second');
  const active = (await integrations.listActive()).result;
  assert.ok(active.some((one) => one.id === first.id) && !active.some((one) => one.id === second.id));
  assert.equal((await integrations.webhooks.retrieve('nodemailer')).result, false);

  // In the contract what is left says nothing of credentials where there are none; the client wants them.
  const { places, answer } = await complaints(integrations.delete(second.id));
  assert.deepEqual([places, answer.some((one) => one._id === second.id)], [['Result.credentials'], false]);
  await assert.rejects(integrations.delete(second.id), { statusCode: 404 });
}

async function subscribers({ novu: { subscribers } }) {
  const created = (await subscribers.create({ subscriberId: 'ann', firstName: 'Ann', email: 'ann@example.com', locale: 'en-GB', timezone: 'Europe/Berlin', data: { plan: 'gold' } })).result;
  assert.deepEqual([created.subscriberId, created.firstName, created.timezone, created.data], ['ann', 'Ann', 'Europe/Berlin', { plan: 'gold' }]);
  assert.equal((await subscribers.patch({ lastName: 'Lee', phone: null }, 'ann')).result.lastName, 'Lee');
  assert.equal((await subscribers.upsert({ phone: '+4912345' }, 'ann')).result.phone, '+4912345');
  const ann = (await subscribers.retrieve('ann')).result;
  assert.deepEqual([ann.firstName, ann.lastName, ann.phone, ann.email], ['Ann', 'Lee', '+4912345', 'ann@example.com']);
  const cleared = (await subscribers.patch({ phone: null, timezone: null }, 'ann')).result;
  assert.deepEqual([cleared.phone, cleared.timezone, cleared.firstName], [undefined, undefined, 'Ann']);

  const bulk = (await subscribers.createBulk({ subscribers: [{ subscriberId: 'ann', lastName: 'Leigh' }, { subscriberId: 'bob' }, { subscriberId: 'eve', firstName: 'Eve' }] })).result;
  assert.deepEqual([bulk.updated, bulk.created, bulk.failed], [[{ subscriberId: 'ann' }], [{ subscriberId: 'bob' }, { subscriberId: 'eve' }], []]);

  const { result: page } = await subscribers.list(0, 2);
  assert.deepEqual([page.page, page.pageSize, page.hasMore, page.data.length], [0, 2, true, 2]);
  const rest = (await subscribers.list(1, 2)).result;
  assert.deepEqual([...page.data, ...rest.data].map((one) => one.subscriberId).sort(), ['ann', 'bob', 'eve']);
  assert.deepEqual((await subscribers.delete('eve')).result, { acknowledged: true, status: 'deleted' });
  await assert.rejects(subscribers.retrieve('eve'), { statusCode: 404 });
  await assert.rejects(subscribers.patch({ firstName: 'Eve' }, 'eve'), { statusCode: 404 });
}

async function search({ novu: { subscribers } }) {
  const found = async (request) => (await subscribers.search(request)).result;
  const ids = (page) => page.data.map((one) => one.subscriberId);

  // Whoever was made within one second is in no order.
  const first = await found({ limit: 1 });
  assert.equal(first.previous, null);
  const second = await found({ limit: 1, after: first.next });
  assert.deepEqual([[...ids(first), ...ids(second)].sort(), second.next], [['ann', 'bob'], null]);
  const back = await found({ limit: 1, before: second.previous });
  assert.deepEqual([ids(back), back.next, back.previous], [ids(first), first.next, null]);
  assert.deepEqual(ids(await found({ limit: 1, after: first.next, includeCursor: true })), ids(first));
  assert.deepEqual(ids(await found({ limit: 10, orderDirection: 'ASC', orderBy: '_id' })), [...ids(second), ...ids(first)]);
  assert.deepEqual(ids(await found({ email: 'ann@example.com' })), ['ann']);
  assert.deepEqual(ids(await found({ name: 'ann lei' })), ['ann']);
  assert.deepEqual(ids(await found({ subscriberId: 'bob' })), ['bob']);
  assert.deepEqual(ids(await found({ phone: '+1' })), []);
}

async function channels({ novu: { subscribers }, address, owner, errors }) {
  const slack = { providerId: 'slack', credentials: { webhookUrl: 'https://chat.example.com/ann', deviceTokens: ['one'] } };
  assert.deepEqual((await subscribers.credentials.update(slack, 'ann')).result.channels[0].credentials, slack.credentials);
  const more = (await subscribers.credentials.append({ ...slack, credentials: { deviceTokens: ['two'] } }, 'ann')).result;
  assert.deepEqual(more.channels[0].credentials.deviceTokens, ['one', 'two']);
  await subscribers.credentials.delete('ann', 'slack');
  assert.deepEqual((await subscribers.retrieve('ann')).result.channels, []);

  assert.equal((await subscribers.properties.updateOnlineFlag({ isOnline: true }, 'ann')).result.isOnline, true);
  assert.equal((await subscribers.retrieve('ann')).result.isOnline, true);

  // A link must be signed, and one that is signed leads away from here, where no test follows it.
  const link = { subscriberId: 'ann', providerId: 'slack', hmacHash: 'wrong', environmentId: owner.development._id };
  await assert.rejects(subscribers.authentication.chatAccessOauth(link), { statusCode: 400 });
  await assert.rejects(subscribers.authentication.chatAccessOauthCallBack({ ...link, code: 'code' }), { statusCode: 400 });
}

async function preferences({ novu: { subscribers }, address, owner }) {
  const authorization = `ApiKey ${owner.apiKey}`;
  const [group] = await call(address, 'GET', '/v1/notification-groups', authorization);
  const feed = await call(address, 'POST', '/v1/feeds', authorization, { name: 'Greetings' });
  const make = (name, template) => call(address, 'POST', '/v1/workflows', authorization, {
    name, notificationGroupId: group._id, active: true, draft: false,
    steps: [{ template: { type: 'in_app', content: 'Hello {{name}}', ...template }, active: true }],
  });
  const cta = { type: 'redirect', data: { url: '/' }, action: { buttons: [{ type: 'primary', content: 'Yes' }] } };
  const workflow = await make('Greeting', { feedId: feed._id, cta });
  await make('Plain', {});

  const before = (await subscribers.preferences.list('ann')).result;
  assert.deepEqual([before.global.enabled, before.workflows[0].workflow.identifier, before.workflows[0].channels], [true, 'greeting', { inApp: true }]);
  const after = (await subscribers.preferences.update({ workflowId: workflow._id, channels: { inApp: false } }, 'ann')).result;
  assert.deepEqual([after.workflows[0].channels.inApp, after.workflows[0].overrides], [false, [{ channel: 'in_app', source: 'subscriber' }]]);
  await subscribers.preferences.update({ workflowId: 'greeting', channels: { inApp: true } }, 'ann');
  await subscribers.preferences.update({ workflowId: after.workflows[0].workflow.slug, channels: { inApp: true } }, 'ann');
  await subscribers.preferences.update({ channels: { email: false } }, 'ann');
  const last = (await subscribers.preferences.list('ann')).result;
  assert.deepEqual([last.global.channels.email, last.global.channels.sms, last.workflows[0].channels.inApp], [false, true, true]);
  await assert.rejects(subscribers.preferences.update({ workflowId: 'no-such', channels: { email: false } }, 'ann'), { statusCode: 404 });
}

// One builds on the other.
export default [integrations, subscribers, search, channels, preferences];
