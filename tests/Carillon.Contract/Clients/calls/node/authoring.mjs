// Groups, layouts, feeds, integrations, tenants, workflows, their overrides and their promotion.
import assert from 'node:assert/strict';
import { call } from '../harness.mjs';

async function notificationGroups({ novu: { notificationGroups } }) {
  const made = (await notificationGroups.create('Orders')).data.data;
  assert.equal(made.name, 'Orders');
  assert.deepEqual((await notificationGroups.get()).data.data.map((group) => group.name).sort(), ['General', 'Orders']);

  await notificationGroups.update(made._id, { name: 'Shipments' });
  assert.equal((await notificationGroups.getOne(made._id)).data.data.name, 'Shipments');

  assert.deepEqual((await notificationGroups.delete(made._id)).data.data, { acknowledged: true, status: 'deleted' });
  await assert.rejects(notificationGroups.getOne(made._id), { status: 404 });
}

async function layouts({ novu: { layouts } }) {
  const { _id } = (await layouts.create({
    name: 'Plain', identifier: 'plain', description: 'No more than it takes', content: '<b>{{shop}}</b>{{{body}}}',
    variables: [{ name: 'shop', type: 'String', defaultValue: 'The shop' }], isDefault: false,
  })).data.data;

  const page = (await layouts.list({ page: 0, pageSize: 1, sortBy: 'name', orderBy: 1 })).data;
  assert.deepEqual([page.page, page.pageSize, page.totalCount, page.data.length], [0, 1, 2, 1]);
  const found = (await layouts.get(_id)).data.data.find((layout) => layout._id === _id);
  assert.deepEqual([found.identifier, found.description, found.isDefault], ['plain', 'No more than it takes', false]);
  assert.deepEqual(found.variables.map(({ name, defaultValue }) => [name, defaultValue]), [['shop', 'The shop']]);

  assert.equal((await layouts.update(_id, { name: 'Plainer', content: '<i>{{{body}}}</i>', isDefault: false })).data.data.name, 'Plainer');

  const before = found => found.data.data.find((layout) => layout.isDefault)._id;
  const old = before(await layouts.list());
  assert.equal((await layouts.setDefault(_id)).status, 204);
  assert.equal(before(await layouts.list()), _id);
  await assert.rejects(layouts.delete(_id), { status: 409 });
  await layouts.setDefault(old);
  assert.equal((await layouts.delete(_id)).status, 204);
  assert.deepEqual((await layouts.list()).data.data.map((layout) => layout._id), [old]);
}

async function feeds({ novu: { feeds } }) {
  const made = (await feeds.create('Deliveries')).data.data;
  await feeds.create('Offers');
  assert.deepEqual((await feeds.get()).data.data.map((feed) => feed.identifier).sort(), ['Deliveries', 'Offers']);
  assert.deepEqual((await feeds.delete(made._id)).data.data.map((feed) => feed.name), ['Offers']);
}

async function integrations({ novu: { integrations }, owner }) {
  const account = (name) => ({
    name, channel: 'chat', active: true, check: false, credentials: {}, _environmentId: owner.development._id,
  });
  const mail = (host) => ({
    name: host, channel: 'email', active: true, check: false, _environmentId: owner.development._id,
    credentials: { host, port: '2525', from: 'shop@example.com', senderName: 'Shop', user: 'shop', password: 'secret' },
  });
  const first = (await integrations.create('nodemailer', mail('one.example.com'))).data.data;
  const second = (await integrations.create('nodemailer', mail('two.example.com'))).data.data;
  const chat = (await integrations.create('discord', account('Our chat'))).data.data;
  const primary = async () => (await integrations.getAll()).data.data.filter((one) => one.primary && one.channel === 'email')
    .map((one) => one._id);
  assert.equal((await integrations.getAll()).data.data.find((one) => one._id === first._id).credentials.password, 'secret');

  assert.equal((await integrations.setIntegrationAsPrimary(second._id)).data.data.primary, true);
  assert.deepEqual(await primary(), [second._id]);
  await integrations.setIntegrationAsPrimary(first._id);
  assert.deepEqual(await primary(), [first._id]);

  const active = async () => (await integrations.getActive()).data.data.map((one) => one._id);
  assert.ok((await active()).includes(second._id));
  // Of an account that is there, and of one that is not.
  assert.equal((await integrations.getWebhookProviderStatus('nodemailer')).data.data, false);
  await assert.rejects(integrations.getWebhookProviderStatus('sendgrid'), { status: 404 });

  const changed = { name: 'Second', active: false, check: false, credentials: mail('two.example.com').credentials };
  assert.equal((await integrations.update(second._id, changed)).data.data.name, 'Second');
  assert.ok(!(await active()).includes(second._id));

  const left = (await integrations.delete(second._id)).data.data;
  assert.ok(left.some((one) => one._id === first._id) && !left.some((one) => one._id === second._id));
  await integrations.delete(first._id);
  assert.equal(chat.providerId, 'discord');

  await assert.rejects(integrations.getInAppStatus(), { status: 401 }, "only users are shown it");
}

async function tenants({ novu: { tenants } }) {
  const made = (await tenants.create('north', { name: 'North', data: { colour: 'blue' } })).data.data;
  assert.deepEqual([made.identifier, made.name, made.data], ['north', 'North', { colour: 'blue' }]);
  assert.equal((await tenants.update('north', { name: 'Far north', data: { colour: 'white' } })).data.data.name, 'Far north');
  assert.deepEqual((await tenants.get('north')).data.data.data, { colour: 'white' });

  await tenants.create('south', { name: 'South' });
  const page = (await tenants.list({ page: 0, limit: 10 })).data;
  assert.deepEqual(page.data.map((tenant) => tenant.identifier), ['south', 'north']);
  assert.equal((await tenants.delete('south')).status, 204);
  await assert.rejects(tenants.get('south'), { status: 404 });
}

const greeting = (notificationGroupId, content) => ({
  name: 'Greeting', notificationGroupId, active: true, draft: false, tags: ['hello'],
  steps: [{ template: { type: 'in_app', content }, active: true }],
});

async function notificationTemplates({ novu: { notificationTemplates, notificationGroups }, ...world }) {
  const group = (await notificationGroups.get()).data.data[0]._id;
  const made = (await notificationTemplates.create(greeting(group, 'Hello {{name}}'))).data.data;
  assert.deepEqual(made.triggers[0].variables.map((variable) => variable.name), ['name']);

  await notificationTemplates.update(made._id, greeting(group, 'Good morning {{who}}'));
  const changed = (await notificationTemplates.getOne(made._id)).data.data;
  assert.equal(changed.steps[0].template.content, 'Good morning {{who}}');

  assert.equal((await notificationTemplates.updateStatus(made._id, false)).data.data.active, false);
  assert.equal((await notificationTemplates.getOne(made._id)).data.data.active, false);
  await notificationTemplates.updateStatus(made._id, true);

  const other = (await notificationTemplates.create({ ...greeting(group, 'Bye'), name: 'Farewell' })).data.data;
  const page = (await notificationTemplates.getAll(0, 10)).data;
  assert.deepEqual([page.totalCount, ...page.data.map((workflow) => workflow.name)], [2, 'Farewell', 'Greeting']);
  assert.equal((await notificationTemplates.delete(other._id)).data.data, true);
  await assert.rejects(notificationTemplates.getOne(other._id), { status: 404 });
  assert.equal((await call(world.address, 'GET', '/v1/workflows', `ApiKey ${world.owner.apiKey}`)).totalCount, 1);
}

async function workflowOverrides({ novu: { workflowOverrides, notificationTemplates, tenants } }) {
  const workflowId = (await notificationTemplates.getAll()).data.data[0]._id;
  const tenantId = (await tenants.get('north')).data.data._id;
  const made = (await workflowOverrides.create({ workflowId, tenantId, active: true, preferenceSettings: { email: false } })).data.data;
  assert.deepEqual([made.active, made.preferenceSettings.email, made.preferenceSettings.sms], [true, false, true]);

  await workflowOverrides.updateOneById(made._id, { active: false });
  assert.equal((await workflowOverrides.getOneById(made._id)).data.data.active, false);
  await workflowOverrides.updateOneByTenantIdandWorkflowId(workflowId, tenantId, { active: true, preferenceSettings: { sms: false } });
  const found = (await workflowOverrides.getOneByTenantIdandWorkflowId(workflowId, tenantId)).data.data;
  assert.deepEqual([found._id, found.active, found.preferenceSettings.email, found.preferenceSettings.sms], [made._id, true, false, false]);

  assert.deepEqual((await workflowOverrides.list(0, 10)).data.data.map((one) => one._id), [made._id]);
  assert.equal((await workflowOverrides.delete(made._id)).data.data, true);
  assert.deepEqual((await workflowOverrides.list()).data.data, []);
}

async function changes({ address, novu: { changes }, owner }) {
  const pending = (await changes.get({ page: 0, limit: 100, promoted: 'false' })).data;
  assert.equal((await changes.getCount()).data.data, pending.totalCount);
  const feed = pending.data.find((change) => change.type === 'Feed' && change.templateName === 'Offers');

  const applied = (await changes.applyOne(feed._id)).data.data;
  assert.deepEqual(applied.map((change) => change._id), [feed._id]);
  assert.equal((await changes.getCount()).data.data, pending.totalCount - 1);
  const inProduction = (path) => call(address, 'GET', path, `ApiKey ${owner.production.apiKeys[0].key}`);
  assert.deepEqual((await inProduction('/v1/feeds')).map((found) => found.name), ['Offers']);

  const rest = (await changes.get({ promoted: 'false', limit: 100 })).data.data.map((change) => change._id);
  assert.equal((await changes.applyMany(rest)).data.data.length, rest.length);
  assert.equal((await changes.getCount()).data.data, 0);
  assert.deepEqual((await inProduction('/v1/workflows')).data.map((workflow) => workflow.name), ['Greeting']);
}

// One builds on the other.
export default [notificationGroups, layouts, feeds, integrations, tenants, notificationTemplates, workflowOverrides, changes];
